import type { EpochId } from '../../config/ids.js';
import type { Lane } from '../../config/vocabulary.js';
import type { Entry } from './entry.js';
import type { Batch, CommandRow, FacetChange, MarkRow, TelemetryPack } from './store.js';

export type LaneCounts = Readonly<Record<Lane, number>>;
export const noneLost: LaneCounts = { fire: 0, journal: 0, telemetry: 0, local: 0 };

/** What is saved beside the entries: of each subject its newest facets, of each name its newest mark, of each command its newest state. To add to it costs what is
 * added, however much waits already. */
class Saves {
  readonly #facets = new Map<string, FacetChange>();
  readonly #marks = new Map<string, MarkRow>();
  readonly #commands = new Map<string, CommandRow>();

  constructor(facets: Iterable<FacetChange>, marks: Iterable<MarkRow>, commands: Iterable<CommandRow>) {
    this.add(facets, marks, commands);
  }

  /** These are newer. */
  add(facets: Iterable<FacetChange>, marks: Iterable<MarkRow>, commands: Iterable<CommandRow>): void {
    for (const change of facets) this.#facets.set(change.subject, change);
    for (const mark of marks) this.#marks.set(mark.name, mark);
    for (const command of commands) this.#commands.set(command.id, command);
  }

  /** Those of the other are newer; it stays as it is. */
  join({ facets, marks, commands }: Saves): this {
    this.add(facets.values(), marks.values(), commands.values());
    return this;
  }

  get commands(): ReadonlyMap<string, CommandRow> {
    return this.#commands;
  }

  get facets(): ReadonlyMap<string, FacetChange> {
    return this.#facets;
  }

  get marks(): ReadonlyMap<string, MarkRow> {
    return this.#marks;
  }

  drop(subjects: ReadonlySet<string>): void {
    for (const subject of this.#facets.keys()) if (subjects.has(subject)) this.#facets.delete(subject);
  }
}

interface Item {
  /** Null: only facets and marks wait here. */
  entry: Entry | null;
  /** Null: none. */
  saves: Saves | null;
}

/**
 * Entries on their way to the disk, in order, at most `entriesMax` of them. When there are more, the oldest entry that
 * is not of the fire lane goes; the fire lane is last. Facets and marks never go: a dropped entry leaves its own to a neighbour, and
 * changes that come without an entry join the newest item, of each subject (or name) only the newest. Packs of samples wait beside
 * them, at most `packsMax`: the oldest go first.
 */
export class WaitingList {
  #items: Item[] = [];
  #taken: Item[] = [];
  #entryCount = 0;
  #packs: TelemetryPack[] = [];
  #takenPacks: readonly TelemetryPack[] = [];

  constructor(
    private readonly entriesMax: number,
    private readonly packsMax = 0,
  ) {}

  get isEmpty(): boolean {
    return [this.#items, this.#taken, this.#packs, this.#takenPacks].every(({ length }) => length === 0);
  }

  /** Returns how many packs had to go for these, or null when none had to. */
  pushPacks(packs: readonly TelemetryPack[]): LaneCounts | null {
    this.#packs.push(...packs);
    const tooMany = this.#packs.length + this.#takenPacks.length - this.packsMax;
    if (tooMany <= 0) return null;
    const gone = this.#packs.splice(0, tooMany);
    return { ...noneLost, telemetry: gone.length };
  }

  /** Adds one batch at the end. Returns how many entries had to go for it, or null when none had to. */
  push(
    entries: readonly Entry[],
    facets: readonly FacetChange[],
    marks: readonly MarkRow[] = [],
    commands: readonly CommandRow[] = [],
  ): LaneCounts | null {
    for (const entry of entries) this.#items.push({ entry, saves: null });
    if (facets.length > 0 || marks.length > 0 || commands.length > 0) {
      // The newest item that is not with the store takes them: what it has for the same subjects is older.
      if (this.#items.length === 0) this.#items.push({ entry: null, saves: null });
      joinTo(this.#items.at(-1), new Saves(facets, marks, commands));
    }
    this.#entryCount += entries.length;
    return this.#dropWhatIsTooMuch();
  }

  /** Puts one entry before all others (the beginning of an epoch). */
  pushFirst(entry: Entry): void {
    this.#items.unshift({ entry, saves: null });
    this.#entryCount += 1;
  }

  /** The file is another one: all that waits belongs to its epoch. Ids stay. Not while a transaction is under way. */
  moveTo(epoch: EpochId): void {
    for (const item of this.#items) if (item.entry !== null) item.entry = { ...item.entry, epoch };
    this.#packs = this.#packs.map((pack) => ({ ...pack, epoch }));
  }

  /** Takes the oldest entries and their facets for one transaction; of a subject only its newest facets count, of a name its newest mark. */
  take(batchMax: number): Batch {
    this.#taken = this.#items.splice(0, batchMax);
    this.#takenPacks = this.#packs;
    this.#packs = [];
    const all = new Saves([], [], []);
    for (const { saves } of this.#taken) if (saves !== null) all.join(saves);
    return {
      entries: this.#taken.flatMap((item) => item.entry ?? []),
      facets: [...all.facets.values()],
      marks: [...all.marks.values()],
      ...(this.#takenPacks.length === 0 ? {} : { telemetry: this.#takenPacks }),
      ...(all.commands.size === 0 ? {} : { commands: [...all.commands.values()] }),
    };
  }

  /** The transaction is durable. */
  forgetTaken(): void {
    this.#entryCount -= countEntries(this.#taken);
    this.#taken = [];
    this.#takenPacks = [];
  }

  /** The transaction failed: everything is as it was before take(). */
  returnTaken(): void {
    this.#packs.unshift(...this.#takenPacks);
    this.#takenPacks = [];
    const boundary = this.#taken.length;
    this.#items.unshift(...this.#taken);
    this.#taken = [];
    // Changes that came meanwhile found nothing to join.
    const came = this.#items[boundary];
    if (boundary === 0 || came === undefined || came.entry !== null) return;
    this.#items.splice(boundary, 1);
    joinTo(this.#items[boundary - 1], came.saves);
  }

  /** The waiting facets of these subjects are not to be written. */
  dropFacets(subjects: ReadonlySet<string>): void {
    for (const { saves } of this.#items) saves?.drop(subjects);
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
    const saves = this.#items[index]?.saves ?? null;
    const next = this.#items[index + 1];
    const previous = this.#items[index - 1];
    if (saves !== null && next === undefined && previous === undefined) {
      this.#items[index] = { entry: null, saves };
      return;
    }
    if (saves !== null && next !== undefined) next.saves = next.saves === null ? saves : saves.join(next.saves);
    else joinTo(previous, saves);
    this.#items.splice(index, 1);
  }
}

/** The saves of a neighbour that came after this item. */
function joinTo(item: Item | undefined, saves: Saves | null): void {
  if (item === undefined || saves === null) return;
  if (item.saves === null) item.saves = saves;
  else item.saves.join(saves);
}

function countEntries(items: readonly Item[]): number {
  return items.reduce((count, item) => count + (item.entry === null ? 0 : 1), 0);
}
