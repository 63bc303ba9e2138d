import { ContactPairs } from '../../drivers/contact-pairs.js';
import { PinDevice } from '../../drivers/gpio/pin-device.js';
import { ModbusDevice } from '../../drivers/modbus/modbus-device.js';
import { BoxHealth } from '../health/box-health.js';
import { LineHealth } from './line-health.js';
import { LineScan } from './line-scan.js';
import { StreamScan } from './stream-scan.js';
import { UnitScan } from './unit-scan.js';
/** Pins are read so often although edges are watched: an edge shorter than the event loop's delay is lost (measured). */
const pinScanMs = 50;
/** A unit whose round does not end for so long after it was due is overdue; probes of dead units are at most 10 s apart,
 * and take turns. */
const scanMaxQuietMs = 60_000;
const healthMaxQuietMs = 60_000;
export class SiteScan {
    options;
    lines;
    #scans;
    #streams;
    #points;
    /** Of each unit: a site has thousands, and to look for them through all points would take the product of both. */
    #pointsOf = new Map();
    #pairs;
    #health;
    #box;
    #pins;
    #isScanned = false;
    constructor(options) {
        this.options = options;
        const { config, lines, clock, nextFrame, checkIns, events } = options;
        this.#points = new Map(config.points.map((point) => [point.id, point]));
        for (const point of config.points) {
            if (point.source.kind !== 'register')
                continue;
            const { device } = point.source;
            const known = this.#pointsOf.get(device);
            if (known === undefined)
                this.#pointsOf.set(device, [point]);
            else
                known.push(point);
        }
        this.#pairs = new ContactPairs(config.pairs, this.#points);
        const scans = new Map();
        const streams = new Map();
        for (const line of config.lines) {
            if (line.protocol === 'stream')
                streams.set(line.id, this.#streamScan(line));
            else
                scans.set(line.id, this.#lineScan(line));
        }
        this.#scans = [...scans.values()];
        this.#streams = streams;
        this.lines = new Map([...scans, ...streams]);
        const reviewed = lines.size === 0 ? () => undefined : checkIns.register('lines', healthMaxQuietMs);
        this.#health = new LineHealth({
            ...{ config, lines, clock, nextFrame },
            onReadings: (readings) => events.onReadings(readings),
            onFault: events.onFault,
            onReviewed: () => {
                for (const line of this.#scans)
                    line.review();
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
    get latePeriods() {
        return this.#scans.flatMap(({ scans }) => scans).reduce((sum, { latePeriods }) => sum + latePeriods, 0);
    }
    start() {
        for (const line of this.#scans)
            line.start();
        if (this.#pins === null)
            this.#tellNoPins();
        else
            this.#pins.scan.start();
        this.#health.start();
        this.#box?.start();
        this.#tellScanned();
    }
    /** Pins that came after the start are scanned from now on. */
    addPins(board) {
        this.#pins = this.#pinScan(board);
        this.#pins?.scan.start();
    }
    /** What devices with a dialect of their own told, and what was scanned: each reading as it counts. */
    takeReadings(readings) {
        this.#health.see(readings);
        this.options.events.onReadings(this.#pairs.take(readings));
    }
    /** A device with a dialect of its own was heard again, or is silent from now on. */
    sawDevice(line, device, what) {
        this.#streams.get(line)?.saw(device, what);
    }
    /** The listener has forgotten which faults it was told: all of them again. */
    retell() {
        for (const line of [...this.#scans, ...this.#streams.values()])
            line.retell();
        this.#health.retell();
    }
    stop() {
        for (const line of [...this.#scans, ...this.#streams.values()])
            line.stop();
        this.#pins?.scan.stop();
        this.#pins?.device.close();
        this.#health.stop();
        this.#box?.stop();
    }
    #streamScan(config) {
        const { clock, events } = this.options;
        const devices = this.options.config.streams.filter((device) => device.line === config.id);
        return new StreamScan({ config, devices, clock, onFault: events.onFault });
    }
    #lineScan(lineConfig) {
        const { config, lines, clock, random, checkIns, events } = this.options;
        const line = lines.get(lineConfig.id);
        if (line === undefined)
            throw new Error(`no line ${lineConfig.id}`);
        const known = config.units.filter((unit) => unit.line === lineConfig.id);
        const units = known
            .map((unit) => {
            const points = this.#pointsOf.get(unit.id) ?? [];
            return { config: unit, device: new ModbusDevice({ unit, line, clock, points }) };
        })
            .filter(({ device }) => device.parts.length > 0 || device.checkSetup !== null);
        const lives = new Map();
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
    #pinScan(board) {
        const { config, clock, random, nextFrame, checkIns } = this.options;
        const device = new PinDevice(board, clock, config.points, nextFrame, () => scan.hasten());
        if (device.parts.length === 0)
            return null;
        const checkIn = checkIns.register('scan:gpio', scanMaxQuietMs);
        const scan = new UnitScan({
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
    #tellNoPins() {
        const sampledMono = this.options.clock.mono();
        const bad = { sampledMono, frame: 0, confirmed: false, quality: 'bad', value: null, reason: 'line-down' };
        const pins = [...this.#points.values()].filter(({ source }) => source.kind === 'pin');
        if (pins.length > 0)
            this.options.events.onReadings(pins.map(({ id }) => ({ pointId: id, ...bad })));
    }
    #tellWithdrawn(first, second) {
        const point = this.#points.get(first.pointId);
        if (point !== undefined)
            this.options.events.onWithdrawn(point, first, second);
    }
    #tellScanned() {
        if (this.#isScanned)
            return;
        const scans = this.#scans.flatMap((line) => line.scans);
        if (this.#pins !== null)
            scans.push(this.#pins.scan);
        if (scans.some((scan) => scan.firstRoundMono === null))
            return;
        this.#isScanned = true;
        this.options.onScanned(scans.length, scans.filter((scan) => scan.health.mode !== 'answering').length);
    }
}
