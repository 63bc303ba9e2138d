/**
 * Carries the journal to one uplink: fire first, at most a window of unconfirmed reports, and a position per lane that
 * moves only over rows the centre has confirmed. It remembers nothing that the journal does not have, so that a restart
 * sends again at most what was unconfirmed, under the same ids and with the same predecessors.
 */
import type { TellConfig } from '../config/site.js';
import type { Lane } from '../config/vocabulary.js';
import type { Entry, StoredEntry } from './journal/entry.js';
import { withoutNames } from './private-fields.js';
import { type AgeNow, isFireOfNow, isHistorical } from './pump/age.js';
import type { Carriable, Placed } from './pump/carriable.js';
import type { CarriedLane } from './pump/carried-lane.js';
import { DueTimer } from './pump/due-timer.js';
import { LaneReading } from './pump/lane-reading.js';
import { type CarriedLaneName, carriedLanes, type LanePage } from './pump/lane-source.js';
import { type Lanes, makeLanes } from './pump/lanes.js';
import { type MemoryReport, MemoryReports } from './pump/memory-reports.js';
import { Pace } from './pump/pace.js';
import { PositionKeeper } from './pump/position-keeper.js';
import type { PumpOptions } from './pump/pump-options.js';
import { Refusals } from './pump/refusals.js';
import type { Row } from './pump/row.js';
import { type OnItsWay, SendWindow } from './pump/send-window.js';
import { Turns } from './pump/turns.js';
import { UnsavedRows } from './pump/unsaved-rows.js';
import { ReceiptBook } from './receipt-book.js';
import { isTold, tellAll } from './tell-filter.js';
import { UplinkError, uplinkErrors } from './uplink.js';

export type { PumpJournal } from './pump/lane-source.js';
export type { PumpEvents, PumpOptions } from './pump/pump-options.js';

/** When measurements rest because the data budget is used up, it is asked again so often. */
const budgetAskMs = 60_000;

export class Pump {
  readonly #window: SendWindow;
  readonly #keeper: PositionKeeper;
  readonly #receipts: ReceiptBook;
  readonly #memory: MemoryReports;
  readonly #refusals: Refusals;
  readonly #pace: Pace;
  readonly #turns = new Turns();
  readonly #unsaved: UnsavedRows;
  readonly #retry: DueTimer;
  readonly #reading: LaneReading;
  readonly #tell: TellConfig;
  #lanes: Lanes | null = null;
  #isUp = false;
  #isStopped = false;
  #isClosed = false;
  #passedOver = 0;
  #isPaced = false;
  #isOverBudget = false;

  constructor(private readonly options: PumpOptions) {
    const { uplink, journal, clock, random, events } = options;
    this.#tell = options.tell ?? tellAll;
    this.#window = new SendWindow(() => uplink.windowMax);
    this.#keeper = options.keeper ?? new PositionKeeper(options);
    this.#memory = new MemoryReports(random);
    this.#refusals = new Refusals((error) => events.onRefused?.(error));
    this.#pace = new Pace(options.pacePerS ?? Infinity, clock.mono());
    this.#reading = new LaneReading({
      ...{ clock, random, lane: (lane) => this.lane(lane), onAgain: () => this.wake() },
      onPage: (lane, page) => {
        this.#took(lane, page);
        this.#run();
      },
    });
    this.#retry = new DueTimer(clock, () => this.#run());
    this.#unsaved = new UnsavedRows({
      ...{ keeper: this.#keeper, lane: (lane) => this.lane(lane), onRoom: () => this.#run() },
      ...{ pacePerS: options.pacePerS ?? Infinity, isBounded: uplink.remembersTold !== true },
    });
    this.#receipts = new ReceiptBook({
      ...{ rules: options.receipts ?? null, uplink: uplink.id, clock },
      placeAt: (lane, position) => journal.placeAt(lane, position),
      laneOf: (lane) => this.lane(lane),
      onKept: (lane) => this.#kept(lane),
      onIgnored: (why) => events.onReceiptIgnored?.(why),
    });
  }

  /** Reports of the fire lane are in memory or read from the journal, and not confirmed. */
  get owesFire(): boolean {
    return this.#memory.owesFire || this.#lanes?.fire.rows.isOwed === true;
  }

  /** Reports that wait in memory and have no row yet. */
  get waiting(): { readonly fire: number; readonly others: number; readonly oldest: Entry | null } {
    return { ...this.#memory.waitingCount, oldest: this.#memory.oldest };
  }

  /** Null until a disk has answered, and for what this uplink does not carry. */
  lane(name: CarriedLaneName): CarriedLane | null {
    return this.#lanes?.[name] ?? null;
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
      onImpaired: (error) => events.onImpaired?.(error),
      onAsked: (asked) => events.onAsked?.(asked),
      onRequest: (request) => {
        if (request.kind === 'receipt') this.#receipts.take(request.envelope);
        else events.onRequest?.(request);
      },
    });
    this.wake();
  }

  /** New rows are durable: these, when they are known (of all lanes, in the order of their positions), and perhaps packs. */
  wake(entries: readonly StoredEntry[] | null = null): void {
    const nowMono = this.options.clock.mono();
    if (!this.#isStopped) this.#lanes ??= this.#makeLanes();
    for (const name of carriedLanes) {
      const rows = name === 'telemetry' ? null : (entries?.filter(({ lane }) => lane === name) ?? null);
      const page = this.lane(name)?.wake(rows, nowMono) ?? null;
      if (page !== null) this.#took(name, page);
      else for (const fire of this.lane(name)?.overtaking(rows ?? [], this.#isUp) ?? []) this.#offer(fire, true);
    }
    this.#reading.endRest();
    this.#run();
  }

  /** An entry that the disk did not keep in time: sent at once, and again from the journal once it is durable. */
  offerFromMemory(entry: Entry): void {
    this.#offer(entry, false);
  }

  #offer(entry: Entry, isDurable: boolean): void {
    if (!isTold(this.#tell, entry)) return;
    const gone = this.#memory.add(entry, isDurable);
    if (gone !== null) {
      const memoryFull = new UplinkError('UPLINK-008', this.options.uplink.id);
      this.#passOver({ entryId: gone.id, kind: gone.kind, place: null }, 0, gone.lane, memoryFull);
    }
    this.#run();
  }

  /** What is carried and not kept goes again: the district says nothing of it, and may have lost it. */
  tellAgain(name: CarriedLaneName): void {
    this.lane(name)
      ?.goBackToKept()
      .then(
        () => this.#run(),
        // The disk did not answer; whoever asked will ask again.
        () => undefined,
      );
  }

  /** Takes leave of the centre and saves the positions; resolves within 4 s. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#retry.stop();
    this.#reading.endRest();
    await this.options.uplink.stop();
    await this.#keeper.flush();
    this.#isClosed = true;
  }

  #goUp(): void {
    this.#isUp = true;
    this.#window.restart();
    this.#memory.release();
    for (const name of carriedLanes) this.lane(name)?.rows.releaseHeld();
    this.options.events.onUp();
    this.#run();
  }

  #run(): void {
    if (this.#isStopped) return;
    this.#lanes ??= this.#makeLanes();
    this.#isPaced = false;
    this.#isOverBudget = false;
    if (this.#isUp) while (this.#sendNext());
    else if (this.#memory.hasFire || this.#lanes?.fire.rows.hasFireReady) this.options.uplink.hurry?.();
    this.#reading.readWhatIsMissing();
    this.#armRetry();
  }

  #makeLanes(): Lanes | null {
    const { uplink, journal, random, inUse, withTelemetry = true, receipts = null } = this.options;
    return makeLanes({
      ...{ uplink, journal, random, withTelemetry, tell: this.#tell, wantsReceipts: receipts !== null },
      inUse: inUse ?? new Set([uplink.id]),
      // A place of its own from the start: whoever leaves the site file later must not move it.
      onNew: (lane) => this.#keeper.note(lane),
    });
  }

  /** Sends one report if one may go now: from memory, then the fire lane, then the rest. Fires of now find their reserve free. */
  #sendNext(): boolean {
    if (this.#window.isFull) return false;
    const now = this.#now();
    const hasRoom = this.#window.hasRoomForOthers;
    const fromMemory = this.#memory.next(now.mono, (entry) => isHistorical(entry, now));
    if (fromMemory !== null && (hasRoom || isFireOfNow(fromMemory.entry, now))) {
      this.#sendFromMemory(fromMemory);
      return true;
    }
    const isNow = ({ isNewFire, place }: Carriable): boolean => isNewFire && !isHistorical(place, now);
    const fire = this.#lanes?.fire.rows.next(now.mono, isNow) ?? null;
    if (fire !== null && (isNow(fire.item) || (hasRoom && this.#unsaved.mayGo('fire', fire)))) {
      this.#sendRow('fire', fire, null);
      return true;
    }
    return hasRoom && this.#sendOther(now.mono);
  }

  #sendOther(nowMono: number): boolean {
    const journal = this.#mayGo('journal', nowMono);
    const telemetry = this.#mayCarryTelemetry(nowMono) ? this.#mayGo('telemetry', nowMono) : null;
    const turn = this.#turns.next(journal !== null, telemetry !== null);
    const row = turn === 'telemetry' ? telemetry : journal;
    // Who does not fit keeps the turn: a large pack must not wait for ever behind small entries.
    if (turn === null || row === null || !this.#window.fits(row.item.bytes)) return false;
    if (!this.#unsaved.mayGo(turn, row)) return false;
    this.#turns.took(turn);
    this.#sendRow(turn, row, row.item.bytes);
    return true;
  }

  /** The row of that lane that goes next, if the pace allows it. */
  #mayGo(name: 'journal' | 'telemetry', nowMono: number): Row | null {
    const row = this.lane(name)?.rows.next(nowMono) ?? null;
    if (row === null || this.#pace.has(nowMono) || !isHistorical(row.item.place, this.#now())) return row;
    this.#isPaced = true;
    return null;
  }

  #mayCarryTelemetry(nowMono: number): boolean {
    const { mayCarryTelemetry } = this.options;
    if (mayCarryTelemetry === undefined || (this.lane('telemetry')?.rows.next(nowMono) ?? null) === null) return true;
    this.#isOverBudget = !mayCarryTelemetry();
    return !this.#isOverBudget;
  }

  #sendRow(name: CarriedLaneName, row: Row, otherBytes: number | null): void {
    const rows = this.lane(name)?.rows;
    if (rows === undefined) return;
    const { item, before } = row;
    rows.markSending(row, this.options.clock.mono());
    const isOld = isHistorical(item.place, this.#now());
    if (isOld && otherBytes !== null) this.#pace.take();
    const isFirst = before?.epoch !== item.place.epoch;
    const [previous, after] = isFirst ? [0, before] : [before.sequence, null];
    const how = { previous, after, isHistorical: isOld, isOvertaken: row.isHeld };
    this.#send(
      {
        ...{ name, item, isDurable: true, send: () => item.send(how) },
        way: { isFireOfNow: otherBytes === null && item.isNewFire && !isOld, otherBytes },
      },
      () => {
        if (row.isHeld) {
          this.#refusals.accepted();
          rows.hurryHeld();
        }
        this.#finish(name, row, true);
      },
      (error) => {
        if (uplinkErrors[error.code].retry === 'never') {
          this.#passOver(item, previous, name, error);
          this.#finish(name, row, false);
          return;
        }
        if (error.code === 'UPLINK-003') rows.putBack(row, this.options.clock.mono());
        else {
          rows.hold(row, this.options.clock.mono());
          this.#refusals.refused(error);
        }
      },
    );
  }

  #sendFromMemory(report: MemoryReport): void {
    const { uplink } = this.options;
    this.#memory.markSending(report);
    const entry = this.#tell.withPrivate ? report.entry : withoutNames(report.entry);
    const now = this.#now();
    const send = () => uplink.send({ durable: false, entry, isHistorical: isHistorical(entry, now) });
    const way = { isFireOfNow: isFireOfNow(entry, now), otherBytes: null };
    this.#send(
      { name: report.entry.lane, item: { entryId: entry.id }, way, isDurable: false, send },
      () => this.#memory.confirmed(report),
      (error) => {
        if (!this.#memory.settle(report)) return;
        if (uplinkErrors[error.code].retry === 'never') {
          if (report.isDurable) return; // its row says so in its turn
          this.#passOver({ entryId: entry.id, kind: entry.kind, place: null }, 0, entry.lane, error);
          return;
        }
        this.#memory.putBack(report, this.options.clock.mono());
        if (error.code === 'UPLINK-003') return;
        report.wasRefused = true;
        this.#refusals.refused(error);
      },
    );
  }

  #send(
    what: {
      readonly name: Lane;
      readonly item: Pick<Carriable, 'entryId'>;
      readonly way: OnItsWay;
      readonly isDurable: boolean;
      readonly send: () => Promise<void>;
    },
    onConfirmed: () => void,
    onRefused: (error: UplinkError) => void,
  ): void {
    const { uplink, clock, events } = this.options;
    const { name: lane, way, isDurable: durable } = what;
    const { entryId } = what.item;
    const sentMono = clock.mono();
    this.#window.take(way);
    const confirmed = (): void => {
      this.#window.giveBack(way);
      const tookMs = clock.mono() - sentMono;
      this.#window.learn(tookMs);
      onConfirmed();
      // What was refused from memory may have been carried as a row meanwhile: told is what is so now.
      if (this.#refusals.isTold && !this.#hasRefused()) this.#refusals.accepted();
      if (entryId === null) events.onPackCarried?.(tookMs);
      else events.onCarried({ entryId, uplink: uplink.id, durable, tookMs, lane });
      this.#run();
    };
    const refused = (cause: unknown): void => {
      this.#window.giveBack(way);
      onRefused(cause instanceof UplinkError ? cause : new UplinkError('UPLINK-005', uplink.id, null, cause));
      this.#run();
    };
    what.send().then(confirmed, refused);
  }

  #finish(name: CarriedLaneName, row: Row, isCarried: boolean): void {
    const lane = this.lane(name);
    if (lane === null) return;
    lane.finish(row, isCarried ? this.#now() : null);
    this.#receipts.carried(name);
    if (!this.#isClosed) this.#unsaved.finished(lane);
  }

  #kept(name: CarriedLaneName): void {
    const lane = this.lane(name);
    if (lane !== null && !this.#isClosed) this.#keeper.note(lane);
    this.options.events.onKept?.(name);
  }

  #passOver(
    { entryId, kind, place }: Pick<Carriable, 'entryId' | 'kind'> & { readonly place: Placed | null },
    previous: number,
    lane: Lane,
    error: UplinkError,
  ): void {
    this.#passedOver += 1;
    this.options.events.onPassedOver?.({ entryId, kind, lane, place, previous, error, total: this.#passedOver });
  }

  #hasRefused(): boolean {
    return carriedLanes.some((name) => (this.lane(name)?.rows.heldCount ?? 0) > 0) || this.#memory.hasRefused;
  }

  #now(): AgeNow {
    const { clock, journal } = this.options;
    return { boot: journal.boot, mono: clock.mono(), wall: clock.wall(), trust: clock.trust() };
  }

  #took(name: CarriedLaneName, { rows, items }: LanePage): void {
    for (const { entryId } of items) if (entryId !== null) this.#memory.forget(entryId);
    const lane = this.lane(name);
    // Rows that are nothing for this centre may have been passed over.
    if (lane !== null && items.length < rows.length && !this.#isClosed) this.#keeper.note(lane);
  }

  /** Rows that wait for their time: nothing else would wake us then. */
  #armRetry(): void {
    const nowMono = this.options.clock.mono();
    let dueMono = this.#isUp ? this.#memory.nextTryMono(nowMono) : Infinity;
    if (this.#isUp) {
      for (const name of carriedLanes)
        dueMono = Math.min(dueMono, this.lane(name)?.rows.nextTryMono(nowMono) ?? Infinity);
      if (this.#isPaced) dueMono = Math.min(dueMono, Math.max(nowMono + 1, this.#pace.nextMono));
      if (this.#isOverBudget) dueMono = Math.min(dueMono, nowMono + budgetAskMs);
    }
    this.#retry.arm(dueMono);
  }
}
