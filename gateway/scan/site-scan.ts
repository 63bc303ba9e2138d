/** Everything that is scanned: the units of each line and the box's own pins. */
import type { LineId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { PinBoard } from '../../drivers/driver.js';
import { PinDevice } from '../../drivers/gpio/pin-device.js';
import type { ModbusLine } from '../../drivers/modbus/line.js';
import { ModbusDevice } from '../../drivers/modbus/modbus-device.js';
import type { CheckIns } from '../health/check-ins.js';
import { LineScan, type ScanEvents } from './line-scan.js';
import { UnitScan } from './unit-scan.js';

/** Pins are read so often although edges are watched: an edge shorter than the event loop's delay is lost (measured). */
const pinScanMs = 50;
/** A unit whose round does not end for so long is overdue; probes of dead units are at most 10 s apart, and take turns. */
const scanMaxQuietMs = 60_000;

export interface SiteScanOptions {
  readonly config: SiteConfig;
  readonly lines: ReadonlyMap<LineId, ModbusLine>;
  readonly pins: PinBoard | null;
  readonly clock: Clock;
  readonly random: () => number;
  readonly nextFrame: () => number;
  readonly checkIns: CheckIns;
  readonly events: Omit<ScanEvents, 'onProgress'>;
  /** Every device had its first round; so many were asked, and so many did not answer. */
  readonly onScanned: (asked: number, silent: number) => void;
}

export class SiteScan {
  readonly lines: ReadonlyMap<LineId, LineScan>;
  #pins: { readonly device: PinDevice; readonly scan: UnitScan } | null;
  #isScanned = false;

  constructor(private readonly options: SiteScanOptions) {
    this.lines = new Map(options.config.lines.map((line) => [line.id, this.#lineScan(line.id)]));
    this.#pins = options.pins === null ? null : this.#pinScan(options.pins);
  }

  start(): void {
    for (const line of this.lines.values()) line.start();
    this.#pins?.scan.start();
    this.#tellScanned();
  }

  /** Pins that came after the start are scanned from now on. */
  addPins(board: PinBoard): void {
    this.#pins = this.#pinScan(board);
    this.#pins?.scan.start();
  }

  stop(): void {
    for (const line of this.lines.values()) line.stop();
    this.#pins?.scan.stop();
    this.#pins?.device.close();
  }

  #lineScan(id: LineId): LineScan {
    const { config, lines, clock, random, checkIns, events } = this.options;
    const lineConfig = config.lines.find((line) => line.id === id);
    const line = lines.get(id);
    if (lineConfig === undefined || line === undefined) throw new Error(`no line ${id}`);
    const units = config.units
      .filter((unit) => unit.line === id)
      .map((unit) => ({ config: unit, device: new ModbusDevice({ unit, line, clock, points: config.points }) }))
      .filter(({ device }) => device.hasPoints);
    const lives = new Map(
      units.map(({ config: unit }) => [unit.id, checkIns.register(`scan:${unit.id}`, scanMaxQuietMs)]),
    );
    return new LineScan(lineConfig, units, clock, random, {
      ...events,
      onProgress: (unit) => {
        lives.get(unit)?.();
        this.#tellScanned();
      },
    });
  }

  #pinScan(board: PinBoard): { readonly device: PinDevice; readonly scan: UnitScan } | null {
    const { config, clock, random, nextFrame, checkIns, events } = this.options;
    const device = new PinDevice(board, clock, config.points, nextFrame, () => scan.hasten());
    if (!device.hasPoints) return null;
    const checkIn = checkIns.register('scan:gpio', scanMaxQuietMs);
    const scan: UnitScan = new UnitScan(device, pinScanMs, clock, random, {
      onScan: (done) => {
        checkIn();
        events.onReadings(done.readings);
        this.#tellScanned();
      },
    });
    return { device, scan };
  }

  #tellScanned(): void {
    if (this.#isScanned) return;
    const scans = [...this.lines.values()].flatMap((line) => line.scans);
    if (this.#pins !== null) scans.push(this.#pins.scan);
    if (scans.some((scan) => scan.firstRoundMono === null)) return;
    this.#isScanned = true;
    this.options.onScanned(scans.length, scans.filter((scan) => scan.health.mode !== 'answering').length);
  }
}
