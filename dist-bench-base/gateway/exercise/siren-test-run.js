/** The siren test of a site: the machine with its looks at the outputs, its calendar, and what it orders. */
import { strict as assert } from 'node:assert';
import { wordsMaxMs } from './exercise.js';
import { markNames, nothingRuns, runningSirenTest, sirenTestRuns } from './exercise-marks.js';
import { sayingsOf } from './outlets.js';
import { sirenTestMaxMs, sirenTestOff, stepSirenTest, } from './siren-test.js';
import { sirenTestBegun, sirenTestEnded, sirenTestLeftOut } from './siren-test-entries.js';
/** How often the siren at its turn is looked at while a test runs. */
const lookMs = 200;
/** Two tests by the calendar are never closer: a clock that is set back brings its minute again. */
const calendarMinMs = 3_600_000;
const calendarOrigin = 'calendar';
export class SirenTestRun {
    options;
    #state = sirenTestOff;
    #cancelLook = null;
    #byCalendarMono = Number.NEGATIVE_INFINITY;
    constructor(options) {
        this.options = options;
    }
    get running() {
        return this.#state.is === 'off' ? null : this.#state.test;
    }
    /** Wall time by which it is over, ms since 1970; null while none runs. */
    get untilWall() {
        const { clock } = this.options;
        const { running } = this;
        return running === null ? null : clock.wall() + running.begunMono + sirenTestMaxMs(running) - clock.mono();
    }
    /** Null when it began. */
    begin(origin, standing) {
        const { config, newId } = this.options;
        const { outputs, soundsMs, begins } = config;
        const hasWords = begins !== null && begins.speakers.length > 0;
        return this.#take({ kind: 'begin', id: newId(), outputs, soundsMs, origin, hasWords, standing });
    }
    /** Every week at its day; returns what ends that. `standing` is asked then. */
    followCalendar(calendar, standing) {
        const { config, clock, outlets } = this.options;
        return calendar.daily(config.at, () => {
            if (weekdayOf(clock.wall()) !== config.day)
                return;
            const refusal = this.#isTooSoon() ? 'just-tested' : this.begin(calendarOrigin, standing());
            if (refusal !== null)
                outlets.record([sirenTestLeftOut(config.outputs, refusal, calendarOrigin)], []);
        });
    }
    said(id) {
        if (this.running !== null && id === wordsId(this.running))
            this.#take({ kind: 'said' });
    }
    /** Null when it ended. A fire or an alarm ends what runs, and is no refusal when nothing does. */
    end(reason) {
        return this.#take({ kind: 'end', reason });
    }
    /** Tells the end of a test that was under way when the gateway ended. */
    restore() {
        this.#take({ kind: 'restart', running: runningSirenTest(this.options.marks.get(markNames.exercise)) });
    }
    stop() {
        this.end('stop');
    }
    #take(input) {
        const { clock } = this.options;
        const { state, effects } = stepSirenTest(this.#state, input, { mono: clock.mono(), wall: clock.wall() });
        this.#state = state;
        this.#cancelLook?.();
        this.#cancelLook = state.is === 'off' ? null : clock.after(lookMs, () => this.#look());
        let refusal = null;
        for (const effect of effects) {
            // What an effect brought about has overtaken the rest.
            if (this.#state !== state)
                break;
            if (effect.do === 'refuse')
                refusal = effect.reason;
            else
                this.#do(effect);
        }
        return refusal;
    }
    #look() {
        const state = this.#state;
        const isAtTurn = state.is === 'ringing' || state.is === 'quieting';
        this.#take({ kind: 'look', isOn: isAtTurn ? this.options.outlets.proofOf(state.output) : null });
    }
    #do(effect) {
        const { site, outlets } = this.options;
        switch (effect.do) {
            case 'begin':
                outlets.record([sirenTestBegun(effect.test)], [sirenTestRuns(effect.test), ...this.#dated(effect.test)]);
                break;
            case 'words':
                outlets.announce(this.#words(effect.test));
                break;
            case 'ring': {
                const sound = new Set([effect.output]);
                const { origin } = effect.test;
                const wish = { kind: 'siren-test', sound, cadence: null, sayings: new Map(), origin };
                outlets.record(outlets.sound(wish), []);
                break;
            }
            case 'quiet':
                outlets.record(outlets.sound(null), []);
                break;
            case 'end': {
                const { test, reason, outcomes } = effect;
                const drafts = reason === 'restart' ? outlets.release(new Set(test.outputs)) : outlets.sound(null);
                outlets.withdraw(wordsId(test));
                const wall = this.options.clock.wall();
                outlets.record([...drafts, sirenTestEnded(effect, site.outputs)], [nothingRuns(wall)]);
                // One that was not tried stays as it was known.
                for (const [id, outcome] of outcomes)
                    if (outcome !== 'skipped')
                        outlets.fault(id, outcome === 'not-proven');
                break;
            }
            default: {
                const impossible = effect;
                assert.fail(`impossible effect ${String(impossible)}`);
            }
        }
    }
    #dated({ origin, begunMono, begunWall }) {
        if (origin !== calendarOrigin)
            return [];
        this.#byCalendarMono = begunMono;
        return [{ name: markNames.sirenTest, wall: begunWall, detail: '' }];
    }
    #isTooSoon() {
        const { clock, marks } = this.options;
        const saved = marks.get(markNames.sirenTest);
        const isTooSoonByWall = saved !== null && Math.abs(clock.wall() - saved.wall) < calendarMinMs;
        return clock.mono() - this.#byCalendarMono < calendarMinMs || isTooSoonByWall;
    }
    #words(test) {
        const { site, config, clock, outlets } = this.options;
        const sayings = sayingsOf(config.begins, site.messages, (message) => [outlets.render(message, {})]);
        return {
            ...{ id: wordsId(test), rank: 'drill', occasion: 'siren-test', sayings, times: 1 },
            ...{ untilMono: clock.mono() + wordsMaxMs, volume: config.volume, origin: test.origin, alarm: null, zone: null },
            words: { zh: '即将试鸣警报', en: 'a siren test is about to begin' },
        };
    }
}
function wordsId({ id }) {
    return `${id}/begins`;
}
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** Of local time. */
export function weekdayOf(wallMs) {
    const name = new Intl.DateTimeFormat('en-US', { weekday: 'short' }).format(wallMs);
    return weekdays.indexOf(name);
}
