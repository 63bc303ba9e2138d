import type { PointId } from '../../config/ids.js';
import type { BadReason, GoodReading, Reading } from '../../config/reading.js';
import type { PointConfig } from '../../config/site.js';
import { Backoff } from '../../drivers/backoff.js';
import type { Clock } from '../../drivers/clock.js';
import type { Device, Scan, ScanPart, SetupOutcome } from '../../drivers/driver.js';
import type { DriverError } from '../../drivers/driver-error.js';
import { scanPeriodMs } from '../../drivers/scan-rates.js';
import { PartLoop } from './part-loop.js';
import { isLookedAtTwice, SecondLook } from './second-look.js';
import { SetupWatch } from './setup-watch.js';
import { healthyUnit, stepUnitHealth, type UnitHealth } from './unit-health.js';

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
  /** After every round, when its readings were told and before the next is planned. `isUrgent`: of the part that shows
   * whether the unit is there. */
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
 * Scans one device for ever: each of its parts at its own rate while it answers, only the most urgent one while it does not.
 * When it answers again, everything of it is read at once.
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
  readonly #loops: readonly PartLoop[];
  readonly #urgent: PartLoop | null;
  readonly #setup: SetupWatch;
  readonly #probe: Backoff;

  constructor(private readonly options: UnitScanOptions) {
    const { device, clock, random, events } = options;
    this.device = device;
    this.#loops = device.parts.map((part, i) => this.#loopOf(part, i === 0));
    this.#urgent = this.#loops[0] ?? null;
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

  /** Scan soon, for somebody else's sake. */
  hastenIfIdle(): void {
    if (this.#urgent?.isBusy === false) this.hasten();
  }

  #loopOf(part: ScanPart, isUrgent: boolean): PartLoop {
    const { minScanMs, clock, random, points, events } = this.options;
    const wantedMs = Math.max(scanPeriodMs[part.rate], minScanMs);
    const periodMs = isUrgent ? Math.min(wantedMs, Math.max(lifeSignMs, minScanMs)) : wantedMs;
    const mayAlarm = part.pointIds.some((id) => {
      const point = points.get(id);
      return point !== undefined && isLookedAtTwice(point);
    });
    const look = mayAlarm
      ? new SecondLook(points, clock, {
          onOverdue: (readings) => events.onReadings(readings),
          onWithdrawn: (first, second) => events.onWithdrawn(first, second),
        })
      : null;
    return new PartLoop(part, periodMs, look, clock, random, (loop) => this.#ask(loop));
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
    loop.end(scan.error);
    this.#health = stepUnitHealth(before, isAnswer(scan), clock.mono());
    const { mode } = this.#health;
    if (mode !== 'silent') this.#probe.reset();
    if (mode === 'answering') this.#isHere = true;
    if (mode === 'silent' && before.mode !== 'silent') this.#leave();
    const seen = this.#seen(loop, scan);
    const taken = loop.look?.take(seen, look) ?? { readings: seen, isSecondWanted: false };
    if (taken.readings.length > 0) events.onReadings(taken.readings);
    events.onRound(scan, this.#health, loop === this.#urgent);
    // Only now: what is hastened by this very round comes after it, not beside it.
    loop.isBusy = false;
    if (!this.#isRunning) return;
    if (taken.isSecondWanted) this.#ask(loop, 'second');
    this.#plan(loop, scan);
    if (mode === 'answering' && !wasHere) this.#greet();
    else if (mode === 'answering' && before.mode === 'doubtful') for (const each of this.#loops) each.resume();
  }

  /** It turned silent: only its most urgent part is asked now, and what it says about its settings is forgotten. */
  #leave(): void {
    this.#isHere = false;
    this.#setup.end();
  }

  /** It answers, for the first time or again: everything else of it is read at once. */
  #greet(): void {
    for (const loop of this.#loops) if (loop !== this.#urgent && !loop.isBusy) this.#ask(loop);
    this.#setup.begin();
  }

  /** What a round shows. One unanswered look is no knowledge: the points of a doubtful unit stay as they were last seen. */
  #seen(loop: PartLoop, scan: Scan): readonly Reading[] {
    if (this.#health.mode === 'silent' && scan.error !== null) {
      const seen = scan.readings.filter(({ quality }) => quality === 'good');
      const ids = new Set(seen.map(({ pointId }) => pointId));
      const unseen = this.device.unseen(unseenReason(scan.error)).filter(({ pointId }) => !ids.has(pointId));
      return [...unseen, ...seen];
    }
    const isKnown = this.#health.mode === 'answering' || (loop !== this.#urgent && loop.isFailing);
    return isKnown ? scan.readings : scan.readings.filter(({ reason }) => reason !== 'silent');
  }

  #plan(loop: PartLoop, scan: Scan): void {
    const { mode } = this.#health;
    if (loop.isBusy) return;
    if (mode === 'answering') {
      loop.waitForPeriod();
      return;
    }
    for (const each of this.#loops) if (each !== this.#urgent) each.park();
    if (mode === 'doubtful') {
      if (this.#urgent?.isBusy === false) this.#urgent.wait(doubtMs);
    } else if (loop === this.#urgent) {
      // What it still shows is not to be seen only every 10 s.
      const isPartly = scan.readings.some(({ quality }) => quality === 'good');
      loop.wait(isPartly ? Math.max(doubtMs, loop.periodMs) : this.#probe.nextMs());
    } else if (this.#urgent?.isIdle === true) this.#urgent.wait(this.#probe.nextMs());
  }
}

/** A refusal is an answer: the unit is there. */
function isAnswer({ error }: Scan): boolean {
  return error === null || error.code === 'BUS-002';
}

function unseenReason({ code }: DriverError): BadReason {
  if (code.startsWith('PIN-')) return 'pin-error';
  return code.startsWith('LINK-') || code === 'BUS-003' || code === 'BUS-004' ? 'line-down' : 'silent';
}
