/** What a receiver says it has kept: the payload of an envelope on `…/receipt`, signed or not. */
import { z } from 'zod';
/** Everything of this lane that was told to this receiver, up to and including this row, is kept. `position` is echoed as it came. */
const place = z.strictObject({
    epoch: z.string().min(1).max(40),
    sequence: z.number().int().min(1),
    position: z.number().int().min(1),
});
export const receiptSchema = z.strictObject({
    version: z.literal(1),
    district: z.string().max(40),
    site: z.string().max(40),
    /** The uplink that carried it, as the reports name it. */
    uplink: z.string().max(40),
    issued: z.iso.datetime(),
    kept: z.strictObject({ fire: place.optional(), journal: place.optional(), telemetry: place.optional() }),
});
