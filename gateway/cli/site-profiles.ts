/** All profiles that a site file can name, for verbs that look for units: a wrong one is told, and the others go on. */
import { describeProblem } from '../../config/problem.js';
import type { DeviceProfile } from '../../config/profile-schema.js';
import { loadSiteLibrary } from '../../config/user-profiles.js';
import type { Lang } from './teller.js';

export async function siteProfiles({
  config,
  lang,
}: {
  readonly config: string;
  readonly lang: Lang;
}): Promise<ReadonlyMap<string, DeviceProfile>> {
  const { profiles, problems } = await loadSiteLibrary(config, null);
  for (const problem of problems) process.stderr.write(`${describeProblem(problem, lang)}\n`);
  return profiles;
}
