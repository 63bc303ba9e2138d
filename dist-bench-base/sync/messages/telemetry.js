/**
 * A pack of samples as SenML (RFC 8428), JSON form: an array of records. The first one names the pack; its text has, separated by `/`:
 * `1`, uplink (`-`: not told), epoch, sequence, previous, position, boot, monotonic ms of the base time, clock trust, and `live` or
 * `historical`. Then one record for each sample: a number `v` with its unit, a state `vs`; a point that is bad has a record
 * `<point>:bad` with the reason in `vs`, and never a value.
 */
import { z } from 'zod';
/** A message is refused unread when it is longer. */
export const telemetryMaxBytes = 16 * 1024;
const name = z.string().min(1).max(240);
export const senmlHeadSchema = z.strictObject({
    /** `{district}/{site}/`: what stands before every name. */
    bn: z.string().regex(/^[a-z0-9-]{1,40}\/[a-z0-9-]{1,40}\/$/),
    /** Seconds since 1970 of the first sample. */
    bt: z.number(),
    n: z.literal('pack'),
    vs: z.string().max(300),
});
export const senmlRecordSchema = z
    .strictObject({
    n: name,
    /** As registered for SenML; left out for states, and where no unit is registered. */
    u: z.string().min(1).max(20).optional(),
    /** Seconds after `bt`; left out for 0. */
    t: z.number().optional(),
    v: z.number().optional(),
    vs: z.string().max(200).optional(),
})
    .refine(({ v, vs }) => (v === undefined) !== (vs === undefined), 'either v or vs');
export const senmlPackSchema = z.tuple([senmlHeadSchema], senmlRecordSchema);
