import { Backoff } from '../../drivers/backoff.js';
import { isNewFire } from './carriable.js';
/** Fire reports that wait in memory because neither disk nor link took them; then the oldest go, told by UPLINK-008. */
const memoryMax = 10_000;
const retryFirstMs = 1_000;
const retryCapMs = 60_000;
export class MemoryReports {
    random;
    /** Oldest first. */
    #waiting = new Map();
    #sending = new Set();
    constructor(random) {
        this.random = random;
    }
    get isOwed() {
        return this.#waiting.size > 0 || this.#sending.size > 0;
    }
    get waitingCount() {
        return this.#waiting.size;
    }
    get oldest() {
        for (const { entry } of this.#waiting.values())
            return entry;
        return null;
    }
    get hasFire() {
        for (const { entry } of this.#waiting.values())
            if (entry.class === 'fire')
                return true;
        return false;
    }
    get hasRefused() {
        for (const { wasRefused } of this.#waiting.values())
            if (wasRefused)
                return true;
        return false;
    }
    /** Returns the entry that had to go for it, or null. */
    add(entry) {
        const backoff = new Backoff(retryFirstMs, retryCapMs, this.random);
        this.#waiting.set(entry.id, { entry, notBeforeMono: 0, backoff, wasRefused: false });
        if (this.#waiting.size <= memoryMax)
            return null;
        const { oldest } = this;
        if (oldest !== null)
            this.#waiting.delete(oldest.id);
        return oldest;
    }
    /** A new fire goes before all else; the rest in the order it came. */
    next(nowMono) {
        let first = null;
        for (const report of this.#waiting.values()) {
            if (report.notBeforeMono > nowMono)
                continue;
            if (isNewFire(report.entry))
                return report;
            first ??= report;
        }
        return first;
    }
    markSending({ entry }) {
        this.#waiting.delete(entry.id);
        this.#sending.add(entry.id);
    }
    /** False: its row was read meanwhile, and it goes from the journal. */
    settle({ entry }) {
        return this.#sending.delete(entry.id);
    }
    putBack(report, nowMono) {
        report.notBeforeMono = nowMono + report.backoff.nextMs();
        this.#waiting.set(report.entry.id, report);
    }
    /** Its row was read: once it goes from the journal it does not go from memory after that. */
    forget(id) {
        if (!this.#waiting.delete(id))
            this.#sending.delete(id);
    }
    /** The connection is new: all may go at once. */
    release() {
        for (const report of this.#waiting.values())
            report.notBeforeMono = 0;
    }
    nextTryMono(nowMono) {
        let first = Infinity;
        for (const { notBeforeMono } of this.#waiting.values()) {
            if (notBeforeMono > nowMono)
                first = Math.min(first, notBeforeMono);
        }
        return first;
    }
}
