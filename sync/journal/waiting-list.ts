import type { Lane } from '../../config/vocabulary.js';
import type { Entry } from './entry.js';
import type { Batch, FacetChange, MarkRow } from './store.js';

export type LaneCounts = Readonly<Record<Lane, number>>;
export const noneLost: LaneCounts = { fire: 0, journal: 0, telemetry: 0, local: 0 };

/** What is saved beside the entries. */
interface Saves {
  readonly facets: readonly FacetChange[];
  readonly marks: readonly MarkRow[];
}

interface Item {
  /** Null: only facets and marks wait here. */
  readonly entry: Entry | null;
  saves: Saves;
}

const nothing: Saves = { facets: [], marks: [] };

/**
 * Entries on their way to the disk, in order, at most `entriesMax` of them. When there are more, the oldest entry that
 * is not of the fire lane goes; the fire lane is last. Facets and marks never go: a dropped entry leaves its own to a neighbour, and
 * changes that come without an entry join the newest item, of each subject (or name) only the newest.
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
  push(entries: readonly Entry[], facets: readonly FacetChange[], marks: readonly MarkRow[] = []): LaneCounts | null {
    const last = entries.length - 1;
    const saves = { facets, marks };
    for (const [index, entry] of entries.entries()) {
      this.#items.push({ entry, saves: index === last ? saves : nothing });
    }
    if (entries.length === 0 && !isNothing(saves)) this.#join(saves);
    this.#entryCount += entries.length;
    return this.#dropWhatIsTooMuch();
  }

  /** Puts one entry before all others (the beginning of an epoch). */
  pushFirst(entry: Entry): void {
    this.#items.unshift({ entry, saves: nothing });
    this.#entryCount += 1;
  }

  /** Takes the oldest entries and their facets for one transaction; of a subject only its newest facets count, of a name its newest mark. */
  take(batchMax: number): Batch {
    this.#taken = this.#items.splice(0, batchMax);
    return { entries: this.#taken.flatMap((item) => item.entry ?? []), ...newestOf(this.#taken) };
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
    join(this.#items[boundary - 1], came.saves);
  }

  /** The waiting facets of these subjects are not to be written. */
  dropFacets(subjects: ReadonlySet<string>): void {
    for (const item of this.#items) {
      const facets = item.saves.facets.filter((change) => !subjects.has(change.subject));
      item.saves = { ...item.saves, facets };
    }
  }

  /** The newest item that is not with the store takes them: what it has for the same subjects is older. */
  #join(saves: Saves): void {
    const last = this.#items.at(-1);
    if (last === undefined) this.#items.push({ entry: null, saves });
    else join(last, saves);
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
    const saves = this.#items[index]?.saves ?? nothing;
    const next = this.#items[index + 1];
    const previous = this.#items[index - 1];
    if (isNothing(saves)) this.#items.splice(index, 1);
    else if (next !== undefined) {
      next.saves = newestOf([{ saves }, next]);
      this.#items.splice(index, 1);
    } else if (previous !== undefined) {
      join(previous, saves);
      this.#items.splice(index, 1);
    } else this.#items[index] = { entry: null, saves };
  }
}

function isNothing({ facets, marks }: Saves): boolean {
  return facets.length === 0 && marks.length === 0;
}

function join(item: Item | undefined, saves: Saves): void {
  if (item !== undefined) item.saves = newestOf([item, { saves }]);
}

function countEntries(items: readonly Item[]): number {
  return items.reduce((count, item) => count + (item.entry === null ? 0 : 1), 0);
}

/** Later ones are newer. */
function newestOf(items: readonly Pick<Item, 'saves'>[]): Saves {
  return {
    facets: newestPer(
      items.flatMap(({ saves }) => saves.facets),
      ({ subject }) => subject,
    ),
    marks: newestPer(
      items.flatMap(({ saves }) => saves.marks),
      ({ name }) => name,
    ),
  };
}

function newestPer<Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  return rows.length < 2 ? rows : [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}
