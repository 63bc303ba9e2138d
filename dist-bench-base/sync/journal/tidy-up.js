import { journalDropped, journalSalvaged } from './own-entries.js';
import { addDropped, noneDropped } from './retention.js';
import { unusedUplinks } from './unused-uplinks.js';
const everyMs = 600_000;
const soonMs = 1_000;
/** Between two pieces of work. */
const restMs = 50;
/** That an uplink was in use is noted so often: it counts from there when its own wall times can not be believed. */
const seenEveryMs = 7 * 86_400_000;
export class TidyUp {
    options;
    #cancel = null;
    #isRunning = false;
    #isStopped = false;
    #unused = new Map();
    #usedMono = new Map();
    constructor(options) {
        this.options = options;
    }
    /** A round begins within a second, and every ten minutes after it. */
    soon() {
        if (!this.#isRunning)
            this.#after(soonMs);
    }
    /** The uplink has confirmed something. */
    used(uplink) {
        this.#usedMono.set(uplink, this.options.clock.mono());
        if (this.#unused.get(uplink) != null)
            this.#judge();
    }
    stop() {
        this.#isStopped = true;
        this.#cancel?.();
    }
    #after(delayMs) {
        this.#cancel?.();
        this.#cancel = this.options.clock.after(delayMs, () => void this.#round());
    }
    /** Never rejects: what is wrong with the disk is told by whoever writes to it. */
    async #round() {
        this.#isRunning = true;
        this.#judge();
        let dropped = noneDropped;
        let isFirst = true;
        for (let hasMore = true; hasMore && !this.#isStopped; isFirst = false) {
            const done = await this.options.tidy(this.#order(), isFirst).catch(() => null);
            hasMore = done?.hasMore === true;
            dropped = addDropped(dropped, done?.droppedUntold ?? {});
            if (done?.salvaged !== undefined)
                this.options.record([journalSalvaged(done.salvaged)], []);
            if (hasMore)
                await this.#rest();
        }
        this.#isRunning = false;
        if (this.#isStopped)
            return;
        this.#after(everyMs);
        if (countOf(dropped) > 0)
            this.options.record([journalDropped(dropped)], []);
    }
    #rest() {
        return new Promise((resolve) => {
            this.options.clock.after(restMs, resolve);
        });
    }
    #order() {
        const { keeping, clock } = this.options;
        const wall = clock.trust() === 'trusted' ? clock.wall() : null;
        return { ...keeping, holders: keeping.holders.filter(({ uplink }) => this.#unused.get(uplink) !== 'let-go'), wall };
    }
    /** Only a trusted clock can say that somebody was away for long. */
    #judge() {
        const { clock, keeping, positions, onUnused } = this.options;
        const rows = positions();
        if (rows === null || clock.trust() !== 'trusted')
            return;
        const wallNow = clock.wall();
        const seenWall = new Map(keeping.holders.map(({ uplink }) => [uplink, this.#seen(uplink, wallNow)]));
        for (const [uplink, how] of unusedUplinks(rows, wallNow, seenWall)) {
            if ((this.#unused.get(uplink) ?? null) === how)
                continue;
            this.#unused.set(uplink, how);
            onUnused(uplink, how);
        }
    }
    /** When it was in use last, as far as is known here; noted where nothing is. */
    #seen(uplink, wallNow) {
        const name = `uplink.seen:${uplink}`;
        const noted = this.options.mark(name)?.wall ?? null;
        const usedMono = this.#usedMono.get(uplink);
        const usedWall = usedMono === undefined ? null : wallNow - (this.options.clock.mono() - usedMono);
        const isKnown = noted !== null && noted <= wallNow;
        const newest = Math.max(usedWall ?? 0, isKnown ? noted : 0) || wallNow;
        if (!isKnown || newest - noted >= seenEveryMs)
            this.options.record([], [{ name, wall: newest, detail: '' }]);
        return newest;
    }
}
function countOf(dropped) {
    return Object.values(dropped).reduce((sum, count) => sum + count, 0);
}
