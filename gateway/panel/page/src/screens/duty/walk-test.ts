/** How a walk test of a zone stands, out of its entries: pure. */
import type { HistoryEntry } from '../../../../api/history.js';

export interface WalkTestSeen {
  readonly beganWall: number;
  readonly by: string | null;
  /** Null while it goes on. */
  readonly endedWall: number | null;
  /** Ids of the points that take part, in the order of the site; null: the entry of its begin was not found. */
  readonly points: readonly string[] | null;
  /** Point → when its detector was seen. */
  readonly seen: ReadonlyMap<string, number>;
}

/** `entries`: of one zone, newest first. Null: none was ever held, as far as they reach. */
export function lastWalkTest(entries: readonly HistoryEntry[]): WalkTestSeen | null {
  const began = entries.findIndex(({ kind }) => kind === 'walk_test.begun');
  const begun = entries[began];
  const of = began === -1 ? entries : entries.slice(0, began);
  const seen = new Map<string, number>();
  let endedWall: number | null = null;
  for (const { kind, subject, wall } of of) {
    if (kind === 'walk_test.ended') endedWall = wall;
    // Newest first: the first time that it was seen is the one that stays.
    if (kind === 'walk_test.seen') seen.set(pointOf(subject), wall);
  }
  if (begun === undefined) return null;
  const { points } = begun.detail;
  const ids = Array.isArray(points) ? points.filter((each): each is string => typeof each === 'string') : null;
  return { beganWall: begun.wall, by: begun.origin, endedWall, points: ids, seen };
}

function pointOf(subject: string): string {
  return subject.startsWith('point:') ? subject.slice('point:'.length) : subject;
}
