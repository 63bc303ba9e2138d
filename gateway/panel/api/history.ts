/** The journal as the panel reads it: by pages, newest first, through the read-only worker. */
import { z } from 'zod';
import { alarmClasses, entryKinds, type Lane } from '../../../config/vocabulary.js';
import { alarmClass, id, wall, words } from './words.js';

export const pageMax = 200;

const list = <T extends z.ZodType>(of: T) => z.array(of).max(64);

export const historyFilter = z.strictObject({
  fromWall: wall.nullable().default(null),
  toWall: wall.nullable().default(null),
  classes: list(z.enum(alarmClasses)).default([]),
  kinds: list(z.enum(entryKinds)).default([]),
  zones: list(id).default([]),
  /** A device or point: its subjects. */
  devices: list(id).default([]),
  /** One alarm with all that belongs to it. */
  alarm: id.nullable().default(null),
});
export type HistoryFilter = z.infer<typeof historyFilter>;

export const historyQuery = z.strictObject({
  filter: historyFilter,
  /** Names of places and devices that match are looked for by index; free text is another route. */
  text: z.string().max(100).nullable().default(null),
  /** From the answer before; null: the newest. */
  before: z.int().nullable().default(null),
  limit: z.int().min(1).max(pageMax).default(50),
});
export type HistoryQuery = z.infer<typeof historyQuery>;

export const historyEntry = z
  .strictObject({
    position: z.int(),
    epoch: z.string(),
    sequence: z.int(),
    id,
    lane: z.string() as z.ZodType<Lane>,
    kind: z.enum(entryKinds),
    class: alarmClass.nullable(),
    subject: z.string(),
    alarm: id.nullable(),
    zone: id.nullable(),
    wall,
    clock: z.string(),
    boot: z.string(),
    origin: z.string().nullable(),
    words,
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Entry' });
export type HistoryEntry = z.infer<typeof historyEntry>;

export const historyPage = z
  .strictObject({
    entries: z.array(historyEntry),
    /** Pass as `before` for the next page; null: there is no more. */
    next: z.int().nullable(),
    tookMs: z.number(),
    /** Why it is shorter than asked for, or slower than usual; for people. Shown above the page when it is there. */
    note: words.optional(),
  })
  .meta({ id: 'HistoryPage' });
export type HistoryPage = z.infer<typeof historyPage>;

/** Samples of one point, thinned to at most `buckets` spans: the least and the largest of each, so that no peak is lost. */
export const trendQuery = z.strictObject({
  point: id,
  fromWall: z.coerce.number(),
  toWall: z.coerce.number(),
  buckets: z.coerce.number().int().min(10).max(2000).default(600),
});
export const trend = z
  .strictObject({
    point: id,
    /** [wall, least, largest, last]; a gap in the samples is a bucket with nulls. */
    buckets: z.array(z.tuple([wall, z.number().nullable(), z.number().nullable(), z.number().nullable()])),
    tookMs: z.number(),
  })
  .meta({ id: 'Trend' });
export type TrendQuery = z.infer<typeof trendQuery>;
export type Trend = z.infer<typeof trend>;
