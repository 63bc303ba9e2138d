import { count, floodWith, isFlood, isWritten, nextTellMono, wrote, } from './chatter.js';
import { VersionedMap } from './versioned-map.js';
export class ChatterBook {
    now;
    index;
    #state;
    #untoldBefore = new Map();
    constructor(before, now, index) {
        this.now = now;
        this.index = index;
        this.#state = before;
    }
    get state() {
        return this.#state;
    }
    /** Null: the change is to be written. Else it is counted, and the alarm goes by this id, which an entry has. */
    countedAs(change, facets) {
        const chatter = this.#of(facets.subject);
        const { mono } = this.now;
        const limits = { mono, isFlood: facets.class !== 'fire' && isFlood(this.#state, mono) };
        return chatter === undefined || isWritten(chatter, change, limits) ? null : chatter.alarm;
    }
    note(change, facets, alarm, isNews, detail) {
        const { subject: key, class: alarmClass, zone, name } = facets;
        const before = this.#of(key);
        if (isNews || before === undefined) {
            const of = { key, class: alarmClass, zone, name };
            this.#set(key, wrote(before, of, alarm, change, this.now.mono));
            if (alarmClass !== 'fire')
                this.#state = { ...this.#state, flood: floodWith(this.#state, this.now.mono) };
        }
        else
            this.#set(key, count(before, change, change === 'raised' ? detail : null, this.now));
    }
    /** Takes what is to be told; null: nothing. */
    tell(key) {
        const chatter = this.#of(key);
        if (chatter === undefined || chatter.counted === null)
            return null;
        const { raised, returned, sinceMono, sinceWall, last } = chatter.counted;
        this.#set(key, { ...chatter, counted: null });
        const forS = Math.round((this.now.mono - sinceMono) / 1000);
        const detail = { raised, returned, since_wall: sinceWall, for_s: forS, ...(last === null ? {} : { last }) };
        return { of: chatter.of, alarm: chatter.alarm, detail };
    }
    dealWith(key) {
        const chatter = this.#of(key);
        if (chatter !== undefined)
            this.#set(key, { ...chatter, isDealtWith: true });
    }
    /** Whatever comes next is new. */
    forget(key) {
        this.#set(key, undefined);
    }
    /** The alarm with changes that are not told yet, now and before this step; null: all is told. */
    untold(key) {
        const chatter = this.#of(key);
        return chatter === undefined || chatter.counted === null ? null : chatter.alarm;
    }
    untoldBefore(key) {
        return this.#untoldBefore.has(key) ? (this.#untoldBefore.get(key) ?? null) : this.untold(key);
    }
    #of(key) {
        return this.#state.subjects.get(key);
    }
    #set(key, chatter) {
        if (!this.#untoldBefore.has(key))
            this.#untoldBefore.set(key, this.untold(key));
        const subjects = VersionedMap.of(this.#state.subjects);
        const next = chatter === undefined ? subjects.without(key) : subjects.with(key, chatter);
        if (next === this.#state.subjects)
            return;
        this.#state = { ...this.#state, subjects: next };
        this.index.counted.set(key, chatter === undefined ? null : nextTellMono(chatter));
    }
}
