/** All lines at once: each is searched by itself, and the survey is the sum. */
import type { DeviceProfile } from '../../config/profile-schema.js';
import type { SerialFormat } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { OpenByteLink } from '../../drivers/driver.js';
import { type PortHolder, type SearchProgress, searchLine } from './line-search.js';
import type { SearchPlan } from './search-plan.js';
import type { Survey, SurveyLine } from './survey.js';

/** A line that may be searched. */
export interface SearchedLine {
  readonly at: SurveyLine['at'];
  readonly adapter: string | null;
  readonly plan: SearchPlan;
  readonly open: (format: SerialFormat) => OpenByteLink;
  /** Left out: nobody can be seen to hold it. */
  readonly holderOf?: () => PortHolder | null;
}

export interface SearchOptions {
  readonly lines: readonly SearchedLine[];
  readonly profiles: readonly DeviceProfile[];
  readonly clock: Clock;
  /** True from the moment when a person has had enough; what was found until then is told. */
  readonly isOver?: () => boolean;
  readonly onProgress?: (progress: SearchProgress) => void;
}

/** Never rejects for what lines and units do. */
export async function search(options: SearchOptions): Promise<Survey> {
  const { lines, profiles, clock, isOver = () => false, onProgress = () => undefined } = options;
  const beganMono = clock.mono();
  const outcomes = await Promise.all(
    lines.map(({ at, adapter, plan, open, holderOf = () => null }) =>
      searchLine({ at, adapter, plan, open, holderOf, profiles, clock, isOver, onProgress }),
    ),
  );
  return {
    survey: 1,
    lines: outcomes.map(({ line }) => line),
    tookMs: Math.round(clock.mono() - beganMono),
    // A line that is held or gone was not asked; that stands at the line itself, and of it nothing is whole.
    isWhole: outcomes.every(({ isWhole }) => isWhole),
  };
}

/** What `gengfu find` is to end with: 0 something answered, 5 nothing, 3 every line is held by others, 1 none could be opened. */
export function exitOf({ lines }: Survey): 0 | 1 | 3 | 5 {
  if (lines.some(({ units }) => units.length > 0)) return 0;
  if (lines.some(({ state }) => state === undefined)) return 5;
  return lines.length > 0 && lines.every(({ state }) => state === 'held') ? 3 : 1;
}
