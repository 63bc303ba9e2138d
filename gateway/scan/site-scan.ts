/** Everything that is scanned or heard: the units of each line, devices that speak by themselves, and the box's own pins. */
import type { DeviceId, LineId, PointId } from '../../config/ids.js';
import type { GoodReading, Reading } from '../../config/reading.js';
import type { LineConfig, PointConfig, SiteConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import { ContactPairs } from '../../drivers/contact-pairs.js';
import type { BoxSensor, PinBoard } from '../../drivers/driver.js';
import type { DriverError } from '../../drivers/driver-error.js';
import { PinDevice } from '../../drivers/gpio/pin-device.js';
import type { ModbusLine } from '../../drivers/modbus/line.js';
import { ModbusDevice } from '../../drivers/modbus/modbus-device.js';
import type { TellFault } from '../alarm/subject.js';
import { BoxHealth } from '../health/box-health.js';
import type { CheckIn, CheckIns } from '../health/check-ins.js';
import type { CommitLatency } from '../health/commit-latency.js';
import { LineHealth, type LineSight } from './line-health.js';
import { LineScan } from './line-scan.js';
import { StreamScan } from './stream-scan.js';
import { UnitScan } from './unit-scan.js';

/** Pins are read so often although edges are watched: an edge shorter than the event loop's delay is lost (measured). */
const pinScanMs = 50;
/** A unit whose round does not end for so long after it was due is overdue; probes of dead units are at most 10 s apart,
 * and take turns. */
const scanMaxQuietMs = 60_000;
const healthMaxQuietMs = 60_000;

export interface SiteScanOptions {
  readonly config: SiteConfig;
  readonly lines: ReadonlyMap<LineId, ModbusLine>;
  readonly pins: PinBoard | null;
  /** What the box tells about itself; left out: nobody watches the box. */
  readonly box?: { readonly sensors: readonly BoxSensor[]; readonly commits: CommitLatency } | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly nextFrame: () => number;
  readonly checkIns: CheckIns;
  readonly events: {
    onReadings(readings: readonly Reading[]): void;
    readonly onFault: TellFault;
    /** A first alarm was taken back by a second look that said otherwise. */
    onWithdrawn(point: PointConfig, first: GoodReading, second: GoodReading): void;
  };
  /** Every device had its first round; so many were asked, and so many did not answer. */
  readonly onScanned: (asked: number, silent: number) => void;
}

/** What is told about a line from outside, whatever it speaks. */
export interface WatchedLine {
  /** Somebody on it answers, or is heard; null: nobody is asked for points. */
  readonly answers: boolean | null;
  /** The line was opened (null) or can not be. */
  setLink(error: DriverError | null): void;
  /** Something answers twice in the name of this address. */
  sawTwoAnswers(address: number): void;
}

export class SiteScan {
  readonly lines: ReadonlyMap<LineId, WatchedLine>;
  readonly #scans: readonly LineScan[];
  readonly #streams: ReadonlyMap<LineId, StreamScan>;
  readonly #points: ReadonlyMap<PointId, PointConfig>;
  /** Of each unit: a site has thousands, and to look for them through all points would take the product of both. */
  readonly #pointsOf = new Map<DeviceId, PointConfig[]>();
  readonly #pairs: ContactPairs;
  readonly #health: LineHealth;
  readonly #box: BoxHealth | null;
  #pins: { readonly device: PinDevice; readonly scan: UnitScan } | null;
  #isScanned = false;

  constructor(private readonly options: SiteScanOptions) {
    const { config, lines, clock, nextFrame, checkIns, events } = options;
    this.#points = new Map(config.points.map((point) => [point.id, point]));
    for (const point of config.points) {
      if (point.source.kind !== 'register') continue;
      const { device } = point.source;
      const known = this.#pointsOf.get(device);
      if (known === undefined) this.#pointsOf.set(device, [point]);
      else known.push(point);
    }
    this.#pairs = new ContactPairs(config.pairs, this.#points);
    const scans = new Map<LineId, LineScan>();
    const streams = new Map<LineId, StreamScan>();
    for (const line of config.lines) {
      if (line.protocol === 'stream') streams.set(line.id, this.#streamScan(line));
      else scans.set(line.id, this.#lineScan(line));
    }
    this.#scans = [...scans.values()];
    this.#streams = streams;
    this.lines = new Map<LineId, WatchedLine>([...scans, ...streams]);
    const reviewed: CheckIn = lines.size === 0 ? () => undefined : checkIns.register('lines', healthMaxQuietMs);
    this.#health = new LineHealth({
      ...{ config, lines, clock, nextFrame },
      onReadings: (readings) => events.onReadings(readings),
      onFault: events.onFault,
      onReviewed: () => {
        for (const line of this.#scans) line.review();
        reviewed();
      },
    });
    const { onReadings, onFault } = events;
    this.#box =
      options.box === undefined
        ? null
        : new BoxHealth({ config, ...options.box, clock, nextFrame, checkIns, onReadings, onFault });
    this.#pins = options.pins === null ? null : this.#pinScan(options.pins);
  }

  /** Periods that passed without a round because the one before took longer, all units together. */
  get latePeriods(): number {
    return this.#scans.flatMap(({ scans }) => scans).reduce((sum, { latePeriods }) => sum + latePeriods, 0);
  }

  /** Lines that are asked, as they stand now. */
  get sights(): readonly LineSight[] {
    return this.#health.sights;
  }

  start(): void {
    for (const line of this.#scans) line.start();
    if (this.#pins === null) this.#tellNoPins();
    else this.#pins.scan.start();
    this.#health.start();
    this.#box?.start();
    this.#tellScanned();
  }

  /** Pins that came after the start are scanned from now on. */
  addPins(board: PinBoard): void {
    this.#pins = this.#pinScan(board);
    this.#pins?.scan.start();
  }

  /** What devices with a dialect of their own told, and what was scanned: each reading as it counts. */
  takeReadings(readings: readonly Reading[]): void {
    this.#health.see(readings);
    this.options.events.onReadings(this.#pairs.take(readings));
  }

  /** A device with a dialect of its own was heard again, or is silent from now on. */
  sawDevice(line: LineId, device: DeviceId, what: 'heard' | 'silent'): void {
    this.#streams.get(line)?.saw(device, what);
  }

  /** The listener has forgotten which faults it was told: all of them again. */
  retell(): void {
    for (const line of [...this.#scans, ...this.#streams.values()]) line.retell();
    this.#health.retell();
  }

  stop(): void {
    for (const line of [...this.#scans, ...this.#streams.values()]) line.stop();
    this.#pins?.scan.stop();
    this.#pins?.device.close();
    this.#health.stop();
    this.#box?.stop();
  }

  #streamScan(config: LineConfig): StreamScan {
    const { clock, events } = this.options;
    const devices = this.options.config.streams.filter((device) => device.line === config.id);
    return new StreamScan({ config, devices, clock, onFault: events.onFault });
  }

  #lineScan(lineConfig: LineConfig): LineScan {
    const { config, lines, clock, random, checkIns, events } = this.options;
    const line = lines.get(lineConfig.id);
    if (line === undefined) throw new Error(`no line ${lineConfig.id}`);
    const known = config.units.filter((unit) => unit.line === lineConfig.id);
    const units = known
      .map((unit) => {
        const points = this.#pointsOf.get(unit.id) ?? [];
        return { config: unit, device: new ModbusDevice({ unit, line, clock, points }) };
      })
      .filter(({ device }) => device.parts.length > 0 || device.checkSetup !== null);
    const lives = new Map<DeviceId, CheckIn>();
    const scan = new LineScan({
      ...{ config: lineConfig, units, known, clock, random },
      points: this.#points,
      events: {
        onReadings: (readings) => this.takeReadings(readings),
        onFault: events.onFault,
        onWithdrawn: (first, second) => this.#tellWithdrawn(first, second),
        onProgress: (unit) => {
          lives.get(unit)?.();
          this.#tellScanned();
        },
      },
    });
    for (const { device, urgentPeriodMs } of scan.scans) {
      lives.set(device.id, checkIns.register(`scan:${device.id}`, scanMaxQuietMs + (urgentPeriodMs ?? 0)));
    }
    return scan;
  }

  #pinScan(board: PinBoard): { readonly device: PinDevice; readonly scan: UnitScan } | null {
    const { config, clock, random, nextFrame, checkIns } = this.options;
    const device = new PinDevice(board, clock, config.points, nextFrame, () => scan.hasten());
    if (device.parts.length === 0) return null;
    const checkIn = checkIns.register('scan:gpio', scanMaxQuietMs);
    const scan: UnitScan = new UnitScan({
      ...{ device, clock, random, points: this.#points, minScanMs: pinScanMs },
      events: {
        onReadings: (readings) => this.takeReadings(readings),
        onRound: () => {
          checkIn();
          this.#tellScanned();
        },
        onWithdrawn: (first, second) => this.#tellWithdrawn(first, second),
        onSetup: () => undefined,
      },
    });
    return { device, scan };
  }

  /** There is no board: one fault of its own explains it (`fault:gpio`), and nobody can see these points. */
  #tellNoPins(): void {
    const sampledMono = this.options.clock.mono();
    const bad = { sampledMono, frame: 0, confirmed: false, quality: 'bad', value: null, reason: 'line-down' } as const;
    const pins = [...this.#points.values()].filter(({ source }) => source.kind === 'pin');
    if (pins.length > 0) this.options.events.onReadings(pins.map(({ id }) => ({ pointId: id, ...bad })));
  }

  #tellWithdrawn(first: GoodReading, second: GoodReading): void {
    const point = this.#points.get(first.pointId);
    if (point !== undefined) this.options.events.onWithdrawn(point, first, second);
  }

  #tellScanned(): void {
    if (this.#isScanned) return;
    const scans = this.#scans.flatMap((line) => line.scans);
    if (this.#pins !== null) scans.push(this.#pins.scan);
    if (scans.some((scan) => scan.firstRoundMono === null)) return;
    this.#isScanned = true;
    this.options.onScanned(scans.length, scans.filter((scan) => scan.health.mode !== 'answering').length);
  }
}
