/** Is this site fit to run? What the file says wrongly, and what its lines can not do in time. `run` and `check` ask the
 * same. */
import path from 'node:path';
import { type LoadOptions, loadConfigOf } from '../config/load-config.js';
import type { FilePlace, Problem } from '../config/problem.js';
import { readTextFile } from '../config/read-text.js';
import type { LineConfig, SiteConfig } from '../config/site.js';
import type { UserTexts } from '../config/user-profiles.js';
import type { Words } from '../config/vocabulary.js';
import { parseYaml, type YamlPath } from '../config/yaml-document.js';
import { deadToStand, hasBudget, type LineBudget, lineBudget } from '../drivers/modbus/line-budget.js';
import { checkStreams } from '../drivers/stream/codec-problems.js';
import type { StreamCodec } from '../drivers/stream/framer.js';
import { budgetAdvice, secondsOf, upToMs } from './check-advice.js';

export const budgetProblems = {
  'BUDG-001': {
    zh: '这条线路上的火警点不能按时看到',
    en: 'fire points of this line can not be seen in time',
  },
} as const satisfies Record<`BUDG-${string}`, Words>;

export interface SiteCheck {
  /** One for each line of Modbus units. */
  readonly budgets: readonly LineBudget[];
  readonly problems: readonly Problem[];
}

export type CheckedFile =
  | {
      readonly ok: true;
      readonly config: SiteConfig;
      readonly budgets: readonly LineBudget[];
      /** The installer's own profiles that it uses, by id; left out: none. */
      readonly userProfiles?: UserTexts;
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly budgets: readonly LineBudget[] };

export interface CheckOptions extends LoadOptions {
  /** The dialects behind `knownCodecs`. */
  readonly codecs: ReadonlyMap<string, StreamCodec>;
}

/** Reads and checks a site file. Never rejects for bad input. */
export async function checkSiteFile(file: string, options: CheckOptions): Promise<CheckedFile> {
  const absolute = path.resolve(file);
  const read = await readTextFile(absolute);
  if (!read.ok) return { ok: false, problems: [read.problem], budgets: [] };
  return checkSiteText(absolute, read.text, options);
}

/** The same for a text that stands in no file; `file` only names it and anchors paths. */
export async function checkSiteText(file: string, text: string, options: CheckOptions): Promise<CheckedFile> {
  const loaded = await loadConfigOf(file, text, options);
  if (!loaded.ok) return { ...loaded, budgets: [] };
  const { budgets, problems: late } = checkSite(loaded.config);
  const problems = [...checkStreams(loaded.config.streams, options.codecs), ...late];
  if (problems.length === 0) {
    return { ok: true, config: loaded.config, budgets, userProfiles: loaded.userProfiles ?? {} };
  }
  const placed = placeProblems(loaded.config, text, problems);
  return { ok: false, problems: placed, budgets };
}

/** The budgets of a sound config, and a problem for each line with a fire point that would be seen too late: with one dead
 * unit, where there is more than one. */
export function checkSite(config: SiteConfig): SiteCheck {
  const budgets = config.lines.filter(hasBudget).map((line) => lineBudget(config, line));
  const problems = config.lines.flatMap((line) => {
    const budget = budgets.find((each) => each.line === line.id);
    return budget === undefined ? [] : lateProblem(config, line, budget);
  });
  return { budgets, problems };
}

function lateProblem(config: SiteConfig, line: LineConfig, budget: LineBudget): readonly Problem[] {
  const dead = deadToStand(budget);
  const late = budget.fire.filter(({ worstMs }) => upToMs(worstMs, dead) > line.fireDeadlineMs);
  const [slowest] = late;
  if (slowest === undefined) return [];
  const seen = secondsOf(Math.max(...late.map(({ worstMs }) => upToMs(worstMs, dead))));
  const many = `${late.length}/${budget.fire.length}`;
  return [
    {
      code: 'BUDG-001',
      at: null,
      where: whereOf(line),
      what: {
        zh: `${budgetProblems['BUDG-001'].zh}：${many} 个，最慢的是 ${slowest.point}${dead === 1 ? '（有一台设备失联时）' : ''}`,
        en: `${budgetProblems['BUDG-001'].en}: ${many}, slowest ${slowest.point}${dead === 1 ? ', with one unit dead' : ''}`,
      },
      expected: `≤ ${secondsOf(line.fireDeadlineMs)}`,
      got: seen,
      hint: budgetAdvice(config, line, budget),
      retry: 'never',
    },
  ];
}

function whereOf(line: LineConfig): string {
  return `line ${line.id}`;
}

/** With the place of each line or device in the file. */
function placeProblems(config: SiteConfig, text: string, problems: readonly Problem[]): readonly Problem[] {
  const { document } = parseYaml(config.file, text);
  if (document === null) return problems;
  const devices = devicesOf(document.value);
  const pathOf = (where: string): YamlPath | null => {
    const line = config.lines.findIndex((each) => whereOf(each) === where);
    if (line >= 0) return ['lines', line];
    const device = devices.findIndex((each) => `${where} `.startsWith(`device ${idOf(each)} `));
    return device < 0 ? null : ['devices', device];
  };
  const placeOf = (where: string): FilePlace | null => {
    const path = pathOf(where);
    return path === null ? null : document.placeOf(path);
  };
  return problems.map((problem) => ({ ...problem, at: placeOf(problem.where) }));
}

function devicesOf(site: unknown): readonly unknown[] {
  if (typeof site !== 'object' || site === null || !('devices' in site)) return [];
  return Array.isArray(site.devices) ? site.devices : [];
}

function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined;
}
