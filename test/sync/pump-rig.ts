/** A pump between a journal that is an array and a centre that obeys, on a virtual clock. */
import { brandId } from '../../config/ids.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import type { PositionRow, Predecessor, StoredTelemetryPack, StoreError } from '../../sync/journal/store.js';
import { Pump, type PumpJournal, type PumpOptions } from '../../sync/pump.js';
import type { TelemetryReport } from '../../sync/uplink.js';
import { epochId, ObedientUplink, seeded, stored } from './rig.js';

/** A journal that is an array. */
export class ListJournal implements PumpJournal {
  boot = brandId<PumpJournal['boot']>('boot1');
  rows: StoredEntry[] = [];
  packs: StoredTelemetryPack[] = [];
  positions: readonly PositionRow[] | null = [];
  saves = 0;
  reads = 0;
  counts = 0;
  error: StoreError | null = null;

  add(lane: 'fire' | 'journal', count: number, over: Partial<StoredEntry> = {}): void {
    for (let n = 0; n < count; n++) this.rows.push(stored(this.rows.length + 1, { lane, ...over }));
  }

  /** Rows of the fire lane that are not of class fire. */
  addOperations(count: number): void {
    for (let n = 0; n < count; n++) {
      this.rows.push(stored(this.rows.length + 1, { lane: 'fire', class: null, kind: 'output.commanded' }));
    }
  }

  addPacks(count: number, over: Partial<StoredTelemetryPack> = {}): void {
    for (let n = 0; n < count; n++) this.packs.push(pack(this.packs.length + 1, over));
  }

  async readAfter(lane: string, after: number, limit: number): Promise<readonly StoredEntry[]> {
    if (this.error !== null) throw this.error;
    this.reads += 1;
    const page: StoredEntry[] = [];
    // The rows stand at their positions.
    for (let at = after; at < this.rows.length && page.length < limit; at++) {
      const row = this.rows[at];
      if (row?.lane === lane) page.push(row);
    }
    return page;
  }

  async readTelemetryAfter(after: number, limit: number): Promise<readonly StoredTelemetryPack[]> {
    return this.packs.slice(after, after + limit);
  }

  async backlogAfter(lane: string, after: number): Promise<{ rows: number; oldestWall: number | null }> {
    this.counts += 1;
    const rows = lane === 'telemetry' ? this.packs : this.rows.filter((row) => row.lane === lane);
    return { rows: rows.filter(({ position }) => position > after).length, oldestWall: null };
  }

  async placeAt(lane: string, position: number): Promise<Predecessor | null> {
    const row = lane === 'telemetry' ? this.packs[position - 1] : this.rows[position - 1];
    if (row === undefined || ('lane' in row && row.lane !== lane)) return null;
    return { epoch: row.epoch, sequence: row.sequence };
  }

  async savePositions(rows: readonly PositionRow[]): Promise<void> {
    this.saves += 1;
    const isOld = (old: PositionRow): boolean => rows.some((row) => row.uplink === old.uplink && row.lane === old.lane);
    this.positions = [...(this.positions ?? []).filter((old) => !isOld(old)), ...rows];
  }

  rowOf(lane: string, uplink = 'district'): PositionRow | null {
    return this.positions?.find((row) => row.uplink === uplink && row.lane === lane) ?? null;
  }

  positionOf(lane: string): number {
    return this.rowOf(lane)?.position ?? 0;
  }
}

export function pack(position: number, over: Partial<StoredTelemetryPack> = {}): StoredTelemetryPack {
  return {
    ...{ position, sequence: position, epoch: epochId('e1'), boot: brandId('boot1'), mono: 1_234.5 },
    ...{ wall: 1_795_000_000_000, clock: 'trusted', samples: 5, body: new Uint8Array(20) },
    ...over,
  };
}

/** A centre that takes measurements too. */
export class MeasuringUplink extends ObedientUplink {
  readonly packs: TelemetryReport[] = [];
  /** What was sent, in order: `e7` the entry at position 7, `t3` the pack at 3. */
  readonly order: string[] = [];
  #open: (() => void)[] = [];

  override async send(report: Parameters<ObedientUplink['send']>[0]): Promise<void> {
    this.order.push(report.durable ? `e${report.entry.position}` : `m${report.entry.id}`);
    this.sent.push(report);
    await this.#answer();
  }

  async sendTelemetry(report: TelemetryReport): Promise<void> {
    this.order.push(`t${report.pack.position}`);
    this.packs.push(report);
    await this.#answer();
  }

  override confirmNext(): void {
    this.#open.shift()?.();
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  #answer(): Promise<void> {
    if (this.confirmsAtOnce) return Promise.resolve();
    return new Promise((resolve) => this.#open.push(resolve));
  }
}

export class Rig<U extends ObedientUplink = ObedientUplink> {
  readonly carried: { entryId: string; durable: boolean; tookMs: number }[] = [];
  readonly news: string[] = [];
  readonly pump: Pump;

  constructor(
    readonly journal: ListJournal,
    readonly uplink: U,
    more: Partial<PumpOptions> = {},
    readonly clock = new SimClock(),
  ) {
    this.pump = new Pump({
      ...{ uplink, journal, clock: this.clock, random: seeded(3) },
      ...more,
      events: {
        onCarried: (carried) => this.carried.push(carried),
        onDown: (error) => this.news.push(error.code),
        onUp: () => this.news.push('up'),
        onRefused: (error) => this.news.push(`refused ${error?.code ?? 'no more'}`),
        onPassedOver: ({ entryId, error, total }) => this.news.push(`${entryId} ${error.code} ${total}`),
        onKept: (lane) => this.news.push(`kept ${lane}`),
        onReceiptIgnored: (why) => this.news.push(why),
        onRequest: ({ kind }) => this.news.push(kind),
      },
    });
  }

  async startUp(): Promise<void> {
    this.pump.start();
    this.uplink.up();
    await this.clock.advance(1);
  }

  /** New rows are durable. */
  async wake(): Promise<void> {
    this.pump.wake();
    await this.clock.advance(0);
  }

  /** Confirms everything until nothing is sent any more. */
  async confirmAll(): Promise<void> {
    const isOpen = () => (this.uplink instanceof MeasuringUplink ? this.uplink.isOpen : this.uplink.open.length > 0);
    while (isOpen()) {
      this.uplink.confirmNext();
      await this.clock.advance(0);
    }
  }
}

export function rig(): Rig {
  return new Rig(new ListJournal(), new ObedientUplink());
}
