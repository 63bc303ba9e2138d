import { silentAfterFailures, silentAfterMs } from './unit-health.js';
/** The looks at the points of one unit that were not answered. */
export class UnseenPoints {
    #rows = new Map();
    /** What a round shows, without the points that were merely not answered this time. */
    known(readings, nowMono) {
        if (this.#rows.size === 0 && !readings.some(({ reason }) => reason === 'silent'))
            return readings;
        return readings.filter(({ pointId, reason }) => {
            if (reason !== 'silent') {
                this.#rows.delete(pointId);
                return true;
            }
            const { looks, sinceMono } = this.#rows.get(pointId) ?? { looks: 0, sinceMono: nowMono };
            this.#rows.set(pointId, { looks: looks + 1, sinceMono });
            return looks + 1 >= silentAfterFailures && nowMono - sinceMono >= silentAfterMs;
        });
    }
}
