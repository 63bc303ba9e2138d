import { latchesUntilReset } from '../../config/vocabulary.js';
import { wordsFor } from './alarm-words.js';
import { ChatterBook } from './chatter-book.js';
import { stepCondition } from './condition.js';
import { fresh, noAlarm, rowOf, waitingSince, } from './facets.js';
import { isOnOtherSide, numberDetail } from './limits.js';
import { VersionedMap } from './versioned-map.js';
import { nextEndMono } from './walk-test-due.js';
import { isFaultOfOthers, severityOf, watchedOf, } from './watched-point.js';
/** A quantity that jumps is looked at again before it is believed; only one that goes on jumping is at fault. */
const stepFaultMs = 15_000;
/** Of each alarm. */
const framesKept = 2;
/** Entries that are counted when there are too many; before all others what was counted is told. */
const isLimited = new Set(['alarm.raised', 'alarm.returned', 'alarm.counted']);
const atOnce = { onDelayMs: 0, offDelayMs: 0 };
export class Work {
    before;
    now;
    site;
    index;
    /** The state before, until something changes: most readings change nothing, and there are thousands a second. */
    #subjects;
    #changed = new Map();
    #drafts = [];
    #touched = [];
    #stillActive = [];
    #lastOrder;
    #inSight;
    #chatter;
    #walkTests;
    #isChanged = false;
    /** What was put into its place in this step. */
    #was = new Map();
    known;
    resoundMs;
    zoneNames;
    /** What a point under test says in this step; `walk-test.ts` says what comes of it. */
    said = null;
    constructor(before, now, site, 
    /** Of the state before; it follows what changes here. */
    index) {
        this.before = before;
        this.now = now;
        this.site = site;
        this.index = index;
        this.known = site.known;
        this.resoundMs = site.resoundMs;
        this.zoneNames = site.zoneNames;
        this.#chatter = new ChatterBook(before.chatter, now, index);
        this.#subjects = before.subjects;
        this.#lastOrder = before.lastOrder;
        this.#inSight = before.inSight;
        this.#walkTests = before.walkTests;
    }
    get subjects() {
        return this.#subjects;
    }
    /** A fire that is in service. */
    get hasFire() {
        return this.index.hasFire;
    }
    get walkTests() {
        return this.#walkTests;
    }
    result() {
        const state = {
            ...{ subjects: this.#subjects, lastOrder: this.#lastOrder, inSight: this.#inSight },
            ...{ chatter: this.#chatter.state, walkTests: this.#walkTests },
        };
        return {
            state: this.#isChanged || state.chatter !== this.before.chatter ? state : this.before,
            drafts: this.#drafts,
            facets: [...this.#changed.values()],
            touched: this.#touched,
            stillActive: this.#stillActive,
            nextTickMono: nextEndMono(this.#walkTests, this.index.nextMono),
            visited: this.index.takeVisited(),
        };
    }
    read(reading) {
        const watched = watchedOf(this.site.points, reading);
        const { point, subject, fault } = watched;
        if (point.class === 'fire')
            this.#see(point.id, subject, reading.quality === 'good');
        if (reading.quality === 'bad') {
            this.#setLost(subject, true);
            if (isFaultOfOthers(reading)) {
                // Whatever jumped before the silence jumps no more: jumping is counted anew after it.
                if (this.#subjects.get(fault.key)?.condition === 'pending')
                    this.condition(fault, false, atOnce, {});
                return;
            }
            const onDelayMs = reading.reason === 'step' ? stepFaultMs : 0;
            this.condition(fault, true, { onDelayMs, offDelayMs: 0 }, { reason: reading.reason });
            return;
        }
        const { value, confirmed } = reading;
        const wasActive = this.#isActive(subject);
        const severity = severityOf(point, reading, wasActive);
        const isAtFault = severity === 'fault' && point.class !== 'fault';
        this.condition(fault, isAtFault, atOnce, { state: reading.value });
        this.#setLost(subject, isAtFault);
        if (point.class === null || isAtFault)
            return;
        const told = typeof value === 'number' ? numberDetail(point, value, wasActive) : { state: value };
        const detail = { ...told, confirmed, sampled_mono: reading.sampledMono };
        if (this.#subjects.get(subject.key)?.service?.is === 'under-test') {
            this.said = { watched, isActive: severity === point.class, frame: confirmed ? reading.frame : null, detail };
            return;
        }
        this.condition(subject, severity === point.class, point, detail);
        if (typeof value === 'number')
            this.#follow(watched, value, wasActive, detail);
        if (point.class === 'fire' && severity === 'fire' && confirmed)
            this.witness(subject, reading.frame);
    }
    condition(subject, isActive, delays, detail) {
        const facets = this.#subjects.get(subject.key) ?? fresh(subject);
        const { state, event } = stepCondition(facets, isActive, delays, this.now.mono);
        if (event === 'raised')
            this.raise(facets, detail);
        else if (event === 'returned')
            this.#return(facets, detail);
        else if (state !== facets) {
            const { isLossBeside, ...rest } = facets;
            this.put({ ...rest, ...state });
        }
    }
    /** What there is of the subjects for which a time has come, by time and then by key. */
    dueNow() {
        return this.index.due.dueBy(this.now.mono).flatMap((key) => this.#subjects.get(key) ?? []);
    }
    raise({ isLossBeside = false, ...facets }, detail) {
        const countedAs = this.#countedAs('raised', facets);
        const again = facets.alarm === null ? {} : { again: true };
        const unserved = facets.service === null ? {} : { service: facets.service.is };
        const told = { ...detail, ...again, ...unserved };
        const id = facets.alarm?.id ?? countedAs ?? this.now.entryId(this.#drafts.length);
        const alarm = {
            id,
            order: ++this.#lastOrder,
            raisedMono: this.now.mono,
            raisedWall: facets.alarm?.raisedWall ?? this.now.wall,
            waitingMono: waitingSince(facets, this.now.mono),
            frames: facets.alarm?.frames ?? [],
            confirmed: facets.alarm?.confirmed ?? null,
        };
        // A new raising is heard and must be acknowledged anew, whatever was silenced before.
        const { service } = facets;
        const sounder = service === null ? 'sounding' : 'quiet';
        this.#chatter.note('raised', facets, id, countedAs === null, told);
        this.put({ ...facets, condition: 'active', alarm, acknowledged: null, sounder, sounderMono: this.now.mono });
        if (countedAs === null)
            this.draft('alarm.raised', facets, id, null, told);
        if (facets.class !== 'fire')
            return;
        this.weigh(facets.zone);
        if (isLossBeside)
            this.#confirm(facets.subject, 'second-lost');
    }
    /** The stamp of something that nobody has seen before. */
    newest() {
        this.#lastOrder++;
        return { order: this.#lastOrder, raisedMono: this.now.mono };
    }
    /** Takes over how a subject stands now. `isSaved` false: a restart need not know. */
    put(facets, isSaved = true) {
        this.#isChanged = true;
        const { subject, alarm, service, condition } = facets;
        const subjects = VersionedMap.of(this.#subjects);
        const isGone = alarm === null && service === null && condition === 'normal';
        const before = subjects.get(subject);
        if (!this.#was.has(subject))
            this.#was.set(subject, before);
        this.#subjects = isGone ? subjects.without(subject) : subjects.with(subject, facets);
        this.index.follow(subject, before, isGone ? undefined : facets);
        if (isSaved)
            this.save(facets);
    }
    /** Writes its row, or none if there was none and needs to be none. */
    save(facets, hadSaved = false) {
        const { subject } = facets;
        const row = rowOf(facets, this.#chatter.untold(subject));
        const was = this.#was.has(subject) ? this.#was.get(subject) : this.#subjects.get(subject);
        const wasUntold = this.#chatter.untoldBefore(subject);
        const hadRow = hadSaved || wasUntold !== null || (was !== undefined && rowOf(was) !== null);
        if (row !== null || hadRow || this.#changed.has(subject))
            this.#changed.set(subject, { subject, row });
    }
    /** What was saved about this subject is not wanted any more. */
    forget(subject) {
        this.#changed.set(subject, { subject, row: null });
    }
    /** An order took effect on it, and no entry says so. */
    touch(subject) {
        this.#touched.push(subject);
    }
    stillActive(subject) {
        this.#stillActive.push(subject);
    }
    draft(kind, facets, alarm, origin, detail) {
        if (!isLimited.has(kind))
            this.#tell(facets.subject);
        if (kind === 'alarm.acknowledged' || kind === 'alarm.silenced')
            this.#chatter.dealWith(facets.subject);
        if (kind === 'alarm.reset')
            this.#chatter.forget(facets.subject);
        if (origin !== null)
            this.#touched.push(facets.subject);
        this.#drafts.push({
            kind,
            // To take a detector out of service is an operation, and no fire.
            class: kind === 'service.changed' ? null : facets.class,
            subject: facets.subject,
            alarm,
            zone: facets.zone,
            words: wordsFor(kind, facets, detail),
            origin,
            detail,
        });
    }
    /** Begins or goes on with the walk test of a zone, or ends it. */
    putWalkTest(zone, test) {
        this.#isChanged = true;
        const walkTests = new Map(this.#walkTests);
        this.#walkTests = walkTests;
        if (test === null)
            walkTests.delete(zone);
        else
            walkTests.set(zone, test);
    }
    /** An entry about something else than one alarm. */
    note(draft) {
        this.#drafts.push(draft);
    }
    /** The point that is this subject; null for faults and for what has left the config. */
    entryOf(key) {
        return key.startsWith('point:') ? (this.site.points.get(key.slice('point:'.length)) ?? null) : null;
    }
    #isActive({ key }) {
        const condition = this.#subjects.get(key)?.condition;
        return condition === 'active' || condition === 'clearing';
    }
    /** What a number is raised with is kept: a tick raises it without a look, and one that has gone over to the other side of
     * normal (a pool that ran over and is now empty) is raised anew. */
    #follow({ point, subject }, value, wasActive, detail) {
        const facets = this.#subjects.get(subject.key);
        if (facets === undefined)
            return;
        const { condition, measured } = facets;
        const isNew = condition === 'pending' || (condition === 'active' && !wasActive);
        const hasCrossed = condition === 'active' && wasActive && isOnOtherSide(point, measured, value);
        if (hasCrossed)
            this.raise({ ...facets, measured: value }, detail);
        else if (isNew && measured !== value)
            this.put({ ...facets, measured: value }, false);
    }
    /** A point that can not be seen, or says itself that it is at fault, keeps its alarm; a person may reset it as lost. */
    #setLost(subject, isLost) {
        const facets = this.#subjects.get(subject.key);
        if (facets !== undefined && facets.isLost !== isLost)
            this.put({ ...facets, isLost }, false);
    }
    /** A fire point came into sight or was lost. Lost beside a fire that nobody has acknowledged, it was perhaps burnt, under test or not. */
    #see(id, subject, isSeen) {
        if (this.#inSight.has(id) === isSeen)
            return;
        this.#isChanged = true;
        const inSight = VersionedMap.of(this.#inSight);
        this.#inSight = isSeen ? inSight.with(id, true) : inSight.without(id);
        if (isSeen || (this.#subjects.get(subject.key)?.service?.is ?? 'under-test') !== 'under-test')
            return;
        const { unacknowledged, waiting } = this.index.zone(subject.zone);
        const isOther = (key) => key !== subject.key;
        for (const key of this.#each(waiting).filter(isOther)) {
            const facets = this.#subjects.get(key);
            if (facets !== undefined)
                this.put({ ...facets, isLossBeside: true });
        }
        for (const key of this.#each(unacknowledged).filter(isOther))
            this.#confirm(key, 'second-lost');
    }
    /** This frame shows the fire. Two are remembered: of two detectors that always share a frame the next one counts. */
    witness({ key, zone }, frameOfBoot) {
        const facets = this.#subjects.get(key);
        const frame = `${this.now.boot}/${frameOfBoot}`;
        if (facets === undefined || facets.alarm === null)
            return;
        const { alarm } = facets;
        if (alarm.frames.length >= framesKept || alarm.frames.includes(frame))
            return;
        this.put({ ...facets, alarm: { ...alarm, frames: [...alarm.frames, frame] } });
        this.weigh(zone);
    }
    /** Are the fires of this zone more than one detector's word? */
    weigh(zone) {
        const { confirmation, unconfirmed } = this.index.zone(zone);
        if (confirmation !== null)
            for (const key of this.#each(unconfirmed))
                this.#confirm(key, confirmation);
    }
    #each(keys) {
        this.index.visit(keys.size);
        return [...keys];
    }
    #confirm(key, confirmed) {
        const facets = this.#subjects.get(key);
        const alarm = facets?.alarm ?? null;
        if (facets === undefined || alarm === null || alarm.confirmed !== null || facets.service !== null)
            return;
        // What it wakes now sounds from the beginning, not in the middle of a rest.
        // A detector that burns away beside a silenced fire is no alarm of its own, and must be heard all the same.
        const isHeard = facets.sounder === 'sounding' || (facets.sounder === 'silenced' && confirmed === 'second-lost');
        const sounder = isHeard ? 'sounding' : facets.sounder;
        const sounderMono = isHeard ? this.now.mono : facets.sounderMono;
        this.put({ ...facets, sounder, sounderMono, alarm: { ...alarm, confirmed } });
        this.draft('alarm.confirmed', facets, alarm.id, null, { reason: confirmed });
    }
    /** Null: this change is written, after whatever was counted before it. Else it is counted, and its alarm goes by this id. */
    #countedAs(change, facets) {
        const alarm = this.#chatter.countedAs(change, facets);
        if (alarm === null)
            this.#tell(facets.subject);
        return alarm;
    }
    /** Tells what was counted for long enough. */
    tellCounted() {
        for (const key of this.index.counted.dueBy(this.now.mono))
            this.#tell(key);
    }
    #tell(key) {
        const told = this.#chatter.tell(key);
        if (told === null)
            return;
        const facets = this.#subjects.get(key) ?? fresh(told.of);
        this.counted(facets, facets.alarm?.id ?? told.alarm, told.detail);
        this.save(facets);
    }
    /** How it stands, after changes that nobody wrote. */
    counted(facets, alarm, detail) {
        const isStanding = facets.condition === 'active' || facets.condition === 'clearing';
        const stands = isStanding ? 'active' : facets.alarm === null ? 'normal' : 'latched';
        this.draft('alarm.counted', facets, alarm, null, { ...detail, stands });
    }
    #return(facets, detail) {
        const alarm = facets.alarm;
        if (alarm === null)
            throw new Error(`${facets.subject} is active without an alarm`);
        const isKept = latchesUntilReset[facets.class];
        const isNews = this.#countedAs('returned', facets) === null;
        this.#chatter.note('returned', facets, alarm.id, isNews, detail);
        this.put(isKept ? { ...facets, condition: 'normal' } : { ...facets, ...noAlarm });
        if (isNews)
            this.draft('alarm.returned', facets, alarm.id, null, { ...detail, latched: isKept });
    }
}
