/** What is known of a model from the paper in hand → the text of a profile, with comments for whoever corrects it. Pure. */
import path from 'node:path';
import { registersOf } from '../../config/channel-row.js';
import { configProblem } from '../../config/config-problems.js';
import { readFunction } from '../../config/point-rules.js';
import type { Problem } from '../../config/problem.js';
import { parseProfile } from '../../config/profile-library.js';
import type { Parity } from '../../config/site.js';
import { classOfRole, type Words } from '../../config/vocabulary.js';
import { paperProblem } from './paper-problems.js';
import type { DraftPoint } from './paper-row.js';
import { addressText } from './trial-words.js';

/** Not in most papers: within what cheap RS-485 sensors need, and corrected by a trial. */
const usualTiming = 'response_timeout_ms: 300, inter_request_ms: 50, min_scan_ms: 200';
/** Registers in one request until a trial or the paper says otherwise. */
const usualMaxRead = 8;

export interface DraftHead {
  readonly id: string;
  readonly names: Words;
  readonly vendor: string | null;
  readonly models: readonly string[];
  readonly baud: number;
  readonly parity: Parity;
  readonly stopBits: 1 | 2;
  readonly addresses: readonly [number, number];
  /** The number that the paper gives its first register. */
  readonly papersFirst: 0 | 1;
  /** What the paper is called; null: not told. */
  readonly paper: string | null;
}

export interface ProfileDraft {
  readonly head: DraftHead;
  readonly points: readonly DraftPoint[];
}

/** The text of `<id>.yaml`. */
export function profileText({ head, points }: ProfileDraft): string {
  const { id, names, vendor, models, baud, parity, stopBits, addresses, papersFirst, paper } = head;
  const functions = [...new Set(points.map(({ table }) => readFunction[table]))].sort();
  const widest = Math.max(1, ...points.map(({ type }) => registersOf(type)));
  const isFire = points.some(({ role }) => classOfRole[role] === 'fire');
  const counted = papersFirst === 1 ? '；说明书的编号从 1 起 / the paper counts registers from 1' : '';
  const lines = [
    '# 由 gengfu profile new 按手中的说明书写成，尚未核对。先试：gengfu profile test',
    '# Written by gengfu profile new after the paper in hand, not compared with a unit yet. Try it: gengfu profile test',
    'schema: 1',
    `id: ${id}`,
    '# 每改一个事实加 1 / rises with every change of a fact',
    'revision: 1',
    `names: {zh: ${quoted(names.zh)}, en: ${quoted(names.en)}}`,
    ...(vendor === null ? [] : [`vendor: ${quoted(vendor)}`]),
    ...(models.length === 0 ? [] : [`models: [${models.map(quoted).join(', ')}]`]),
    `category: ${isFire ? 'fire' : categoryOf(points)}`,
    `safety: ${isFire ? 'life_safety' : 'monitoring'}`,
    '# draft：站点文件里每台设备要写 allow_draft: true / each device in the site file says allow_draft: true',
    'status: draft',
    'evidence:',
    `  - {grade: C, source: ${quoted(paper === null ? 'paper in hand' : `paper in hand: ${paper}`)}}`,
    'link: {kind: modbus, transports: [rtu, rtu_over_tcp]}',
    `serial: {baud: ${baud}, data_bits: 8, parity: ${parity}, stop_bits: ${stopBits}}`,
    `address_range: [${addresses.join(', ')}]`,
    '# 说明书没有写，试过再改 / not in the paper: correct it after a trial',
    `timing: {${usualTiming}}`,
    `limits: {fc: [${functions.join(', ')}], max_read: ${Math.max(usualMaxRead, widest)}}`,
    `# addr 是线上的地址，从 0 起；doc_addr 是说明书里的${counted}`,
    '# addr is the address on the wire, from 0; doc_addr the one in the paper',
    'points:',
    ...points.flatMap(pointLines),
  ];
  return `${lines.join('\n')}\n`;
}

/** Why a profile of this id can not lie in this file, whatever its points; null: it can. */
export function placeProblem(id: string, file: string, taken: ReadonlySet<string>): Problem | null {
  const wanted = path.basename(file, '.yaml');
  if (id !== wanted) return configProblem('CONF-060', null, 'id', wanted, id);
  return taken.has(id) ? configProblem('CONF-087', null, 'id', null, id) : null;
}

/** What the rules of profiles have against it, at the rows that it was made of. `file`: the one that is to be written. */
export function draftProblems(
  draft: ProfileDraft,
  file: string,
  taken: ReadonlySet<string>,
  rowPlaces: readonly Problem['at'][],
): readonly Problem[] {
  const { problems } = parseProfile(file, profileText(draft), taken);
  return problems.map((problem) => {
    const [, index, inner = ''] = /^points\[([0-9]+)\]\.?(.*)$/.exec(problem.where) ?? [];
    // The place in a text that is not written helps nobody.
    if (index === undefined) return { ...problem, at: null };
    const where = `row ${Number(index) + 1} ${inner}`.trim();
    return paperProblem(
      'PAPER-009',
      rowPlaces[Number(index)] ?? null,
      where,
      problem.got,
      problem.expected ?? problem.what,
    );
  });
}

function categoryOf(points: readonly DraftPoint[]): string {
  if (points.some(({ role }) => /^(?:water|pump|valve|sprinkler)/.test(role))) return 'water';
  if (points.some(({ role }) => /^(?:residual|cable|arc|breaker|power|mains|battery)/.test(role))) return 'power';
  return 'other';
}

function pointLines(point: DraftPoint): readonly string[] {
  const {
    key,
    names,
    role,
    table,
    addr,
    docAddress,
    type,
    order,
    bits,
    scale,
    offset,
    unit,
    states,
    validRange,
    limits,
  } = point;
  const limit = Object.entries(limits ?? {}).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return [
    `  - key: ${key}`,
    `    names: {zh: ${quoted(names.zh)}, en: ${quoted(names.en)}}`,
    `    role: ${role}`,
    `    table: ${table}`,
    `    addr: ${addressText(addr)}`,
    `    doc_addr: ${quoted(docAddress)}`,
    `    type: ${type}`,
    ...(order === 'ABCD' ? [] : [`    order: ${order}`]),
    ...(bits === null ? [] : [`    bits: [${bits.join(', ')}]`]),
    ...(scale === 1 || states.length > 0 ? [] : [`    scale: ${scale}`]),
    ...(offset === 0 || states.length > 0 ? [] : [`    offset: ${offset}`]),
    ...(unit === null || states.length > 0 ? [] : [`    unit: ${quoted(unit)}`]),
    ...(validRange === null ? [] : [`    valid_range: [${validRange.join(', ')}]`]),
    ...(limit.length === 0 ? [] : [`    limits: {${limit.join(', ')}}`]),
    ...(states.length === 0 ? [] : ['    states:']),
    ...states.map(
      ({ raw, key: state, names: words, severity }) =>
        `      - {raw: ${raw}, key: ${state}, names: {zh: ${quoted(words.zh)}, en: ${quoted(words.en)}}, severity: ${severity}}`,
    ),
  ];
}

/** As YAML reads it back: whatever the paper says. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
