import { begunDraft, endedDraft } from './voice-entries.js';
/** The one that has not spoken for longest is ended to make room. */
const openMax = 256;
export class TurnRecords {
    record;
    /** The one that spoke last stands last. */
    #open = new Map();
    constructor(record) {
        this.record = record;
    }
    begun(announcement, where, nowMono) {
        const key = keyOf(announcement, where.speakers);
        const known = this.#open.get(key);
        const open = known ?? {
            announcement,
            where,
            turns: 0,
            spoken: 0,
            wasCut: false,
            failed: new Map(),
            lastMono: 0,
        };
        open.turns++;
        open.lastMono = nowMono;
        this.#open.delete(key);
        this.#open.set(key, open);
        if (known !== undefined)
            return;
        this.record([begunDraft(announcement, where)]);
        const [oldest] = this.#open.keys();
        if (oldest !== undefined && this.#open.size > openMax)
            this.#end([oldest]);
    }
    over(announcement, speakers, outcome, nowMono) {
        const open = this.#open.get(keyOf(announcement, speakers));
        if (open === undefined)
            return;
        open.spoken += outcome.spoken;
        open.wasCut ||= outcome.wasCut;
        open.lastMono = nowMono;
        for (const [id, code] of outcome.failed)
            open.failed.set(id, code);
    }
    /** Those that have not spoken since then are over. */
    endIdle(sinceMono) {
        this.#end([...this.#open].filter(([, { lastMono }]) => lastMono <= sinceMono).map(([key]) => key));
    }
    endAll() {
        this.#end([...this.#open.keys()]);
    }
    #end(keys) {
        const drafts = [];
        for (const key of keys) {
            const open = this.#open.get(key);
            if (open === undefined)
                continue;
            this.#open.delete(key);
            drafts.push(endedDraft(open.announcement, open.where, endingOf(open), open, open.turns));
        }
        if (drafts.length > 0)
            this.record(drafts);
    }
}
/** How an announcement ended that was begun. */
export function endingOf({ spoken, wasCut }) {
    if (spoken > 0)
        return 'said';
    return wasCut ? 'cut-off' : 'failed';
}
function keyOf({ alarm, occasion, sayings }, speakers) {
    const says = [...sayings].filter(([id]) => speakers.has(id)).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([
        alarm,
        occasion,
        says.map(([id, said]) => [id, said.map((saying) => saying.message ?? saying)]),
    ]);
}
