import { findReply, looksAlike } from './frame.js';
export class LateAnswers {
    #open = [];
    /** Late and double answers that were recognised and dropped. */
    seen = 0;
    /** Nothing is expected any more, as far as was looked. */
    get isEmpty() {
        return this.#open.length === 0;
    }
    add(entry) {
        this.#open = [...this.#open, { ...entry, isSettling: false }];
    }
    /** When a request of this key and shape may be sent: monotonic ms, 0 for now; and whether no more than a second answer
     * is feared. */
    notBefore(key, shape, nowMono) {
        this.#expire(nowMono);
        let mono = 0;
        let isForDouble = false;
        for (const entry of this.#open) {
            if (!entry.holds || entry.shape.unit !== shape.unit || !looksAlike(entry.shape, shape))
                continue;
            const isSameAgain = entry.key === key && !entry.isSettling;
            if (isSameAgain || entry.untilMono <= mono)
                continue;
            mono = entry.untilMono;
            isForDouble = entry.kind === 'double';
        }
        return { mono, isForDouble };
    }
    /** A refusal names no register: is it perhaps the late refusal of another question to this unit? */
    isAmbiguousRefusal(key, shape, nowMono) {
        this.#expire(nowMono);
        return this.#open.some((entry) => entry.kind === 'late' &&
            entry.key !== key &&
            entry.shape.unit === shape.unit &&
            entry.shape.refusals.some((code) => shape.refusals.includes(code)));
    }
    /** The request was answered. Returns since when the unit may have held that answer ready: the oldest open sending. */
    answered(key, sentMono, nowMono) {
        this.#expire(nowMono);
        const same = this.#open.filter((entry) => entry.key === key);
        this.#open = this.#open.map((entry) => entry.key === key && entry.kind === 'late' ? { ...entry, isSettling: true } : entry);
        return same.reduce((oldest, entry) => Math.min(oldest, entry.sentMono), sentMono);
    }
    /** Bytes that belong to no request under way: an answer found in them is settled. Returns what it was, or null. */
    settle(stray, nowMono) {
        if (this.#open.length === 0 || stray.length === 0)
            return null;
        this.#expire(nowMono);
        const settled = this.#open.find((entry) => findReply(stray, entry.shape) !== null);
        if (settled === undefined)
            return null;
        this.seen++;
        this.#open = this.#open.map((entry) => entry === settled ? { ...entry, kind: 'double', holds: true, isSettling: false } : entry);
        return settled;
    }
    #expire(nowMono) {
        if (this.#open.some((entry) => entry.untilMono <= nowMono)) {
            this.#open = this.#open.filter((entry) => entry.untilMono > nowMono);
        }
    }
}
