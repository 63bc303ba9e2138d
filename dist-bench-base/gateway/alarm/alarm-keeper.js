/** Holds the alarm state and keeps the order of design.md §3: outputs first, then the journal; pumps read that. */
import { strict as assert } from 'node:assert';
import { emptyAlarmState } from './facets.js';
const noEntries = [];
export class AlarmKeeper {
    options;
    #state = emptyAlarmState;
    #tick = null;
    #isStepping = false;
    /** What was asked for in the middle of a step. */
    #waiting = [];
    #moment;
    constructor(options) {
        this.options = options;
        this.#moment = new Moment(options.clock, options.journal);
    }
    get state() {
        return this.#state;
    }
    /** One step. Not to be called from within another one: see `tell`. */
    apply(input) {
        assert(!this.#isStepping, 'a step inside a step would take the ids that the outer one was promised');
        this.#isStepping = true;
        this.#moment.begin();
        const result = this.options.step(this.#state, input, this.#moment);
        // That a fire point came into sight, or that something was counted, changes no alarm.
        const { subjects, walkTests } = this.#state;
        const isChanged = result.state.subjects !== subjects || result.state.walkTests !== walkTests;
        const isAnother = result.state !== this.#state;
        this.#state = result.state;
        const outputDrafts = isChanged ? this.options.sound(result.state) : [];
        const drafts = outputDrafts.length === 0 ? result.drafts : [...result.drafts, ...outputDrafts];
        const entries = this.#append(drafts, result.facets);
        this.#isStepping = false;
        // First the tick: whoever is told may step on, and then a newer one is due.
        if (isAnother)
            this.#planTick(result.nextTickMono);
        if (entries.length > 0)
            this.options.onEntries(entries);
        for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift())
            next();
        return result;
    }
    /** A step at once, or right after the one under way: ordering an output may tell of its fault in the middle of a step. */
    tell(input) {
        this.#soon(() => this.apply(input));
    }
    /** An entry at once, or right after the step under way. */
    note(drafts, marks = []) {
        this.#soon(() => this.record(drafts, marks));
    }
    /** Returns the entries as they were stamped. */
    record(drafts, marks = [], commands = []) {
        assert(!this.#isStepping, 'an entry inside a step would take an id that the step was promised');
        const entries = this.#append(drafts, [], marks, commands);
        this.options.onEntries(entries);
        return entries;
    }
    #soon(run) {
        if (this.#isStepping)
            this.#waiting.push(run);
        else
            run();
    }
    stop() {
        this.#tick?.();
    }
    #append(drafts, facets, marks = [], commands = []) {
        if ([drafts, facets, marks, commands].every(({ length }) => length === 0))
            return noEntries;
        return this.options.journal.append({ drafts, facets, marks, commands });
    }
    #planTick(mono) {
        this.#tick?.();
        this.#tick = mono === null ? null : this.options.clock.exactly(mono, () => this.apply({ kind: 'tick' }));
    }
}
/** One step's time, read when the step first asks for it: of the thousands a second nearly all have no news and never do. */
class Moment {
    clock;
    journal;
    #mono = null;
    #wall = null;
    constructor(clock, journal) {
        this.clock = clock;
        this.journal = journal;
    }
    get boot() {
        return this.journal.boot;
    }
    entryId = (n) => this.journal.peekId(n);
    begin() {
        this.#mono = null;
        this.#wall = null;
    }
    get mono() {
        this.#mono ??= this.clock.mono();
        return this.#mono;
    }
    get trust() {
        return this.clock.trust();
    }
    get wall() {
        this.#wall ??= this.clock.wall();
        return this.#wall;
    }
}
