export class ProofPoints {
    #watches = new Map();
    constructor(watches) {
        for (const watch of watches) {
            const point = watch.config.proof?.point;
            if (point !== undefined)
                this.#watches.set(point, [...(this.#watches.get(point) ?? []), watch]);
        }
    }
    /** Each reading, changed or not: a point that still shows the same says so by being looked at again. */
    see(reading) {
        for (const watch of this.#watches.get(reading.pointId) ?? [])
            watch.see(reading);
    }
}
