/**
 * The reference consumer of a district: what comes from a broker is kept, handed on once and in order, and receipted.
 *
 *   take() ─▶ intake ─▶ store.keep (one transaction for all that waits) ─▶ take() resolves: the broker may forget it
 *                            └─▶ store.readAfter ─▶ handOn() ─▶ store.settle ─▶ the chains move, a receipt is due
 */
import { Backoff } from '../../drivers/backoff.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Receipt } from '../messages/receipt.js';
import { type Gap, gapsOf, withoutGaps } from './chain.js';
import { Chains } from './chains.js';
import { type HandedOn, handedOn } from './handed-on.js';
import type { ReceivedStatus } from './message-shape.js';
import { type InvalidWhy, type ReadMessage, readMessage } from './read-message.js';
import {
  type AgainRow,
  type KeepBatch,
  ReceiverError,
  type ReceiverStore,
  type StoredChain,
} from './receiver-store.js';
import type { TelemetryParser } from './telemetry-parser.js';
import type { SiteName } from './topics.js';

/** Messages that wait for the disk; the next ones are refused, and the broker sends them again. */
const intakeMax = 10_000;
/** Of one transaction, and of one call of handOn. */
const batchMax = 500;
/** What comes within this goes into one transaction. */
const gatherMs = 1;
/** Handing on costs two fsyncs: what comes quicker is handed on together; a single alarm does not wait. */
const handEveryMs = 20;
const gapLookEveryMs = 10_000;
const forgetEveryMs = 3_600_000;
const forgetAtOnceRows = 1_000;
/** Durable rows told anew before what is here of them was handed on; the oldest are left to the next time they are told. */
const againMax = 10_000;
const retryFirstMs = 1_000;
const retryCapMs = 60_000;

export interface ReceiverEvents {
  onStatus?(site: SiteName, status: ReceivedStatus): void;
  /** A message that is none; `total`: so many since the start. It is kept aside. */
  onInvalid?(invalid: { readonly topic: string; readonly why: InvalidWhy; readonly total: number }): void;
  /** Told once open for `gapAfterMs`; again after a restart of the receiver. */
  onGap?(chain: StoredChain, gap: Gap): void;
  onGapClosed?(chain: StoredChain, gap: Gap): void;
  /** By `acceptsGaps`. */
  onGapAccepted?(chain: StoredChain, gap: Gap): void;
  /** The disk or handOn fails; both are tried again for ever. Null when it works again. */
  onTrouble?(error: unknown): void;
  /** Something new is to be receipted: see takeReceipts(). */
  onReceiptDue?(): void;
}

export interface ReceiverOptions {
  readonly store: ReceiverStore;
  readonly clock: Clock;
  readonly random: () => number;
  /**
   * Called with rows in order, one call at a time. Resolves when they are kept for good: only then they are receipted. Rejects, or a
   * crash before it is written down: the same rows come again, with the same numbers.
   */
  readonly handOn: (rows: readonly HandedOn[]) => Promise<void>;
  readonly events?: ReceiverEvents;
  /** Null: measurements are left unread, and unreceipted. */
  readonly parseTelemetry: TelemetryParser | null;
  /** A site that was never met begins with the first row seen, and not with a gap before it. */
  readonly joins?: boolean;
  /** A person says that what is missing now will never come: receipts go on behind it. Asked once, at the start. */
  readonly acceptsGaps?: boolean;
  readonly gapAfterMs: number;
  /** Rows that were handed on are forgotten after this. */
  readonly keepMs: number;
}

/** What the receiver has seen since its start. */
export interface ReceiverCounts {
  messages: number;
  handedOn: number;
  invalid: number;
  /** Measurements that nobody reads here. */
  unread: number;
  /** Rows that were here before. */
  again: number;
}

interface Waiting {
  readonly read: ReadMessage;
  readonly topic: string;
  readonly bytes: Uint8Array;
  readonly resolve: () => void;
  readonly reject: (error: ReceiverError) => void;
}

export class Receiver {
  readonly counts: ReceiverCounts = { messages: 0, handedOn: 0, invalid: 0, unread: 0, again: 0 };
  readonly #chains: Chains;
  readonly #keepBackoff: Backoff;
  readonly #handBackoff: Backoff;
  readonly #timers = new Map<'flush' | 'hand' | 'gaps' | 'forget', Cancel>();
  #receiver = '';
  #handed = 0;
  /** Handed on, and not written down yet. */
  #handedUnsettled = 0;
  #intake: Waiting[] = [];
  #again: AgainRow[] = [];
  #keeping: Promise<void> | null = null;
  #handing: Promise<void> | null = null;
  #mayHaveMore = false;
  #handedMono = Number.NEGATIVE_INFINITY;
  #isOpen = false;
  #isTroubled = false;

  constructor(private readonly options: ReceiverOptions) {
    this.#chains = new Chains(options.clock, options.events ?? {});
    this.#keepBackoff = new Backoff(retryFirstMs, retryCapMs, options.random);
    this.#handBackoff = new Backoff(retryFirstMs, retryCapMs, options.random);
  }

  /** Opens the store and hands on what is left from the last time. Rejects with ReceiverError. */
  async start(): Promise<void> {
    const { receiver, handed, chains, uplinks } = await this.options.store.open();
    this.#receiver = receiver;
    this.#handed = handed;
    this.#handedUnsettled = handed;
    this.#chains.load(this.options.acceptsGaps === true ? await this.#acceptGaps(chains) : chains, uplinks);
    this.#isOpen = true;
    this.#lookAtGaps();
    void this.#forgetOld();
    this.#startHanding();
  }

  /** Resolves when the message is durable here, or is none; until then the broker has to keep it. Rejects with ReceiverError. */
  take(topic: string, bytes: Uint8Array): Promise<void> {
    if (!this.#isOpen) return Promise.reject(new ReceiverError('RECEIVER-006'));
    this.counts.messages += 1;
    if (this.#intake.length >= intakeMax) return Promise.reject(new ReceiverError('RECEIVER-005'));
    const read = this.#withinRoom(readMessage(topic, bytes, this.options.parseTelemetry));
    if (read.of === 'unread') {
      this.counts.unread += 1;
      return Promise.resolve();
    }
    if (read.of === 'invalid') {
      this.counts.invalid += 1;
      this.options.events?.onInvalid?.({ topic, why: read.why, total: this.counts.invalid });
    }
    if (read.of === 'status') this.#takeStatus(read, read.status);
    return new Promise((resolve, reject) => {
      this.#intake.push({ read, topic, bytes, resolve, reject });
      if (this.#keeping === null) this.#arm('flush', gatherMs, () => this.#startKeeping());
    });
  }

  /** The receipts that are due, each once; a site whose uplink is not known yet waits. */
  takeReceipts(): readonly (SiteName & Pick<Receipt, 'uplink' | 'kept'>)[] {
    return this.#chains.takeReceipts();
  }

  /** A receipt did not get through. */
  putBackReceipt(site: SiteName): void {
    this.#chains.markDue(site);
  }

  /** Resolves when all that was taken so far is handed on, or waits for something that fails. */
  async settled(): Promise<void> {
    const isWaiting = (): boolean => !this.#isTroubled && (this.#timers.has('flush') || this.#timers.has('hand'));
    while (this.#keeping !== null || this.#handing !== null || isWaiting()) {
      await (this.#keeping ?? this.#handing ?? new Promise<void>((resolve) => this.options.clock.after(1, resolve)));
    }
  }

  /** Finishes what is under way and closes the store. What only waits is refused: the broker still has it. */
  async stop(): Promise<void> {
    this.#isOpen = false;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    for (const { reject } of this.#intake.splice(0)) reject(new ReceiverError('RECEIVER-006'));
    await this.#keeping;
    await this.#handing;
    for (const cancel of this.#timers.values()) cancel();
    await this.options.store.close();
  }

  async #acceptGaps(chains: readonly StoredChain[]): Promise<readonly StoredChain[]> {
    const torn = chains.filter(({ state }) => state.islands.length > 0);
    const mended = torn.map((chain) => ({ ...chain, state: withoutGaps(chain.state) }));
    await this.options.store.settle(this.#handed, mended);
    for (const chain of torn) for (const gap of gapsOf(chain.state)) this.options.events?.onGapAccepted?.(chain, gap);
    return chains.map((chain) => mended.find((each) => each.chain === chain.chain) ?? chain);
  }

  #withinRoom(read: ReadMessage): ReadMessage {
    if (read.of !== 'row' && read.of !== 'status') return read;
    const site = read.of === 'row' ? read.row : read;
    const chain =
      read.of === 'row' && read.row.place !== null ? { epoch: read.row.epoch, lane: read.row.place.lane } : null;
    return this.#chains.hasRoomFor(site, chain) ? read : { of: 'invalid', why: 'many' };
  }

  #takeStatus(site: SiteName, status: ReceivedStatus): void {
    this.options.events?.onStatus?.(site, status);
    // Whoever was away may have missed the last receipt.
    if (status.state === 'online') this.#chains.markDue(site);
  }

  #startKeeping(): void {
    if (this.#keeping !== null || !this.#isOpen) return;
    this.#keeping = this.#keepAll().finally(() => {
      this.#keeping = null;
      if (this.#isOpen && this.#intake.length > 0) this.#arm('flush', gatherMs, () => this.#startKeeping());
    });
  }

  /** Never rejects: a disk that fails is asked again later. */
  async #keepAll(): Promise<void> {
    while (this.#intake.length > 0) {
      const batch = this.#intake.splice(0, batchMax);
      try {
        const kept = await this.options.store.keep(batchOf(batch, this.options));
        this.#keepBackoff.reset();
        this.#chains.add(kept.newChains);
        this.counts.again += kept.again.length;
        this.#again = [...this.#again, ...kept.again].slice(-againMax);
        for (const { read } of batch) if (read.of === 'row') this.#noteUplink(read.row);
        for (const { resolve } of batch) resolve();
        this.#works();
        this.#startHanding();
      } catch (error) {
        this.#intake = [...batch, ...this.#intake];
        this.#fails(error);
        if (this.#isOpen) this.#arm('flush', this.#keepBackoff.nextMs(), () => this.#startKeeping());
        else for (const { reject } of this.#intake.splice(0)) reject(new ReceiverError('RECEIVER-006'));
        return;
      }
    }
  }

  #noteUplink(row: SiteName & { readonly uplink: string | null }): void {
    if (row.uplink !== null) this.#chains.setUplink(row, row.uplink);
  }

  #startHanding(): void {
    this.#mayHaveMore = true;
    if (this.#handing !== null || !this.#isOpen || this.#timers.has('hand')) return;
    const waitMs = this.#handedMono + handEveryMs - this.options.clock.mono();
    if (waitMs > 0) {
      this.#arm('hand', waitMs, () => this.#startHanding());
      return;
    }
    this.#handing = this.#handAll().finally(() => {
      this.#handing = null;
      if (this.#mayHaveMore) this.#startHanding();
    });
  }

  /** Never rejects: whoever does not take the rows is asked again later. */
  async #handAll(): Promise<void> {
    this.#mayHaveMore = false;
    try {
      while (this.#isOpen && (await this.#handNext()));
      this.#handBackoff.reset();
      this.#handedMono = this.options.clock.mono();
    } catch (error) {
      this.#fails(error);
      if (this.#isOpen) this.#arm('hand', this.#handBackoff.nextMs(), () => this.#startHanding());
    }
  }

  /** True when there is certainly more. */
  async #handNext(): Promise<boolean> {
    const { store, handOn } = this.options;
    const rows = await store.readAfter(this.#handed, batchMax);
    // What is told anew counts once what is here of it was handed on.
    const last = rows.at(-1)?.number ?? this.#handed;
    const again = this.#again.filter(({ number }) => number <= last);
    if (rows.length === 0 && again.length === 0) return false;
    const fresh = rows.filter(({ number }) => number > this.#handedUnsettled);
    if (fresh.length > 0) await handOn(fresh.map((row) => handedOn(row, this.#receiver)));
    this.#handedUnsettled = last;
    const links = [...again, ...rows.flatMap((row) => this.#chains.linksOf(row))];
    const moved = this.#chains.moved(links);
    await store.settle(last, moved);
    this.#handed = last;
    this.counts.handedOn += rows.length;
    const counted = new Set(again);
    this.#again = this.#again.filter((row) => !counted.has(row));
    this.#chains.move(moved, links);
    this.#works();
    return rows.length === batchMax;
  }

  #lookAtGaps(): void {
    this.#chains.tellGaps(this.options.gapAfterMs);
    this.#arm('gaps', gapLookEveryMs, () => this.#lookAtGaps());
  }

  async #forgetOld(): Promise<void> {
    this.#arm('forget', forgetEveryMs, () => void this.#forgetOld());
    const { store, clock, keepMs } = this.options;
    try {
      while (this.#isOpen && (await store.forget(clock.wall() - keepMs, forgetAtOnceRows)) === forgetAtOnceRows);
    } catch (error) {
      this.#fails(error);
    }
  }

  #fails(error: unknown): void {
    this.#isTroubled = true;
    this.options.events?.onTrouble?.(error);
  }

  #works(): void {
    if (!this.#isTroubled) return;
    this.#isTroubled = false;
    this.options.events?.onTrouble?.(null);
  }

  #arm(name: 'flush' | 'hand' | 'gaps' | 'forget', delayMs: number, run: () => void): void {
    if (this.#timers.has(name)) return;
    const cancel = this.options.clock.after(delayMs, () => {
      this.#timers.delete(name);
      run();
    });
    this.#timers.set(name, cancel);
  }
}

function batchOf(batch: readonly Waiting[], { clock, joins = false }: ReceiverOptions): KeepBatch {
  const reads = batch.map(({ read }) => read);
  return {
    rows: reads.flatMap((read) => (read.of === 'row' ? [read.row] : [])),
    invalid: batch.flatMap(({ read, topic, bytes }) =>
      read.of === 'invalid' ? [{ topic, why: read.why, bytes }] : [],
    ),
    wall: clock.wall(),
    joins,
  };
}
