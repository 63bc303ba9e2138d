import { pause } from '../../drivers/clock.js';
import { Loudspeaker } from './loudspeaker.js';
import { Rendition } from './rendition.js';
import { endingOf, TurnRecords } from './turn-records.js';
import { begunDraft, endedDraft, leftOutDraft } from './voice-entries.js';
import { speakerFaultOf } from './voice-hints.js';
import { byWorth, endedBy, isWaiting, keyOf, turnKey, wishOf, } from './voice-part.js';
import { volumeOf } from './volume.js';
import { whoSpeaks } from './who-speaks.js';
/** Of those that wait, when there are more, the last of the lowest rank is left out. */
const waitingMax = 32;
/** No announcement takes longer, however often it is to be said. */
const announcementMaxMs = 30 * 60_000;
const microphoneMaxMs = 10 * 60_000;
const checkEveryMs = 60_000;
/** The chips have started by then. */
const firstCheckMs = 10_000;
/** Beside an alarm that sounds, turns that have not come for so long are over. */
const turnsIdleMs = 2 * 60_000;
const stopMaxMs = 900;
export class Voice {
    parts;
    #loudspeakers = new Map();
    #configs;
    #parts = new Map();
    #turnRecords;
    #held = null;
    #keyed = new Set();
    #order = 0;
    #isStopped = false;
    #tick = null;
    #lateTimer = null;
    #turnOverTimer = null;
    constructor(parts) {
        this.parts = parts;
        const { speakers, makeSpeaker, clock, events } = parts;
        this.#configs = new Map(speakers.map((config) => [config.id, config]));
        this.#turnRecords = new TurnRecords((drafts) => events.record(drafts));
        for (const config of speakers) {
            const loudspeaker = new Loudspeaker(config, makeSpeaker(config), clock, {
                onKeyed: () => this.#tellAmplifiers(),
                onFault: (error) => events.onFault(config, error === null ? null : speakerFaultOf(error)),
            });
            this.#loudspeakers.set(config.id, loudspeaker);
        }
    }
    /** Amplifiers that must be on now. */
    get keyed() {
        return this.#keyed;
    }
    /** What is being said now, and where. */
    get saying() {
        return [...this.#parts.values()].flatMap(({ announcement, rendition, begunOn }) => rendition === null ? [] : [{ ...announcement, speakers: begunOn ?? new Set(announcement.sayings.keys()) }]);
    }
    start() {
        for (const loudspeaker of this.#loudspeakers.values())
            loudspeaker.start();
        this.#tick = this.parts.clock.after(firstCheckMs, () => this.#everyMinute());
    }
    /** Silent, amplifiers off. Takes at most a second. */
    async stop() {
        for (const part of [...this.#parts.values()])
            this.#dismiss(part, 'stopped');
        this.#turnRecords.endAll();
        this.#isStopped = true;
        this.#tick?.();
        this.#lateTimer?.();
        this.#turnOverTimer?.();
        const stopped = [...this.#loudspeakers.values()].map((loudspeaker) => loudspeaker.stop());
        await Promise.race([Promise.all(stopped), pause(this.parts.clock, stopMaxMs)]);
    }
    /** Tells all faults again: the listener has forgotten them. */
    retell() {
        for (const loudspeaker of this.#loudspeakers.values())
            loudspeaker.retell();
    }
    /** Something sounds and has these loudspeakers: an alarm, or a drill; null: nothing does. Whatever of peace stands below is cut off
     * everywhere and does not come back (a drill and the programme below an alarm, the programme below a drill); everything else
     * that is not above it is said only where it is not heard. A turn goes on until it is over or cut. */
    hold(speakers, rank = 'fire') {
        if (this.#isStopped)
            return;
        const before = this.#held;
        this.#held = speakers === null ? null : { speakers, rank };
        for (const [id, loudspeaker] of this.#loudspeakers)
            loudspeaker.hold(speakers?.has(id) ?? false);
        // What was said for a drill is over when a fire has taken its place.
        if (before !== null && (speakers === null || before.rank !== rank))
            this.#turnRecords.endAll();
        if (speakers !== null)
            this.#endPeace();
        this.#arrange();
    }
    /** One turn of the voice between two bursts of the siren; takes the place of the last one. `onOver`: once, when all have said
     * it or failed, at the latest after `maxMs`; never before this has returned. */
    turn(announcement, maxMs, onOver) {
        if (this.#isStopped)
            return;
        this.#endTurn();
        const part = this.#newPart(announcement, 'turn', maxMs, onOver);
        if (this.#whyNever(announcement) === null)
            this.#parts.set(turnKey, part);
        this.#arrange();
        if (part.rendition === null)
            this.#turnOver(part);
    }
    /** Ends the turn now, without `onOver`. */
    cutTurn() {
        this.#endTurn();
        this.#arrange();
    }
    /** Says it as soon as nobody more urgent speaks there. One with the same id takes the place of the older one. */
    announce(announcement) {
        if (this.#isStopped)
            return;
        const why = this.#whyNever(announcement);
        if (why !== null) {
            this.leaveOut(announcement, why);
            return;
        }
        this.withdraw(announcement.id);
        this.#parts.set(keyOf(announcement), this.#newPart(announcement, 'announcement', announcementMaxMs, null));
        this.#arrange();
        const waiting = [...this.#parts.values()].filter(isWaiting);
        const last = waiting.sort(byWorth)[0];
        if (waiting.length > waitingMax && last !== undefined) {
            this.#dismiss(last, 'too-many');
            this.#arrange();
        }
    }
    /** It is not said, or not any longer. */
    withdraw(id) {
        const part = this.#parts.get(keyOf({ id }));
        if (part === undefined)
            return;
        this.#dismiss(part, 'withdrawn');
        this.#arrange();
    }
    /** All of these are not said, or not any longer. */
    withdrawIf(fits) {
        for (const { kind, announcement } of [...this.#parts.values()]) {
            if (kind === 'announcement' && fits(announcement))
                this.withdraw(announcement.id);
        }
    }
    /** Nobody says it; the journal tells why. */
    leaveOut(announcement, why) {
        this.parts.events.record([leftOutDraft(announcement, why)]);
    }
    /** Keys amplifiers for a person at a microphone, at most `forMs` and ten minutes. Ends by itself then, or when fire has taken
     * all of them, or by what is returned. Null: an alarm has them all, or none of them has an amplifier to key. */
    microphone(speakers, forMs, origin) {
        const sayings = new Map();
        for (const id of speakers)
            if (this.#configs.get(id)?.amplifier != null)
                sayings.set(id, []);
        if (this.#isStopped || sayings.size === 0)
            return null;
        const order = this.#order + 1;
        const words = { zh: '话筒喊话', en: 'a person at the microphone' };
        const announcement = {
            ...{ id: `microphone:${order}`, rank: 'evacuation', occasion: 'microphone', sayings, times: 1 },
            ...{ untilMono: this.parts.clock.mono(), volume: null, origin, alarm: null, zone: null, words },
        };
        const part = this.#newPart(announcement, 'microphone', Math.min(forMs, microphoneMaxMs), null);
        this.#parts.set(keyOf(announcement), part);
        this.#arrange();
        if (part.rendition === null) {
            this.#parts.delete(keyOf(announcement));
            return null;
        }
        return () => this.#microphoneOver(part);
    }
    #endTurn() {
        this.#turnOverTimer?.();
        const part = this.#parts.get(turnKey);
        if (part === undefined)
            return;
        part.onOver = null;
        this.#dismiss(part, 'withdrawn');
    }
    #whyNever({ rank, sayings }) {
        if (this.#held !== null && endedBy[this.#held.rank].has(rank))
            return this.#held.rank;
        return [...sayings.keys()].some((id) => this.#loudspeakers.has(id)) ? null : 'no-speaker';
    }
    #newPart(announcement, kind, maxMs, onOver) {
        return { announcement, kind, order: ++this.#order, rendition: null, begunOn: null, maxMs, onOver };
    }
    /** Cuts off, begins and leaves out until everybody has what the ranks give them. */
    #arrange() {
        if (this.#isStopped)
            return;
        this.#leaveOutLate();
        const speaking = whoSpeaks([...this.#parts].map(([key, part]) => wishOf(key, part, this.#held, this.#loudspeakers)), this.#held?.speakers ?? noSpeakers);
        for (const [key, part] of [...this.#parts]) {
            const got = speaking.get(key);
            if (part.rendition === null)
                continue;
            if (got !== undefined)
                part.rendition.keepOnly(got);
            else
                this.#interrupt(part);
        }
        for (const [key, got] of speaking) {
            const part = this.#parts.get(key);
            if (part !== undefined && part.rendition === null)
                this.#begin(part, got);
        }
        this.#awaitLate();
    }
    #begin(part, speakers) {
        const { announcement, maxMs } = part;
        const { clock, localMinute } = this.parts;
        const own = [...speakers].flatMap((id) => this.#loudspeakers.get(id) ?? []);
        const minute = localMinute();
        part.rendition = new Rendition({
            ...{ clock, times: announcement.times, maxMs, isMicrophone: part.kind === 'microphone' },
            parts: new Map(own.map((loudspeaker) => {
                const volume = announcement.volume ?? volumeOf(loudspeaker.config, announcement.rank, minute);
                return [loudspeaker, { sayings: announcement.sayings.get(loudspeaker.config.id) ?? [], volume }];
            })),
            onBegun: () => this.#begun(part, speakers),
            onOver: (outcome) => this.#over(part, outcome),
        });
        part.rendition.start();
    }
    #begun(part, speakers) {
        const where = { speakers, configs: this.#configs };
        if (part.kind === 'turn')
            this.#turnRecords.begun(part.announcement, where, this.parts.clock.mono());
        else if (part.begunOn === null)
            this.parts.events.record([begunDraft(part.announcement, where)]);
        part.begunOn ??= speakers;
    }
    /** All of its loudspeakers have ended, or its time is over. */
    #over(part, outcome) {
        this.#parts.delete(part.kind === 'turn' ? turnKey : keyOf(part.announcement));
        this.#recordEnd(part, outcome);
        part.rendition = null;
        this.#arrange();
        part.onOver?.();
    }
    /** Cut off by something more urgent: an announcement waits again, what is live is over. */
    #interrupt(part) {
        const { rendition, kind } = part;
        if (rendition === null)
            return;
        rendition.cut();
        if (kind === 'announcement')
            part.rendition = null;
        else if (kind === 'turn')
            this.#turnOver(part);
        else
            this.#dismiss(part, 'fire');
    }
    /** A turn that nobody can speak, or not any longer: the siren carries on. */
    #turnOver(part) {
        const { onOver } = part;
        part.onOver = null;
        this.#dismiss(part, 'withdrawn');
        if (onOver === null)
            return;
        // Not from within whoever asked for the turn, and not if it was cut meanwhile.
        this.#turnOverTimer = this.parts.clock.after(0, onOver);
    }
    #microphoneOver(part) {
        if (this.#parts.get(keyOf(part.announcement)) !== part || part.rendition === null)
            return;
        part.rendition.cut();
        this.#over(part, { spoken: 1, failed: new Map(), wasCut: false });
    }
    /** Out, whatever it does; the journal tells. */
    #dismiss(part, why) {
        this.#parts.delete(part.kind === 'turn' ? turnKey : keyOf(part.announcement));
        const { rendition } = part;
        part.rendition = null;
        rendition?.cut();
        if (rendition === null && part.begunOn === null) {
            if (part.kind === 'announcement')
                this.leaveOut(part.announcement, why);
        }
        else
            this.#recordEnd(part, { ...(rendition?.outcome ?? nothingSaid), wasCut: true }, 'cut-off');
    }
    #recordEnd(part, outcome, how = null) {
        const { announcement, begunOn } = part;
        if (part.kind === 'turn') {
            if (begunOn !== null)
                this.#turnRecords.over(announcement, begunOn, outcome, this.parts.clock.mono());
            return;
        }
        const speakers = begunOn ?? new Set(announcement.sayings.keys());
        this.parts.events.record([
            endedDraft(announcement, { speakers, configs: this.#configs }, how ?? endingOf(outcome), outcome),
        ]);
    }
    #endPeace() {
        for (const part of [...this.#parts.values()]) {
            const why = this.#whyNever(part.announcement);
            if (why === null)
                continue;
            if (part.kind === 'turn')
                this.#turnOver(part);
            else
                this.#dismiss(part, why);
        }
    }
    #leaveOutLate() {
        const nowMono = this.parts.clock.mono();
        for (const part of [...this.#parts.values()]) {
            if (isWaiting(part) && part.announcement.untilMono <= nowMono)
                this.#dismiss(part, 'late');
        }
    }
    #awaitLate() {
        this.#lateTimer?.();
        const waiting = [...this.#parts.values()].filter(isWaiting);
        const nextMono = Math.min(...waiting.map(({ announcement }) => announcement.untilMono));
        this.#lateTimer = Number.isFinite(nextMono) ? this.parts.clock.exactly(nextMono, () => this.#arrange()) : null;
    }
    #everyMinute() {
        for (const loudspeaker of this.#loudspeakers.values())
            loudspeaker.check();
        const { clock } = this.parts;
        if (this.#held === null)
            this.#turnRecords.endIdle(clock.mono() - turnsIdleMs);
        this.#tick = clock.after(checkEveryMs, () => this.#everyMinute());
    }
    #tellAmplifiers() {
        const keyed = new Set();
        for (const { isKeyed, config } of this.#loudspeakers.values()) {
            if (isKeyed && config.amplifier !== null)
                keyed.add(config.amplifier);
        }
        const isSame = keyed.size === this.#keyed.size && [...keyed].every((id) => this.#keyed.has(id));
        if (isSame)
            return;
        this.#keyed = keyed;
        this.parts.events.onAmplifiers();
    }
}
const noSpeakers = new Set();
const nothingSaid = { spoken: 0, failed: new Map(), wasCut: true };
