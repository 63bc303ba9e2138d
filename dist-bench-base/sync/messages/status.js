/** `…/status`, retained: is the gateway there? `lost` is its last will, published by the broker when nobody said goodbye. */
import { z } from 'zod';
export const statusSchema = z.discriminatedUnion('state', [
    z.strictObject({
        state: z.literal('online'),
        /** When this connection was made, RFC 3339 in UTC, and what that time is worth. */
        since: z.iso.datetime(),
        clock: z.enum(['trusted', 'hinted', 'untrusted']),
    }),
    z.strictObject({ state: z.literal('offline'), reason: z.enum(['stopped', 'lost']) }),
]);
