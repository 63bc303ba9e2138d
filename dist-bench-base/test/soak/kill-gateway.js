/**
 * The gateway that the kill soak kills: `kill-gateway DATA_DIR BROKER_PORT SEED LOAD STALL`. Its journal, worker, pump, MQTT client, control
 * socket and alarm engine are the product's; its units answer in this process. `LOAD` = state changes a second; 0: nothing moves. `STALL` = the
 * disk hangs for 3 s from then on, ms; 0: it does not.
 * Prints what it observes of its entries, one a line.
 */
import { brandId } from '../../config/ids.js';
import { SystemClock } from '../../drivers/clock.js';
import { startGateway } from '../../gateway/main.js';
import { FaultyStore } from '../../hardware-sim/disk.js';
import { SimPinBoard } from '../../hardware-sim/gpio-board.js';
import { quickNetwork } from '../bench/quick-network.js';
import { seeded } from '../drivers/rig.js';
import { madeSite, madeUnits } from '../drivers/watched-line.js';
import { uplinkConfig } from '../uplink-config.js';
const units = 60;
const tickMs = 20;
const stallMs = 3_000;
/** One unit after the other is of one of these. */
const kinds = [
    ['smoke.alarm', 'fire'],
    ['gas.alarm', 'warning'],
    ['valve.closed', 'supervisory'],
    ['pump.fault', 'fault'],
    ['smoke.alarm', 'fire'],
    ['dirty', 'technical'],
];
const [dataDir = '', brokerPort, seed = '1', load = '0', stall = '0'] = process.argv.slice(2);
const random = seeded(Number(seed));
const clock = new SystemClock();
const levels = new Uint8Array(units + 1);
function ofKind(point, index) {
    const [role, alarmClass] = kinds[index % kinds.length] ?? ['smoke.alarm', 'fire'];
    return { ...point, role, class: alarmClass, severities: { normal: 'normal', alarm: alarmClass } };
}
function site() {
    const line = {
        ...{ id: brandId('net'), name: { zh: '网络', en: 'network' }, protocol: 'modbus', transport: 'tcp' },
        ...{ host: '127.0.0.1', port: 502, format: null, inFlight: 4 },
        ...{ timeoutMs: 500, quarantineMs: 100, fireDeadlineMs: 2000 },
    };
    const siren = {
        ...{ id: brandId('siren'), name: { zh: '警铃', en: 'siren' }, kind: 'siren', zone: null },
        ...{ target: { kind: 'pin', pin: 17, activeLow: false }, onControlLost: 'keep-sounding' },
    };
    const made = madeSite(line, madeUnits(units, { fire: [0], minScanMs: 100 }), [siren]);
    const start = [{ kind: 'at-once' }];
    return {
        ...made,
        dataDir,
        points: made.points.map(ofKind),
        gpio: { driver: 'simulated' },
        plans: [{ id: brandId('fire'), when: { class: 'fire', zones: 'all' }, steps: [{ start, sound: [siren.id] }] }],
        uplinks: [uplinkConfig({ url: `mqtt://127.0.0.1:${brokerPort}`, pacePerS: 10_000 })],
    };
}
function tell(seen) {
    const line = seen.kind === 'entry'
        ? { is: 'entry', id: seen.entry.id, lane: seen.entry.lane }
        : seen.kind === 'entry.durable'
            ? { is: 'durable', id: seen.entryId }
            : seen.kind === 'report.carried'
                ? { is: 'carried', id: seen.entryId, durable: seen.durable }
                : seen.kind === 'site.scanned' || seen.kind === 'uplink.up'
                    ? { is: seen.kind }
                    : null;
    if (line !== null)
        process.stdout.write(`${JSON.stringify(line)}\n`);
}
function move() {
    const changes = (Number(load) * tickMs) / 1000;
    for (let left = changes; left > 0; left--) {
        if (left < 1 && random() >= left)
            break;
        const unit = 1 + Math.floor(random() * units);
        levels[unit] = 1 - (levels[unit] ?? 0);
    }
    clock.after(tickMs, move);
}
const gateway = await startGateway({
    config: site(),
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    openLine: () => quickNetwork(clock, (unit, register) => (register === 0 ? (levels[unit] ?? 0) : 0), () => undefined, 1),
    simulatedPins: new SimPinBoard(clock),
    box: [],
    wrapStore: (store) => {
        const disk = new FaultyStore(store, clock);
        if (Number(stall) > 0) {
            clock.after(Number(stall), () => disk.setMode('hangs'));
            clock.after(Number(stall) + stallMs, () => disk.setMode('works'));
        }
        return disk;
    },
    observe: tell,
});
if (Number(load) > 0)
    move();
process.once('SIGTERM', () => void gateway.stop().then(() => process.exit(0)));
