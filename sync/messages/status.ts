/** Whether a site can be heard: retained on `…/status`; the offline word of a lost link is the broker's last will. */
import { z } from 'zod';

const about = {
  /** The uplink that speaks, for receipts. */
  uplink: z.string().max(40).optional(),
  /** Release of the gateway. */
  version: z.string().max(40).optional(),
  /** Version of the form of its messages. */
  uplinkVersion: z.union([z.string().max(40), z.number()]).optional(),
};

export const statusSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('online'),
    since: z.iso.datetime(),
    clock: z.enum(['trusted', 'hinted', 'untrusted']),
    ...about,
  }),
  /** `lost` has no time: it is written when connecting and published when nobody knows. */
  z.object({ state: z.literal('offline'), reason: z.enum(['stopped', 'lost']), ...about }),
]);
export type SiteStatus = z.infer<typeof statusSchema>;
