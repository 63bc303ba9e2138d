/** What outlives a restart: the exercise that runs, the last drill, and until when its heads may be counted. */
import { z } from 'zod';
import { brandId } from '../../config/ids.js';
import { countsMaxMs } from './drill.js';
/** Names of marks in the journal. `exercise`: what runs. `drill`: when the last drill was. `drill-ended`: which one ended last.
 * `drill-watch`: since when this journal has been asked for drills. `siren-test`: the last test by the calendar. */
export const markNames = {
    exercise: 'exercise',
    drill: 'drill',
    drillEnded: 'drill-ended',
    drillWatch: 'drill-watch',
    sirenTest: 'siren-test',
};
const drillShape = z.object({
    is: z.literal('drill'),
    id: z.string(),
    zones: z.union([z.literal('all'), z.array(z.string().transform((id) => brandId(id)))]),
    forMs: z.number(),
    origin: z.string(),
    begunWall: z.number(),
});
const sirenTestShape = z.object({
    is: z.literal('siren-test'),
    id: z.string(),
    outputs: z.array(z.string().transform((id) => brandId(id))),
    soundsMs: z.number(),
    origin: z.string(),
    begunWall: z.number(),
});
const endedShape = z.object({
    drill: drillShape,
    reason: z.enum(['time', 'order', 'fire', 'stop', 'restart']),
    lastedMs: z.number().nullable(),
});
export function drillRuns({ begunMono: _, ...drill }) {
    return { name: markNames.exercise, wall: drill.begunWall, detail: JSON.stringify({ is: 'drill', ...drill }) };
}
export function sirenTestRuns({ begunMono: _, ...test }) {
    return { name: markNames.exercise, wall: test.begunWall, detail: JSON.stringify({ is: 'siren-test', ...test }) };
}
export function nothingRuns(wall) {
    return { name: markNames.exercise, wall, detail: '' };
}
export function drillHasEnded({ drill: { begunMono: _, ...drill }, reason, lastedMs, endedWall }) {
    const detail = JSON.stringify({ drill: { is: 'drill', ...drill }, reason, lastedMs });
    return { name: markNames.drillEnded, wall: endedWall, detail };
}
/** Null when no drill ran. Its monotonic time was of another start: it says nothing here. */
export function runningDrill(mark) {
    const parsed = drillShape.safeParse(read(mark));
    return parsed.success ? ofEarlierStart(parsed.data) : null;
}
export function runningSirenTest(mark) {
    const parsed = sirenTestShape.safeParse(read(mark));
    if (!parsed.success)
        return null;
    const { is: _, ...test } = parsed.data;
    return { ...test, begunMono: Number.NEGATIVE_INFINITY };
}
/** Where the wall clock can not be believed the day of its counts begins anew: rather late than never. */
export function lastDrill(mark, now) {
    const parsed = endedShape.safeParse(read(mark));
    if (mark === null || !parsed.success)
        return null;
    const { drill, reason, lastedMs } = parsed.data;
    const agoMs = now.isWallSure ? Math.max(0, now.wall - mark.wall) : 0;
    const countsUntilMono = now.mono + countsMaxMs - agoMs;
    return { drill: ofEarlierStart(drill), reason, lastedMs, endedWall: mark.wall, countsUntilMono };
}
function ofEarlierStart({ is: _, ...drill }) {
    return { ...drill, begunMono: Number.NEGATIVE_INFINITY };
}
function read(mark) {
    if (mark === null || mark.detail === '')
        return null;
    try {
        return JSON.parse(mark.detail);
    }
    catch {
        // Written by another release: nothing can be said about it.
        return null;
    }
}
/** When something was; `isSure`: the wall clock could be believed then. */
export function datedMark(name, wall, isSure) {
    return { name, wall, detail: JSON.stringify({ isSure }) };
}
export function isDated({ detail }) {
    return detail === JSON.stringify({ isSure: true });
}
