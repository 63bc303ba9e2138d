/**
 * Profiles that an installer writes himself: `profiles/*.yaml` beside the site file (on a box /etc/gengfu/profiles/). They obey the
 * same schema and rules as those of the program, and can not take the place of one of them.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { configProblem } from './config-problems.js';
import type { Problem } from './problem.js';
import { loadProfileLibrary, ownProfilesDir, type ProfileLibrary, parseProfile } from './profile-library.js';
import type { DeviceProfile } from './profile-schema.js';
import { readTextFile, systemCode } from './read-text.js';

/** Files that are looked at, by name; the rest is told and left aside. A site has a few models, not hundreds. */
export const userFilesMax = 200;
/** Of all profiles that one site uses, characters: they are kept beside an applied site file. More is refused. */
export const userTextsMax = 512 * 1024;

/** Texts of profiles by id. */
export type UserTexts = Readonly<Record<string, string>>;

interface UserFile {
  readonly file: string;
  readonly text: string;
}

/** Where the profiles of a site are. */
export function userProfilesDir(siteFile: string): string {
  return path.join(path.dirname(path.resolve(siteFile)), 'profiles');
}

/** The ids of all profiles that the program brings; by file names, without reading them. Empty when that folder can not be read. */
export async function ownProfileIds(): Promise<ReadonlySet<string>> {
  const names = await readdir(ownProfilesDir).catch(() => []);
  return new Set(names.filter((name) => name.endsWith('.yaml')).map((name) => path.basename(name, '.yaml')));
}

/**
 * The profiles that a site can use: the program's and its own. Never rejects.
 * @param namedIn only those whose id stands somewhere in this text; null: all.
 * @param kept its own as they were kept with a site file; left out: those beside it.
 */
export async function loadSiteLibrary(
  siteFile: string,
  namedIn: string | null,
  kept?: UserTexts,
): Promise<ProfileLibrary> {
  const directory = userProfilesDir(siteFile);
  const [own, user] = await Promise.all([
    loadProfileLibrary(ownProfilesDir, namedIn),
    kept === undefined ? loadUserLibrary(directory, namedIn) : keptLibrary(directory, kept),
  ]);
  return {
    // An id that both have is a problem of the user's file.
    profiles: new Map([...user.profiles, ...own.profiles]),
    problems: [...own.problems, ...user.problems],
    userTexts: user.userTexts ?? new Map(),
  };
}

/** Those of one folder alone. A folder that is not there is an empty one. */
export async function loadUserLibrary(directory: string, namedIn: string | null): Promise<ProfileLibrary> {
  const found = await filesOf(directory, namedIn);
  return parsed(found.files, found.problems, await ownProfileIds());
}

async function keptLibrary(directory: string, kept: UserTexts): Promise<ProfileLibrary> {
  const files = Object.entries(kept).map(([id, text]) => ({ file: path.join(directory, `${id}.yaml`), text }));
  return parsed(files, [], files.length === 0 ? new Set() : await ownProfileIds());
}

async function filesOf(
  directory: string,
  namedIn: string | null,
): Promise<{ readonly files: readonly UserFile[]; readonly problems: readonly Problem[] }> {
  let names: readonly string[];
  try {
    names = (await readdir(directory)).filter((name) => /\.ya?ml$/i.test(name) && !name.startsWith('.')).sort();
  } catch (cause) {
    const code = systemCode(cause);
    const problems = code === 'ENOENT' ? [] : [configProblem('CONF-063', null, directory, null, code)];
    return { files: [], problems };
  }
  const problems: Problem[] = [];
  if (names.length > userFilesMax) {
    problems.push(configProblem('CONF-088', null, directory, `≤ ${userFilesMax}`, String(names.length)));
  }
  const files: UserFile[] = [];
  for (const name of names.slice(0, userFilesMax)) {
    const { name: id, ext } = path.parse(name);
    if (namedIn !== null && !namedIn.includes(id)) continue;
    const file = path.join(directory, name);
    if (ext !== '.yaml') {
      problems.push(configProblem('CONF-089', { file, line: 1, column: 1 }, file, `${id}.yaml`, name));
      continue;
    }
    const read = await readTextFile(file);
    if (read.ok) files.push({ file, text: read.text });
    else problems.push(read.problem);
  }
  return { files, problems };
}

function parsed(
  files: readonly UserFile[],
  problems: readonly Problem[],
  taken: ReadonlySet<string>,
): ProfileLibrary & Required<Pick<ProfileLibrary, 'userTexts'>> {
  const profiles = new Map<string, DeviceProfile>();
  const userTexts = new Map<string, string>();
  const outcomes = files.map(({ file, text }) => ({ text, ...parseProfile(file, text, taken) }));
  for (const { profile, text } of outcomes) {
    if (profile === null) continue;
    profiles.set(profile.id, profile);
    userTexts.set(profile.id, text);
  }
  return { profiles, problems: [...problems, ...outcomes.flatMap((each) => each.problems)], userTexts };
}
