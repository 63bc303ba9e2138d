import { noSteps, stepTo } from './plausibility.js';
import { decode, pointsNeeded } from './registers.js';
/** A unit that left so many requests in a row unanswered, and for so long, was away: it may have been switched off,
 * exchanged or set anew. One lost frame is no absence. */
const awayAfterMisses = 3;
const awayAfterMs = 1000;
/** A setting that could not be read is not asked for again before. */
const settingRetryMs = 5000;
export class UnitMemory {
    /** Grows each time the unit came back after it was away. */
    returns = 0;
    /** When it answered first since it is there; null before. */
    #presentMono = null;
    #misses = 0;
    #firstMissMono = 0;
    #seen = new Map();
    #askedMono = new Map();
    #steps = new Map();
    /** Points by which others are read; nobody asks for what the rest said. */
    #needed;
    /** `points`: all of the unit. */
    constructor(points) {
        this.#needed = new Set(points.flatMap(({ source }) => pointsNeeded(source)));
    }
    /** The unit answered, be it with a refusal. */
    answered(nowMono) {
        const wasAway = this.#misses >= awayAfterMisses && nowMono - this.#firstMissMono >= awayAfterMs;
        this.#misses = 0;
        if (this.#presentMono !== null && !wasAway)
            return;
        if (this.#presentMono !== null)
            this.returns++;
        this.#presentMono = nowMono;
        this.#seen.clear();
        this.#askedMono.clear();
        this.#steps.clear();
    }
    /** It did not, or the line was not there. */
    missed(nowMono) {
        if (this.#misses === 0)
            this.#firstMissMono = nowMono;
        this.#misses++;
    }
    /** Should this setting be read along, because others wait for it? Remembers that it was asked for. */
    wants(point, nowMono) {
        const seen = this.#seen.get(point);
        if (seen !== undefined && seen.reason === null)
            return false;
        if (nowMono - (this.#askedMono.get(point) ?? Number.NEGATIVE_INFINITY) < settingRetryMs)
            return false;
        this.#askedMono.set(point, nowMono);
        return true;
    }
    /** The unit refused this point: what depends on it must not be computed with an old value. */
    refused(point) {
        this.#seen.set(point, { value: null, reason: 'exception', raw: null });
    }
    /**
     * What these registers say, and whether it can be believed: first as decoded, then warm (a fire state counts unconfirmed,
     * everything else is not-ready), then within a step of the value before.
     */
    judge({ point, source }, words, sampledMono) {
        const decoded = decode(source, words, this.#seen);
        if (this.#needed.has(point.id))
            this.#seen.set(point.id, decoded);
        const isSettled = source.warmUpMs === 0 || sampledMono - (this.#presentMono ?? sampledMono) >= source.warmUpMs;
        if (decoded.reason !== null)
            return { value: null, reason: decoded.reason, isSettled };
        const { value } = decoded;
        if (!isSettled && !(point.class === 'fire' && source.states !== null)) {
            return { value: null, reason: 'not-ready', isSettled };
        }
        if (typeof value === 'string' || source.maxStep === null)
            return { value, reason: null, isSettled };
        const { state, isBelieved } = stepTo(this.#steps.get(point.id) ?? noSteps, value, source.maxStep);
        this.#steps.set(point.id, state);
        return isBelieved ? { value, reason: null, isSettled } : { value: null, reason: 'step', isSettled };
    }
}
