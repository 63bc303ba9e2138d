/** Orders for everything that sounds or speaks by somebody's will, as they come over the control socket. */
import { z } from 'zod';
/** What people may ask to be said, characters. */
export const textMax = 200;
export const noteMax = 500;
const timesMax = 10;
const headsMax = 1_000_000;
/** Longer than any the desk takes, so that the desk can say what is wrong with it. */
const textReadMax = 1000;
const listMax = 64;
const forMaxMs = 1e10;
export const userName = z.string().regex(/^[\w.-]{1,32}$/);
const id = z.string().min(1).max(200);
const ids = z.array(id).min(1).max(listMax);
const forMs = z.number().min(0).max(forMaxMs);
const heads = z.int().min(0).max(headsMax).nullable();
const text = z.string().max(textReadMax).nullable();
export const exerciseRequests = [
    z.strictObject({
        ask: z.literal('drill-begin'),
        /** Null: all of them. */
        zones: ids.nullable(),
        /** Null: as long as the site file says, ms. */
        forMs: forMs.nullable(),
        user: userName,
    }),
    z.strictObject({ ask: z.literal('drill-end'), present: heads, missing: heads, note: text, user: userName }),
    z.strictObject({ ask: z.enum(['siren-test', 'siren-test-end', 'broadcast-stop']), user: userName }),
    z.strictObject({
        ask: z.literal('broadcast'),
        /** One of both. */
        message: id.nullable(),
        text,
        /** Null: all that play something. */
        speakers: ids.nullable(),
        evacuation: z.boolean(),
        times: z.int().min(1).max(timesMax),
        user: userName,
    }),
    z.strictObject({ ask: z.literal('microphone'), speakers: ids, forMs, user: userName }),
    z.strictObject({ ask: z.literal('walk-test-begin'), zone: id, forMs: forMs.nullable(), user: userName }),
    z.strictObject({ ask: z.literal('walk-test-end'), zone: id, user: userName }),
];
/** Design.md §6: drill, broadcast and tests are duty staff's, a walk test the installer's. */
export const orderLevel = {
    'drill-begin': 2,
    'drill-end': 2,
    'siren-test': 2,
    'siren-test-end': 2,
    broadcast: 2,
    'broadcast-stop': 2,
    microphone: 2,
    'walk-test-begin': 3,
    'walk-test-end': 3,
};
/** Short enough, not blank, and without anything that steers a terminal or a chip. What a chip can not speak its driver tells. */
export function isPlain(given, max) {
    return [...given].length <= max && given.trim() !== '' && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(given);
}
