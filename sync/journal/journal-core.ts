/**
 * The main thread's side of the journal: makes ids, keeps order and bounds memory; nothing here waits for the disk.
 *
 * Facets and a late disk. Until the file has been read, nobody knows what it has saved; facet changes wait in memory
 * with their entries. When the file answers after start() gave up, the waiting changes of every subject that has a saved
 * alarm are dropped, so that no latch is erased by what was not known; then `onRestored` hands over the saved facets,
 * and the engine merges them (restored ∪ current) and appends, in the same turn, the rows that the merge changed.
 * Only rows of changed subjects are ever written; all others stay as they are in the file.
 */
import { strict as assert } from 'node:assert';
import { type BootId, brandId, type EntryId, type EpochId, type UplinkId } from '../../config/ids.js';
import type { Lane } from '../../config/vocabulary.js';
import type { Clock } from '../../drivers/clock.js';
import { DurableWaits } from './durable-waits.js';
import { type Entry, type EntryDraft, laneOf, type StoredEntry } from './entry.js';
import { LateWatch } from './late-watch.js';
import { journalBegun, journalLost } from './own-entries.js';
import { randomId } from './random-id.js';
import { SavedState } from './saved-state.js';
import {
  type CommandRow,
  type FacetChange,
  type MarkRow,
  type PositionRow,
  type Predecessor,
  type Store,
  type StoredTelemetryPack,
  StoreError,
  type StoreOpened,
  storeErrors,
  type TelemetryPack,
  type Tidied,
  type TidyOrder,
} from './store.js';
import { StoreWriter } from './store-writer.js';
import { type Keeping, TidyUp } from './tidy-up.js';
import type { Unused } from './unused-uplinks.js';
import { type LaneCounts, noneLost, WaitingList } from './waiting-list.js';

/** Restoring has this long; then scanning starts whatever happened. */
const startMaxDefaultMs = 2_000;
/** A fire-lane entry that is not durable by then is reported from memory. */
const fireDurableMaxMs = 2_000;
/** Entries in memory, those with the disk included: about 14 MB. */
const waitingMax = 10_000;
/** Packs of samples in memory: about 4 MB. */
const packsMax = 1_000;

export interface JournalEvents {
  /** In the order of their positions. */
  onDurable(entries: readonly StoredEntry[]): void;
  /** A fire-lane entry that was not durable within 2 s, or any that is told when the journal was given up; once per entry. */
  onLate(entry: Entry): void;
  /** What is wrong with the disk; null when it is well again. */
  onState(error: StoreError | null): void;
  /** The disk answered after start() had given up on it. Merge and append in this same turn. */
  onRestored(opened: StoreOpened): void;
  /** Entries lost to a full memory since the last `journal.lost` entry, told again whenever it grows. */
  onLost(lost: LaneCounts): void;
  /** An uplink that was not used for long holds up no row any more, or soon will not; null: it does again. */
  onUnused?(uplink: UplinkId, how: Unused): void;
}

export interface JournalCoreOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
  readonly events: JournalEvents;
  /** Default 2000: the time that restoring still has when part of the 2 s was used by waiting for the site lock. */
  readonly startMaxMs?: number;
  /** Left out: nothing ever goes (tests). */
  readonly keeping?: Keeping;
}

export interface AppendBatch {
  readonly drafts: readonly EntryDraft[];
  readonly facets: readonly FacetChange[];
  readonly marks?: readonly MarkRow[];
  readonly commands?: readonly CommandRow[];
}

export class JournalCore {
  readonly boot: BootId;
  readonly #firstEpoch: EpochId;
  readonly #waiting = new WaitingList(waitingMax, packsMax);
  readonly #late: LateWatch;
  readonly #durableWaits: DurableWaits;
  #commands: readonly CommandRow[] | null = null;
  #begun: StoreOpened['begun'] = null;
  readonly #writer: StoreWriter;
  readonly #saved = new SavedState();
  #epoch: EpochId | null = null;
  #nextCounter = 1;
  #answerStart: ((opened: StoreOpened | null) => void) | null = null;
  #positions: readonly PositionRow[] | null = null;
  #lost: LaneCounts | null = null;
  #told: StoreError | null = null;
  /** A journal was damaged since this start: that stays the news when nothing worse is. */
  #damage: StoreError | null = null;
  /** A file stands there that is not ours, or a newer release's: it is not asked again until the next start. */
  #isGivenUp = false;
  readonly #tidyUp: TidyUp | null;

  constructor(private readonly options: JournalCoreOptions) {
    const { store, clock, random, events } = options;
    const newEpoch = (): EpochId => brandId<EpochId>(randomId(random));
    this.boot = brandId<BootId>(randomId(random));
    this.#firstEpoch = newEpoch();
    this.#durableWaits = new DurableWaits(clock);
    this.#late = new LateWatch(clock, fireDurableMaxMs, (entry) => events.onLate(entry));
    this.#writer = new StoreWriter({
      ...{ store, clock, random, waiting: this.#waiting, firstEpoch: this.#firstEpoch, anotherEpoch: newEpoch },
      events: {
        onOpened: (opened) => this.#opened(opened),
        onReplaced: (opened) => this.#replaced(opened),
        onKept: (entries) => this.#kept(entries),
        onState: (error) => this.#tellState(error),
      },
    });
    this.#tidyUp = options.keeping === undefined ? null : this.#makeTidyUp(options.keeping);
  }

  /** Known once start() has resolved. */
  get epoch(): EpochId {
    assert(this.#epoch !== null, 'the epoch is known after start()');
    return this.#epoch;
  }

  /** How far each uplink is; null until a disk has answered. */
  get positions(): readonly PositionRow[] | null {
    return this.#positions;
  }

  /** Facts that outlive restarts: the newest of each name, one that was just appended at once; empty until a disk has answered. */
  get marks(): ReadonlyMap<string, MarkRow> {
    return this.#saved.marks;
  }

  mark(name: string): MarkRow | null {
    return this.#saved.marks.get(name) ?? null;
  }

  /** Resolves within `startMaxMs` whatever the disk does. `opened: null` = watch on in memory; the disk is asked on. */
  start(): Promise<{ readonly opened: StoreOpened | null }> {
    assert(this.#epoch === null && this.#answerStart === null, 'start() is called once');
    return new Promise((resolve) => {
      const { clock, startMaxMs = startMaxDefaultMs } = this.options;
      const cancel = clock.after(startMaxMs, () => this.#answerStart?.(null));
      this.#answerStart = (opened) => {
        cancel();
        this.#answerStart = null;
        this.#epoch = opened?.epoch ?? this.#firstEpoch;
        resolve({ opened });
      };
      this.#writer.start();
    });
  }

  /** The id of the offset-th draft (from 0) of the next append, if that append is made in this same turn. */
  peekId(offset: number): EntryId {
    return brandId<EntryId>(`${this.epoch}-${this.boot}-${this.#nextCounter + offset}`);
  }

  /** Only after start(). Stamps and queues; returns at once and never throws for the disk's sake. After stop() it only stays in memory. */
  append(batch: AppendBatch): readonly Entry[] {
    const entries = batch.drafts.map((draft) => this.#stamp(draft));
    this.#saved.add(batch.facets, batch.marks, batch.commands);
    const lost = this.#waiting.push(entries, batch.facets, batch.marks, batch.commands);
    // No disk will ever have them: what is not fire is reported from memory as well.
    const lanesToldLate = this.#isGivenUp ? ['fire', 'journal'] : ['fire'];
    this.#late.watch(entries.filter(({ lane }) => lanesToldLate.includes(lane)));
    if (lost !== null) this.#countLost(lost);
    this.#writer.wake();
    return entries;
  }

  /** Stamps and queues packs of samples: they go with the next transaction, and are the first to go when no disk takes them. */
  keepTelemetry(packs: readonly Omit<TelemetryPack, 'epoch' | 'boot'>[]): void {
    const lost = this.#waiting.pushPacks(packs.map((pack) => ({ ...pack, epoch: this.epoch, boot: this.boot })));
    if (lost !== null) this.#countLost(lost);
    this.#writer.wake();
  }

  /** True once all of these are durable; false when they are not within `limitMs` (they may become so later). */
  untilDurable(entries: readonly Entry[], limitMs: number): Promise<boolean> {
    return this.#durableWaits.wait(entries, limitMs);
  }

  /** Orders from outside that were accepted before this start; null until a disk has answered. */
  get commands(): readonly CommandRow[] | null {
    return this.#commands;
  }

  /** Why this journal could not go on in the epoch before; null when it did, or until a disk has answered. */
  get begun(): StoreOpened['begun'] {
    return this.#begun;
  }

  /** As Store.readTelemetryAfter; each rejects with STORE-006 until a disk has answered. */
  readTelemetryAfter(after: number, limit: number): Promise<readonly StoredTelemetryPack[]> {
    return this.#asked((store) => store.readTelemetryAfter(after, limit));
  }

  backlogAfter(lane: Lane, after: number): ReturnType<Store['backlogAfter']> {
    return this.#asked((store) => store.backlogAfter(lane, after));
  }

  placeAt(lane: Lane, position: number): Promise<Predecessor | null> {
    return this.#asked((store) => store.placeAt(lane, position));
  }

  tidy(order: TidyOrder, isFirst?: boolean): Promise<Tidied> {
    return this.#asked((store) => store.tidy(order, isFirst));
  }

  /** Rejects with STORE-006 until a disk has answered. */
  readAfter(lane: Lane, after: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.#asked((store) => store.readAfter(lane, after, limit));
  }

  async savePositions(rows: readonly PositionRow[]): Promise<void> {
    await this.#asked((store) => store.savePositions(rows));
    const isNewer = (old: PositionRow): boolean =>
      rows.some((row) => row.uplink === old.uplink && row.lane === old.lane);
    this.#positions = [...(this.#positions ?? []).filter((old) => !isNewer(old)), ...rows];
    for (const uplink of new Set(rows.map((row) => row.uplink))) this.#tidyUp?.used(uplink);
  }

  /** Writes what can be written and closes the store; resolves within 2 s. */
  async stop(): Promise<void> {
    this.#tidyUp?.stop();
    await this.#writer.stop();
    this.#late.stop();
    this.#durableWaits.stop();
  }

  /** Whoever reads may be the first to meet damage: then the file is looked at anew. */
  async #asked<T>(ask: (store: Store) => Promise<T>): Promise<T> {
    if (this.#positions === null) throw new StoreError('STORE-006');
    try {
      return await ask(this.options.store);
    } catch (error) {
      if (error instanceof StoreError && error.code === 'STORE-009') this.#writer.reopen();
      throw error;
    }
  }

  #makeTidyUp(keeping: Keeping): TidyUp {
    return new TidyUp({
      ...{ clock: this.options.clock, keeping, positions: () => this.#positions, mark: (name) => this.mark(name) },
      tidy: (order, isFirst) => this.tidy(order, isFirst),
      record: (drafts, marks) => this.append({ drafts, facets: [], marks }),
      onUnused: (uplink, how) => this.options.events.onUnused?.(uplink, how),
    });
  }

  #stamp(draft: EntryDraft): Entry {
    const id = this.peekId(0);
    this.#nextCounter += 1;
    const { clock } = this.options;
    const when = { mono: clock.mono(), wall: clock.wall(), clock: clock.trust() };
    return { ...draft, id, epoch: this.epoch, boot: this.boot, lane: laneOf(draft), ...when };
  }

  #opened(opened: StoreOpened): void {
    const isLate = this.#answerStart === null;
    // A position beyond the end of this file was kept of another one: nothing here is confirmed by it.
    this.#positions = opened.positions.filter(({ lane, position }) => position <= endOf(opened, lane));
    // What was made before a late disk answered is newer than what it has saved.
    this.#commands = opened.commands;
    this.#begun = opened.begun;
    this.#saved.addSaved(opened);
    this.#answerStart?.(opened);
    if (isLate) {
      const saved = opened.facets.filter((row) => row.alarm !== null);
      this.#waiting.dropFacets(new Set(saved.map((row) => row.subject)));
    }
    const isNewEpoch = opened.epoch !== this.epoch;
    if (opened.begun !== null) this.#waiting.pushFirst(this.#stamp(journalBegun(opened.begun.previous, opened.begun)));
    else if (isNewEpoch || opened.lastPosition === 0) {
      this.#waiting.pushFirst(this.#stamp(journalBegun(isNewEpoch ? opened.epoch : null)));
    }
    this.#noteDamage(opened);
    if (isLate) this.options.events.onRestored(opened);
    this.#tidyUp?.soon();
  }

  /** Positions count on over files, so what is told and what is confirmed stays as it is. */
  #replaced(opened: StoreOpened): void {
    this.#epoch = opened.epoch;
    this.#begun = opened.begun;
    const { facets, marks, commands } = this.#saved.missingIn(opened);
    this.#waiting.push([], facets, marks, commands);
    this.#waiting.moveTo(opened.epoch);
    this.#waiting.pushFirst(this.#stamp(journalBegun(opened.begun?.previous ?? null, opened.begun)));
    this.#noteDamage(opened);
    if (this.#positions !== null && this.#positions.length > 0) {
      // In vain at worst: then a centre hears some rows twice.
      this.options.store.savePositions(this.#positions).catch(() => undefined);
    }
    this.#tidyUp?.soon();
  }

  #noteDamage({ begun }: StoreOpened): void {
    if (begun?.why !== 'damaged') return;
    this.#damage = new StoreError('STORE-009', begun.setAside ?? 'the file was gone');
    this.#tell(null);
  }

  #kept(entries: readonly StoredEntry[]): void {
    this.#late.forget(entries);
    this.#durableWaits.kept(entries);
    if (this.#lost !== null) {
      const draft = journalLost(this.#lost);
      this.#lost = null;
      this.append({ drafts: [draft], facets: [] });
      this.#tell(null);
    }
    this.options.events.onDurable(entries);
  }

  #countLost(lost: LaneCounts): void {
    const before = this.#lost;
    const sum = before ?? noneLost;
    this.#lost = {
      fire: sum.fire + lost.fire,
      journal: sum.journal + lost.journal,
      telemetry: sum.telemetry + lost.telemetry,
      local: sum.local + lost.local,
    };
    if (before === null) this.#tell(new StoreError('STORE-008'));
    this.options.events.onLost(this.#lost);
  }

  #tellState(error: StoreError | null): void {
    if (error !== null && storeErrors[error.code].retry === 'never') {
      this.#answerStart?.(null);
      // Given up: whatever file stands there now is not the one that the positions count in.
      this.#positions = null;
      this.#isGivenUp = true;
    }
    if (error?.code === 'STORE-003') this.#tidyUp?.soon();
    // Entries are being lost: that stays the news until the disk takes some again.
    if (error === null || this.#lost === null) this.#tell(error);
  }

  #tell(error: StoreError | null): void {
    const news = error ?? this.#damage;
    if (news === null && this.#told === null) return;
    if (news !== null && news === this.#told) return;
    this.#told = news;
    this.options.events.onState(news);
  }
}

/** The last place in the table that positions of the lane count in. */
function endOf({ lastPosition, lastPack }: StoreOpened, lane: Lane): number {
  return lane === 'telemetry' ? lastPack : lastPosition;
}
