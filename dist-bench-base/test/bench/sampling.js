/** What a reading costs on its way by the sampler: 1,000 points, ten readings of each in a second. */
import { brandId } from '../../config/ids.js';
import { Sampler } from '../../gateway/telemetry/sampler.js';
import { round } from './result.js';
const points = 1_000;
const perSecond = 10;
/** A core of a Pi 3 is about ten times slower than one here: this is then 2 % of it. */
const limitUs = 0.2;
export async function sampling({ quick }) {
    let mono = 0;
    const sampled = new Map();
    for (let at = 0; at < points; at++) {
        const id = brandId(`meter-${at}/voltage_a`);
        sampled.set(id, { id, unit: 'V', deadband: { step: 0.1, share: 0.02 }, heartbeatMs: 14_400_000 });
    }
    let samples = 0;
    const sampler = new Sampler({
        points: sampled,
        minIntervalMs: 60_000,
        clock: { mono: () => mono, after: () => () => undefined },
        onSample: () => {
            samples += 1;
        },
        onReview: () => undefined,
        guard: (run) => run(),
    });
    const readingsOf = (value) => [...sampled.keys()].map((pointId) => ({
        ...{ pointId, sampledMono: 0, frame: 1, confirmed: true, quality: 'good', value, reason: null },
    }));
    // Noise within the deadband: what nearly every reading is.
    const noise = [230, 231, 229.5, 232].map(readingsOf);
    const run = (seconds) => {
        for (let at = 0; at < seconds * perSecond; at++) {
            mono += 1000 / perSecond;
            for (const reading of noise[at % noise.length] ?? [])
                sampler.see(reading);
            if (at % (5 * perSecond) === 0)
                sampler.review();
        }
    };
    run(60);
    const gc = globalThis.gc ?? (() => undefined);
    const seconds = quick ? 30 : 300;
    gc();
    const before = process.memoryUsage().heapUsed;
    const beganMono = performance.now();
    run(seconds);
    const tookMs = performance.now() - beganMono;
    const grown = process.memoryUsage().heapUsed - before;
    const readings = seconds * points * perSecond;
    const part = 'sampling';
    return [
        {
            part,
            what: 'a reading that is no news',
            value: (tookMs * 1000) / readings,
            limit: { atMost: limitUs },
            unit: ' µs',
            detail: { readings, samples, cpu: `${round(((tookMs / 1000) * 100) / seconds)} % at 10,000 readings/s` },
        },
        {
            part,
            what: 'memory made per such reading',
            value: Math.max(0, grown) / readings,
            limit: { atMost: 8 },
            unit: ' B',
        },
    ];
}
