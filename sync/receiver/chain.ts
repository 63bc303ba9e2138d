/**
 * The rows of one lane of one epoch, as they are linked by `previous`: up to where everything is there, and what is missing in
 * between. Pure.
 *
 *   told:  1 → 4 → 5 → 9 → 12          `previous` of 9 is 5: 6, 7 and 8 are none of this receiver's business
 *   here:  1   4           12          head 4, one island (9, 12]: a gap from 5 to 9
 */

/** Gaps of one chain at once; a row beyond that is kept and handed on, and waits for its sender to tell it again. */
const islandsMax = 1_000;

/** Rows that are here, behind something that is not: everything told after `after` up to and including `upTo`. */
export interface Island {
  readonly after: number;
  readonly upTo: number;
  /** Of the row `upTo`. */
  readonly position: number;
}

export interface Chain {
  /** Everything that was told up to and including this sequence is here; 0: nothing yet. */
  readonly head: number;
  /** Of the row `head`; 0 while nothing is here. */
  readonly position: number;
  /** The least position that was told; 0: none. Epochs of one lane follow each other by it. */
  readonly first: number;
  /** Rising, apart from each other and from the head. */
  readonly islands: readonly Island[];
}

/** Somewhere in `from … to` at least one row is missing: `to` itself. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface Link {
  readonly previous: number;
  readonly sequence: number;
  readonly position: number;
}

/** @param head where it begins: 0, or further for a receiver that joins later. */
export function emptyChain(head = 0): Chain {
  // Whoever joins does not know where it began: nothing stands before it.
  return { head, position: 0, first: head === 0 ? 0 : 1, islands: [] };
}

/** A row has come. The same row again, or an older one, changes nothing. */
export function addLink(chain: Chain, { previous, sequence, position }: Link): Chain {
  const { head, islands } = chain;
  // A row that only has to be there (`previous` is itself) has no position yet.
  const first = chain.first === 0 || position === 0 ? chain.first || position : Math.min(chain.first, position);
  // Told anew with another predecessor (a filter was changed): then what lies between is not told any more.
  if (sequence <= head) return chain;
  let island: Island = { after: previous, upTo: sequence, position };
  const apart: Island[] = [];
  for (const other of islands) {
    if (other.upTo < island.after || other.after > island.upTo) apart.push(other);
    else island = joined(island, other);
  }
  if (island.after <= head) return { head: island.upTo, position: island.position, first, islands: apart };
  if (apart.length >= islandsMax) return chain;
  return { ...chain, first, islands: [...apart, island].sort((one, other) => one.after - other.after) };
}

function joined(one: Island, other: Island): Island {
  const after = Math.min(one.after, other.after);
  if (one.upTo === other.upTo) return { after, upTo: one.upTo, position: Math.max(one.position, other.position) };
  const last = one.upTo > other.upTo ? one : other;
  return { after, upTo: last.upTo, position: last.position };
}

/** A person has said that what is missing will never come. */
export function withoutGaps({ head, position, first, islands }: Chain): Chain {
  const last = islands.at(-1);
  return { head: last?.upTo ?? head, position: last?.position ?? position, first, islands: [] };
}

/** What is missing, oldest first. */
export function gapsOf({ head, islands }: Chain): readonly Gap[] {
  return islands.map(({ after }, index) => ({ from: (islands[index - 1]?.upTo ?? head) + 1, to: after }));
}
