import { latchesUntilReset } from '../../config/vocabulary.js';
import { isCovered } from '../alarm/orders.js';
import { pointSubject } from '../alarm/subject.js';
/** So long after the order its points may return. */
const waitMs = 10_000;
/** How often the alarms are looked at meanwhile. */
const lookEveryMs = 200;
export class UnitReset {
    options;
    #units;
    #pending = new Map();
    #isStopped = false;
    constructor(options) {
        this.options = options;
        this.#units = options.units.flatMap((unit) => {
            const writes = unit.reset ?? [];
            if (writes.length === 0)
                return [];
            const own = options.points.filter(({ source }) => source.kind === 'register' && source.device === unit.id);
            return [{ unit, writes, subjects: new Set(own.map((point) => pointSubject(point).key)) }];
        });
    }
    /** To be called in front of the engine, which forgets what it resets. Returns the units that are told; each has an entry of
     * its own when it has answered, and another when it did not return in time. */
    begin(command) {
        if (command.kind !== 'reset' || this.#isStopped)
            return [];
        const told = this.#units.filter((each) => this.#coveredOf(each, command).length > 0);
        for (const each of told)
            this.#tell(each, command);
        return told.map(({ unit }) => unit.id);
    }
    stop() {
        this.#isStopped = true;
        this.#pending.clear();
    }
    #tell(latching, command) {
        const { clock, write } = this.options;
        const { unit, writes } = latching;
        const untilMono = clock.mono() + waitMs;
        const earlier = this.#pending.get(unit.id);
        if (earlier?.isWriting === true) {
            Object.assign(earlier, { command, untilMono });
            return;
        }
        const pending = { command, untilMono, isWriting: true };
        this.#pending.set(unit.id, pending);
        void write(unit, writes).then((error) => {
            if (this.#pending.get(unit.id) !== pending)
                return;
            pending.isWriting = false;
            this.options.record([resetDraft(unit, pending.command.origin, { error: error?.code ?? null })]);
            if (error === null)
                this.#await(latching, pending);
            else
                this.#pending.delete(unit.id);
        });
    }
    /** Until all of its points have returned, or time is up. */
    #await(latching, pending) {
        const { unit } = latching;
        if (this.#pending.get(unit.id) !== pending)
            return;
        const { clock, apply, record } = this.options;
        const { command } = pending;
        const isActive = (key) => this.options.alarms().subjects.get(key)?.condition !== 'normal';
        const covered = this.#coveredOf(latching, command);
        const active = covered.filter(isActive);
        const isOver = clock.mono() >= pending.untilMono;
        if (active.length > 0 && !isOver) {
            clock.after(lookEveryMs, () => this.#await(latching, pending));
            return;
        }
        this.#pending.delete(unit.id);
        const returned = covered.filter((key) => !active.includes(key));
        if (returned.length > 0)
            apply({ ...command, subjects: new Set(returned) });
        if (active.length > 0)
            record([resetDraft(unit, command.origin, { active })]);
    }
    /** Its alarms that the order is about and that a reset can take, active or latched. */
    #coveredOf({ subjects }, { upTo }) {
        const { subjects: all } = this.options.alarms();
        return [...subjects].filter((key) => {
            const facets = all.get(key);
            if (facets === undefined || facets.alarm === null)
                return false;
            return latchesUntilReset[facets.class] && isCovered(facets.alarm, upTo);
        });
    }
}
/** `error`: how the writes ended, null for well; `active`: what has not returned by the end. */
function resetDraft({ id, name, place, zone }, origin, outcome) {
    const zhName = `${place === null ? '' : `${place.zh} `}${name.zh}`;
    const enName = `${place === null ? '' : `${place.en}, `}${name.en}`;
    const words = 'active' in outcome
        ? { zh: `${zhName} 复位 10 秒后仍在报警`, en: `${enName}: still in alarm 10 s after its reset` }
        : outcome.error === null
            ? { zh: `${zhName} 已收到复位命令`, en: `${enName} has taken the reset` }
            : {
                zh: `${zhName} 未接受复位命令（${outcome.error}），请到现场复位`,
                en: `${enName} has not taken the reset (${outcome.error}); reset it on the spot`,
            };
    const detail = 'active' in outcome
        ? { unit: id, ok: false, error: null, still_active: outcome.active }
        : { unit: id, ok: outcome.error === null, error: outcome.error };
    return { kind: 'unit.reset', class: null, subject: `unit:${id}`, alarm: null, zone, words, origin, detail };
}
