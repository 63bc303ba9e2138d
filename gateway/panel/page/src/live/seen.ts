/**
 * How far the alarms have been on the screen for as long as a person needs to see them: pure. A key means those and no later ones, as
 * the wired keys do (gateway/command/key-watch.ts).
 */

/** On the screen for so long it counts as seen, ms. */
export const seenAfterMs = 1000;

export interface Place {
  /** The gateway's start that counts its alarms with `order`. */
  readonly boot: string;
  readonly order: number;
}

export interface Seen {
  /** Null: nothing yet. */
  readonly seen: Place | null;
  /** What is on the screen and may be newer, since when; null: nothing newer. */
  readonly next: (Place & { readonly sinceMono: number }) | null;
}

export const nothingSeen: Seen = { seen: null, next: null };

/** `shown`: what is on the screen now; null: nobody can see it (hidden, or not of the present). */
export function stepSeen(before: Seen, shown: Place | null, mono: number): Seen {
  if (shown === null) return before.next === null ? before : { ...before, next: null };
  const of = (place: Place | null): Place | null => (place?.boot === shown.boot ? place : null);
  let seen = of(before.seen);
  let next = before.next?.boot === shown.boot ? before.next : null;
  if (next !== null && mono - next.sinceMono >= seenAfterMs) {
    seen = { boot: next.boot, order: next.order };
    next = null;
  }
  if (next === null && seen?.order !== shown.order) next = { boot: shown.boot, order: shown.order, sinceMono: mono };
  return seen === before.seen && next === before.next ? before : { seen, next };
}
