import { usualCadences } from '../../config/site-defaults.js';
import { entriesMax, minuteMs } from '../../gateway/alarm/chatter.js';
export class ToldTruth {
    broken;
    #told = new Map();
    /** Raisings and returns of this boot since the last reset, without those raisings that undo what a person did. */
    #written = new Map();
    #dealtWith = new Set();
    #changedMono = new Map();
    #silencedMono = new Map();
    #raisedIds = new Set();
    constructor(broken) {
        this.broken = broken;
    }
    see(lived) {
        for (const [n, draft] of lived.drafts.entries())
            this.#read(draft, lived.idOf(n), lived.mono);
        for (const key of new Set([...lived.before.subjects.keys(), ...lived.after.subjects.keys()])) {
            const [was, is] = [lived.before.subjects.get(key), lived.after.subjects.get(key)];
            if (standOf(was) !== standOf(is))
                this.#changedMono.set(key, lived.mono);
            if (is?.alarm != null && !this.#raisedIds.has(is.alarm.id))
                this.broken(`${key} goes by an id without an entry`);
            this.#checkFire(key, was, is, lived.drafts);
        }
    }
    /** Every tick that was asked for has come: what has been quiet for a minute is told as it stands, and no silence is too long. */
    isUpToDate({ subjects }, mono) {
        for (const [key, changedMono] of this.#changedMono) {
            if (mono >= changedMono + minuteMs)
                this.#checkTold(key, subjects.get(key));
        }
        for (const { subject, class: alarmClass, sounder, condition, service } of subjects.values()) {
            const { resoundMs } = usualCadences[alarmClass];
            if (sounder !== 'silenced' || condition !== 'active' || service !== null || resoundMs === null)
                continue;
            const silentMs = mono - (this.#silencedMono.get(subject) ?? 0);
            // Sums of fractions: the wall clock of an earlier boot is rounded.
            if (silentMs > resoundMs + 1)
                this.broken(`${subject} has been silent for ${silentMs} ms`);
        }
    }
    /** Nothing that was counted is forgotten with the process. */
    restarted(state, mono) {
        this.#written.clear();
        this.#dealtWith.clear();
        for (const key of this.#told.keys())
            this.#checkTold(key, state.subjects.get(key));
        this.isUpToDate(state, mono);
    }
    #checkTold(key, facets) {
        const told = this.#told.get(key) ?? 'normal';
        if (told !== standOf(facets))
            this.broken(`${key} was told as ${told} and is ${standOf(facets)}`);
    }
    #read({ kind, subject, alarm, detail }, id, mono) {
        if (kind === 'alarm.raised' && alarm === id)
            this.#raisedIds.add(id);
        if (kind === 'alarm.raised')
            this.#told.set(subject, 'active');
        if (kind === 'alarm.returned')
            this.#told.set(subject, detail['latched'] === true ? 'latched' : 'normal');
        if (kind === 'alarm.counted')
            this.#told.set(subject, detail['stands']);
        if (kind === 'alarm.reset') {
            this.#told.set(subject, 'normal');
            this.#written.delete(subject);
        }
        if (kind === 'alarm.silenced' || kind === 'service.changed')
            this.#silencedMono.set(subject, mono);
        if (kind === 'alarm.acknowledged' || kind === 'alarm.silenced')
            this.#dealtWith.add(subject);
        if (kind !== 'alarm.raised' && kind !== 'alarm.returned')
            return;
        if (kind === 'alarm.raised' && this.#dealtWith.delete(subject))
            return;
        const recent = [...(this.#written.get(subject) ?? []), mono].filter((each) => mono < each + minuteMs);
        this.#written.set(subject, recent);
        if (recent.length > entriesMax)
            this.broken(`${subject} was written ${recent.length} times within a minute`);
    }
    /** Of a fire each first raising, confirmation, acknowledgement, silence, re-sounding and reset has its entry in that very step. */
    #checkFire(key, was, is, drafts) {
        if ((is ?? was)?.class !== 'fire')
            return;
        const needs = (isNeeded, ...kinds) => {
            const isThere = drafts.some(({ subject, kind }) => subject === key && kinds.includes(kind));
            if (isNeeded && !isThere)
                this.broken(`${key} lacks an entry ${kinds.join(' or ')}`);
        };
        const [wasAlarm, isAlarm] = [was?.alarm ?? null, is?.alarm ?? null];
        needs(isAlarm !== null && isAlarm.id !== wasAlarm?.id, 'alarm.raised');
        needs(isAlarm !== null && wasAlarm !== null && isAlarm.confirmed !== wasAlarm.confirmed, 'alarm.confirmed');
        needs(is?.acknowledged != null && was?.acknowledged == null, 'alarm.acknowledged');
        needs(wasAlarm !== null && isAlarm === null, 'alarm.reset');
        if (is === undefined || was === undefined || isAlarm === null)
            return;
        needs(was.acknowledged !== null && is.acknowledged === null, 'alarm.raised', 'service.changed');
        needs(was.sounder === 'sounding' && is.sounder === 'silenced', 'alarm.silenced');
        needs(was.sounder === 'silenced' && is.sounder === 'sounding', ...['alarm.raised', 'alarm.resounded', 'alarm.confirmed', 'service.changed']);
    }
}
function standOf(facets) {
    if (facets === undefined || facets.alarm === null)
        return 'normal';
    return facets.condition === 'active' || facets.condition === 'clearing' ? 'active' : 'latched';
}
