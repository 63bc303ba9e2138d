import { correctedDraft, steppedDraft } from './clock-entries.js';
/** Less is no step: so much an NTP program may set the clock by in its daily work. Small ones add up until they are told. */
const stepMinMs = 2_000;
/** Steps are told at most so often, with their count. */
const tellEveryMs = 60_000;
/** Stretches that wait for a clock that can be believed; of more the oldest go, and their times stay as they are. */
const stretchesMax = 32;
export class ClockWatch {
    options;
    #aheadMs = null;
    #untold = null;
    #toldMono = Number.NEGATIVE_INFINITY;
    /** The last one goes on while the clock can not be believed. */
    #stretches = [];
    constructor(options) {
        this.options = options;
    }
    /** New entries, as they are stamped. */
    see(entries) {
        for (const { boot, mono, wall, clock } of entries) {
            if (boot === this.options.boot())
                this.#sight(mono, wall - mono, clock);
        }
    }
    /** Looks at the clock now, and tells what there is to tell. To be called now and then. */
    look() {
        const { clock, boot, record } = this.options;
        const trust = clock.trust();
        const nowMono = clock.mono();
        const aheadMs = clock.wall() - nowMono;
        this.#sight(nowMono, aheadMs, trust);
        const drafts = [];
        if (this.#untold !== null && nowMono - this.#toldMono >= tellEveryMs) {
            const fromWall = nowMono + this.#untold.aheadMs;
            drafts.push(steppedDraft({ fromWall, toWall: nowMono + aheadMs, steps: this.#untold.count, trust }));
            this.#untold = null;
            this.#toldMono = nowMono;
        }
        if (trust === 'trusted') {
            for (const stretch of this.#stretches)
                drafts.push(correctedDraft(boot(), stretch, aheadMs - stretch.aheadMs));
            this.#stretches = [];
        }
        if (drafts.length > 0)
            record(drafts);
    }
    #sight(mono, aheadMs, trust) {
        const last = this.#stretches.at(-1);
        const isEarlier = last !== undefined && mono < last.fromMono;
        if (!isEarlier)
            this.#noteStep(aheadMs);
        if (trust === 'trusted') {
            if (last !== undefined && !isStep(aheadMs, last.aheadMs))
                last.untilMono = Math.max(last.untilMono, mono);
            return;
        }
        if (isEarlier)
            this.#widen(mono, aheadMs);
        else if (last === undefined || isStep(aheadMs, last.aheadMs)) {
            this.#stretches = [...this.#stretches, { fromMono: mono, untilMono: mono, aheadMs }].slice(-stretchesMax);
        }
        else
            last.untilMono = Math.max(last.untilMono, mono);
    }
    #noteStep(aheadMs) {
        this.#aheadMs ??= aheadMs;
        if (!isStep(aheadMs, this.#aheadMs))
            return;
        this.#untold ??= { aheadMs: this.#aheadMs, count: 0 };
        this.#untold.count += 1;
        this.#aheadMs = aheadMs;
    }
    /** The journal's own first entry is seen only once it is durable. */
    #widen(mono, aheadMs) {
        const owner = this.#stretches.find((each) => mono <= each.untilMono && !isStep(aheadMs, each.aheadMs));
        if (owner !== undefined)
            owner.fromMono = Math.min(owner.fromMono, mono);
    }
}
function isStep(aheadMs, beforeMs) {
    return Math.abs(aheadMs - beforeMs) > stepMinMs;
}
