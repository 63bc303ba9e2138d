/** The newest reading of every point. What the panel shows; the alarm engine keeps its own state. */
export class PointTable {
    points;
    #latest = new Map();
    constructor(points) {
        this.points = points;
    }
    /** Every point of the site, seen or not. */
    get all() {
        return this.points;
    }
    /** Takes a reading. Returns the one before it, or null. */
    accept(reading) {
        const before = this.#latest.get(reading.pointId) ?? null;
        this.#latest.set(reading.pointId, reading);
        return before;
    }
    get(id) {
        return this.#latest.get(id) ?? null;
    }
    /** Age of the oldest good look at a point of class fire, ms; Infinity while one was never seen. */
    worstFireAgeMs(nowMono) {
        let worstMs = 0;
        for (const point of this.points) {
            if (point.class !== 'fire')
                continue;
            const reading = this.#latest.get(point.id);
            const ageMs = reading?.quality === 'good' ? nowMono - reading.sampledMono : Number.POSITIVE_INFINITY;
            worstMs = Math.max(worstMs, ageMs);
        }
        return worstMs;
    }
}
