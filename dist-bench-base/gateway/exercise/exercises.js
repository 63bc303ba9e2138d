import { DrillDue } from './drill-due.js';
import { DrillRun } from './drill-run.js';
import { SirenTestRun } from './siren-test-run.js';
import { alarmsStanding } from './standing.js';
/** A drill is due by the year: that is looked at every hour. */
const dueLookMs = 3_600_000;
export class Exercises {
    options;
    #drill;
    /** Null where the site file names no sirens to test. */
    #test;
    #due;
    #seen = null;
    #cancelCalendar = null;
    #cancelDue = null;
    constructor(options) {
        this.options = options;
        const { config, clock, outlets, marks, newId, tell } = options;
        const { drill, sirenTest } = config.exercises;
        this.#drill = new DrillRun({ site: config, clock, outlets, newId, onHeld: () => this.#due.review() });
        this.#test =
            sirenTest === null ? null : new SirenTestRun({ site: config, config: sirenTest, clock, outlets, marks, newId });
        const setMark = (mark) => outlets.record([], [mark]);
        this.#due = new DrillDue({ dueAfterMs: drill.dueAfterMs, clock, marks, setMark, tell });
    }
    get running() {
        if (this.#drill.running !== null)
            return 'drill';
        if (this.#test !== null && this.#test.running !== null)
            return 'siren-test';
        return this.options.isWalkTesting() ? 'walk-test' : null;
    }
    /** A drill or a siren test; a walk test tells of itself. */
    get status() {
        for (const [is, run] of [['drill', this.#drill], ['siren-test', this.#test]]) {
            const by = run?.running?.origin;
            const untilWall = run?.untilWall;
            if (by !== undefined && typeof untilWall === 'number')
                return { is, by, untilWall };
        }
        return null;
    }
    /** Something was recorded: the alarms may have changed, and words may have been said. Not to be called in the middle of a step
     * of the engine. */
    see(entries = []) {
        this.#seeAlarms();
        for (const { kind, detail } of entries) {
            // Cut off or left out is over too: nobody waits for it any longer.
            if (kind === 'voice.ended' && typeof detail['announcement'] === 'string')
                this.#said(detail['announcement']);
        }
    }
    get standing() {
        const { alarms, config } = this.options;
        return { ...alarmsStanding(alarms(), config.plans), running: this.running };
    }
    /** `forMs` null: as long as the site file says. Null when it began. */
    beginDrill(zones, forMs, origin) {
        return this.#drill.begin(zones, forMs, origin, this.standing);
    }
    /** Ends the drill that runs, or takes the head count of the last one. Null when it did. */
    endDrill(counts, note, origin) {
        return this.#drill.end(counts, note, origin);
    }
    /** Null when it began. */
    testSirens(origin) {
        return this.#test === null ? 'nothing-sounds' : this.#test.begin(origin, this.standing);
    }
    /** Null when it ended. */
    endSirenTest() {
        return this.#test === null ? 'nothing-runs' : this.#test.end('order');
    }
    /** The journal has told what it had saved. An exercise that was under way is over. */
    restore() {
        this.see();
        this.#drill.restore(this.options.marks);
        this.#test?.restore();
        this.#due.review();
    }
    start() {
        this.#cancelCalendar = this.#test?.followCalendar(this.options.calendar, () => this.standing) ?? null;
        this.#lookDue();
    }
    /** Ends what runs: nobody else would. */
    stop() {
        this.#cancelCalendar?.();
        this.#cancelDue?.();
        this.#drill.stop();
        this.#test?.stop();
    }
    /** A fire ends what runs. */
    #seeAlarms() {
        const { subjects } = this.options.alarms();
        if (this.#seen === subjects)
            return;
        this.#seen = subjects;
        if (this.#drill.running === null && (this.#test === null || this.#test.running === null))
            return;
        const { hasFire, hasSound } = this.standing;
        if (hasFire) {
            this.#drill.fire();
            this.#test?.end('fire');
        }
        else if (hasSound)
            this.#test?.end('alarm');
    }
    #said(id) {
        this.#drill.said(id);
        this.#test?.said(id);
    }
    #lookDue() {
        this.#due.review();
        this.#cancelDue = this.options.clock.after(dueLookMs, () => this.#lookDue());
    }
}
