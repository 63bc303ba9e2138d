import { withinMs } from '../within.js';
/** Positions cost an fsync each time: they are written after so long, or after so many rows, whichever comes first … */
const saveEveryMs = 10_000;
const saveEveryRows = 100;
/** … but never sooner than this after the last time: a drain of a million rows would wear the card. */
const saveRestMs = 1_000;
const stopMaxMs = 2_000;
/**
 * Saves how far the uplinks have come, all of them in one write: seldom, because an SD card is worn by it; a crash only sends
 * a little again.
 */
export class PositionKeeper {
    options;
    #moved = new Set();
    #movedRows = 0;
    #movedMono = 0;
    #savedMono = Number.NEGATIVE_INFINITY;
    #timer = null;
    #saving = null;
    constructor(options) {
        this.options = options;
    }
    /** It has moved on by so many rows. */
    note(positioned, rows) {
        if (this.#moved.size === 0)
            this.#movedMono = this.options.clock.mono();
        this.#moved.add(positioned);
        this.#movedRows += rows;
        this.#arm();
    }
    /** Writes what has moved, within 2 s. */
    async flush() {
        const lastSave = (this.#saving ?? Promise.resolve()).then(() => this.#save());
        await withinMs(this.options.clock, stopMaxMs, lastSave);
        this.#timer?.cancel();
        this.#timer = null;
    }
    #arm() {
        if (this.#saving !== null || this.#moved.size === 0)
            return;
        const { clock } = this.options;
        const wantedMono = this.#movedRows >= saveEveryRows ? clock.mono() : this.#movedMono + saveEveryMs;
        const dueMono = Math.max(wantedMono, this.#savedMono + saveRestMs);
        if (this.#timer !== null && this.#timer.dueMono <= dueMono)
            return;
        this.#timer?.cancel();
        const cancel = clock.after(Math.max(0, dueMono - clock.mono()), () => {
            this.#timer = null;
            this.#saving = this.#save().finally(() => {
                this.#saving = null;
                this.#arm();
            });
        });
        this.#timer = { dueMono, cancel };
    }
    /** Never rejects: what could not be saved stays noted and goes with the next save. */
    async #save() {
        const moved = [...this.#moved];
        if (moved.length === 0)
            return;
        this.#moved.clear();
        this.#movedRows = 0;
        const { journal, clock } = this.options;
        this.#savedMono = clock.mono();
        try {
            await journal.savePositions(moved.map((positioned) => positioned.toPositionRow()));
        }
        catch {
            this.#movedMono = clock.mono();
            for (const positioned of moved)
                this.#moved.add(positioned);
        }
    }
}
