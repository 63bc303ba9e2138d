/** What the tests of this floor share: drafts, a disk that obeys, a centre that obeys, seeded chance. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { brandId, type EntryId, type EpochId, type UplinkId } from '../../config/ids.js';
import type { Lane } from '../../config/vocabulary.js';
import type { Entry, EntryDraft, StoredEntry } from '../../sync/journal/entry.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import type {
  Batch,
  FacetRow,
  PositionRow,
  Predecessor,
  Store,
  StoredTelemetryPack,
  StoreError,
  StoreOpened,
  Tidied,
  TidyOrder,
} from '../../sync/journal/store.js';
import type { Report, Uplink, UplinkError, UplinkEvents } from '../../sync/uplink.js';

/** Mulberry32: the same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gengfu-sync-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** For all tests of a file. */
export function keptDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gengfu-sync-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

const base: EntryDraft = {
  kind: 'alarm.raised',
  class: 'fire',
  subject: 'point:smoke-1/smoke',
  alarm: null,
  zone: null,
  words: { zh: '一号烟感火警', en: 'fire at smoke detector 1' },
  origin: null,
  detail: {},
};

export function fire(over: Partial<EntryDraft> = {}): EntryDraft {
  return { ...base, ...over };
}

export function fault(over: Partial<EntryDraft> = {}): EntryDraft {
  return { ...base, class: 'fault', subject: 'line:east', words: { zh: '线路故障', en: 'line fault' }, ...over };
}

export function epochId(text: string): EpochId {
  return brandId<EpochId>(text);
}

/** A complete entry, for tests below the journal core. */
export function entry(epoch: string, counter: number, over: Partial<Entry> = {}): Entry {
  return {
    ...base,
    id: brandId(`${epoch}-boot1-${counter}`),
    epoch: epochId(epoch),
    boot: brandId('boot1'),
    lane: 'fire',
    mono: 1_234.5,
    wall: 1_795_000_000_000,
    clock: 'trusted',
    ...over,
  };
}

export function stored(position: number, over: Partial<StoredEntry> = {}): StoredEntry {
  return { ...entry('e1', position), position, sequence: position, ...over };
}

export function facet(subject: string, over: Partial<FacetRow> = {}): FacetRow {
  return {
    subject,
    class: 'fire',
    zone: brandId('hall'),
    name: { zh: '祠堂烟感', en: 'smoke in the hall' },
    condition: 'active',
    alarm: brandId('e1-boot1-1'),
    raisedWall: 1_795_000_000_000,
    acknowledgedBy: null,
    acknowledgedWall: null,
    sounder: 'sounding',
    service: 'in-service',
    serviceUntilWall: null,
    serviceBy: null,
    acknowledgedAfterMs: null,
    frames: '',
    confirmed: null,
    silencedWall: null,
    untold: null,
    ...over,
  };
}

/** A disk that works, refuses or hangs, as the test says. `hangs`: calls are done, and answered, when it stops hanging. */
export class MoodyStore implements Store {
  mood: 'works' | 'hangs' | StoreError = 'works';
  readonly batches: Batch[] = [];
  opens = 0;
  #held: (() => void)[] = [];

  constructor(readonly inner: Store = new InlineStore(':memory:')) {}

  open(newEpoch: EpochId): Promise<StoreOpened> {
    this.opens += 1;
    return this.#do(() => this.inner.open(newEpoch));
  }

  append(batch: Batch): Promise<readonly StoredEntry[]> {
    this.batches.push(batch);
    return this.#do(() => this.inner.append(batch));
  }

  readAfter(lane: Lane, after: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.#do(() => this.inner.readAfter(lane, after, limit));
  }

  readTelemetryAfter(after: number, limit: number): Promise<readonly StoredTelemetryPack[]> {
    return this.#do(() => this.inner.readTelemetryAfter(after, limit));
  }

  backlogAfter(lane: Lane, after: number): ReturnType<Store['backlogAfter']> {
    return this.#do(() => this.inner.backlogAfter(lane, after));
  }

  placeAt(lane: Lane, position: number): Promise<Predecessor | null> {
    return this.#do(() => this.inner.placeAt(lane, position));
  }

  tidy(order: TidyOrder, isFirst?: boolean): Promise<Tidied> {
    return this.#do(() => this.inner.tidy(order, isFirst));
  }

  savePositions(rows: readonly PositionRow[]): Promise<void> {
    return this.#do(() => this.inner.savePositions(rows));
  }

  close(): Promise<void> {
    return this.#do(() => this.inner.close());
  }

  wakeUp(): void {
    this.mood = 'works';
    for (const run of this.#held.splice(0)) run();
  }

  #do<T>(work: () => Promise<T>): Promise<T> {
    if (this.mood === 'works') return work();
    if (this.mood !== 'hangs') return Promise.reject(this.mood);
    return new Promise((resolve, reject) => {
      this.#held.push(() => work().then(resolve, reject));
    });
  }
}

/** A centre that is told when to confirm. */
export class ObedientUplink implements Uplink {
  readonly id = brandId<UplinkId>('district');
  events: UplinkEvents | null = null;
  readonly sent: Report[] = [];
  /** Unconfirmed, in the order sent. */
  readonly open: { report: Report; confirm: () => void; refuse: (error: UplinkError) => void }[] = [];
  confirmsAtOnce = false;
  isStopped = false;

  constructor(public windowMax = 20) {}

  start(events: UplinkEvents): void {
    this.events = events;
  }

  up(): void {
    this.events?.onUp();
  }

  down(error: UplinkError): void {
    this.events?.onDown(error);
    for (const { refuse } of this.open.splice(0)) refuse(error);
  }

  confirmNext(): void {
    this.open.shift()?.confirm();
  }

  send(report: Report): Promise<void> {
    this.sent.push(report);
    if (this.confirmsAtOnce) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.open.push({ report, confirm: resolve, refuse: reject });
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
  }

  get sentIds(): readonly EntryId[] {
    return this.sent.map((report) => report.entry.id);
  }
}

/** How far the uplink `district` is in the fire lane, and nothing else known. */
export function positionRow(position: number): PositionRow {
  return { uplink: brandId('district'), lane: 'fire', position, kept: 0, told: null, wall: 0 };
}
