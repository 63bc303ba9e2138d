/** The fires of one zone that count: in service, with an alarm; and those that wait for their delay. */
export class ZoneFires {
    #fires = 0;
    #callPoints = 0;
    /** Fires that a confirmed frame showed, and in how many of them each frame is kept. */
    #seen = 0;
    #frames = new Map();
    /** Not confirmed yet, and of these the ones that nobody has acknowledged. */
    unconfirmed = new Set();
    unacknowledged = new Set();
    /** Waiting for their delay, or a trial of a walk test, and no other point was lost meanwhile. */
    waiting = new Set();
    /** `before` and `after` of one subject; undefined: not of this zone. Who stays keeps the place in the row. */
    follow(subject, before, after, isCallPoint) {
        if (before !== undefined)
            this.#count(before, isCallPoint, -1);
        if (after !== undefined)
            this.#count(after, isCallPoint, 1);
        const isCounted = after?.service === null;
        const isOpen = isCounted && after.alarm?.confirmed === null;
        const isWaiting = (isCounted && after.condition === 'pending') || after?.service?.trial !== undefined;
        mark(this.waiting, subject, isWaiting && after?.isLossBeside !== true);
        mark(this.unconfirmed, subject, isOpen);
        mark(this.unacknowledged, subject, isOpen && after.acknowledged === null);
    }
    get hasAny() {
        return this.#fires > 0;
    }
    /** What confirms the fires of this zone; null: so far one detector, or one frame, says so. */
    get confirmation() {
        if (this.#callPoints > 0)
            return 'call-point';
        // One bad frame that shows two detectors at once is one observation.
        return this.#seen > 1 && this.#frames.size > 1 ? 'second-detector' : null;
    }
    #count({ alarm, service }, isCallPoint, sign) {
        if (alarm === null || service !== null)
            return;
        this.#fires += sign;
        if (isCallPoint)
            this.#callPoints += sign;
        if (alarm.frames.length > 0)
            this.#seen += sign;
        for (const frame of alarm.frames) {
            const times = (this.#frames.get(frame) ?? 0) + sign;
            if (times === 0)
                this.#frames.delete(frame);
            else
                this.#frames.set(frame, times);
        }
    }
}
function mark(set, key, isIn) {
    if (isIn)
        set.add(key);
    else
        set.delete(key);
}
