import { boxLoop, boxSensorLoop } from '../alarm/site-subjects.js';
import { LoopDelay } from './loop-delay.js';
import { SensorWatch } from './sensor-watch.js';
const reviewMs = 10_000;
const slowMs = 60_000;
/** The kernel asks the board every 2 s and forgets a dip of the supply that is over. */
const supplyMs = 2000;
/** Its fault waits for half a minute anyway. */
const mainsMs = 5000;
/** A question that has not ended for so long after the next one was due is overdue. */
const maxQuietMs = 60_000;
const periodsMs = {
    temperature: slowMs,
    disk_free: slowMs,
    supply: supplyMs,
    mains: mainsMs,
};
/** What the gateway measures about itself, on any box. */
const ownFigures = ['loop_delay', 'commit', 'clock'];
/** The site without points of the box that no sensor here tells. */
export function withBox(config, sensors) {
    const told = new Set([...ownFigures, ...sensors.map(({ what }) => what)]);
    return { ...config, points: config.points.filter(({ source }) => source.kind !== 'box' || told.has(source.what)) };
}
export class BoxHealth {
    options;
    #points;
    #watches;
    #loopDelay;
    #reviewed;
    #wake = null;
    constructor(options) {
        this.options = options;
        const { config, sensors, clock, checkIns } = options;
        this.#points = new Map(config.points.flatMap((point) => (point.source.kind === 'box' ? [[point.source.what, point]] : [])));
        this.#loopDelay = new LoopDelay(clock);
        this.#reviewed = checkIns.register(boxLoop, maxQuietMs);
        this.#watches = sensors.flatMap((sensor) => {
            const point = this.#points.get(sensor.what);
            return point === undefined ? [] : [this.#watch(sensor, point)];
        });
    }
    start() {
        this.#loopDelay.start();
        for (const watch of this.#watches)
            watch.start();
        this.#wait();
    }
    stop() {
        this.#wake?.();
        this.#loopDelay.stop();
        for (const watch of this.#watches)
            watch.stop();
    }
    #wait() {
        this.#wake = this.options.clock.after(reviewMs, () => {
            this.#review();
            this.#wait();
        });
    }
    #review() {
        const { clock, commits } = this.options;
        const nowMono = clock.mono();
        this.#tell('loop_delay', tenths(this.#loopDelay.p99Ms), nowMono);
        this.#tell('commit', tenths(commits.p95Ms), nowMono);
        this.#tell('clock', clock.trust(), nowMono);
        this.#reviewed();
    }
    /** Nothing measured yet is nothing to tell. */
    #tell(what, value, nowMono) {
        const point = this.#points.get(what);
        if (point !== undefined && value !== null)
            this.#read(point, value, nowMono);
    }
    #watch(sensor, point) {
        const { clock, checkIns, onFault } = this.options;
        const periodMs = periodsMs[sensor.what] ?? reviewMs;
        return new SensorWatch({
            ...{ point, sensor, periodMs, clock, onFault },
            onValue: (value, sampledMono) => this.#read(point, value, sampledMono),
            checkIn: checkIns.register(boxSensorLoop(sensor.what), periodMs + maxQuietMs),
        });
    }
    #read({ id: pointId }, value, sampledMono) {
        const stamp = { pointId, sampledMono, frame: this.options.nextFrame(), confirmed: true };
        this.options.onReadings([
            value === null
                ? { ...stamp, quality: 'bad', value, reason: 'silent' }
                : { ...stamp, quality: 'good', value, reason: null },
        ]);
    }
}
function tenths(value) {
    return value === null ? null : Math.round(value * 10) / 10;
}
