/** Four of 32 units do not answer: how often the others are still looked at, and how long at most not. */
import { SystemClock } from '../../drivers/clock.js';
import { serialLinkOpener } from '../../drivers/serial/serial-link.js';
import { lineConfig, seeded } from '../drivers/rig.js';
import { madeSite, madeUnits, unitId, Watch } from '../drivers/watched-line.js';
import { closePlain, plainRead, plainSerial } from './plain-line.js';
import { round } from './result.js';
import { WireUnits } from './wire-units.js';
const count = 32;
const dead = [4, 12, 20, 28];
const baud = 9600;
const turnaroundMs = 15;
const timeoutMs = 200;
const quarantineMs = 100;
const sound = Array.from({ length: count }, (_, i) => i + 1).filter((unit) => !dead.includes(unit));
export async function deadUnits({ quick, say }) {
    // A unit that is silent is asked less and less often: after 20 s every 10 s.
    const warmMs = quick ? 6_000 : 22_000;
    const runMs = quick ? 8_000 : 30_000;
    say('all 32 units alive');
    const alive = await ownPace([], 3_000, runMs);
    say('four dead');
    const withDead = await ownPace(dead, warmMs, runMs);
    say('a plain loop, all alive, then four dead');
    const plainAlive = await plainPace([], runMs);
    const plainDead = await plainPace(dead, runMs);
    const detail = (pace) => ({ 'looks/s': round(pace.perSecond) });
    const part = 'dead-units';
    return [
        {
            part,
            what: 'rate of the 28 sound units with 4 dead, of that with all 32 alive',
            value: (100 * withDead.perSecond) / alive.perSecond,
            limit: { atLeast: 90 },
            unit: ' %',
            detail: { ...detail(withDead), 'all alive': round(alive.perSecond) },
        },
        { part, what: 'longest without a look, 4 dead', value: withDead.longestMs, limit: { atMost: 2000 }, unit: ' ms' },
        { part, what: 'longest without a look, all alive', value: alive.longestMs, limit: { atMost: 2000 }, unit: ' ms' },
        {
            part,
            what: 'a plain loop: rate with 4 dead, of that with all alive',
            value: (100 * plainDead.perSecond) / plainAlive.perSecond,
            limit: null,
            unit: ' %',
            detail: { ...detail(plainDead), 'longest ms': round(plainDead.longestMs) },
        },
    ];
}
async function ownPace(deadNow, warmMs, runMs) {
    const wire = await WireUnits.start({ baud, turnaroundMs, dead: deadNow, enforces: true });
    const clock = new SystemClock();
    const config = lineConfig({ baud, path: wire.tty, timeoutMs, quarantineMs });
    const site = madeSite(config, madeUnits(count, { fire: [0] }));
    const watch = new Watch(site, config, serialLinkOpener(config, clock), clock, seeded(3), () => undefined);
    await sleep(clock, 300);
    watch.start();
    await sleep(clock, warmMs);
    watch.rounds.clear();
    watch.longestMs.clear();
    await sleep(clock, runMs);
    const rounds = sound.map((address) => watch.rounds.get(unitId({ address })) ?? 0);
    const longest = sound.map((address) => watch.longestMs.get(unitId({ address })) ?? runMs);
    await watch.stop();
    await wire.stop();
    return paceOf(rounds, longest, runMs);
}
/** One unit after the other, for ever, each waited for as long as the line's time-out. */
async function plainPace(deadNow, runMs) {
    const wire = await WireUnits.start({ baud, turnaroundMs, dead: deadNow });
    // Its time-out begins before the request is on the wire.
    const client = await plainSerial(wire.tty, baud, timeoutMs + quarantineMs);
    const rounds = new Map();
    const longest = new Map();
    const last = new Map();
    const endMono = performance.now() + runMs;
    while (performance.now() < endMono) {
        for (let unit = 1; unit <= count; unit++) {
            if ((await plainRead(client, unit, 0, 1)) === null)
                continue;
            const nowMono = performance.now();
            rounds.set(unit, (rounds.get(unit) ?? 0) + 1);
            longest.set(unit, Math.max(longest.get(unit) ?? 0, nowMono - (last.get(unit) ?? nowMono)));
            last.set(unit, nowMono);
        }
    }
    await closePlain(client);
    await wire.stop();
    return paceOf(sound.map((unit) => rounds.get(unit) ?? 0), sound.map((unit) => longest.get(unit) ?? runMs), runMs);
}
function paceOf(rounds, longest, runMs) {
    const sum = rounds.reduce((total, each) => total + each, 0);
    return { perSecond: (sum * 1000) / (runMs * sound.length), longestMs: Math.max(...longest) };
}
function sleep(clock, ms) {
    return new Promise((resolve) => clock.after(ms, resolve));
}
