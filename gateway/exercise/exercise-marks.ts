/** What outlives a restart: the exercise that runs, the last drill, and until when its heads may be counted. */
import { z } from 'zod';
import { brandId, type OutputId, type ZoneId } from '../../config/ids.js';
import { countsMaxMs, type Drill, type EndedDrill } from './drill.js';
import type { Mark } from './outlets.js';
import type { SirenTest } from './siren-test.js';

/** Names of marks in the journal. `exercise`: what runs. `drill`: when the last drill was. `drill-ended`: which one ended last.
 * `drill-watch`: since when this journal has been asked for drills. `siren-test`: the last test by the calendar. */
export const markNames = {
  exercise: 'exercise',
  drill: 'drill',
  drillEnded: 'drill-ended',
  drillWatch: 'drill-watch',
  sirenTest: 'siren-test',
} as const;

const drillShape = z.object({
  is: z.literal('drill'),
  id: z.string(),
  zones: z.union([z.literal('all'), z.array(z.string().transform((id) => brandId<ZoneId>(id)))]),
  forMs: z.number(),
  origin: z.string(),
  begunWall: z.number(),
});
const sirenTestShape = z.object({
  is: z.literal('siren-test'),
  id: z.string(),
  outputs: z.array(z.string().transform((id) => brandId<OutputId>(id))),
  soundsMs: z.number(),
  origin: z.string(),
  begunWall: z.number(),
});
const endedShape = z.object({
  drill: drillShape,
  reason: z.enum(['time', 'order', 'fire', 'stop', 'restart']),
  lastedMs: z.number().nullable(),
});

export function drillRuns({ begunMono: _, ...drill }: Drill): Mark {
  return { name: markNames.exercise, wall: drill.begunWall, detail: JSON.stringify({ is: 'drill', ...drill }) };
}

export function sirenTestRuns({ begunMono: _, ...test }: SirenTest): Mark {
  return { name: markNames.exercise, wall: test.begunWall, detail: JSON.stringify({ is: 'siren-test', ...test }) };
}

export function nothingRuns(wall: number): Mark {
  return { name: markNames.exercise, wall, detail: '' };
}

export function drillHasEnded({ drill: { begunMono: _, ...drill }, reason, lastedMs, endedWall }: EndedDrill): Mark {
  const detail = JSON.stringify({ drill: { is: 'drill', ...drill }, reason, lastedMs });
  return { name: markNames.drillEnded, wall: endedWall, detail };
}

/** Null when no drill ran. Its monotonic time was of another start: it says nothing here. */
export function runningDrill(mark: Mark | null): Drill | null {
  const parsed = drillShape.safeParse(read(mark));
  return parsed.success ? ofEarlierStart(parsed.data) : null;
}

export function runningSirenTest(mark: Mark | null): SirenTest | null {
  const parsed = sirenTestShape.safeParse(read(mark));
  if (!parsed.success) return null;
  const { is: _, ...test } = parsed.data;
  return { ...test, begunMono: Number.NEGATIVE_INFINITY };
}

/** Where the wall clock can not be believed the day of its counts begins anew: rather late than never. */
export function lastDrill(
  mark: Mark | null,
  now: { mono: number; wall: number; isWallSure: boolean },
): EndedDrill | null {
  const parsed = endedShape.safeParse(read(mark));
  if (mark === null || !parsed.success) return null;
  const { drill, reason, lastedMs } = parsed.data;
  const agoMs = now.isWallSure ? Math.max(0, now.wall - mark.wall) : 0;
  const countsUntilMono = now.mono + countsMaxMs - agoMs;
  return { drill: ofEarlierStart(drill), reason, lastedMs, endedWall: mark.wall, countsUntilMono };
}

function ofEarlierStart({ is: _, ...drill }: z.infer<typeof drillShape>): Drill {
  return { ...drill, begunMono: Number.NEGATIVE_INFINITY };
}

function read(mark: Mark | null): unknown {
  if (mark === null || mark.detail === '') return null;
  try {
    return JSON.parse(mark.detail);
  } catch {
    // Written by another release: nothing can be said about it.
    return null;
  }
}

/** When something was; `isSure`: the wall clock could be believed then. */
export function datedMark(name: string, wall: number, isSure: boolean): Mark {
  return { name, wall, detail: JSON.stringify({ isSure }) };
}

export function isDated({ detail }: Mark): boolean {
  return detail === JSON.stringify({ isSure: true });
}
