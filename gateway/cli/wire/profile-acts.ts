/** What the verbs of `gengfu profile` do, each loaded when it is called. */
import { describeProblem, type Problem } from '../../../config/problem.js';
import { loadProfileLibrary, ownProfilesDir } from '../../../config/profile-library.js';
import { profileTable, summaryOf } from '../../../config/profile-table.js';
import { loadUserLibrary, userProfilesDir } from '../../../config/user-profiles.js';
import { endNow } from './end-now.js';
import type { ProfileOptions } from './profile-options.js';
import { exits } from './unit-on-line.js';

/** The program's and those beside the site file; exit status 1 when one of them is wrong. */
export async function listProfiles({ config, json, lang }: ProfileOptions): Promise<void> {
  const folder = userProfilesDir(config);
  const [own, user] = await Promise.all([loadProfileLibrary(ownProfilesDir), loadUserLibrary(folder, null)]);
  const problems = [...own.problems, ...user.problems];
  const rows = [
    ...[...own.profiles.values()].map((profile) => ({ ...summaryOf(profile), isOwn: true })),
    ...[...user.profiles.values()].map((profile) => ({ ...summaryOf(profile), isOwn: false })),
  ];
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ profiles: rows, problems: problems.map(toldPlainly) })}\n`);
  } else {
    process.stdout.write(profileTable(rows));
    const ids = [...user.profiles.keys()];
    const own = lang === 'zh' ? `自己的型号（${folder}）：` : `profiles of your own (${folder}): `;
    process.stdout.write(`${own}${ids.length === 0 ? '–' : ids.join(', ')}\n`);
    for (const problem of problems) process.stderr.write(`${describeProblem(problem, lang)}\n`);
  }
  process.exitCode = problems.length === 0 ? exits.done : exits.wrong;
}

function toldPlainly(problem: Problem): unknown {
  return { code: problem.code, at: problem.at, zh: describeProblem(problem, 'zh'), en: describeProblem(problem, 'en') };
}

export async function newProfile(options: ProfileOptions, id: string | null): Promise<void> {
  endNow(await (await import('./new-profile.js')).newProfile(options, id));
}

export async function testProfile(options: ProfileOptions, what: string): Promise<void> {
  endNow(
    (await (await import('./test-profile.js')).testProfile(options, what)) ?? Number(process.exitCode ?? exits.done),
  );
}

export async function lookAtUnit(options: ProfileOptions): Promise<void> {
  endNow((await (await import('./look-at-unit.js')).lookAtUnit(options)) ?? Number(process.exitCode ?? exits.done));
}
