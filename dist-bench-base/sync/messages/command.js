/** What a district may order: the payload of a signed envelope on `…/command`. */
import { z } from 'zod';
import { idPattern } from '../../config/ids.js';
/** A command is good for at most this long (design.md §6). */
export const commandLifeMaxMs = 24 * 3_600_000;
const id = z.string().regex(idPattern);
/** A random id of the sender: once only. */
const commandId = z.string().regex(/^[A-Za-z0-9._-]{8,64}$/);
/** RFC 3339 in UTC. */
const moment = z.iso.datetime();
const zones = z.array(id).min(1).max(64).optional();
const subject = z.string().min(1).max(120);
/** Lower-case hex. */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** What is ordered, by its name. */
export const orderSchema = z.discriminatedUnion('order', [
    /** Silences what was raised up to the report `upTo`; only after somebody in the village has acknowledged it. */
    z.strictObject({ order: z.literal('silence'), upTo: z.string().min(1).max(120), zones }),
    /** Asks the people on the box for a reset; nothing is reset from outside. */
    z.strictObject({
        order: z.literal('reset_request'),
        upTo: z.string().min(1).max(120),
        zones,
        words: z.string().max(200).optional(),
    }),
    z.strictObject({ order: z.literal('siren_test'), zones }),
    z.strictObject({ order: z.literal('speaker_test'), zones }),
    z.strictObject({
        order: z.literal('broadcast'),
        text: z.string().trim().min(1).max(200).optional(),
        message: id.optional(),
        zones,
        repeat: z.number().int().min(1).max(10).default(1),
    }),
    z.strictObject({ order: z.literal('broadcast_stop') }),
    /** 查岗: somebody on the box has to answer within so many seconds. */
    z.strictObject({ order: z.literal('duty_check'), withinS: z.number().int().min(10).max(3600).default(300) }),
    z.strictObject({ order: z.literal('read_points'), points: z.array(subject).min(1).max(200).optional(), zones }),
    z.strictObject({
        order: z.literal('shelve'),
        subjects: z.array(subject).min(1).max(64),
        forS: z.number().int().min(60).max(86_400),
    }),
    z.strictObject({ order: z.literal('unshelve'), subjects: z.array(subject).min(1).max(64) }),
    /** A hint: it never makes the clock trusted. */
    z.strictObject({ order: z.literal('time'), now: moment }),
    z.strictObject({ order: z.literal('config_fetch'), part: z.number().int().min(1).max(1000).default(1) }),
    /** The site file, gzip in base64, in parts of at most 48 kB. */
    z.strictObject({
        order: z.literal('config_stage'),
        sha256,
        part: z.number().int().min(1).max(100),
        parts: z.number().int().min(1).max(100),
        gzip: z.string().max(48 * 1024),
    }),
    z.strictObject({ order: z.literal('config_apply'), sha256 }),
    z.strictObject({ order: z.literal('config_rollback') }),
]);
export const commandSchema = z.strictObject({
    version: z.literal(1),
    id: commandId,
    district: id,
    site: id,
    issued: moment,
    expires: moment,
    what: orderSchema,
});
export const resultStates = ['accepted', 'refused', 'done', 'failed', 'expired', 'unknown'];
/** The answer on `…/result`. */
export const resultSchema = z.strictObject({
    version: z.literal(1),
    /** Null when the command was so malformed that it had none. */
    command: z.string().max(64).nullable(),
    state: z.enum(resultStates),
    /** A word for machines: why it was refused, or failed; null when it was not. */
    reason: z.string().max(40).nullable(),
    words: z.strictObject({ zh: z.string(), en: z.string() }).nullable(),
    at: moment,
    clock: z.enum(['trusted', 'hinted', 'untrusted']),
    /** What was asked for: readings, parts of a file. */
    detail: z.record(z.string(), z.unknown()),
});
