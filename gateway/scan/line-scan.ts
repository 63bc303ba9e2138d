/** All units of one line: scans them, and turns who answers and who does not into faults of units or of the line. */
import type { DeviceId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { LineConfig, UnitConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { Device } from '../../drivers/driver.js';
import { type DriverError, driverErrors } from '../../drivers/driver-error.js';
import { unitSubject } from '../alarm/site-subjects.js';
import { faultSubject, type Subject, type TellFault } from '../alarm/subject.js';
import { toldOf } from '../alarm/told.js';
import { isLineSilent } from './line-faults.js';
import { UnitScan } from './unit-scan.js';

export interface ScanEvents {
  onReadings(readings: readonly Reading[]): void;
  readonly onFault: TellFault;
  /** A round of this unit ended: its loop lives. */
  onProgress(unit: DeviceId): void;
}

export interface ScannedUnit {
  readonly config: UnitConfig;
  readonly device: Device;
}

export class LineScan {
  readonly scans: readonly UnitScan[];
  readonly #units: ReadonlyMap<DeviceId, UnitConfig>;
  readonly #subject: Subject;
  #error: DriverError | null = null;
  #lastAnswerMono = Number.NEGATIVE_INFINITY;
  #lineBackMono = Number.NEGATIVE_INFINITY;
  #isExplained = false;
  /** When the link was last opened; -Infinity before. */
  #openedMono = Number.NEGATIVE_INFINITY;

  constructor(
    config: LineConfig,
    units: readonly ScannedUnit[],
    private readonly clock: Clock,
    random: () => number,
    private readonly events: ScanEvents,
  ) {
    this.#subject = faultSubject('line', config.id, config.name);
    this.#units = new Map(units.map((unit) => [unit.config.id, unit.config]));
    this.scans = units.map(
      ({ config: unit, device }) =>
        new UnitScan(device, unit.minScanMs, this.clock, random, {
          onScan: (scan, health) => {
            if (health.mode === 'answering') this.#lastAnswerMono = this.clock.mono();
            // One unanswered look is no knowledge: the points of a doubtful unit stay as they were last seen.
            const isKnown = health.mode !== 'doubtful';
            events.onReadings(isKnown ? scan.readings : scan.readings.filter(({ reason }) => reason !== 'silent'));
            this.#tell();
            events.onProgress(unit.id);
          },
        }),
    );
  }

  start(): void {
    for (const scan of this.scans) scan.start();
  }

  stop(): void {
    for (const scan of this.scans) scan.stop();
  }

  /** The line was opened (null) or can not be. */
  setLink(error: DriverError | null): void {
    this.#error = error;
    if (error === null) this.#openedMono = this.clock.mono();
    this.#tell();
    if (error === null) this.#probeAll();
  }

  /** Tells the engine how things stand; it ignores what it already knows. Of what was not looked at yet nothing is said. */
  #tell(): void {
    const health = this.scans.map((scan) => scan.health);
    const isSilent = isLineSilent(health, this.#lastAnswerMono);
    const isExplained = this.#error !== null || isSilent;
    if (this.#isExplained && !isExplained) {
      this.#lineBackMono = this.clock.mono();
      this.#probeAll();
    }
    const isBack = this.#isExplained && !isExplained;
    this.#isExplained = isExplained;
    this.#tellLine(isSilent);
    if (isExplained || isBack) return;
    for (const scan of this.scans) {
      const unit = this.#units.get(scan.device.id);
      // Only evidence is told: an answer, or a silence. One failure is neither.
      if (unit === undefined || scan.firstRoundMono === null || scan.health.mode === 'doubtful') continue;
      // A unit is blamed only for what it failed after the line was found alive again.
      const isAtFault = scan.health.mode === 'silent';
      if (isAtFault && scan.health.lastFailureMono <= this.#lineBackMono) continue;
      this.events.onFault(unitSubject(unit), isAtFault, { reason: 'silent', unit: unit.address });
    }
  }

  #tellLine(isSilent: boolean): void {
    if (this.#error !== null) {
      this.events.onFault(this.#subject, true, { ...toldOf(this.#error, driverErrors), where: this.#error.where });
    } else if (isSilent) this.events.onFault(this.#subject, true, { reason: 'line-silent' });
    else if (this.#isKnownAlive()) this.events.onFault(this.#subject, false, {});
  }

  /** Somebody answered since the link was opened; a line that nobody is scanned on is as good as its link. */
  #isKnownAlive(): boolean {
    return (
      this.#lastAnswerMono > this.#openedMono ||
      (this.scans.length === 0 && this.#openedMono > Number.NEGATIVE_INFINITY)
    );
  }

  #probeAll(): void {
    for (const scan of this.scans) scan.hasten();
  }
}
