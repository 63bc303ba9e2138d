/** What people, weather and bad luck may do in a scenario, as its file writes it. */
import { z } from 'zod';

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);
/** `<device>/<key>`, as in the site. */
const point = z.string();

export const mischiefNames = ['none', 'silent', 'late', 'doubled', 'truncated', 'corrupted'] as const;
export const diskWords = ['works', 'fails', 'full', 'hangs', 'slow'] as const;
export const forgeries = ['stranger', 'unknown_key', 'unsigned', 'altered'] as const;

export const deedSchema = z.union([
  z.strictObject({ set: point, to: z.union([z.string(), z.number()]) }),
  /** A value that creeps, once a second. */
  z.strictObject({ ramp: point, from: z.number(), to: z.number(), over_s: z.int().min(1).max(3600) }),
  /** At the box, by somebody of a level: Ⅰ view and silence, Ⅱ duty, Ⅲ installer. */
  z.strictObject({
    command: z.enum(['acknowledge', 'silence', 'reset']),
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
  }),
  /** A wired key, by its point: pressed for a moment. At an input module it is held until the module is asked. */
  z.strictObject({ press: point, for_s: z.number().min(0.1).max(60).optional() }),
  z.strictObject({ cut: id }),
  z.strictObject({ mend: id }),
  /** Every line at once. */
  z.strictObject({ lines: z.enum(['cut', 'mend']) }),
  z.strictObject({ switch_off: id }),
  z.strictObject({ switch_on: id }),
  /** How a unit answers from now on. */
  z.strictObject({ mischief: id, is: z.enum(mischiefNames) }),
  z.strictObject({ uplink: z.enum(['pull', 'plug']) }),
  /** The centre goes and comes so many times, each for so long; in the end it is there. */
  z.strictObject({ storm: z.int().min(1).max(100), every_s: z.number().min(0.2).max(60) }),
  /** Its player answers nothing any more, or does so again. */
  z.strictObject({ break_horn: id }),
  z.strictObject({ mend_horn: id }),
  /** The process alone: units, relays and pins stay as they are. */
  z.strictObject({ gateway: z.enum(['kill', 'start']) }),
  /** The mains of the whole site: the process is gone, units are silent, relays and pins fall off. */
  z.strictObject({ power: z.enum(['cut', 'back']) }),
  z.strictObject({ disk: z.enum(diskWords) }),
  /** The wall clock is set, or is believed otherwise. */
  z.strictObject({
    clock: z.strictObject({
      step_s: z.number().optional(),
      to: z.iso.datetime().optional(),
      trust: z.enum(['trusted', 'hinted', 'untrusted']).optional(),
    }),
  }),
  /** An order that the district never gave arrives in its name (sync/asyncapi.yaml has the shape of `order`). */
  z.strictObject({
    forge: z.enum(forgeries),
    order: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  }),
]);

export type Deed = z.infer<typeof deedSchema>;
