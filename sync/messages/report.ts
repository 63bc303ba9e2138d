/**
 * A report on `…/report/{class}`: one entry of the journal as a CloudEvent 1.0 in structured JSON mode. `source` and `id` together name
 * it for ever; what comes twice is the same fact. sync/mqtt/cloud-event.ts writes it.
 */
import { z } from 'zod';
import { idPattern } from '../../config/ids.js';
import { alarmClasses, entryKinds } from '../../config/vocabulary.js';

const told = (description: string) => ({ description });

/** Twelve digits, so that they sort as texts. */
const count = z.string().regex(/^[0-9]{12}$/);
const name = z.string().min(1).max(120);
const code = z.string().min(1).max(64);

const common = {
  uplink: z.string().regex(idPattern).meta(told('The uplink that carried it; a receipt names it.')),
  lane: z.enum(['fire', 'journal']).meta(told('Fire and what belongs to it, or the rest. Each has its own order.')),
  historical: z.literal(true).optional().meta(told('Older than a minute when it was sent.')),
  kind: z.enum(entryKinds),
  class: z.enum(alarmClasses).nullable(),
  alarm: name.nullable().meta(told('The alarm it belongs to: the id of its `alarm.raised`.')),
  zone: z.string().regex(idPattern).nullable(),
  codes: z
    .strictObject({ site: code.optional(), building: code.optional(), device: code.optional() })
    .optional()
    .meta(told('Codes that the platform gave to the site, the building and the device; only those that exist.')),
  words: z.strictObject({ zh: z.string(), en: z.string() }).meta(told('One sentence for people.')),
  origin: z.string().max(200).nullable().meta(told('Who ordered it.')),
  boot: name.meta(told('The start of the gateway that `mono` counts from.')),
  mono: z.number().meta(told('Monotonic ms of that start.')),
  clock: z.enum(['trusted', 'hinted', 'untrusted']).meta(told('What `time` is worth.')),
};

/** Whole, or without its detail because it would have been larger than the uplink may carry. */
const contents = [
  { detail: z.record(z.string(), z.unknown()) },
  { detailOmitted: z.literal(true).meta(told('It was too large; the box has it.')) },
] as const;

const [whole, short] = contents;
const position = z.number().int().min(1).meta(told('Echoed in a receipt.'));
const after = z
  .strictObject({ epoch: name, sequence: count })
  .optional()
  .meta(told('Of the first row of an epoch: what this uplink told before it in the lane, in an older epoch.'));
const durableData = z.union([
  z.strictObject({ durable: z.literal(true), position, after, ...common, ...whole }),
  z.strictObject({ durable: z.literal(true), position, after, ...common, ...short }),
]);
const memoryData = z.union([
  z.strictObject({ durable: z.literal(false), ...common, ...whole }),
  z.strictObject({ durable: z.literal(false), ...common, ...short }),
]);

const envelope = {
  specversion: z.literal('1.0'),
  id: name,
  source: z
    .string()
    .regex(/^\/gengfu\/[a-z0-9-]+\/[a-z0-9-]+\/[^/\s]+$/)
    .meta(told('/gengfu/{district}/{site}/{epoch}')),
  type: z.enum(entryKinds.map((kind) => `gengfu.${kind}` as const)),
  time: z.iso.datetime(),
  subject: name.meta(told('What it is about: `point:smoke-3/smoke`, `unit:io-1`, `line:east`, `gateway`.')),
  datacontenttype: z.literal('application/json'),
};

/** A stored entry, or one told from memory because the disk did not keep it in time; the same id comes again, stored. */
export const reportSchema = z.union([
  z.strictObject({
    ...envelope,
    sequence: count.meta(told('Place in its epoch, from 1, without holes.')),
    previous: count.meta(
      told(
        'Sequence of what this uplink told before it in the same lane and epoch; all zeros: nothing. A gap shows here.',
      ),
    ),
    data: durableData,
  }),
  z.strictObject({ ...envelope, data: memoryData }),
]);
