/** The drill of a site: the machine with its clock, its marks, and what it orders. */
import { strict as assert } from 'node:assert';
import { drillOff, drillTick, endOf, stepDrill, } from './drill.js';
import { drillBegun, drillEnded, drillNoted } from './drill-entries.js';
import { announcementId, drillEndWords, drillOutputs, drillWish, drillWords, silentWish, } from './drill-sound.js';
import { datedMark, drillHasEnded, drillRuns, lastDrill, markNames, nothingRuns, runningDrill, } from './exercise-marks.js';
export class DrillRun {
    options;
    #state = drillOff;
    #cancelTick = null;
    #render = (message, facts) => this.options.outlets.render(message, facts);
    constructor(options) {
        this.options = options;
    }
    /** Null while none runs. */
    get running() {
        return this.#state.is === 'off' ? null : this.#state.drill;
    }
    /** Wall time of its end, ms since 1970; null while none runs. */
    get untilWall() {
        const { clock } = this.options;
        return this.running === null ? null : clock.wall() + endOf(this.running) - clock.mono();
    }
    /** `forMs` null: as long as the site file says. Null when it began. */
    begin(zones, forMs, origin, standing) {
        const { site, newId } = this.options;
        const { lastsMs, begins } = site.exercises.drill;
        if (zones !== 'all' && (zones.length === 0 || zones.some((id) => !site.zones.some((zone) => zone.id === id)))) {
            return 'unknown-zone';
        }
        if (drillOutputs(site, zones).size === 0 && begins === null)
            return 'nothing-sounds';
        const hasWords = begins !== null && begins.speakers.length > 0;
        return this.#take({
            ...{ kind: 'begin', id: newId(), zones, forMs: forMs ?? lastsMs, origin, hasWords, standing },
        });
    }
    /** Ends what runs, or tells the counts of the one that ended last. Null when it did. */
    end(counts, note, origin) {
        return this.#take({ kind: 'end', counts, note, origin });
    }
    /** An announcement was said to its end. */
    said(id) {
        if (this.running !== null && id === announcementId(this.running, 'begins'))
            this.#take({ kind: 'said' });
    }
    fire() {
        this.#take({ kind: 'fire' });
    }
    /** Tells the end of a drill that was under way when the gateway ended. */
    restore(marks) {
        const { clock } = this.options;
        const now = { mono: clock.mono(), wall: clock.wall(), isWallSure: clock.trust() === 'trusted' };
        const last = lastDrill(marks.get(markNames.drillEnded), now);
        this.#take({ kind: 'restart', running: runningDrill(marks.get(markNames.exercise)), last });
    }
    /** The gateway stops: nobody would end it any more. */
    stop() {
        this.#take({ kind: 'stop' });
    }
    #take(input) {
        const { clock } = this.options;
        const { state, effects } = stepDrill(this.#state, input, { mono: clock.mono(), wall: clock.wall() });
        // Before the effects: an entry of theirs may tell of a fire, and that comes in here again.
        this.#state = state;
        this.#cancelTick?.();
        const nextMono = drillTick(state);
        this.#cancelTick = nextMono === null ? null : clock.exactly(nextMono, () => void this.#take({ kind: 'tick' }));
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
    #do(effect) {
        const { site, clock, outlets } = this.options;
        const { zones } = site;
        switch (effect.do) {
            case 'begin':
                outlets.record([drillBegun(effect.drill, zones)], [drillRuns(effect.drill)]);
                break;
            case 'words':
                // Nothing sounds yet, and who hears the words takes what sounds next for practice.
                outlets.record(outlets.sound(silentWish(drillWish(site, effect.drill, this.#render))), []);
                outlets.announce(drillWords(site, effect.drill, this.#render, clock.mono()));
                break;
            case 'sound':
                outlets.record(outlets.sound(drillWish(site, effect.drill, this.#render)), []);
                break;
            case 'end':
                this.#end(effect);
                break;
            case 'count':
                outlets.record([drillEnded(effect.ended, effect.counts, effect.origin, zones)], []);
                break;
            case 'note':
                outlets.record([drillNoted(effect.drill, effect.note, effect.origin)], []);
                break;
            default: {
                const impossible = effect;
                assert.fail(`impossible effect ${String(impossible)}`);
            }
        }
    }
    /** Quiet first, then the record, then the words. */
    #end({ ended, counts, origin, hasSounded }) {
        const { site, clock, outlets } = this.options;
        const { drill, reason } = ended;
        const drafts = reason === 'restart' ? outlets.release(drillOutputs(site, drill.zones)) : outlets.sound(null);
        outlets.withdraw(announcementId(drill, 'begins'));
        const isRegular = reason === 'time' || reason === 'order';
        const marks = [
            nothingRuns(ended.endedWall),
            drillHasEnded(ended),
            ...(isRegular && hasSounded ? [datedMark(markNames.drill, ended.endedWall, clock.trust() === 'trusted')] : []),
        ];
        outlets.record([...drafts, drillEnded(ended, counts, origin, site.zones)], marks);
        if (isRegular && hasSounded)
            this.options.onHeld();
        if (isRegular && site.exercises.drill.ends !== null) {
            outlets.announce(drillEndWords(site, drill, this.#render, clock.mono()));
        }
    }
}
