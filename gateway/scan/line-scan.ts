/** All units of one line: scans them, and turns who answers and who does not into faults of units or of the line. */
import type { DeviceId, PointId } from '../../config/ids.js';
import type { GoodReading, Reading } from '../../config/reading.js';
import type { LineConfig, PointConfig, UnitConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { Device, Scan, SetupOutcome } from '../../drivers/driver.js';
import type { DriverError } from '../../drivers/driver-error.js';
import type { JsonValue } from '../../sync/journal/entry.js';
import { addressSubject, lineSubject, registersSubject, setupSubject, unitSubject } from '../alarm/site-subjects.js';
import type { Subject, TellFault } from '../alarm/subject.js';
import { answeredMono } from './answered.js';
import { errorDetail, hintOf, silentDetail } from './fault-hints.js';
import { FaultTeller } from './fault-teller.js';
import { LineVerdicts, lastBeforeBreak } from './line-faults.js';
import { setupDetail } from './setup-words.js';
import type { UnitHealth } from './unit-health.js';
import { UnitScan } from './unit-scan.js';

/** So many of the others are asked whether they still answer. */
const witnessesMax = 2;
/** An address that was not answered twice for so long has one unit again. */
const oneAnswerMs = 300_000;

export interface ScanEvents {
  onReadings(readings: readonly Reading[]): void;
  readonly onFault: TellFault;
  /** A first alarm was taken back by a second look that said otherwise. */
  onWithdrawn(first: GoodReading, second: GoodReading): void;
  /** A round of this unit's most urgent part ended: its loop lives. */
  onProgress(unit: DeviceId): void;
}

export interface ScannedUnit {
  readonly config: UnitConfig;
  readonly device: Device;
}

export interface LineScanOptions {
  readonly config: LineConfig;
  readonly units: readonly ScannedUnit[];
  /** Every unit of the line, also those without points. */
  readonly known: readonly UnitConfig[];
  readonly points: ReadonlyMap<PointId, PointConfig>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: ScanEvents;
}

interface Entry {
  readonly unit: UnitConfig;
  readonly scan: UnitScan;
  /** It and its registers, as subjects of faults. */
  readonly subject: Subject;
  readonly registers: Subject;
}

export class LineScan {
  /** Of the units that have points. */
  readonly scans: readonly UnitScan[];
  readonly #entries: ReadonlyMap<DeviceId, Entry>;
  readonly #subject: Subject;
  readonly #verdicts: LineVerdicts;
  readonly #teller: FaultTeller;
  /** When an address was last answered twice. */
  readonly #doubled = new Map<number, number>();
  #startedMono = 0;
  #error: DriverError | null = null;
  #lineBackMono = Number.NEGATIVE_INFINITY;
  #isExplained = false;
  /** When the link was last opened; -Infinity before. */
  #openedMono = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: LineScanOptions) {
    const { units, clock, events } = options;
    this.#teller = new FaultTeller(clock, events.onFault);
    this.#subject = lineSubject(options.config);
    this.#entries = new Map(units.map((each) => [each.config.id, this.#entryOf(each)]));
    this.scans = [...this.#entries.values()].map(({ scan }) => scan).filter(({ device }) => device.parts.length > 0);
    this.#verdicts = new LineVerdicts(this.scans.map(({ device }) => device.id));
  }

  /** A unit of the line answers; null: none is asked for points. */
  get answers(): boolean | null {
    if (this.scans.length === 0) return null;
    return this.scans.some(({ firstRoundMono, health }) => firstRoundMono !== null && health.mode === 'answering');
  }

  start(): void {
    this.#startedMono = this.options.clock.mono();
    for (const { scan } of this.#entries.values()) scan.start();
  }

  stop(): void {
    for (const { scan } of this.#entries.values()) scan.stop();
    this.#teller.stop();
  }

  /** The line was opened (null) or can not be. */
  setLink(error: DriverError | null): void {
    this.#error = error;
    if (error === null) this.#openedMono = this.options.clock.mono();
    this.#weigh();
    if (error === null) this.#probeAll();
  }

  /** The listener has forgotten what it was told. */
  retell(): void {
    this.#teller.retell();
  }

  /** Something answers twice in the name of this address. */
  sawTwoAnswers(address: number): void {
    this.#doubled.set(address, this.options.clock.mono());
    this.#tellDoubled(address, true);
  }

  /** To be called every few seconds: an address that had one answer only for long enough has one unit, also one that was
   * at fault before this start. */
  review(): void {
    const quietSinceMono = this.options.clock.mono() - oneAnswerMs;
    if (this.#startedMono > quietSinceMono) return;
    for (const { address } of this.options.known) {
      const lastMono = this.#doubled.get(address) ?? Number.NEGATIVE_INFINITY;
      if (lastMono <= quietSinceMono) this.#tellDoubled(address, false);
    }
  }

  #entryOf({ config: unit, device }: ScannedUnit): Entry {
    const { clock, random, points, events } = this.options;
    const scan: UnitScan = new UnitScan({
      ...{ device, clock, random, points },
      minScanMs: unit.minScanMs,
      events: {
        onReadings: (readings) => events.onReadings(readings),
        onRound: (scan, health, isUrgent) => this.#sawRound(entry, scan, health, isUrgent),
        onWithdrawn: (first, second) => events.onWithdrawn(first, second),
        onSetup: (outcome) => this.#tellSetup(unit, outcome),
      },
    });
    const entry = { unit, scan, subject: unitSubject(unit), registers: registersSubject(unit) };
    return entry;
  }

  #sawRound(entry: Entry, round: Scan, health: UnitHealth, isUrgent: boolean): void {
    const nowMono = this.options.clock.mono();
    this.#verdicts.saw(entry.unit.id, health, nowMono, answeredMono(round, nowMono) ?? Number.NEGATIVE_INFINITY);
    this.#weigh();
    this.#tellUnit(entry, health);
    if (isUrgent) this.options.events.onProgress(entry.unit.id);
  }

  /** How does the line as a whole stand? Of what was not looked at yet nothing is said. */
  #weigh(): void {
    const isExplained = this.#error !== null || this.#verdicts.verdict === 'silent';
    if (this.#isExplained && !isExplained) {
      this.#lineBackMono = this.options.clock.mono();
      this.#probeAll();
    }
    const isNew = isExplained && !this.#isExplained;
    this.#isExplained = isExplained;
    // Nothing of the line can be seen: no point keeps its last value as if it were today's until its own turn to be asked.
    if (isNew) this.#unseen(this.#error === null ? 'silent' : 'line-down');
    this.#tellLine();
    if (isExplained || this.#verdicts.verdict !== 'unproven') return;
    let asked = 0;
    for (const id of this.#verdicts.witnesses) {
      if (asked++ === witnessesMax) break;
      this.#entries.get(id)?.scan.probeIfIdle();
    }
  }

  #tellLine(): void {
    const { config } = this.options;
    const error = this.#error;
    const subject = this.#subject;
    if (error !== null) {
      this.#teller.tell(subject, true, () => ({ line: config.id, ...errorDetail(error, config.transport) }));
    } else if (this.#isExplained) {
      this.#teller.tell(subject, true, () => ({
        reason: 'line-silent',
        line: config.id,
        units: this.scans.length,
        ...hintOf('line-silent', config.transport),
      }));
    } else if (this.#isKnownAlive()) this.#teller.tell(subject, false, () => ({}));
  }

  /** Only evidence is told: an answer, or a silence. One failure is neither. */
  #tellUnit({ unit, scan, subject, registers }: Entry, { mode, lastFailureMono }: UnitHealth): void {
    if (this.#isExplained || mode === 'doubtful') return;
    if (mode === 'silent') {
      // A unit is blamed only for what it failed after the line was found alive again.
      const isKnown = lastFailureMono > this.#lineBackMono && this.#verdicts.verdict === 'alive';
      if (isKnown) this.#teller.tell(subject, true, () => this.#silentDetail(unit, scan));
      return;
    }
    this.#teller.tell(subject, false, () => ({}));
    const failing = scan.failing;
    this.#teller.tell(registers, failing !== null, () => ({
      line: unit.line,
      unit: unit.address,
      ...(failing === null ? {} : errorDetail(failing, this.options.config.transport)),
      ...(failing?.code === 'BUS-001' ? { reason: 'part-silent', ...hintOf('part-silent') } : {}),
    }));
  }

  #silentDetail(unit: UnitConfig, scan: UnitScan): Readonly<Record<string, JsonValue>> {
    const scanned = [...this.#entries.values()].filter((each) => each.scan.device.parts.length > 0);
    const last = lastBeforeBreak(
      scanned.map((each) => ({ unit: each.unit, isSilent: each.scan.health.mode === 'silent' })),
    );
    const detail = silentDetail(this.options.config, unit.address, scan.error);
    return last === null
      ? detail
      : {
          ...detail,
          after_unit: last.address,
          cause_zh: `若按站点文件的顺序接线：${last.name.zh}（地址 ${last.address}）之后断线`,
          cause_en: `if wired in the order of the site file: the cable is broken behind unit ${last.address}`,
        };
  }

  #tellSetup(unit: UnitConfig, outcome: SetupOutcome): void {
    // A unit that does not answer this is asked again; only what it says, or refuses to say, is told.
    if (outcome.kind === 'unanswered' && outcome.error.code !== 'BUS-002') return;
    this.#teller.tell(setupSubject(unit), outcome.kind !== 'sound', () => setupDetail(unit, outcome));
  }

  #tellDoubled(address: number, isActive: boolean): void {
    const unit = this.options.known.find((each) => each.address === address);
    if (unit === undefined) return;
    this.#teller.tell(addressSubject(unit), isActive, () => ({
      reason: 'two-answers',
      line: unit.line,
      unit: address,
      ...hintOf('two-answers'),
    }));
  }

  /** Somebody answered since the link was opened; a line that nobody is scanned on is as good as its link. */
  #isKnownAlive(): boolean {
    return (
      this.#verdicts.lastAnswerMono > this.#openedMono ||
      (this.scans.length === 0 && this.#openedMono > Number.NEGATIVE_INFINITY)
    );
  }

  #unseen(reason: 'silent' | 'line-down'): void {
    for (const scan of this.scans) {
      scan.forget();
      this.options.events.onReadings(scan.device.unseen(reason));
    }
  }

  #probeAll(): void {
    for (const { scan } of this.#entries.values()) scan.probe();
  }
}
