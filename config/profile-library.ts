/** All device profiles of a directory, validated. A profile is found by existing: nothing has to be registered. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { configProblem } from './config-problems.js';
import type { Problem } from './problem.js';
import { brokenRules } from './profile-rules.js';
import {
  contactProfileSchema,
  type DeviceProfile,
  modbusProfileSchema,
  signalProfileSchema,
} from './profile-schema.js';
import { readTextFile, systemCode } from './read-text.js';
import { keysAt } from './schema-keys.js';
import { streamProfileSchema } from './stream-profile-schema.js';
import { parseYaml } from './yaml-document.js';
import { pathText, problemsOfIssues, valueAt } from './zod-problems.js';

export interface ProfileLibrary {
  readonly profiles: ReadonlyMap<string, DeviceProfile>;
  /** What is wrong with files of the directory; those profiles are not in `profiles`. */
  readonly problems: readonly Problem[];
  /** The texts of those that stand beside the site file, by id; left out: none does. */
  readonly userTexts?: ReadonlyMap<string, string>;
}

/** The profiles that come with the program: `profiles/` beside this module. */
export const ownProfilesDir = path.join(import.meta.dirname, 'profiles');

/**
 * Never rejects: an unreadable directory or file is a Problem.
 * @param namedIn only the profiles whose id stands somewhere in this text: a site has a few of them, and to read them all takes half a
 * second of a fast computer (measured: 0.45 s of CPU for 42).
 */
export async function loadProfileLibrary(
  directory: string = ownProfilesDir,
  namedIn: string | null = null,
): Promise<ProfileLibrary> {
  const profiles = new Map<string, DeviceProfile>();
  const problems: Problem[] = [];
  let names: string[];
  try {
    names = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort();
  } catch (cause) {
    return { profiles, problems: [configProblem('CONF-062', null, directory, null, systemCode(cause))] };
  }
  for (const name of names) {
    if (namedIn !== null && !namedIn.includes(path.basename(name, '.yaml'))) continue;
    const file = path.join(directory, name);
    const read = await readTextFile(file);
    if (!read.ok) problems.push(read.problem);
    else {
      const parsed = parseProfile(file, read.text);
      problems.push(...parsed.problems);
      if (parsed.profile !== null) profiles.set(parsed.profile.id, parsed.profile);
    }
  }
  return { profiles, problems };
}

export interface ProfileOutcome {
  readonly profile: DeviceProfile | null;
  readonly problems: readonly Problem[];
}

/** One profile from its text; `profile` is null when there is any problem. `taken`: ids that it may not have. */
export function parseProfile(file: string, text: string, taken: ReadonlySet<string> = new Set()): ProfileOutcome {
  const { document, problems } = parseYaml(file, text);
  if (document === null || problems.length > 0) return { profile: null, problems };
  const at = ['link', 'kind'];
  const kind = valueAt(document.value, at) ?? 'modbus';
  if (!isKind(kind)) {
    const known = Object.keys(schemas).join(', ');
    return {
      profile: null,
      problems: [configProblem('CONF-014', document.placeOf(at), pathText(at), known, String(kind))],
    };
  }
  const schema = schemas[kind];
  const parsed = schema.safeParse(document.value);
  if (!parsed.success) {
    const found = problemsOfIssues(document, parsed.error.issues, {
      knownKeys: (inner) => keysAt(schema, inner),
    });
    return { profile: null, problems: found };
  }
  const found = brokenRules(parsed.data).map(({ path: place, expected, got }) =>
    configProblem('CONF-061', document.placeOf(place), pathText(place), expected, got),
  );
  const wanted = path.basename(file, '.yaml');
  if (parsed.data.id !== wanted) {
    found.push(configProblem('CONF-060', document.placeOf(['id']), 'id', wanted, parsed.data.id));
  }
  if (taken.has(parsed.data.id)) {
    found.push(configProblem('CONF-087', document.placeOf(['id']), 'id', null, parsed.data.id));
  }
  return { profile: found.length === 0 ? parsed.data : null, problems: found };
}

const schemas = {
  modbus: modbusProfileSchema,
  contact: contactProfileSchema,
  signal: signalProfileSchema,
  stream: streamProfileSchema,
} as const;

function isKind(kind: unknown): kind is keyof typeof schemas {
  return typeof kind === 'string' && Object.hasOwn(schemas, kind);
}
