/** `gengfu profile new`: from a typed table, or from questions; writes one file, never over another. */
import { access, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { describeProblem, type Problem } from '../../../config/problem.js';
import { ownProfileIds, userProfilesDir } from '../../../config/user-profiles.js';
import type { Table, Words } from '../../../config/vocabulary.js';
import { type Questioner, questionerOf } from '../../asking/questioner.js';
import { draftOfTable } from '../../profiles/draft-of-table.js';
import { askFirst, askHead, askRows, rangeOf, type TryAddress } from '../../profiles/draft-questions.js';
import {
  type DraftHead,
  draftProblems,
  type ProfileDraft,
  placeProblem,
  profileText,
} from '../../profiles/profile-draft.js';
import { readTableFile } from '../../setup/read-table.js';
import { hasTerminal, terminalAsker } from '../terminal-asker.js';
import type { ProfileOptions } from './profile-options.js';
import { exits, unitOnLine } from './unit-on-line.js';

/** The exit status. */
export async function newProfile(options: ProfileOptions, id: string | null): Promise<number> {
  const { lang } = options;
  const terminal = hasTerminal() ? terminalAsker() : null;
  const asker = terminal === null ? null : questionerOf(terminal, lang);
  try {
    const head = await headOf(options, id, asker);
    if (typeof head === 'number') return head;
    const file = path.resolve(options.out ?? path.join(userProfilesDir(options.config), `${head.id}.yaml`));
    const taken = await ownProfileIds();
    // Before the long part is asked: what was typed would be lost.
    const refused = await refusalOf(file, head.id, taken);
    if (refused !== null) return fail(options, refused, exits.wrong);
    const draft = await draftOf(options, head, asker, file, taken);
    if (typeof draft === 'number') return draft;
    return await write(options, file, draft);
  } finally {
    terminal?.close();
  }
}

/** Why nothing can be written there; null: it can, as far as one sees. */
async function refusalOf(file: string, id: string, taken: ReadonlySet<string>): Promise<Words | null> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) return thereAlready(file);
  const problem = placeProblem(id, file, taken);
  return problem === null ? null : { zh: describeProblem(problem, 'zh'), en: describeProblem(problem, 'en') };
}

function thereAlready(file: string): Words {
  return {
    zh: `${file} 已存在，不覆盖：换一个编号，或写 --out`,
    en: `${file} is there already and is not written over: another id, or --out`,
  };
}

type Head = Omit<DraftHead, 'papersFirst'>;

async function headOf(options: ProfileOptions, id: string | null, asker: Questioner | null): Promise<Head | number> {
  const { zh, en, vendor, model, baud, parity, stopBits, addresses, paper } = options;
  const range = addresses === undefined ? undefined : rangeOf(addresses);
  if (range === null) return fail(options, { zh: '--addresses 写成 1-247', en: '--addresses is written 1-247' });
  const known: Partial<DraftHead> = {
    ...(id === null ? {} : { id }),
    ...(zh === undefined && en === undefined ? {} : { names: { zh: zh ?? en ?? '', en: en ?? zh ?? '' } }),
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { models: model }),
    ...(baud === undefined ? {} : { baud }),
    ...(parity === undefined ? {} : { parity }),
    ...(stopBits === 2 ? { stopBits } : {}),
    ...(range === undefined ? {} : { addresses: range }),
    ...(paper === undefined ? {} : { paper }),
  };
  if (asker !== null) {
    const head = await askHead(asker, known);
    return head ?? givenUp(options);
  }
  // Nobody to ask: what a paper always tells must be given, the rest is as usual.
  if (known.id === undefined || known.names === undefined) {
    return fail(options, {
      zh: '没有终端可问：写编号、--zh 或 --en、--from 表格',
      en: 'no terminal to ask at: give the id, --zh or --en, and --from TABLE',
    });
  }
  const usual = {
    vendor: null,
    models: [],
    baud: 9600,
    parity: 'none',
    stopBits: 1,
    addresses: [1, 247],
    paper: null,
  } as const;
  return { ...usual, ...known, id: known.id, names: known.names };
}

async function draftOf(
  options: ProfileOptions,
  head: Head,
  asker: Questioner | null,
  file: string,
  taken: ReadonlySet<string>,
): Promise<ProfileDraft | number> {
  const tried = await tryAddressOf(options, head);
  try {
    if (options.from !== undefined)
      return await fromTable(options, options.from, head, asker, file, taken, tried?.tryAddress ?? null);
    if (asker === null)
      return fail(options, { zh: '没有终端可问：写 --from 表格', en: 'no terminal to ask at: give --from TABLE' });
    const rows = await askRows(asker, tried?.tryAddress ?? null);
    if (rows === null || rows.points.length === 0) return givenUp(options);
    const draft = { head: { ...head, papersFirst: rows.papersFirst }, points: rows.points };
    const problems = draftProblems(draft, file, taken, []);
    return problems.length === 0 ? draft : tellAll(options, problems);
  } finally {
    await tried?.close();
  }
}

async function fromTable(
  options: ProfileOptions,
  from: string,
  head: Head,
  asker: Questioner | null,
  file: string,
  taken: ReadonlySet<string>,
  tryAddress: TryAddress | null,
): Promise<ProfileDraft | number> {
  const read = await readTableFile(path.resolve(from));
  if (!read.ok) return tellAll(options, [read.problem]);
  const table = { file: from, text: read.text };
  const example = { table: 'holding' as Table, written: exampleOf(read.text) };
  const first = options.first ?? (asker === null ? 0 : await askFirst(asker, example, tryAddress));
  if (first === null) return givenUp(options);
  const outcome = draftOfTable(table, { ...head, papersFirst: first === 1 ? 1 : 0 }, file, taken);
  return outcome.ok ? outcome.draft : tellAll(options, outcome.problems);
}

/** The first cell that may be an address. */
function exampleOf(text: string): string {
  const second = text.split('\n')[1] ?? '';
  return (
    second
      .split(/[,;\t]/)
      .find((cell) => /^\s*(?:0x[0-9a-f]+|[0-9a-f]{2,6}h?)\s*$/i.test(cell))
      ?.trim() ?? ''
  );
}

async function tryAddressOf(
  options: ProfileOptions,
  head: Head,
): Promise<{ readonly tryAddress: TryAddress; close(): Promise<void> } | null> {
  if (options.port === undefined && options.line === undefined) return null;
  const { baud, parity, stopBits } = head;
  const unit = await unitOnLine(options, { baud, parity, stopBits, slowestReplyMs: 500 }, null);
  if (unit === null) return null;
  const tryAddress: TryAddress = async (table, address): Promise<Words> => {
    const answer = await unit.ask({ table, address, count: 1 });
    if (answer.ok) {
      const [value = 0] = answer.values;
      const text = `${value} (0x${value.toString(16).toUpperCase().padStart(4, '0')})`;
      return { zh: text, en: text };
    }
    const { code, got } = answer.error;
    return code === 'BUS-002'
      ? { zh: `拒绝 ${got ?? ''}`, en: `a refusal ${got ?? ''}` }
      : { zh: '无应答', en: 'no answer' };
  };
  return { tryAddress, close: unit.close };
}

async function write(options: ProfileOptions, file: string, draft: ProfileDraft): Promise<number> {
  const text = profileText(draft);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    // Never over another: `wx` fails where something stands already.
    const handle = await open(file, 'wx', 0o644);
    await handle.writeFile(text);
    await handle.close();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const isThere = code === 'EEXIST';
    const broken = { zh: `${file} 写不了（${code}）`, en: `${file} can not be written (${code})` };
    return fail(options, isThere ? thereAlready(file) : broken, exits.wrong);
  }
  const { id } = draft.head;
  const next = `gengfu profile test ${options.out === undefined ? id : file} --port /dev/ttyUSB0 --unit ${draft.head.addresses[0]}`;
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ ok: true, id, file, points: draft.points.length, next })}\n`);
  else if (options.lang === 'zh')
    process.stdout.write(`已写：${file}（${draft.points.length} 个测点，草稿）\n下一步，在线路上试：${next}\n`);
  else
    process.stdout.write(
      `written: ${file} (${draft.points.length} points, a draft)\nnext, try it on the wire: ${next}\n`,
    );
  return exits.done;
}

function tellAll({ lang, json }: ProfileOptions, problems: readonly Problem[]): number {
  if (json === true) process.stdout.write(`${JSON.stringify({ ok: false, problems })}\n`);
  for (const problem of problems) process.stderr.write(`${describeProblem(problem, lang)}\n`);
  return exits.invalid;
}

function fail({ lang }: ProfileOptions, words: Words, status: number = exits.invalid): number {
  process.stderr.write(`${words[lang]}\n`);
  return status;
}

function givenUp(options: ProfileOptions): number {
  process.stderr.write(options.lang === 'zh' ? '没有写任何文件\n' : 'nothing was written\n');
  return exits.wrong;
}
