/**
 * What a receiver needs of a report and of a status. The gateways of a district are not updated on one day, so what a newer one says
 * more is taken as it is and handed on; sync/messages/ says exactly what this release sends.
 */
import { z } from 'zod';

/** Twelve digits sort as a text and last for ever. */
const sequence = z.string().regex(/^\d{12}$/);
const text = z.string().max(200);

const receivedDataSchema = z.looseObject({
  /** False: told from memory, because no disk kept it in time; the same id comes again. */
  durable: z.boolean(),
  kind: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  class: z.string().max(40).nullable(),
  lane: z.enum(['fire', 'journal']),
  /** Place in the journal file, to be echoed in receipts; absent while it is not durable. */
  position: z.number().int().min(1).optional(),
  /** Of the first row of an epoch: what its uplink told before it in the lane, in an older epoch. */
  after: z.looseObject({ epoch: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/), sequence }).optional(),
  /** Older than a minute when it was sent. */
  historical: z.literal(true).optional(),
  /** The centre's own codes. */
  codes: z.looseObject({ site: text.optional(), building: text.optional(), device: text.optional() }).optional(),
  /** The uplink that carries it; receipts go to it. */
  uplink: z.string().max(40).optional(),
  /** Id of the entry that raised the alarm it belongs to. */
  alarm: z.string().max(120).nullable(),
  zone: z.string().max(40).nullable(),
  words: z.looseObject({ zh: z.string(), en: z.string() }),
  origin: text.nullable(),
  /** One start of the gateway, and monotonic ms since then. */
  boot: z.string().min(1).max(40),
  mono: z.number().min(0),
  clock: z.enum(['trusted', 'hinted', 'untrusted']),
  detail: z.record(z.string(), z.unknown()).optional(),
  /** The detail was too large for this way. */
  detailOmitted: z.literal(true).optional(),
});

export const receivedReportSchema = z.looseObject({
  specversion: z.literal('1.0'),
  /** `<epoch>-<boot>-<counter>`; together with `source` it names the event for ever. */
  id: z.string().min(3).max(120),
  /** `/gengfu/{district}/{site}/{epoch}` */
  source: z.string().regex(/^\/gengfu\/[a-z0-9-]{1,40}\/[a-z0-9-]{1,40}\/[A-Za-z0-9._-]{1,40}$/),
  /** `gengfu.<kind>` */
  type: z.string().regex(/^gengfu\.[a-z_]+\.[a-z_]+$/),
  time: z.iso.datetime(),
  subject: z.string().min(1).max(200),
  datacontenttype: z.literal('application/json'),
  /** Place in the epoch, from 1; absent while it is not durable. */
  sequence: sequence.optional(),
  /** Sequence of the row of the same epoch and lane that this uplink was told before it; zeros: it is the first. */
  previous: sequence.optional(),
  data: receivedDataSchema,
});
export type ReceivedReport = z.infer<typeof receivedReportSchema>;

export const receivedStatusSchema = z.looseObject({
  state: z.enum(['online', 'offline']),
  since: z.string().max(40).optional(),
  reason: z.string().max(40).optional(),
  version: z.string().max(40).optional(),
});
export type ReceivedStatus = z.infer<typeof receivedStatusSchema>;
