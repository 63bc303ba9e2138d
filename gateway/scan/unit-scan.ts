import type { PointId } from '../../config/ids.js';
import type { BadReason, GoodReading, Reading } from '../../config/reading.js';
import type { PointConfig } from '../../config/site.js';
import { Backoff } from '../../drivers/backoff.js';
import type { Clock } from '../../drivers/clock.js';
import type { Device, Scan, ScanPart, SetupOutcome } from '../../drivers/driver.js';
import type { DriverError } from '../../drivers/driver-error.js';
import { scanPeriodMs } from '../../drivers/scan-rates.js';
import { answeredMono } from './answered.js';
import { sortLate } from './late-readings.js';
import { PartLoop } from './part-loop.js';
import { ProbeTurns } from './probe-turns.js';
import { isLookedAtTwice, SecondLook } from './second-look.js';
import { SetupWatch } from './setup-watch.js';
import { healthyUnit, stepUnitHealth, type UnitHealth } from './unit-health.js';
import { UnseenPoints } from './unseen-points.js';

/** Probes of a silent unit: from 0.5 s apart to 10 s, each up to a tenth earlier, so that many do not fall together. */
const probeFirstMs = 500;
const probeCapMs = 10_000;
const probeSpread = 0.1;
/** A doubtful unit is asked again after this, so that its fault is known soon. */
const doubtMs = 250;
/** Even a unit that has nothing to say that often is asked so often whether it is there. */
const lifeSignMs = 60_000;

export interface UnitScanEvents {
  /** What counts now, round by round and part by part. */
  onReadings(readings: readonly Reading[]): void;
  /** After every round, when its readings were told and before the next is planned. `isUrgent`: of a part that shows whether
   * the unit is there: the most urgent one, and whichever is asked while it does not answer. */
  onRound(scan: Scan, health: UnitHealth, isUrgent: boolean): void;
  onWithdrawn(first: GoodReading, second: GoodReading): void;
  onSetup(outcome: SetupOutcome): void;
}

export interface UnitScanOptions {
  readonly device: Device;
  /** Shortest time between two rounds of a part, ms. */
  readonly minScanMs: number;
  readonly clock: Clock;
  readonly random: () => number;
  /** Points of the site; those that can be a first alarm are looked at twice. */
  readonly points: ReadonlyMap<PointId, PointConfig>;
  readonly events: UnitScanEvents;
}

/**
 * Scans one device for ever: each of its parts at its own rate while it answers, and while it does not, one at a time in
 * turn. An answer to anything shows that it is there; what it leaves unanswered is then bad, and the rest is read on. When it
 * answers again after a silence, everything of it is read at once.
 */
export class UnitScan {
  readonly device: Device;
  /** End of the first round, answered or not; null before. */
  firstRoundMono: number | null = null;
  /** What the newest round failed with; null when it was answered well. */
  error: DriverError | null = null;
  #health: UnitHealth = healthyUnit;
  #isRunning = false;
  /** It has answered since the start, and since it was last silent. */
  #isHere = false;
  /** When its points were last told as unseen although it had not turned silent itself. */
  #forgottenMono = Number.NEGATIVE_INFINITY;
  readonly #loops: readonly PartLoop[];
  readonly #urgent: PartLoop | null;
  readonly #turns: ProbeTurns;
  readonly #unseen = new UnseenPoints();
  readonly #setup: SetupWatch;
  readonly #probe: Backoff;

  constructor(private readonly options: UnitScanOptions) {
    const { device, clock, random, events } = options;
    this.device = device;
    this.#loops = device.parts.map((part, i) => this.#loopOf(part, i === 0));
    this.#urgent = this.#loops[0] ?? null;
    this.#turns = new ProbeTurns(this.#loops);
    this.#setup = new SetupWatch(device, clock, this.#urgent === null, (outcome) => events.onSetup(outcome));
    // Backoff spreads over its upper half: a fifth of that is a tenth of the whole.
    this.#probe = new Backoff(probeFirstMs, probeCapMs, () => 1 - 2 * probeSpread * (1 - random()));
  }

  get health(): UnitHealth {
    return this.#health;
  }

  /** Periods of all parts that passed without a round because the one before took longer. */
  get latePeriods(): number {
    return this.#loops.reduce((sum, { latePeriods }) => sum + latePeriods, 0);
  }

  /** The longest that the most urgent part pauses, ms; null for a device without points. */
  get urgentPeriodMs(): number | null {
    return this.#urgent?.periodMs ?? null;
  }

  /** Why a part can not be read although the unit answers; null when all is well. */
  get failing(): DriverError | null {
    if (this.#health.mode !== 'answering') return null;
    return this.#loops.find(({ isFailing }) => isFailing)?.error ?? null;
  }

  start(): void {
    this.#isRunning = true;
    // The most urgent part alone: a dead unit costs one time-out, not one for each part.
    if (this.#urgent === null) this.#setup.begin();
    else this.#ask(this.#urgent);
  }

  stop(): void {
    this.#isRunning = false;
    this.#setup.end();
    for (const { look } of this.#loops) look?.release();
    for (const loop of this.#loops) loop.park();
  }

  /** Something moved: scan at once, or once more if a round is under way. Before the start it means nothing. */
  hasten(): void {
    if (this.#isRunning) this.#urgent?.hasten();
  }

  /** Its points were told as unseen because nothing of the line can be seen: when it answers again, all of it is read, also what is
   * read only once. */
  forget(): void {
    if (this.#isHere) this.#setup.end();
    this.#isHere = false;
    this.#forgottenMono = this.options.clock.mono();
  }

  /** Show whether it is there as soon as it may be asked; once more if a round is under way. */
  probe(): void {
    if (!this.#isRunning) return;
    const asked = this.#loops.find(({ isBusy }) => isBusy);
    const next = this.#health.mode === 'answering' ? this.#urgent : (asked ?? this.#turns.likeliest());
    next?.hastenPolitely();
  }

  /** The same, for somebody else's sake: not if it is being asked. */
  probeIfIdle(): void {
    if (this.#urgent?.isBusy === false) this.probe();
  }

  #loopOf(part: ScanPart, isUrgent: boolean): PartLoop {
    const { minScanMs, clock, random, points, events } = this.options;
    const wantedMs = Math.max(scanPeriodMs[part.rate], minScanMs);
    const periodMs = isUrgent ? Math.min(wantedMs, Math.max(lifeSignMs, minScanMs)) : wantedMs;
    const own = part.pointIds.flatMap((id) => points.get(id) ?? []);
    const look = own.some(isLookedAtTwice)
      ? new SecondLook(points, clock, {
          onOverdue: (readings) => events.onReadings(readings),
          onWithdrawn: (first, second) => events.onWithdrawn(first, second),
        })
      : null;
    const hasFire = own.some((point) => point.class === 'fire');
    const run = (loop: PartLoop): void => this.#ask(loop);
    return new PartLoop({ part, periodMs, minMs: minScanMs, hasFire, look, clock, random, run });
  }

  #ask(loop: PartLoop, look: 'routine' | 'second' = 'routine'): void {
    loop.begin();
    // A device never rejects; if it does, it is our bug, and the process must not go on without this unit.
    void loop.part.scan(look).then((scan) => this.#took(loop, scan, look));
  }

  #took(loop: PartLoop, scan: Scan, look: 'routine' | 'second'): void {
    if (!this.#isRunning) return;
    const { clock, events } = this.options;
    const before = this.#health;
    const wasHere = this.#isHere;
    this.firstRoundMono ??= clock.mono();
    this.error = scan.error;
    const atMono = answeredMono(scan, clock.mono());
    const isAnswered = atMono !== null && atMono >= this.#forgottenMono && isAfterFailure(before, atMono);
    loop.end(scan, isAnswered);
    this.#health = stepUnitHealth(before, isAnswered, clock.mono());
    const { mode } = this.#health;
    if (mode !== 'silent') this.#probe.reset();
    if (mode === 'answering') this.#isHere = true;
    if (mode === 'silent' && before.mode !== 'silent') this.#leave();
    const seen = this.#seen(scan);
    const taken = loop.look?.take(seen, look) ?? { readings: seen, isSecondWanted: false };
    if (taken.readings.length > 0) events.onReadings(taken.readings);
    events.onRound(scan, this.#health, loop === this.#urgent || mode !== 'answering');
    // Only now: what is hastened by this very round comes after it, not beside it.
    loop.isBusy = false;
    if (!this.#isRunning) return;
    if (taken.isSecondWanted) this.#ask(loop, 'second');
    this.#plan(loop);
    if (mode === 'answering' && !wasHere) this.#greet(loop);
    else if (mode === 'answering' && before.mode === 'doubtful') for (const each of this.#loops) each.resume();
  }

  /** It turned silent: what it says about its settings is forgotten. */
  #leave(): void {
    this.#isHere = false;
    this.#setup.end();
    this.#turns.begin();
  }

  /** It answers, for the first time or again: everything else of it is read at once. */
  #greet(answered: PartLoop): void {
    for (const loop of this.#loops) if (loop !== answered && !loop.isBusy) this.#ask(loop);
    this.#setup.begin();
  }

  /** What a round shows. */
  #seen({ error, readings }: Scan): readonly Reading[] {
    const known = this.#unseen.known(readings, this.options.clock.mono());
    // A round that was answered to its end shows that the unit is there.
    if (error === null || error.code === 'BUS-002') return known;
    const isSilent = this.#health.mode === 'silent';
    const lostMono = isSilent ? Number.POSITIVE_INFINITY : this.#forgottenMono;
    const { news, alarms } = sortLate(known, lostMono, this.options.points);
    if (!isSilent && alarms.length === 0) return news;
    const unseen = this.device.unseen(unseenReason(error));
    if (isSilent) return [...alarms, ...unseen];
    const late = new Set(alarms.map(({ pointId }) => pointId));
    return [...news, ...alarms, ...unseen.filter(({ pointId }) => late.has(pointId))];
  }

  #plan(loop: PartLoop): void {
    const { mode } = this.#health;
    if (mode === 'answering') {
      if (!loop.isBusy) loop.waitForPeriod();
      return;
    }
    for (const each of this.#loops) each.park();
    // Whoever is under way plans on when he is done: one time-out at a time.
    if (this.#loops.some(({ isBusy }) => isBusy)) return;
    const wanted = this.#loops.find(({ isWanted }) => isWanted);
    if (mode === 'doubtful') (wanted ?? this.#turns.likeliest())?.wait(doubtMs);
    else (wanted ?? this.#turns.next())?.wait(this.#probe.nextMs());
  }
}

/** What was answered before the unit began to fail says nothing about now. */
function isAfterFailure({ mode, firstFailureMono }: UnitHealth, atMono: number): boolean {
  return mode === 'answering' || atMono >= firstFailureMono;
}

function unseenReason({ code }: DriverError): BadReason {
  if (code.startsWith('PIN-')) return 'pin-error';
  return code.startsWith('LINK-') || code === 'BUS-003' || code === 'BUS-004' ? 'line-down' : 'silent';
}
