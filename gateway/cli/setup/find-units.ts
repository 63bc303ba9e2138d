/** The one place where `init` starts a search. */
import type { DeviceProfile } from '../../../config/profile-schema.js';
import { SystemClock } from '../../../drivers/clock.js';
import type { Survey } from '../../survey/survey.js';
import type { Lang } from '../teller.js';
import { searchedLines } from '../wire/find-lines.js';
import type { WhereOptions } from '../wire/find-options.js';
import { searchHere } from '../wire/search-here.js';

/** Null: there is nothing on which units could be looked for. */
export type FindUnits = (profiles: readonly DeviceProfile[]) => Promise<Survey | null>;

/** With its progress on standard error. */
export function findUnitsOf(options: WhereOptions & { readonly lang: Lang }): FindUnits {
  return async (profiles) => {
    const clock = new SystemClock();
    const lines = await searchedLines(options, profiles, clock);
    return lines.length === 0 ? null : searchHere(lines, profiles, clock, options.lang);
  };
}
