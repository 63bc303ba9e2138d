/**
 * Carries the journal to one uplink: fire first, at most a window of unconfirmed reports, and a position per lane that
 * moves only over rows the centre has confirmed. It remembers nothing that the journal does not have, so that a restart
 * sends again at most what was unconfirmed, under the same ids.
 */
import type { EntryId, UplinkId } from '../config/ids.js';
import type { Lane } from '../config/vocabulary.js';
import { Backoff } from '../drivers/backoff.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import { ByteWindow } from './byte-window.js';
import type { Entry, StoredEntry } from './journal/entry.js';
import type { PositionRow } from './journal/store.js';
import { isNewFire, LaneRows, type Row } from './lane-rows.js';
import { PositionKeeper } from './position-keeper.js';
import { type CentreRequest, type Report, type Uplink, UplinkError, uplinkErrors } from './uplink.js';

/** Lanes that are reported entry by entry, in their order of precedence. */
const carriedLanes = ['fire', 'journal'] as const;
type CarriedLane = (typeof carriedLanes)[number];

/** Of the window, kept free for the fire lane. */
const fireReserve = 4;
const pageMax = 100;
/** Fire reports that wait in memory because neither disk nor link took them; then the oldest go, told by UPLINK-008. */
const memoryMax = 10_000;
/** Topic, envelope and protocol around an entry. */
const envelopeBytes = 300;
const retryFirstMs = 1_000;
const retryCapMs = 60_000;
/** So many refusals, and of what was refused nothing carried meanwhile: that is no accident of one message. */
const refusalsToldAfter = 5;

/** What a pump needs of the journal core. */
export interface PumpJournal {
  /** Null until a disk has answered; before that nothing can be read. */
  readonly positions: readonly PositionRow[] | null;
  readAfter(lane: Lane, after: number, limit: number): Promise<readonly StoredEntry[]>;
  savePositions(rows: readonly PositionRow[]): Promise<void>;
}

export interface PumpEvents {
  /** The centre's side confirmed it. `tookMs` from sending to confirmation. */
  onCarried(carried: {
    readonly entryId: EntryId;
    readonly uplink: UplinkId;
    readonly durable: boolean;
    readonly tookMs: number;
    readonly lane: Lane;
  }): void;
  /** Nothing can be sent until onUp(). */
  onDown(error: UplinkError): void;
  onUp(): void;
  /** This uplink will never carry it (too large, or memory was full). `total`: so many since the start. */
  onPassedOver?(passed: { readonly entryId: EntryId; readonly error: UplinkError; readonly total: number }): void;
  /**
   * The link is up, and yet the centre refuses some of the reports, again and again; nothing of them is lost. Told once,
   * then null when one that was refused is carried after all.
   */
  onRefused?(error: UplinkError | null): void;
  onRequest?(request: CentreRequest): void;
}

/** A fire entry without a row yet. */
interface MemoryReport {
  readonly entry: Entry;
  notBeforeMono: number;
  readonly backoff: Backoff;
  wasRefused: boolean;
}

export interface PumpOptions {
  readonly uplink: Uplink;
  readonly journal: PumpJournal;
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: PumpEvents;
}

export class Pump {
  readonly #bytes = new ByteWindow();
  readonly #keeper: PositionKeeper;
  readonly #readBackoff: Backoff;
  /** Fire entries without a row yet, oldest first: waiting, and on their way. */
  readonly #memory = new Map<EntryId, MemoryReport>();
  readonly #memorySending = new Set<EntryId>();
  #lanes: Readonly<Record<CarriedLane, LaneRows>> | null = null;
  readonly #mayHaveMore = new Set<CarriedLane>(carriedLanes);
  readonly #reading = new Set<CarriedLane>();
  #isUp = false;
  #isStopped = false;
  #inFlight = 0;
  #otherInFlight = 0;
  #passedOver = 0;
  #refusals = 0;
  #isRefusalTold = false;
  #cancelRetry: Cancel | null = null;
  #cancelRead: Cancel | null = null;

  constructor(private readonly options: PumpOptions) {
    this.#keeper = new PositionKeeper(options);
    this.#readBackoff = new Backoff(retryFirstMs, retryCapMs, options.random);
  }

  /** Reports of the fire lane are in memory or read from the journal, and not confirmed. */
  get owesFire(): boolean {
    return this.#memory.size > 0 || this.#memorySending.size > 0 || this.#lanes?.fire.isOwed === true;
  }

  start(): void {
    const { uplink, events } = this.options;
    uplink.start({
      onUp: () => this.#goUp(),
      onDown: (error) => {
        this.#isUp = false;
        events.onDown(error);
        this.#run();
      },
      onRequest: (request) => events.onRequest?.(request),
    });
    this.wake();
  }

  /** New rows are durable. */
  wake(): void {
    for (const lane of carriedLanes) this.#mayHaveMore.add(lane);
    this.#cancelRead?.();
    this.#cancelRead = null;
    this.#run();
  }

  /** A fire entry that the disk did not keep in time: sent at once, and again from the journal once it is durable. */
  offerFromMemory(entry: Entry): void {
    const backoff = new Backoff(retryFirstMs, retryCapMs, this.options.random);
    this.#memory.set(entry.id, { entry, notBeforeMono: 0, backoff, wasRefused: false });
    if (this.#memory.size > memoryMax) {
      const [oldest] = this.#memory.keys();
      if (oldest !== undefined) this.#passOver(oldest, new UplinkError('UPLINK-008', this.options.uplink.id));
    }
    this.#run();
  }

  /** Takes leave of the centre and saves the positions; resolves within 4 s. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelRetry?.();
    this.#cancelRead?.();
    await this.options.uplink.stop();
    await this.#keeper.stop();
  }

  #goUp(): void {
    this.#isUp = true;
    this.#bytes.restart();
    for (const report of this.#memory.values()) report.notBeforeMono = 0;
    for (const lane of carriedLanes) this.#lanes?.[lane].releaseHeld();
    this.options.events.onUp();
    this.#run();
  }

  #run(): void {
    if (this.#isStopped) return;
    this.#lanes ??= this.#lanesFromPositions();
    if (this.#isUp) while (this.#sendNext());
    else if (this.#hasFireWaiting()) this.options.uplink.hurry?.();
    this.#readWhatIsMissing();
    this.#armRetry();
  }

  #lanesFromPositions(): Readonly<Record<CarriedLane, LaneRows>> | null {
    const { journal, uplink, random } = this.options;
    const { positions } = journal;
    if (positions === null) return null;
    const rowsOf = (lane: CarriedLane): LaneRows =>
      new LaneRows(positions.find((row) => row.uplink === uplink.id && row.lane === lane)?.position ?? 0, random);
    return { fire: rowsOf('fire'), journal: rowsOf('journal') };
  }

  /** Sends one report if one may go now: from memory, then the fire lane, then the rest within its share. */
  #sendNext(): boolean {
    const { windowMax } = this.options.uplink;
    if (this.#inFlight >= windowMax) return false;
    const nowMono = this.options.clock.mono();
    const fromMemory = this.#nextFromMemory(nowMono);
    if (fromMemory !== null) {
      this.#sendFromMemory(fromMemory);
      return true;
    }
    const fire = this.#lanes?.fire.next(nowMono) ?? null;
    if (fire !== null) {
      this.#sendRow('fire', fire, 0);
      return true;
    }
    if (this.#otherInFlight >= Math.max(1, windowMax - fireReserve)) return false;
    const other = this.#lanes?.journal.next(nowMono) ?? null;
    if (other === null) return false;
    const bytes = Buffer.byteLength(JSON.stringify(other.entry)) + envelopeBytes;
    if (!this.#bytes.fits(bytes)) return false;
    this.#sendRow('journal', other, bytes);
    return true;
  }

  #sendRow(lane: CarriedLane, row: Row, otherBytes: number): void {
    this.#lanes?.[lane].markSending(row, this.options.clock.mono());
    const other = lane === 'fire' ? 0 : 1;
    this.#otherInFlight += other;
    this.#bytes.take(otherBytes);
    const settle = (): void => {
      this.#otherInFlight -= other;
      this.#bytes.giveBack(otherBytes);
    };
    this.#send(
      { durable: true, entry: row.entry, previous: 0, isHistorical: false },
      () => {
        settle();
        if (row.isHeld) {
          this.#tellAccepted();
          this.#lanes?.[lane].hurryHeld();
        }
        this.#finish(lane, row);
      },
      (error) => {
        settle();
        if (uplinkErrors[error.code].retry === 'never') {
          this.#passOver(row.entry.id, error);
          this.#finish(lane, row);
          return;
        }
        const nowMono = this.options.clock.mono();
        if (error.code === 'UPLINK-003') this.#lanes?.[lane].putBack(row, nowMono);
        else {
          this.#lanes?.[lane].hold(row, nowMono);
          this.#countRefusal(error);
        }
      },
    );
  }

  /** A new fire goes before all else; the rest in the order it came. */
  #nextFromMemory(nowMono: number): MemoryReport | null {
    let first: MemoryReport | null = null;
    for (const report of this.#memory.values()) {
      if (report.notBeforeMono > nowMono) continue;
      if (isNewFire(report.entry)) return report;
      first ??= report;
    }
    return first;
  }

  #hasFireWaiting(): boolean {
    if (this.#lanes?.fire.hasFireReady) return true;
    for (const { entry } of this.#memory.values()) if (entry.class === 'fire') return true;
    return false;
  }

  #sendFromMemory(report: MemoryReport): void {
    const { entry } = report;
    this.#memory.delete(entry.id);
    this.#memorySending.add(entry.id);
    this.#send(
      { durable: false, entry, isHistorical: false },
      () => this.#memorySending.delete(entry.id),
      (error) => {
        // Once its row has been read it goes from the journal, and not from memory after that.
        if (!this.#memorySending.delete(entry.id)) return;
        if (uplinkErrors[error.code].retry === 'never') {
          this.#passOver(entry.id, error);
          return;
        }
        report.notBeforeMono = this.options.clock.mono() + report.backoff.nextMs();
        this.#memory.set(entry.id, report);
        if (error.code !== 'UPLINK-003') {
          report.wasRefused = true;
          this.#countRefusal(error);
        }
      },
    );
  }

  #send(report: Report, onConfirmed: () => void, onRefused: (error: UplinkError) => void): void {
    const { uplink, clock, events } = this.options;
    const sentMono = clock.mono();
    this.#inFlight += 1;
    const confirmed = (): void => {
      this.#inFlight -= 1;
      const tookMs = clock.mono() - sentMono;
      this.#bytes.learn(tookMs);
      onConfirmed();
      // What was refused from memory may have been carried as a row meanwhile: told is what is so now.
      if (this.#isRefusalTold && !this.#hasRefused()) this.#tellAccepted();
      const { id: entryId, lane } = report.entry;
      events.onCarried({ entryId, uplink: uplink.id, durable: report.durable, tookMs, lane });
      this.#run();
    };
    const refused = (cause: unknown): void => {
      this.#inFlight -= 1;
      onRefused(cause instanceof UplinkError ? cause : new UplinkError('UPLINK-005', uplink.id, null, cause));
      this.#run();
    };
    uplink.send(report).then(confirmed, refused);
  }

  #finish(lane: CarriedLane, row: Row): void {
    const rows = this.#lanes?.[lane];
    if (rows === undefined) return;
    const mustReadAgain = rows.finish(row);
    if (mustReadAgain) this.#mayHaveMore.add(lane);
    this.#keeper.move(lane, rows.position);
  }

  #passOver(entryId: EntryId, error: UplinkError): void {
    this.#memory.delete(entryId);
    this.#passedOver += 1;
    this.options.events.onPassedOver?.({ entryId, error, total: this.#passedOver });
  }

  #countRefusal(error: UplinkError): void {
    this.#refusals += 1;
    if (this.#refusals < refusalsToldAfter || this.#isRefusalTold) return;
    this.#isRefusalTold = true;
    this.options.events.onRefused?.(error);
  }

  #hasRefused(): boolean {
    for (const lane of carriedLanes) if ((this.#lanes?.[lane].heldCount ?? 0) > 0) return true;
    for (const { wasRefused } of this.#memory.values()) if (wasRefused) return true;
    return false;
  }

  #tellAccepted(): void {
    this.#refusals = 0;
    if (!this.#isRefusalTold) return;
    this.#isRefusalTold = false;
    this.options.events.onRefused?.(null);
  }

  #readWhatIsMissing(): void {
    if (this.#lanes === null || this.#cancelRead !== null) return;
    for (const lane of carriedLanes) {
      const rows = this.#lanes[lane];
      const isShort = rows.readyCount < this.options.uplink.windowMax;
      if (isShort && this.#mayHaveMore.has(lane) && !this.#reading.has(lane)) this.#read(lane, rows);
    }
  }

  #read(lane: CarriedLane, rows: LaneRows): void {
    this.#reading.add(lane);
    this.#mayHaveMore.delete(lane);
    const after = rows.readUpTo;
    this.options.journal.readAfter(lane, after, pageMax).then(
      (entries) => {
        this.#reading.delete(lane);
        this.#readBackoff.reset();
        const isTaken = rows.add(after, entries);
        if (isTaken) for (const { id } of entries) if (!this.#memory.delete(id)) this.#memorySending.delete(id);
        if (!isTaken || entries.length === pageMax) this.#mayHaveMore.add(lane);
        this.#run();
      },
      () => {
        // The journal core tells what is wrong with the disk; here it only has to be asked again.
        this.#reading.delete(lane);
        this.#mayHaveMore.add(lane);
        this.#cancelRead ??= this.options.clock.after(this.#readBackoff.nextMs(), () => this.wake());
      },
    );
  }

  /** Rows that the centre refused wait for their time; nothing else would wake us then. */
  #armRetry(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    if (!this.#isUp) return;
    const nowMono = this.options.clock.mono();
    const held = carriedLanes.flatMap((lane) => this.#lanes?.[lane].nextTryMono() ?? []);
    for (const { notBeforeMono } of this.#memory.values()) if (notBeforeMono > nowMono) held.push(notBeforeMono);
    const due = held.filter((atMono) => atMono > nowMono);
    if (due.length > 0) {
      const firstMono = due.reduce((first, atMono) => Math.min(first, atMono));
      this.#cancelRetry = this.options.clock.after(firstMono - nowMono, () => this.#run());
    }
  }
}
