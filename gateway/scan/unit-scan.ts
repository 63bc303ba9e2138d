import { Backoff } from '../../drivers/backoff.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Device, Scan } from '../../drivers/driver.js';
import { healthyUnit, stepUnitHealth, type UnitHealth } from './unit-health.js';

/** Probes of a silent unit: from 0.5 s apart to 10 s. */
const probeFirstMs = 500;
const probeCapMs = 10_000;
/** A doubtful unit is asked again after this, so that its fault is known soon. */
const doubtMs = 250;

export interface UnitScanEvents {
  /** After every round, before the next is planned. */
  onScan(scan: Scan, health: UnitHealth): void;
}

/** Scans one device for ever: one round at a time, each at least `minScanMs` after the last began. A period that could
 * not be kept is skipped, never made up for. */
export class UnitScan {
  #health: UnitHealth = healthyUnit;
  #timer: Cancel | null = null;
  #isBusy = false;
  #isWantedNow = false;
  #isRunning = false;
  #beganMono = 0;
  /** End of the first round, answered or not; null before. */
  firstRoundMono: number | null = null;
  readonly #probe: Backoff;

  constructor(
    readonly device: Device,
    private readonly minScanMs: number,
    private readonly clock: Clock,
    random: () => number,
    private readonly events: UnitScanEvents,
  ) {
    this.#probe = new Backoff(probeFirstMs, probeCapMs, random);
  }

  get health(): UnitHealth {
    return this.#health;
  }

  start(): void {
    this.#isRunning = true;
    this.#round();
  }

  stop(): void {
    this.#isRunning = false;
    this.#timer?.();
  }

  /** Something moved: scan at once, or once more if a round is under way. Before the start it means nothing. */
  hasten(): void {
    if (!this.#isRunning) return;
    if (this.#isBusy) this.#isWantedNow = true;
    else this.#round();
  }

  #round(): void {
    this.#timer?.();
    this.#isBusy = true;
    this.#beganMono = this.clock.mono();
    // A device never rejects; if it does, it is our bug, and the process must not go on without this unit.
    void this.device.scan().then((scan) => this.#took(scan));
  }

  #took(scan: Scan): void {
    if (!this.#isRunning) return;
    const nowMono = this.clock.mono();
    // A refusal is an answer: the unit is there.
    const hasAnswered = scan.error === null || scan.error.code === 'BUS-002';
    this.firstRoundMono ??= nowMono;
    this.#health = stepUnitHealth(this.#health, hasAnswered, nowMono);
    if (this.#health.mode !== 'silent') this.#probe.reset();
    this.events.onScan(scan, this.#health);
    // Only now: what is hastened by this very round comes after it, not beside it.
    this.#isBusy = false;
    if (!this.#isRunning) return;
    this.#timer = this.clock.after(this.#pauseMs(nowMono), () => this.#round());
  }

  #pauseMs(nowMono: number): number {
    if (this.#isWantedNow) {
      this.#isWantedNow = false;
      return 0;
    }
    if (this.#health.mode === 'silent') return this.#probe.nextMs();
    if (this.#health.mode === 'doubtful') return doubtMs;
    return Math.max(0, this.#beganMono + this.minScanMs - nowMono);
  }
}
