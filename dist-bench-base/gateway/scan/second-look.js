/** A first alarm is kept back no longer than this for the second look. */
export const secondLookMaxMs = 1000;
/** What was taken back and comes again within this counts at once: a detector that flickers is not argued with. */
export const takenBackMs = 10_000;
/** May points of these be looked at twice? Classes that are raised by a reading and cost something when they are false. */
export function isLookedAtTwice({ class: alarmClass }) {
    return alarmClass !== null && alarmClass !== 'fault' && alarmClass !== 'technical';
}
/** One part of a unit: what was read last of each of its points, and what is kept back. */
export class SecondLook {
    points;
    clock;
    events;
    #last = new Map();
    #takenBackMono = new Map();
    #held = [];
    #deadline = null;
    constructor(points, clock, events) {
        this.points = points;
        this.clock = clock;
        this.events = events;
    }
    /** Takes the readings of a round; those of a second look first settle what is kept back. */
    take(readings, look) {
        if (look === 'routine' && !readings.some((reading) => this.#isDoubtful(reading))) {
            for (const { pointId, value } of readings)
                this.#last.set(pointId, value);
            return { readings, isSecondWanted: false };
        }
        const settled = look === 'second' ? this.#settle(readings) : [];
        const settledIds = new Set(settled.map(({ pointId }) => pointId));
        const fresh = readings.filter(({ pointId }) => !settledIds.has(pointId));
        const held = fresh.filter((reading) => this.#isDoubtful(reading));
        const passed = [...settled, ...fresh.filter((reading) => !this.#isDoubtful(reading))];
        if (held.length > 0)
            this.#hold(held.filter((reading) => reading.quality === 'good'));
        for (const { pointId, value } of passed)
            this.#last.set(pointId, value);
        return { readings: passed, isSecondWanted: held.length > 0 };
    }
    /** Lets go of what is kept back: it counts as it is. */
    release() {
        const held = this.#letGo();
        if (held.length === 0)
            return;
        for (const { pointId, value } of held)
            this.#last.set(pointId, value);
        this.events.onOverdue(held);
    }
    #hold(held) {
        this.#letGo();
        this.#held = held;
        this.#deadline = this.clock.after(secondLookMaxMs, () => this.release());
    }
    #letGo() {
        const held = this.#held;
        this.#held = [];
        this.#deadline?.();
        this.#deadline = null;
        return held;
    }
    #settle(readings) {
        return this.#letGo().flatMap((first) => {
            const second = readings.find(({ pointId }) => pointId === first.pointId);
            if (second === undefined)
                return [first];
            if (second.quality === 'bad')
                return [first, second];
            if (this.#isAlarm(second))
                return [{ ...second, confirmed: true }];
            // A detector that now says it is broken does not say that there is no fire.
            if (this.#severityOf(second) === 'fault')
                return [first, second];
            this.#takenBackMono.set(first.pointId, this.clock.mono());
            this.events.onWithdrawn(first, second);
            return [second];
        });
    }
    /** A first alarm that nobody has confirmed. */
    #isDoubtful(reading) {
        if (reading.quality === 'bad' || reading.confirmed || !this.#isAlarm(reading))
            return false;
        if (this.#last.get(reading.pointId) === reading.value)
            return false;
        const takenBackMono = this.#takenBackMono.get(reading.pointId) ?? Number.NEGATIVE_INFINITY;
        return this.clock.mono() - takenBackMono > takenBackMs;
    }
    #isAlarm(reading) {
        const point = this.points.get(reading.pointId);
        return point !== undefined && isLookedAtTwice(point) && this.#severityOf(reading) === point.class;
    }
    #severityOf({ pointId, value }) {
        return typeof value === 'string' ? this.points.get(pointId)?.severities[value] : undefined;
    }
}
