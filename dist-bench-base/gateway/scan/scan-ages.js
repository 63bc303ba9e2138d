/**
 * How old the looks at a group of points become before the next one comes. A point that can not be seen is left out until it
 * is seen again: it is a fault of its own, and not of whoever looks.
 */
export class ScanAges {
    points;
    #sampled = new Map();
    #worst = null;
    constructor(points) {
        this.points = points;
    }
    see(reading, nowMono) {
        if (!this.points.has(reading.pointId))
            return;
        if (reading.quality === 'bad') {
            this.#sampled.delete(reading.pointId);
            return;
        }
        const lastMono = this.#sampled.get(reading.pointId);
        if (lastMono !== undefined)
            this.#count(nowMono - lastMono, reading.pointId);
        this.#sampled.set(reading.pointId, reading.sampledMono);
    }
    /** The oldest that any of them became since this was last asked; null when none was seen. */
    take(nowMono) {
        for (const [point, sampledMono] of this.#sampled)
            this.#count(nowMono - sampledMono, point);
        const worst = this.#sampled.size === 0 ? null : this.#worst;
        this.#worst = null;
        return worst;
    }
    #count(ms, point) {
        if (ms > (this.#worst?.ms ?? -1))
            this.#worst = { ms, point };
    }
}
