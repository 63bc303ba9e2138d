/** The site as the panel draws it: what does not change while a site file runs. */
import { z } from 'zod';
import { alarmClass, id, words } from './words.js';

export const pointInfo = z.strictObject({
  id,
  name: words,
  role: z.string(),
  class: alarmClass.nullable(),
  zone: id.nullable(),
  place: words.nullable(),
  device: id.nullable(),
  /** `MPa`; null for a state. */
  physicalUnit: z.string().nullable(),
  limits: z.strictObject({ low: z.number().nullable(), high: z.number().nullable() }).nullable(),
  /** State key → words; empty for a number. */
  states: z.record(z.string(), words),
  severities: z.record(z.string(), z.string()),
  isSampled: z.boolean(),
});

const minuteOfDay = z.int().min(0).max(1439);

export const siteInfo = z
  .strictObject({
    id,
    district: id,
    name: words,
    /** IANA name of the site's time zone. */
    timeZone: z.string(),
    /** Minutes of the site's local day, over midnight where `to` is less: what can wait makes no sound then. Null: never. */
    night: z.strictObject({ fromMinute: minuteOfDay, toMinute: minuteOfDay }).nullable(),
    zones: z.array(z.strictObject({ id, name: words })),
    lines: z.array(z.strictObject({ id, name: words, protocol: z.enum(['modbus', 'stream']) })),
    devices: z.array(
      z.strictObject({ id, name: words, line: id, zone: id.nullable(), place: words.nullable(), profile: z.string() }),
    ),
    points: z.array(pointInfo),
    outputs: z.array(z.strictObject({ id, name: words, kind: z.string(), zone: id.nullable() })),
    speakers: z.array(z.strictObject({ id, name: words, zone: id.nullable() })),
    messages: z.array(z.strictObject({ id, name: words, text: words.nullable() })),
    programme: z.array(z.strictObject({ at: z.string(), words })),
    uplinks: z.array(z.strictObject({ id, name: words, kind: z.enum(['mqtt', 'gb26875', 'http', 'sms']) })),
    /** What to do, step by step, for alarms of a class in some zones (null: all). */
    steps: z.array(z.strictObject({ class: alarmClass, zones: z.array(id).nullable(), steps: z.array(words) })),
    /**
     * Households with special care: how many behind each door for everybody, with the devices in or beside it; who, only from
     * level Ⅱ (households route).
     */
    care: z.array(
      z.strictObject({ zone: id.nullable(), place: words.nullable(), households: z.int(), near: z.array(id) }),
    ),
  })
  .meta({ id: 'SiteInfo' });
export type SiteInfo = z.infer<typeof siteInfo>;

/** Personal data: never in telemetry, logs or support files. */
export const household = z
  .strictObject({
    id,
    door: words,
    zone: id.nullable(),
    care: z.array(z.enum(['elderly-alone', 'left-behind-children', 'disabled', 'bedridden', 'other'])),
    people: z.string().nullable(),
    phone: z.string().nullable(),
    note: z.string().nullable(),
    /** Devices in or beside it. */
    near: z.array(id),
  })
  .meta({ id: 'Household' });
export type Household = z.infer<typeof household>;
