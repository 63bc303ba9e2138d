import type { Lane } from '../../config/vocabulary.js';
import type { Entry } from './entry.js';
import type { Batch, FacetChange } from './store.js';

export type LaneCounts = Readonly<Record<Lane, number>>;
export const noneLost: LaneCounts = { fire: 0, journal: 0, telemetry: 0, local: 0 };

interface Item {
  /** Null: only facets wait here. */
  readonly entry: Entry | null;
  facets: readonly FacetChange[];
}

/**
 * Entries on their way to the disk, in order, at most `entriesMax` of them. When there are more, the oldest entry that
 * is not of the fire lane goes; the fire lane is last. Facets never go: a dropped entry leaves its own to a neighbour, and
 * changes that come without an entry join the newest item, of each subject only the newest.
 */
export class WaitingList {
  #items: Item[] = [];
  #taken: Item[] = [];
  #entryCount = 0;

  constructor(private readonly entriesMax: number) {}

  get isEmpty(): boolean {
    return this.#items.length === 0 && this.#taken.length === 0;
  }

  /** Adds one batch at the end. Returns how many entries had to go for it, or null when none had to. */
  push(entries: readonly Entry[], facets: readonly FacetChange[]): LaneCounts | null {
    const last = entries.length - 1;
    for (const [index, entry] of entries.entries()) {
      this.#items.push({ entry, facets: index === last ? facets : [] });
    }
    if (entries.length === 0 && facets.length > 0) this.#join(facets);
    this.#entryCount += entries.length;
    return this.#dropWhatIsTooMuch();
  }

  /** Puts one entry before all others (the beginning of an epoch). */
  pushFirst(entry: Entry): void {
    this.#items.unshift({ entry, facets: [] });
    this.#entryCount += 1;
  }

  /** Takes the oldest entries and their facets for one transaction; of a subject only its newest facets count. */
  take(batchMax: number): Batch {
    this.#taken = this.#items.splice(0, batchMax);
    return {
      entries: this.#taken.flatMap((item) => item.entry ?? []),
      facets: newestPerSubject(this.#taken.flatMap((item) => item.facets)),
    };
  }

  /** The transaction is durable. */
  forgetTaken(): void {
    this.#entryCount -= countEntries(this.#taken);
    this.#taken = [];
  }

  /** The transaction failed: everything is as it was before take(). */
  returnTaken(): void {
    const boundary = this.#taken.length;
    this.#items.unshift(...this.#taken);
    this.#taken = [];
    // Changes that came meanwhile found nothing to join.
    const came = this.#items[boundary];
    if (boundary === 0 || came === undefined || came.entry !== null) return;
    this.#items.splice(boundary, 1);
    joinFacets(this.#items[boundary - 1], came.facets);
  }

  /** The waiting facets of these subjects are not to be written. */
  dropFacets(subjects: ReadonlySet<string>): void {
    for (const item of this.#items) item.facets = item.facets.filter((change) => !subjects.has(change.subject));
  }

  /** The newest item that is not with the store takes them: what it has for the same subjects is older. */
  #join(facets: readonly FacetChange[]): void {
    const last = this.#items.at(-1);
    if (last === undefined) this.#items.push({ entry: null, facets });
    else joinFacets(last, facets);
  }

  #dropWhatIsTooMuch(): LaneCounts | null {
    if (this.#entryCount <= this.entriesMax) return null;
    const lost = { ...noneLost };
    while (this.#entryCount > this.entriesMax) {
      const lesser = this.#items.findIndex((item) => item.entry !== null && item.entry.lane !== 'fire');
      const index = lesser >= 0 ? lesser : this.#items.findIndex((item) => item.entry !== null);
      const entry = this.#items[index]?.entry ?? null;
      if (entry === null) break; // all that is left is with the disk
      lost[entry.lane] += 1;
      this.#entryCount -= 1;
      this.#removeEntryAt(index);
    }
    return lost;
  }

  #removeEntryAt(index: number): void {
    const facets = this.#items[index]?.facets ?? [];
    const next = this.#items[index + 1];
    const previous = this.#items[index - 1];
    if (facets.length === 0) this.#items.splice(index, 1);
    else if (next !== undefined) {
      next.facets = newestPerSubject([...facets, ...next.facets]);
      this.#items.splice(index, 1);
    } else if (previous !== undefined) {
      previous.facets = newestPerSubject([...previous.facets, ...facets]);
      this.#items.splice(index, 1);
    } else this.#items[index] = { entry: null, facets };
  }
}

function joinFacets(item: Item | undefined, facets: readonly FacetChange[]): void {
  if (item !== undefined) item.facets = newestPerSubject([...item.facets, ...facets]);
}

function countEntries(items: readonly Item[]): number {
  return items.reduce((count, item) => count + (item.entry === null ? 0 : 1), 0);
}

function newestPerSubject(changes: readonly FacetChange[]): readonly FacetChange[] {
  return changes.length < 2 ? changes : [...new Map(changes.map((change) => [change.subject, change])).values()];
}
