/** Which facts the centre knows, and whether what it is told of one is always the same. */
import type { HeardRow, Link } from './heard.js';

/** Facts that are remembered; the oldest are forgotten beyond it, and counted: no run of a week tells so many. */
const factsMax = 1_000_000;
const contradictionsMax = 100;
/** Stands for the id of a row that will never come. */
const passedOver = '';

export interface Contradiction {
  readonly id: string;
  readonly what: string;
}

interface Fact {
  readonly fingerprint: string;
  detailFingerprint: string | null;
  isDurable: boolean;
  /** Where it stands, once durable. */
  epoch: string;
  sequence: number | null;
}

export interface Compared {
  readonly isDuplicate: boolean;
  readonly makesDurable: boolean;
}

export class HeardBook {
  /** What two messages about one id, or two ids about one place, say against each other; the first hundred. */
  readonly contradictions: Contradiction[] = [];
  forgotten = 0;
  readonly #facts = new Map<string, Fact>();
  readonly #places = new Map<string, string>();
  /** Heard, and lost in a restart of the centre. */
  readonly #lost = new Set<string>();

  /** The centre has it: heard, and not lost in a restart. */
  keeps(id: string): boolean {
    return this.#facts.has(id) && !this.#lost.has(id);
  }

  /** It was told as durable, once at least. */
  hasDurable(id: string): boolean {
    return this.keeps(id) && this.#facts.get(id)?.isDurable === true;
  }

  /** A row that will never come: it is as good as told. */
  passOver({ lane, epoch, sequence }: Link): void {
    this.#places.set(placeOf(lane === 'telemetry' ? lane : 'report', epoch, sequence), passedOver);
  }

  /** @param head everything of its lane is here up to this sequence, so its predecessor must be. */
  lookAtPredecessor({ what, id, epoch, previous }: HeardRow, head: number): void {
    if (previous === null || previous === 0 || previous > head) return;
    if (this.#places.has(placeOf(what, epoch, previous))) return;
    this.#contradicts(id, `names ${previous} of epoch ${epoch} before it, which was never told`);
  }

  lose(ids: readonly string[]): void {
    for (const id of ids) this.#lost.add(id);
  }

  take(row: HeardRow): Compared {
    const { id, durable, epoch, sequence, fingerprint, detailFingerprint } = row;
    this.#lost.delete(id);
    this.#lookAtPlace(row);
    const known = this.#facts.get(id);
    if (known === undefined) {
      this.#facts.set(id, { fingerprint, detailFingerprint, isDurable: durable, epoch, sequence });
      this.#forgetOldest();
      return { isDuplicate: false, makesDurable: false };
    }
    if (known.fingerprint !== fingerprint) this.#contradicts(id, 'two contents');
    const isOtherDetail = known.detailFingerprint !== null && detailFingerprint !== null;
    if (isOtherDetail && known.detailFingerprint !== detailFingerprint) this.#contradicts(id, 'two details');
    known.detailFingerprint ??= detailFingerprint;
    if (known.isDurable && durable && known.epoch === epoch && known.sequence !== sequence)
      this.#contradicts(id, `sequence ${known.sequence} and ${sequence} of epoch ${epoch}`);
    const makesDurable = durable && !known.isDurable;
    if (durable) Object.assign(known, { isDurable: true, epoch, sequence });
    return { isDuplicate: true, makesDurable };
  }

  /** Reports of both lanes share the numbers of an epoch; packs have their own. */
  #lookAtPlace({ what, id, epoch, sequence }: HeardRow): void {
    if (sequence === null) return;
    const place = placeOf(what, epoch, sequence);
    const other = this.#places.get(place);
    if (other !== undefined && other !== id && other !== passedOver)
      this.#contradicts(id, `stands where ${other} stood: ${place}`);
    this.#places.set(place, id);
    if (this.#places.size > factsMax) deleteFirst(this.#places);
  }

  #contradicts(id: string, what: string): void {
    if (this.contradictions.length < contradictionsMax) this.contradictions.push({ id, what });
  }

  #forgetOldest(): void {
    if (this.#facts.size <= factsMax) return;
    deleteFirst(this.#facts);
    this.forgotten += 1;
  }
}

function placeOf(what: HeardRow['what'], epoch: string, sequence: number): string {
  return `${what} ${epoch} ${sequence}`;
}

function deleteFirst(map: Map<string, unknown>): void {
  for (const first of map.keys()) {
    map.delete(first);
    return;
  }
}
