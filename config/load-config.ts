/** Site file → SiteConfig: read, validate, cross-check, resolve, freeze. All problems at once, each with its place. */
import path from 'node:path';
import { configProblem } from './config-problems.js';
import { crossCheck } from './cross-checks.js';
import { deepFreeze } from './deep-freeze.js';
import { gbTableProblems } from './gb-table-problems.js';
import { type Problem, toldIn } from './problem.js';
import type { ProfileLibrary } from './profile-library.js';
import { readTextFile } from './read-text.js';
import { resolveSite } from './resolve-site.js';
import type { SiteConfig } from './site.js';
import { draftOf } from './site-draft.js';
import { loadSiteLibrary, type UserTexts, userProfilesDir, userTextsMax } from './user-profiles.js';
import { parseYaml } from './yaml-document.js';
import { valueAt } from './zod-problems.js';

/** More than this nobody reads; the rest is counted. */
export const problemsMax = 200;

export interface LoadOptions {
  /** Kinds of uplinks that the calling program can build. */
  readonly knownUplinks: readonly string[];
  /** Pin drivers that the calling program can build. */
  readonly knownPinDrivers: readonly string[];
  /** Dialects of streams that the calling program can read. */
  readonly knownCodecs: readonly string[];
  /** Wall time, ms since 1970, for days that can not be yet; left out, or before this program was written: they are not looked for. */
  readonly todayWall?: number;
  /** Those of the program and those beside the site file when left out. */
  readonly profiles?: ProfileLibrary;
  /** Profiles of the installer as they were kept with the text; left out: those that stand beside the site file. */
  readonly userProfiles?: UserTexts;
}

export type LoadOutcome =
  | {
      readonly ok: true;
      readonly config: SiteConfig;
      /** The profiles of the installer that its devices use, by id: with the text they are the whole site. */
      readonly userProfiles?: UserTexts;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Never rejects for bad input: whatever is wrong with the file is in `problems`. */
export async function loadConfig(file: string, options: LoadOptions): Promise<LoadOutcome> {
  const absolute = path.resolve(file);
  const read = await readTextFile(absolute);
  if (!read.ok) return { ok: false, problems: [read.problem] };
  return loadConfigOf(absolute, read.text, options);
}

/** The same for a text. Only what is refused is looked at with all profiles: they say which one may have been meant. */
export async function loadConfigOf(file: string, text: string, options: LoadOptions): Promise<LoadOutcome> {
  if (options.profiles !== undefined) return loadConfigText(file, text, { ...options, profiles: options.profiles });
  const library = (namedIn: string | null) => loadSiteLibrary(file, namedIn, options.userProfiles);
  const outcome = loadConfigText(file, text, { ...options, profiles: await library(text) });
  return outcome.ok ? outcome : loadConfigText(file, text, { ...options, profiles: await library(null) });
}

/** The same for a text that did not come from a file (a staged config); `file` only names it and anchors paths. */
export function loadConfigText(
  file: string,
  text: string,
  options: LoadOptions & { readonly profiles: ProfileLibrary },
): LoadOutcome {
  const { document, problems } = parseYaml(file, text);
  if (document === null) return refused(problems);
  const { profiles } = options.profiles;
  const { draft, problems: schemaProblems } = draftOf(document, profiles);
  const faultyProfiles = new Set(options.profiles.problems.map(profileOf));
  const found = crossCheck(document, { ...options, draft, profiles, faultyProfiles });
  const crossProblems = found.filter(({ code }) => !isOfLostSection(code, document.value, schemaProblems));
  const profileProblems = problemsThatMatter(options.profiles, document.value);
  const userProfiles = usedTexts(options.profiles, usedProfiles(document.value));
  const all = [
    ...problems,
    ...inOrder([...schemaProblems, ...crossProblems]),
    ...profileProblems,
    ...tooLarge(file, userProfiles),
  ];
  if (all.length > 0 || draft.whole === null) return refused(all);
  const config = resolveSite(file, draft.whole, profiles);
  const tableProblems = gbTableProblems(config, document);
  if (tableProblems.length > 0) return refused(tableProblems);
  return { ok: true, config: deepFreeze(config), userProfiles };
}

function usedProfiles(site: unknown): ReadonlySet<unknown> {
  const devices = valueAt(site, ['devices']);
  return new Set((Array.isArray(devices) ? devices : []).map((device) => valueAt(device, ['profile'])));
}

function usedTexts({ userTexts = new Map() }: ProfileLibrary, used: ReadonlySet<unknown>): UserTexts {
  return Object.fromEntries([...userTexts].filter(([id]) => used.has(id)));
}

function tooLarge(file: string, userProfiles: UserTexts): readonly Problem[] {
  const size = Object.values(userProfiles).reduce((sum, text) => sum + text.length, 0);
  if (size <= userTextsMax) return [];
  return [configProblem('CONF-088', null, userProfilesDir(file), `≤ ${userTextsMax}`, String(size))];
}

/** What "there is no such …" refers to. */
const sections: Readonly<Record<string, string>> = {
  'CONF-022': 'lines',
  'CONF-023': 'zones',
  'CONF-025': 'devices',
  'CONF-050': 'outputs',
  'CONF-068': 'speakers',
  'CONF-069': 'messages',
};

/** The whole section is missing or misspelt, and that is said: all that refer to it say nothing more. */
function isOfLostSection(code: string, site: unknown, schemaProblems: readonly Problem[]): boolean {
  const section = sections[code];
  if (section === undefined || valueAt(site, [section]) !== undefined) return false;
  return schemaProblems.some((each) => ['CONF-011', 'CONF-012'].includes(each.code) && /^\w+$/.test(each.where));
}

/** A faulty file of a model that this site does not have is no reason to leave the site unwatched. */
function problemsThatMatter({ profiles, problems }: ProfileLibrary, site: unknown): readonly Problem[] {
  const used = usedProfiles(site);
  const isOneMissing = [...used].some((id) => typeof id === 'string' && !profiles.has(id));
  return problems.filter((problem) => {
    // The folder beside the site file: what nobody needs out of it is not missed.
    if (problem.at === null && problem.code !== 'CONF-062') return isOneMissing;
    // Without a place: the library itself can not be read. CONF-060 tells the id that stands in a file of another name.
    const isMeant = problem.code === 'CONF-060' && used.has(toldIn(problem.got ?? '', 'en'));
    return problem.at === null || isMeant || used.has(profileOf(problem));
  });
}

/** The profile that a problem of the library is about: its file is called so. */
function profileOf({ at }: Problem): string {
  return path.parse(at?.file ?? '').name;
}

function refused(problems: readonly Problem[]): LoadOutcome {
  const [first] = problems;
  if (first === undefined || problems.length <= problemsMax) return { ok: false, problems };
  const rest = configProblem('CONF-010', first.at, 'the file', `at most ${problemsMax}`, String(problems.length));
  return { ok: false, problems: [...problems.slice(0, problemsMax), rest] };
}

/** As they stand in the file, from top to bottom. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const row = (problem: Problem): number => problem.at?.line ?? 0;
  return [...problems].sort((a, b) => row(a) - row(b));
}
