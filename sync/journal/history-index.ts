/**
 * The index that history is found by: a digest of every 2,048 entries, written once when they are complete. It says which values stand in
 * which 64 of them, so it costs next to nothing on the card, where an index of SQLite rewrites a page for each entry (decision 0053).
 * It is derived: it may be dropped at any time, is built anew in steps, and a release that does not know it does not miss it.
 *
 *   entries  ────────────────────────────────────────────────▶ position
 *   block    │64│64│ …
 *   level 1  │ span of 32 blocks: 2,048    │ …  key → bits: in which of its blocks; least and largest wall time
 *   level 2  │ span of 32 spans: 65,536 …        key → bits: in which of its spans (alarms excepted)
 *   packs    │ span of 64 packs │ …              least and largest wall time
 */

export const partsOfSpan = 32;
const blockRows = 64;
/** Positions of one span, by level. */
export const spanRows = { 1: blockRows * partsOfSpan, 2: blockRows * partsOfSpan ** 2 } as const;
/** Positions of one part (one bit), by level. */
export const partRows = { 1: blockRows, 2: spanRows[1] } as const;
export type IndexLevel = keyof typeof spanRows;

/** Packs of telemetry in one span of their own. */
export const packSpanRows = 64;
/** In `history_spans`, where entries have 1 and 2. */
export const packLevel = 0;
/** All bits of a span. */
export const everywhere = 0xffff_ffff;

export const createHistoryIndex = `
CREATE TABLE IF NOT EXISTS history_spans (
  level INTEGER NOT NULL,
  span INTEGER NOT NULL,
  least_wall INTEGER NOT NULL,
  largest_wall INTEGER NOT NULL,
  PRIMARY KEY (level, span)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history_keys (
  level INTEGER NOT NULL,
  span INTEGER NOT NULL,
  key INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  PRIMARY KEY (level, span, key)
) WITHOUT ROWID;
`;

/** What can be looked for. `part`: a piece of a subject between `:` and `/`. The order is that of the keys: alarms come last. */
const dimensions = { class: 1, kind: 2, zone: 3, part: 4, alarm: 5 } as const;
export type Dimension = keyof typeof dimensions;

const hashRange = 2 ** 32;
/** Keys from here on are of alarms: each is met in one or two spans, so level 2 does without them. */
export const alarmKeysFrom = dimensions.alarm * hashRange;

/** Values that share a key cost a look at 64 entries and are told apart there. */
export function keyOf(dimension: Dimension, value: string): number {
  // FNV-1a over UTF-16 units.
  let hash = 0x811c_9dc5;
  for (let at = 0; at < value.length; at++) hash = Math.imul(hash ^ value.charCodeAt(at), 0x0100_0193);
  return dimensions[dimension] * hashRange + (hash >>> 0);
}

/** `fault:point:smoke-3/smoke` → fault, point, smoke-3, smoke. */
export function partsOfSubject(subject: string): readonly string[] {
  return subject.split(/[:/]/);
}

/** What an index must know of an entry. */
export interface IndexedEntry {
  readonly position: number;
  readonly wall: number;
  readonly class: string | null;
  readonly kind: string;
  readonly zone: string | null;
  readonly subject: string;
  readonly alarm: string | null;
}

export function keysOfEntry(entry: IndexedEntry): readonly number[] {
  const keys = partsOfSubject(entry.subject).map((part) => keyOf('part', part));
  keys.push(keyOf('kind', entry.kind));
  if (entry.class !== null) keys.push(keyOf('class', entry.class));
  if (entry.zone !== null) keys.push(keyOf('zone', entry.zone));
  if (entry.alarm !== null) keys.push(keyOf('alarm', entry.alarm));
  return keys;
}
