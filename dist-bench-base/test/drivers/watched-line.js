/** A line of made-up units, its site, and a watch over it that asks as the gateway does: each part of a unit again and again,
 * a first alarm on a troubled line twice. */
import { brandId } from '../../config/ids.js';
import { resolveJournal, resolveTelemetry } from '../../config/resolve-keeping.js';
import { voiceless } from '../../config/site-defaults.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { ModbusDevice } from '../../drivers/modbus/modbus-device.js';
import { UnitScan } from '../../gateway/scan/unit-scan.js';
import { noRelays } from '../../hardware-sim/modbus/unit-model.js';
const words = (text) => ({ zh: text, en: text });
export function madeUnits(count, unit) {
    return Array.from({ length: count }, (_, i) => ({ ...unit, address: i + 1 }));
}
/** A site of one line with these units. */
export function madeSite(line, units, outputs = []) {
    return {
        file: '/site/gateway.yaml',
        site: { id: brandId('made'), district: brandId('made'), name: words('made'), code: null },
        dataDir: '/tmp',
        lines: [line],
        zones: [],
        units: units.map((unit) => unitConfig(line, unit)),
        streams: [],
        points: units.flatMap(pointsOf),
        pairs: [],
        outputs,
        heartbeats: [],
        plans: [],
        ...voiceless,
        uplinks: [],
        commandKeys: [],
        codes: new Map(),
        journal: resolveJournal(undefined),
        telemetry: resolveTelemetry(undefined, []),
        gpio: null,
        dailyReportAt: null,
    };
}
export function unitId({ address }) {
    return brandId(`unit-${address}`);
}
export function pointId(address, register) {
    return brandId(`unit-${address}/p${register}`);
}
function unitConfig(line, unit) {
    return {
        id: unitId(unit),
        name: words(`unit ${unit.address}`),
        profileId: 'made',
        line: line.id,
        address: unit.address,
        zone: null,
        place: null,
        limits: { maxRead: unit.maxRead ?? 125, maxBits: 2000, maxGap: 0, maxBitGap: 0, forbidden: [] },
        responseTimeoutMs: unit.responseTimeoutMs ?? 5000,
        minScanMs: unit.minScanMs ?? 0,
        interRequestMs: unit.interRequestMs ?? 0,
        afterWriteMs: unit.interRequestMs ?? 0,
        exceptionStyle: 'standard',
        setup: [],
    };
}
function pointsOf(unit) {
    return [
        ...(unit.fire ?? []).map((register) => madePoint(unit, register, 'fire', 'fast', true)),
        ...(unit.states ?? []).map((register) => madePoint(unit, register, null, 'fast', true)),
        ...(unit.fastNumbers ?? []).map((register) => madePoint(unit, register, null, 'fast', false)),
        ...(unit.numbers ?? []).map((register) => madePoint(unit, register, null, 'normal', false)),
    ];
}
function madePoint(unit, address, alarm, scan, isState) {
    return {
        id: pointId(unit.address, address),
        name: words(`register ${address}`),
        role: alarm === 'fire' ? 'smoke.alarm' : 'measurement',
        class: alarm,
        zone: null,
        place: null,
        source: {
            kind: 'register',
            device: unitId(unit),
            table: 'holding',
            address,
            type: 'u16',
            order: 'ABCD',
            bits: null,
            scan,
            forceBreak: false,
            states: isState
                ? new Map([
                    [0, 'normal'],
                    [1, 'alarm'],
                ])
                : null,
            scale: 1,
            offset: 0,
            scaleFrom: null,
            unitFrom: null,
            invalid: [],
            validRange: null,
            faultBelow: null,
            faultAbove: null,
            maxStep: null,
            validIf: null,
            agreesWith: null,
            warmUpMs: 0,
        },
        severities: alarm === 'fire' ? { normal: 'normal', alarm: 'fire' } : {},
        physicalUnit: null,
        onDelayMs: 0,
        offDelayMs: 0,
    };
}
/** Registers that only the world changes. */
export class WorldModel {
    functions = new Set([1, 3, 5, 6]);
    relays = noRelays.relays;
    relayAt = noRelays.relayAt;
    setPower = noRelays.setPower;
    commission = noRelays.commission;
    #raw = new Map();
    read(_table, address) {
        return this.#raw.get(address) ?? 0;
    }
    write(_table, address, raw) {
        this.#raw.set(address, raw);
        return null;
    }
    setRaw(_table, address, raw) {
        this.#raw.set(address, raw);
    }
}
/** Every unit of a line, scanned for ever; tells each state when it counts. */
export class Watch {
    line;
    /** Answered rounds by unit. */
    rounds = new Map();
    /** Longest time between two answered rounds of a unit since this was last set back to empty, ms. */
    longestMs = new Map();
    #lastMono = new Map();
    #scans;
    constructor(site, config, open, clock, random, onState) {
        let frame = 0;
        this.line = new ModbusLine({
            config,
            open,
            clock,
            random,
            nextFrame: () => ++frame,
            onUp: () => undefined,
            onDown: () => undefined,
        });
        this.line.start();
        const { line } = this;
        const points = new Map(site.points.map((point) => [point.id, point]));
        this.#scans = site.units.map((unit) => new UnitScan({
            device: new ModbusDevice({ unit, line, clock, points: site.points }),
            minScanMs: unit.minScanMs,
            clock,
            random,
            points,
            events: {
                onReadings: (readings) => {
                    for (const { pointId: point, value } of readings) {
                        if (typeof value === 'string')
                            onState(point, value, clock.mono());
                    }
                },
                onRound: ({ error }) => {
                    if (error === null)
                        this.#answered(unit.id, clock.mono());
                },
                onWithdrawn: () => undefined,
                onSetup: () => undefined,
            },
        }));
    }
    /** To be called when the link is open. */
    start() {
        for (const scan of this.#scans)
            scan.start();
    }
    async stop() {
        for (const scan of this.#scans)
            scan.stop();
        await this.line.stop();
    }
    #answered(unit, nowMono) {
        this.rounds.set(unit, (this.rounds.get(unit) ?? 0) + 1);
        const sinceMs = nowMono - (this.#lastMono.get(unit) ?? nowMono);
        this.#lastMono.set(unit, nowMono);
        this.longestMs.set(unit, Math.max(sinceMs, this.longestMs.get(unit) ?? 0));
    }
}
