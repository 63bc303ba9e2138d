/** What outlives a restart of the book of ways: one mark in the journal. */
import { z } from 'zod';
import { brandId, type UplinkId } from '../config/ids.js';
import { lanes } from '../config/vocabulary.js';
import type { MarkRow } from '../sync/journal/store.js';

export const waysMarkName = 'ways';

/**
 * `queued`: it waits; `carried`: the centre's side has it; `kept`: the centre says so; and why it is not told: `filtered` by the site file,
 * `refused` by the centre for good or too large for it, `not-needed` because another one has confirmed it, `nobody` because nobody there
 * is to hear of it (recipients of short messages), `no-word` because the centre's language has no word for it.
 */
export const wayStates = [
  'queued',
  'carried',
  'kept',
  'filtered',
  'refused',
  'not-needed',
  'nobody',
  'no-word',
] as const;

export interface WayRow {
  readonly uplink: UplinkId;
  readonly how: (typeof wayStates)[number];
  /** When it came so far, ms since 1970; null: it has not moved yet. */
  readonly wall: number | null;
  /** When the centre's side has confirmed it; null: it has not. */
  readonly carriedWall: number | null;
  /** From the alarm to that; null: as above, or the alarm is of an earlier start. */
  readonly afterMs: number | null;
}

const rowShape = z.object({
  uplink: z.string().transform((id) => brandId<UplinkId>(id)),
  how: z.enum(wayStates),
  wall: z.number().nullable(),
  carriedWall: z.number().nullable(),
  afterMs: z.number().nullable(),
});
const shape = z.object({
  id: z.string(),
  lane: z.enum(lanes),
  position: z.number().nullable(),
  isCall: z.boolean(),
  isOver: z.boolean(),
  /** Left out by releases that saved nothing else. */
  isKept: z.boolean().default(true),
  told: z.array(rowShape),
});

export interface SavedWay {
  /** Of the alarm, or of the call. */
  readonly id: string;
  readonly lane: (typeof lanes)[number];
  /** Of its row; null: it was not durable yet. */
  position: number | null;
  readonly isCall: boolean;
  readonly isOver: boolean;
  /** Stays for whoever asks when it is over: a fire, a warning, a call. */
  readonly isKept: boolean;
  told: readonly WayRow[];
}

export function waysMark(ways: readonly SavedWay[], wall: number): MarkRow {
  const saved = ways.map(({ id, lane, position, isCall, isOver, isKept, told }) => ({
    ...{ id, lane, position, isCall, isOver, isKept, told },
  }));
  return { name: waysMarkName, wall, detail: JSON.stringify(saved) };
}

/** What can not be read, or was written in another form, is left out. */
export function savedWays(mark: MarkRow | null): readonly SavedWay[] {
  if (mark === null) return [];
  try {
    return z.array(shape).parse(JSON.parse(mark.detail));
  } catch {
    return [];
  }
}
