/** From the last byte of the reply that shows a fire to the level of the siren's pin, with all that may be broken behind it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { brandId } from '../../config/ids.js';
import { SystemClock } from '../../drivers/clock.js';
import { startGateway } from '../../gateway/main.js';
import { SimSpeaker } from '../../hardware-sim/audio/sim-speaker.js';
import { startBroker } from '../../hardware-sim/broker.js';
import { FaultyStore } from '../../hardware-sim/disk.js';
import { madeSite, madeUnits } from '../drivers/watched-line.js';
import { uplinkConfig } from '../uplink-config.js';
import { quickNetwork } from './quick-network.js';
import { round } from './result.js';
const troubles = [
    { what: 'all well' },
    { what: 'disk full', isDiskFull: true },
    { what: 'broker dead', isBrokerDead: true },
    { what: 'SQLite worker stalled', isWorkerStalled: true },
    { what: 'broker dead and SQLite worker stalled', isBrokerDead: true, isWorkerStalled: true },
];
const units = 32;
const limitMs = 2;
/** Nobody listens there. */
const deadPort = 9;
const waitMaxMs = 5000;
export async function sirenLatency({ quick, say }) {
    const broker = await startBroker({ port: 0 });
    const results = [];
    for (const trouble of troubles) {
        say(trouble.what);
        results.push(await measure(trouble, broker.port, quick ? 40 : 300));
    }
    await broker.stop();
    return results;
}
/** The siren's pin: tells when it is switched on. */
class Pin {
    isOn = false;
    onMono = 0;
    board = {
        afterProcessEnd: 'holds',
        openOutput: () => ({
            set: (on) => {
                if (on && !this.isOn)
                    this.onMono = performance.now();
                this.isOn = on;
            },
            read: () => this.isOn,
        }),
        openInput: () => {
            throw new Error('no inputs here');
        },
        close: () => undefined,
    };
}
async function measure({ what, ...trouble }, brokerPort, times) {
    const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-'));
    const clock = new SystemClock();
    const pin = new Pin();
    let burning = 0;
    let isShown = false;
    let shownMono = 0;
    const valueAt = (unit, register) => {
        const isFire = unit === burning && register === 0;
        isShown ||= isFire;
        return Number(isFire);
    };
    const open = quickNetwork(clock, valueAt, () => {
        if (!isShown)
            return;
        isShown = false;
        shownMono = performance.now();
    });
    const gateway = await startGateway({
        config: siteOf(folder, trouble.isBrokerDead === true ? deadPort : brokerPort),
        clock,
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        openLine: () => open,
        simulatedPins: pin.board,
        makeSpeaker: ({ id }) => new SimSpeaker({ clock, plays: 'text', where: id }),
        wrapStore: (store) => {
            const disk = new FaultyStore(store, clock);
            if (trouble.isDiskFull === true)
                disk.setMode('refuses', 'STORE-003');
            return disk;
        },
    });
    const until = async (isDone) => {
        const endMono = performance.now() + waitMaxMs;
        while (!isDone()) {
            if (performance.now() > endMono)
                throw new Error(`${what}: the siren was not switched in ${waitMaxMs} ms`);
            await sleep(2);
        }
    };
    await sleep(1000);
    const other = trouble.isWorkerStalled === true ? stalled(path.join(folder, 'journal.db')) : null;
    const tookMs = [];
    for (let n = 0; n < times; n++) {
        burning = 1 + ((n * 7) % units);
        await until(() => pin.isOn);
        tookMs.push(pin.onMono - shownMono);
        burning = 0;
        const { journal, alarms } = gateway.runtime;
        // As soon as the detector says that it is over: until then a reset leaves it.
        await until(() => {
            const upTo = { boot: journal.boot, order: alarms.lastOrder };
            gateway.runtime.command({ kind: 'reset', level: 2, upTo, origin: 'bench' });
            return !pin.isOn;
        });
    }
    other?.close();
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
    const sorted = tookMs.sort((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
    return {
        part: 'siren-latency',
        what: `${what}: last byte of the reply to the pin's level, p99`,
        value: at(0.99),
        limit: { atMost: limitMs },
        unit: ' ms',
        detail: { times, 'median ms': round(at(0.5)), 'longest ms': round(at(1)) },
    };
}
/** Another connection holds the journal: the worker waits for it a second at a time, and in vain. */
function stalled(file) {
    const db = new Database(file);
    db.exec('BEGIN EXCLUSIVE');
    return db;
}
function siteOf(dataDir, brokerPort) {
    const line = {
        ...{ id: brandId('net'), name: { zh: '网络', en: 'network' }, protocol: 'modbus', transport: 'tcp' },
        ...{ host: '127.0.0.1', port: 502, format: null, inFlight: 1 },
        ...{ timeoutMs: 200, quarantineMs: 100, fireDeadlineMs: 2000 },
    };
    const siren = {
        id: brandId('siren'),
        name: { zh: '警铃', en: 'siren' },
        kind: 'siren',
        zone: null,
        target: { kind: 'pin', pin: 17, activeLow: false },
        onControlLost: 'keep-sounding',
    };
    const made = madeSite(line, madeUnits(units, { fire: [0], fastNumbers: [1], minScanMs: 50 }), [siren]);
    const start = [{ kind: 'at-once' }];
    const words = brandId('fire');
    const horns = ['east', 'west'].map(hornOf);
    const say = [{ message: words, speakers: horns.map(({ id }) => id) }];
    return {
        ...made,
        dataDir,
        gpio: { driver: 'simulated' },
        speakers: horns,
        messages: [
            { id: words, name: { zh: '火警', en: 'fire' }, text: '{{place}}发生火情，请立即撤离', file: null, track: null },
        ],
        plans: [{ id: brandId('fire'), when: { class: 'fire', zones: 'all' }, steps: [{ start, sound: [siren.id], say }] }],
        uplinks: [uplinkConfig({ url: `mqtt://127.0.0.1:${brokerPort}`, mqttVersion: '3.1.1' })],
    };
}
function hornOf(id) {
    return {
        ...{ id: brandId(id), name: { zh: id, en: id }, zone: null, amplifier: null, warmUpMs: 0 },
        player: { kind: 'chip', chip: 'syn6288', path: `/dev/${id}`, baud: 9600, trackMaxMs: 60_000 },
        ...{ volume: 70, loudVolume: 100, volumes: [] },
    };
}
