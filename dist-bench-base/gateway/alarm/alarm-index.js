import { nextTellMono } from './chatter.js';
import { ZoneFires } from './coincidence.js';
import { DueTimes } from './due-times.js';
import { resoundMono } from './sounder.js';
export class AlarmIndex {
    rules;
    #zones = new Map();
    /** When time alone changes something about a subject. */
    due = new DueTimes();
    /** Subjects with changes that were counted and are to be told. */
    counted = new DueTimes();
    #visited = 0;
    constructor(rules) {
        this.rules = rules;
    }
    static of({ subjects, chatter }, rules) {
        const index = new AlarmIndex(rules);
        for (const facets of subjects.values())
            index.follow(facets.subject, undefined, facets);
        for (const [key, each] of chatter.subjects)
            index.counted.set(key, nextTellMono(each));
        index.#visited = subjects.size;
        return index;
    }
    follow(subject, before, after) {
        const isCallPoint = this.rules.isCallPoint(subject);
        const [was, is] = [before, after].map((facets) => (facets?.class === 'fire' ? facets : undefined));
        if (was !== undefined && was.zone !== is?.zone)
            this.zone(was.zone).follow(subject, was, undefined, isCallPoint);
        if (is !== undefined)
            this.zone(is.zone).follow(subject, was?.zone === is.zone ? was : undefined, is, isCallPoint);
        this.due.set(subject, after === undefined ? null : this.rules.dueMono(after));
    }
    zone(zone) {
        let fires = this.#zones.get(zone);
        if (fires === undefined) {
            fires = new ZoneFires();
            this.#zones.set(zone, fires);
        }
        return fires;
    }
    /** Is there a fire in service in any zone? */
    get hasFire() {
        for (const fires of this.#zones.values())
            if (fires.hasAny)
                return true;
        return false;
    }
    visit(subjects) {
        this.#visited += subjects;
    }
    /** Subjects that were gone through one by one since the last time. */
    takeVisited() {
        const all = this.#visited + this.due.visited + this.counted.visited;
        this.#visited -= all;
        return all;
    }
    /** When time alone brings something about, monotonic ms; null: never. */
    get nextMono() {
        const all = [this.due.nextMono, this.counted.nextMono].filter((each) => each !== null);
        return all.length === 0 ? null : Math.min(...all);
    }
}
/** What the index of the alarm state has to know of the site. */
export function indexRules({ points, resoundMs, }) {
    const pointOf = (key) => points.get(key.slice('point:'.length))?.point;
    return {
        isCallPoint: (key) => pointOf(key)?.role === 'call_point.alarm',
        dueMono: (facets) => {
            const { subject, condition, isLost, sinceMono, service } = facets;
            const isWaiting = condition === 'pending' || (condition === 'clearing' && !isLost);
            const point = isWaiting && subject.startsWith('point:') ? pointOf(subject) : undefined;
            const never = Number.POSITIVE_INFINITY;
            const delayMs = condition === 'pending' ? point?.onDelayMs : point?.offDelayMs;
            const atMono = Math.min(delayMs === undefined ? never : sinceMono + delayMs, 
            // The end of a walk test is the zone's.
            (service?.is === 'under-test' ? service.trial?.dueMono : service?.untilMono) ?? never, resoundMono(facets, resoundMs) ?? never);
            return atMono === never ? null : atMono;
        },
    };
}
