import { PositionKeeper } from '../sync/pump/position-keeper.js';
import { transmissionOf } from './annunciator/lamp-states.js';
import { uplinkReadings } from './health/uplink-points.js';
import { UplinkWatch } from './uplink-watch.js';
/** Backlogs are looked at, and told as readings, so often. */
const lookEveryMs = 10_000;
export class SiteUplinks {
    options;
    #watches;
    #cancelLook = null;
    constructor(options) {
        this.options = options;
        const { config: site, makeUplink } = options;
        const inUse = new Set(site.uplinks.map(({ id }) => id));
        const keeper = new PositionKeeper(options);
        this.#watches = site.uplinks.map((config) => new UplinkWatch({ ...options, site, inUse, keeper, config, uplink: makeUplink(config) }));
    }
    /** How it stands with the reports of class fire, for the lamp that shows it. */
    get transmission() {
        return transmissionOf(this.#watches.map(({ fireDebt }) => fireDebt), this.options.clock.mono());
    }
    /** Those that can be reached now. */
    get connected() {
        return new Set(this.#watches.filter(({ isUp }) => isUp).map(({ id }) => id));
    }
    /** In the order of the site file. */
    get statuses() {
        return this.#watches.map(({ status }) => status);
    }
    start() {
        for (const watch of this.#watches)
            watch.start();
        if (this.#watches.length > 0)
            this.#lookLater();
    }
    async stop() {
        this.#cancelLook?.();
        await Promise.all(this.#watches.map((watch) => watch.stop()));
    }
    /** New entries, before they are durable. */
    see(entries) {
        for (const watch of this.#watches)
            watch.see(entries);
    }
    /** New rows are durable: these, and perhaps packs of samples. */
    wake(entries) {
        for (const watch of this.#watches)
            watch.wake(entries);
    }
    /** An answer to a command that came from there. */
    answer(uplink, bytes) {
        this.#watches.find(({ id }) => id === uplink)?.answer(bytes);
    }
    offerFromMemory(entry) {
        for (const watch of this.#watches)
            watch.offerFromMemory(entry);
    }
    retell() {
        for (const watch of this.#watches)
            watch.retell();
    }
    #lookLater() {
        this.#cancelLook = this.options.clock.after(lookEveryMs, () => {
            const { config, clock, nextFrame, onReading } = this.options;
            for (const watch of this.#watches)
                watch.look();
            const readings = uplinkReadings(config.points, this.statuses, clock.mono(), nextFrame());
            for (const reading of readings)
                onReading(reading);
            this.#lookLater();
        });
    }
}
