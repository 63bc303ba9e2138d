/** Who is asked next. Fixed order of classes, earliest deadline first inside one; no class starves. */
import { strict as assert } from 'node:assert';
/** Lower goes first: sounders, second looks at a first alarm, fire points, a person's writes, other states, analog values,
 * identity. */
export const priorities = {
    annunciator: 0,
    secondLook: 1,
    fire: 2,
    operator: 3,
    state: 4,
    analog: 5,
    identity: 6,
};
/** A unit that missed so many requests in a row is only probed; an order to a siren is worth one more full try. */
const probeAfterTimeouts = { orders: 2, others: 1 };
/** From so many misses on a request to that unit is a probe. */
export function missesUntilProbe(priority) {
    return priority === priorities.annunciator ? probeAfterTimeouts.orders : probeAfterTimeouts.others;
}
/** Of so many requests one goes to whoever below class fire waits longest (≥ 10 % of the line), whatever its class. */
export const lowerTurnEvery = 10;
/** A silent unit that missed fewer questions than this may only have lost an answer: it is asked before the long dead. */
const longDeadMisses = 4;
/** Of so many probes one goes to whoever was asked first, so that the long dead are never forgotten over the doubtful. */
const anyProbeEvery = 4;
/** Each unit has a handful of questions open at most; more than this is a mistake of ours. */
const waitingMax = 20_000;
/** Of a job that nothing keeps back, on a line where no late or second answer is feared of anybody: as nearly all are on
 * Modbus TCP. One for all, because each request looks at every job that waits. */
export const freeStanding = {
    readyMono: Number.NEGATIVE_INFINITY,
    isProbe: false,
    misses: 0,
    unit: 0,
    isHeld: false,
};
export class LineQueue {
    #waiting = [];
    #order = 0;
    #sinceLowerTurn = 0;
    /** Jobs of a lower order were waiting when the last probe was sent. */
    #probedAtOrder = 0;
    #wasOrderProbed = false;
    #probes = 0;
    get isEmpty() {
        return this.#waiting.length === 0;
    }
    /** `lastMono` = when the same question was last asked to an end, monotonic ms; -Infinity for never. */
    push(priority, lastMono, job) {
        assert(this.#waiting.length < waitingMax, 'a line that is asked more than it can ever answer');
        this.#waiting.push({ priority, lastMono, order: this.#order++, job, standing: freeStanding });
    }
    /**
     * Takes the next job that is ready; none ready: when to look again. Units that do not answer never take the line from
     * those that do, whatever they are asked: after one probe every sound unit whose fire point, second look or siren waited
     * then is served before the next. Lower classes are not owed that: they have their own turns, and a lost answer must not
     * hide a detector while they are worked off; where nothing above them waits, all that waited are served first.
     */
    take(standingOf, nowMono) {
        let sound = null;
        const probes = [];
        let hasFire = false;
        let owesFire = false;
        let owesOther = false;
        let earliestMono = Number.POSITIVE_INFINITY;
        const isLowerTurn = this.#sinceLowerTurn >= lowerTurnEvery - 1;
        for (const waiting of this.#waiting)
            waiting.standing = standingOf(waiting.job, waiting.priority);
        const held = isLowerTurn ? null : heldOf(this.#waiting, nowMono);
        for (const waiting of this.#waiting) {
            const { standing } = waiting;
            if (!standing.isProbe && waiting.priority <= priorities.fire)
                hasFire = true;
            // Every other question to a unit keeps its held one back for longer: none of lesser rank is put before it.
            const heldHere = held?.get(standing.unit);
            if (heldHere !== undefined && heldHere !== waiting && goesBefore(heldHere, waiting, false))
                continue;
            if (!standing.isProbe && waiting.order < this.#probedAtOrder) {
                if (waiting.priority <= priorities.fire)
                    owesFire = true;
                else
                    owesOther = true;
            }
            if (standing.readyMono > nowMono)
                earliestMono = Math.min(earliestMono, standing.readyMono);
            else if (standing.isProbe)
                probes.push(waiting);
            else if (sound === null || goesBefore(waiting, sound, isLowerTurn))
                sound = waiting;
        }
        const owesSound = owesFire || (owesOther && !hasFire);
        const probe = this.#foremostProbe(probes);
        const mayProbe = !owesSound && (sound === null || sound.priority > priorities.secondLook);
        const taken = probe !== null && mayProbe ? probe : sound;
        if (taken === null) {
            if (this.isEmpty)
                return { kind: 'empty' };
            // Owed a sound job that still pauses: rather than stand idle, probe.
            return probe === null ? { kind: 'wait', untilMono: earliestMono } : this.#give(probe, true, isLowerTurn);
        }
        return this.#give(taken, taken === probe, isLowerTurn);
    }
    /** An order to a silent siren and a look at a silent unit alternate: many such sirens must not hide one detector. Among
     * looks first those that may only have lost an answer, class fire before others; the rest take turns as they were asked. */
    #foremostProbe(probes) {
        if (probes.length === 0)
            return null;
        const orders = probes.filter(({ priority }) => priority === priorities.annunciator);
        const looks = probes.filter(({ priority }) => priority !== priorities.annunciator);
        const isAnyone = this.#probes % anyProbeEvery === anyProbeEvery - 1;
        const order = orders[0] ?? null;
        const look = looks.reduce((first, each) => (first === null || (!isAnyone && isLikelier(each, first)) ? each : first), null);
        return this.#wasOrderProbed ? (look ?? order) : (order ?? look);
    }
    #give(taken, isProbe, isLowerTurn) {
        if (isProbe) {
            this.#probes++;
            this.#probedAtOrder = this.#order;
            this.#wasOrderProbed = taken.priority === priorities.annunciator;
        }
        const wasTheirs = isLowerTurn && taken.priority > priorities.fire;
        this.#sinceLowerTurn = wasTheirs ? 0 : this.#sinceLowerTurn + 1;
        this.#waiting.splice(this.#waiting.indexOf(taken), 1);
        return { kind: 'job', job: taken.job };
    }
    /** Takes out and returns the jobs that fit. */
    remove(fits) {
        const out = this.#waiting.filter(({ job }) => fits(job));
        const kept = this.#waiting.filter(({ job }) => !fits(job));
        this.#waiting.splice(0, this.#waiting.length, ...kept);
        return out.map(({ job }) => job);
    }
}
/** The foremost question of each unit that only a feared second answer keeps back; null when there is none. */
function heldOf(all, nowMono) {
    let held = null;
    for (const waiting of all) {
        const { standing } = waiting;
        if (!standing.isHeld || standing.readyMono <= nowMono)
            continue;
        held ??= new Map();
        const other = held.get(standing.unit);
        if (other === undefined || goesBefore(waiting, other, false))
            held.set(standing.unit, waiting);
    }
    return held;
}
/** Is its unit likelier to be alive than the other's? */
function isLikelier(a, b) {
    const [aIsLongDead, bIsLongDead] = [a, b].map(({ standing }) => standing.misses >= longDeadMisses);
    if (aIsLongDead !== bIsLongDead)
        return bIsLongDead === true;
    const [aIsFire, bIsFire] = [a, b].map(({ priority }) => priority <= priorities.fire);
    return aIsFire === true && bIsFire === false && aIsLongDead === false;
}
function goesBefore(a, b, isLowerTurn) {
    if (isLowerTurn && Math.min(a.priority, b.priority) >= priorities.fire) {
        const aIsLower = a.priority > priorities.fire;
        if (aIsLower !== b.priority > priorities.fire)
            return aIsLower;
        if (aIsLower)
            return a.order < b.order;
    }
    if (a.priority !== b.priority)
        return a.priority < b.priority;
    return a.lastMono !== b.lastMono ? a.lastMono < b.lastMono : a.order < b.order;
}
