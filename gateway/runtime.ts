/**
 * A running gateway, made of the parts it is handed: outputs → restore → inputs → uplinks; stopped in reverse.
 * It decides nothing itself: it wires floors together so that sound comes first, then the record, then the report.
 */
import type { LineId } from '../config/ids.js';
import type { Reading } from '../config/reading.js';
import type { OutputConfig } from '../config/site.js';
import type { Cancel } from '../drivers/clock.js';
import type { DriverError } from '../drivers/driver-error.js';
import type { Entry, EntryDraft, JsonValue } from '../sync/journal/entry.js';
import { JournalCore } from '../sync/journal/journal-core.js';
import { type FacetRow, type MarkRow, type StoreError, storeErrors } from '../sync/journal/store.js';
import { AlarmKeeper } from './alarm/alarm-keeper.js';
import { makeStep, resoundOf } from './alarm/engine.js';
import type { AlarmState } from './alarm/facets.js';
import {
  faultSubjectsOf,
  journalSubject,
  lockSubject,
  loopSubject,
  outputSubject,
  stateSubject,
} from './alarm/site-subjects.js';
import type { Subject, TellFault } from './alarm/subject.js';
import { toldOf } from './alarm/told.js';
import type { Command, CommandAnswer, ServiceCommand } from './command/command.js';
import type { ExerciseOrders } from './command/exercise-order.js';
import type { LastRaised } from './command/last-raised.js';
import { SiteDoctor } from './doctor/site-doctor.js';
import { EntryWatch } from './entry-watch.js';
import { dailyDraft, startedDraft, stoppedDraft, unknownDraft, withdrawnDraft } from './gateway-entries.js';
import { type CheckIn, CheckIns } from './health/check-ins.js';
import { Heartbeat } from './health/heartbeat.js';
import { Upkeep } from './health/upkeep.js';
import { openHardware } from './open-hardware.js';
import { outputHandle, outputPin } from './output-handles.js';
import { PointTable } from './points/point-table.js';
import type { RuntimeParts } from './runtime-parts.js';
import { SiteScan } from './scan/site-scan.js';
import { SiteDistrict } from './site-district.js';
import { keepingOf, UnusedUplinks } from './site-keeping.js';
import { SiteLines } from './site-lines.js';
import { SiteOrders } from './site-orders.js';
import { SitePins } from './site-pins.js';
import { SiteSounds } from './site-sounds.js';
import { SiteUplinks } from './site-uplinks.js';
import { type HandedOver, handOver, type Vitals, vitalsOf } from './staging/hand-over.js';
import { standingStates } from './standing-states.js';
import { SiteTelemetry } from './telemetry/site-telemetry.js';
import type { UplinkStatus } from './uplink-status.js';

const reviewMs = 5000;
/** Every output is looked at every 10 s. */
const outputsMaxQuietMs = 30_000;

export class Runtime {
  readonly journal: JournalCore;
  readonly points: PointTable;
  /** How the gateway fares. */
  readonly doctor: SiteDoctor;
  readonly #keeper: AlarmKeeper;
  readonly #sounds: SiteSounds;
  readonly #orders: SiteOrders;
  /** Orders from outside, and what they ask the people on the box. */
  readonly district: SiteDistrict;
  readonly #checkIns: CheckIns;
  readonly #outputsLive: CheckIn;
  readonly #heartbeat: Heartbeat;
  readonly #upkeep: Upkeep;
  readonly #lines: SiteLines;
  readonly #linkErrors = new Map<LineId, DriverError | null>();
  /** All centres, and which way each alarm went. */
  readonly centres: SiteUplinks;
  readonly #unused: UnusedUplinks;
  readonly #entries: EntryWatch;
  readonly #pins: SitePins;
  readonly #telemetry: SiteTelemetry;
  /** For what is beside the watch as well (the panel). */
  readonly tellFault: TellFault = (subject, isActive, detail) => this.#fault(subject, isActive, detail);
  #frames = 0;
  /** Ids of exercises and announcements that were given out. */
  #idsGiven = 0;
  #scan: SiteScan | null = null;
  #isJournalReady = false;
  #storeError: StoreError | null = null;
  /** What the disk had saved; null until it has answered. */
  #restored: readonly FacetRow[] | null = null;
  #cancelReview: Cancel | null = null;
  #cancelDaily: Cancel | null = null;

  constructor(private readonly parts: RuntimeParts) {
    const { config, clock, random } = parts;
    this.points = new PointTable(config.points);
    for (const reading of parts.succession?.readings ?? []) this.points.accept(reading);
    this.#entries = new EntryWatch({
      ...{ clock, boot: () => this.journal.boot, observe: parts.observe },
      onSeen: (entries) => this.centres.see(entries),
      record: (drafts) => this.#keeper.note(drafts),
    });
    this.#unused = new UnusedUplinks(config.uplinks, this.tellFault);
    this.#pins = new SitePins({
      ...{ isWanted: config.gpio !== null, open: () => parts.openPins(), log: parts.log },
      onFault: this.tellFault,
    });
    const late = { journal: () => this.journal, points: () => this.points, statuses: () => this.centres.statuses };
    this.doctor = new SiteDoctor({ ...parts, ...late, onFault: this.tellFault });
    this.journal = new JournalCore({
      store: this.doctor.store,
      clock,
      random,
      keeping: keepingOf(config),
      ...(parts.restoreMaxMs === undefined ? {} : { startMaxMs: parts.restoreMaxMs }),
      events: {
        onUnused: (uplink, how) => this.#unused.hear(uplink, how),
        onDurable: (entries) => {
          for (const entry of entries) this.#entries.sawDurable(entry);
          this.centres.wake(entries);
        },
        onLate: (entry) => this.centres.offerFromMemory(entry),
        onState: (error) => this.#tellStore(error),
        onRestored: (opened) => {
          this.#restored = opened.facets;
          // Before the start is through nothing has been recorded yet: there it is merged with all else.
          if (this.#isJournalReady) this.#restore(true);
        },
        onLost: (lost) => parts.log.error({ lost }, 'entries lost: the disk does not take them'),
      },
    });
    this.#sounds = this.#makeSounds();
    const faults = faultSubjectsOf(config);
    this.#keeper = new AlarmKeeper({
      step: makeStep(config.points, faults, { ...resoundOf(config.cadences), zones: config.zones }),
      clock,
      journal: this.journal,
      sound: (state) => this.#sounds.annunciator.want(state),
      onEntries: (entries) => {
        this.#entries.see(entries);
        this.#sounds.see(entries);
        this.district.see(entries);
      },
    });
    this.#orders = new SiteOrders({
      ...{ config, faults, clock, sounds: this.#sounds, boot: () => this.journal.boot, alarms: () => this.alarms },
      apply: (input) => this.#keeper.apply(input),
      record: (drafts) => this.#keeper.record(drafts),
      ...{ lines: () => this.#lines, points: this.points },
      onAcknowledgeKey: (origin) => this.district.answerDuty(origin),
    });
    this.district = new SiteDistrict({
      ...{ config, clock, host: this, configOrders: parts.configOrders ?? null },
      record: (...what) => this.#keeper.record(...what),
      answer: (uplink, result) => this.centres.answer(uplink, result),
    });
    this.#checkIns = new CheckIns(clock, (loop, isOverdue) =>
      this.#fault(loopSubject(loop), isOverdue, { error_zh: '没有进展', error_en: 'makes no progress' }),
    );
    this.#outputsLive =
      config.outputs.length === 0 ? () => undefined : this.#checkIns.register('outputs', outputsMaxQuietMs);
    this.#heartbeat = new Heartbeat({
      ...{ heartbeats: config.heartbeats, clock },
      hasInputs: config.units.length > 0 || config.points.some(({ source }) => source.kind === 'pin'),
      openPin: (target) => outputPin(target, this.#pins.board),
      isOverdue: () => this.#checkIns.isAnyOverdue,
      onFault: (heartbeat, isAtFault, got) =>
        this.#fault(outputSubject(heartbeat), isAtFault, { reason: isAtFault ? 'not-proven' : null, got }),
    });
    this.#upkeep = new Upkeep({ upkeep: config.upkeep, clock, onDue: this.tellFault });
    this.#telemetry = new SiteTelemetry({
      ...{ config, clock, onFault: this.tellFault, keep: (packs) => this.journal.keepTelemetry(packs) },
    });
    this.#lines = this.#makeLines();
    this.centres = this.#makeUplinks();
  }

  get lastRaised(): LastRaised {
    return this.#entries.lastRaised;
  }

  /** How it stands with each centre. */
  get uplinks(): readonly UplinkStatus[] {
    return this.centres.statuses;
  }

  /** A loop of the watch makes no progress: the service manager may not believe that all is well. */
  get isWatchOverdue(): boolean {
    return this.#checkIns.isWatchOverdue;
  }

  get alarms(): AlarmState {
    return this.#keeper.state;
  }

  command(command: Command): CommandAnswer {
    return this.#orders.command(command);
  }

  /** Drills, tests, broadcasts, microphones. */
  get orders(): ExerciseOrders {
    return this.#sounds.desk;
  }

  get wire(): SiteOrders['wire'] {
    return this.#orders.wire;
  }

  /** Takes something out of the watch for a while, or puts it back. */
  serve(command: ServiceCommand): CommandAnswer {
    return this.#orders.serve(command);
  }

  async start(): Promise<void> {
    const { config, clock, calendar, version, succession, besidesAfterMs } = this.parts;
    // Outputs: the hardware to reach them, and what is there. The disk is asked meanwhile; both have their limits.
    const opening = openHardware({
      ...{ clock, lines: this.#lines, pins: this.#pins, annunciator: this.#sounds.annunciator },
      ...{ linesTold: () => this.#linkErrors.size, maxMs: succession?.hardwareMaxMs ?? null },
    });
    const { opened } = await this.journal.start();
    this.#restored = opened?.facets ?? null;
    const foundOn = await opening;
    this.#isJournalReady = true;
    this.#keeper.record([startedDraft(config, version, this.#restored?.length ?? null), ...foundOn]);
    // Restore: the siren of a latched alarm sounds before the first scan.
    this.#restore(false);
    this.#sounds.start();
    this.#telemetry.start(besidesAfterMs);
    this.#startInputs();
    for (const part of [this.#heartbeat, this.#upkeep, this.doctor]) part.start();
    this.centres.start(besidesAfterMs);
    if (config.dailyReportAt !== null) this.#cancelDaily = calendar.daily(config.dailyReportAt, () => this.#daily());
    this.#review();
  }

  get vitals(): Vitals {
    return vitalsOf(this.parts.config, this.#scan, this.#lines, this.centres);
  }

  record(drafts: readonly EntryDraft[], marks?: readonly MarkRow[]): readonly Entry[] {
    return this.#keeper.record(drafts, marks);
  }

  /** Ends for another runtime of this process that begins when this resolves: outputs and kept lines stay as they are. */
  handOver(gone: readonly OutputConfig[]): Promise<HandedOver> {
    return handOver({
      ...{ keeper: this.#keeper, sounds: this.#sounds, lines: this.#lines, pins: this.#pins, uplinks: this.centres },
      ...{ clock: this.parts.clock, journal: this.journal, gone, endWatch: () => this.#endWatch() },
    });
  }

  /** In reverse order; every step has its own limit, 7 s in all. */
  async stop(): Promise<void> {
    this.#endWatch();
    await this.#sounds.stop();
    this.#keeper.stop();
    this.#keeper.record([stoppedDraft()]);
    await this.centres.stop();
    await this.journal.stop();
    await this.#lines.stop();
    this.#pins.close();
  }

  #endWatch(): void {
    for (const cancel of [this.#cancelReview, this.#cancelDaily]) cancel?.();
    for (const part of [this.#heartbeat, this.#upkeep, this.#scan, this.#orders]) part?.stop();
    for (const part of [this.district, this.#telemetry, this.doctor]) part.stop();
  }

  #startInputs(): void {
    const { config, clock, random } = this.parts;
    const beganMono = clock.mono();
    this.#scan = new SiteScan({
      config,
      lines: this.#lines.modbus,
      pins: this.#pins.board,
      box: this.parts.box === undefined ? undefined : { sensors: this.parts.box, commits: this.#entries.commits },
      clock,
      random,
      nextFrame: () => ++this.#frames,
      checkIns: this.#checkIns,
      events: {
        onReadings: (readings) => {
          for (const reading of readings) this.#read(reading);
        },
        onFault: this.tellFault,
        onWithdrawn: (point, first, second) => this.#keeper.record([withdrawnDraft(point, first, second)]),
      },
      onScanned: (asked, silent) => {
        this.#sounds.annunciator.explain();
        this.parts.observe(this.doctor.sawScan(clock.mono() - beganMono, asked, silent));
      },
    });
    this.#pins.onLate((board) => this.#scan?.addPins(board));
    for (const [id, error] of this.#linkErrors) this.#scan.lines.get(id)?.setLink(error);
    this.#scan.start();
    this.#lines.startStreams(standingStates(config.points, this.alarms));
  }

  #read(reading: Reading): void {
    const before = this.points.accept(reading);
    this.#keeper.apply({ kind: 'reading', reading });
    this.#sounds.proofs.see(reading);
    this.#heartbeat.step();
    this.#telemetry.see(reading);
    if (before?.value !== reading.value || before.quality !== reading.quality) {
      this.parts.observe({ kind: 'point.changed', reading });
      this.#orders.see(before, reading);
    }
  }

  #makeSounds(): SiteSounds {
    const { config, clock, calendar, random, makeSpeaker } = this.parts;
    return new SiteSounds({
      ...{ config, clock, calendar, random, makeSpeaker },
      makeHandle: (output) => outputHandle(output, this.#pins.board, this.#lines),
      ...{ transmission: () => this.centres.transmission, isDutyAsked: () => this.district.isDutyAsked },
      alarms: () => this.alarms,
      marks: { isRead: () => this.#restored !== null, get: (name) => this.journal.mark(name) },
      newId: () => `${this.journal.boot}-x${++this.#idsGiven}`,
      record: (drafts, marks) => this.#keeper.note(drafts, marks),
      onFault: this.tellFault,
      onLooked: () => this.#outputsLive(),
      walkTest: (order) => this.#orders.walkTest(order),
    });
  }

  #makeLines(): SiteLines {
    const { config, clock, random, codecs, openLine } = this.parts;
    return new SiteLines({
      ...{ config, clock, random, codecs, openLine },
      ...(this.parts.succession === undefined ? {} : { kept: this.parts.succession.keptLines }),
      nextFrame: () => ++this.#frames,
      onLink: (line, error) => {
        this.#linkErrors.set(line, error);
        this.#scan?.lines.get(line)?.setLink(error);
      },
      onTwoAnswers: (line, address) => this.#scan?.lines.get(line)?.sawTwoAnswers(address),
      onReadings: (readings) => this.#scan?.takeReadings(readings),
      onDevice: (line, device, what) => this.#scan?.sawDevice(line, device, what),
      // What no profile names is told as it came: the next site may need it.
      onUnknown: (unknown) => void this.#keeper.record([unknownDraft(unknown)]),
    });
  }

  #makeUplinks(): SiteUplinks {
    const { config, clock, random, log, observe, makeUplink } = this.parts;
    return new SiteUplinks({
      ...{ config, journal: this.journal, clock, random, log, observe },
      makeUplink: (...of) => this.doctor.follow(makeUplink(...of)),
      mayCarryTelemetry: (uplink) => this.doctor.mayCarryTelemetry(uplink),
      ...{ nextFrame: () => ++this.#frames, onReading: (reading: Reading) => this.#read(reading) },
      record: (...what) => this.#keeper.note(...what),
      onFault: this.tellFault,
      stampedMono: (entryId) => this.#entries.recent.of(entryId),
      ...this.district.hears,
    });
  }

  /** Merges what the disk had saved, if it has answered, and then tells every fault as it stands now: a saved fault of
   * something that is sound again returns, because whoever watches over it tells changes only. */
  #restore(isLate: boolean): void {
    const { isLockHeld } = this.parts;
    if (this.#restored !== null) this.#keeper.apply({ kind: 'restore', rows: this.#restored, isLate });
    this.#lines.recall(standingStates(this.parts.config.points, this.alarms));
    for (const { alarm, class: alarmClass, subject, name } of this.alarms.subjects.values()) {
      if (alarm !== null) this.parts.observe({ kind: 'alarm.standing', class: alarmClass, subject, name });
    }
    this.#fault(stateSubject, this.#restored === null, { error_zh: '未能恢复', error_en: 'could not be restored' });
    this.#fault(lockSubject, !isLockHeld, { error_zh: '无法确认', error_en: 'can not be confirmed' });
    this.#pins.retell();
    this.#tellStore(this.#storeError);
    const told = [this.centres, this.#unused, this.#sounds, this.#heartbeat, this.#upkeep, this.doctor, this.#scan];
    for (const part of told) part?.retell();
    this.#checkIns.forget();
    if (this.#restored !== null) this.#sounds.restore();
    this.district.restore();
  }

  #tellStore(error: StoreError | null): void {
    this.#storeError = error;
    if (error !== null) this.parts.log.error({ code: error.code, error: error.message }, 'journal');
    this.#fault(journalSubject, error !== null, toldOf(error, storeErrors));
  }

  #fault(subject: Subject, isActive: boolean, detail: Readonly<Record<string, JsonValue>>): void {
    if (!this.#isJournalReady) return;
    this.#entries.lastRaised.hear(subject.key, isActive, detail);
    this.#keeper.tell({ kind: 'condition', subject, isActive, detail });
  }

  #review(): void {
    this.#checkIns.review();
    this.#entries.clock.look();
    this.#cancelReview = this.parts.clock.after(reviewMs, () => this.#review());
  }

  #daily(): void {
    const ageMs = this.points.worstFireAgeMs(this.parts.clock.mono());
    this.#keeper.record([dailyDraft(this.alarms, ageMs, this.district.checks.day)]);
  }
}
