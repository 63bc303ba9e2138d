import { isInWindow } from './volume.js';
/** An item that is kept waiting by somebody more urgent is begun no later than this. */
const waitsMs = 10 * 60_000;
/** Measured by the monotonic clock: a wall clock that is set back says nothing again. */
const againMs = 12 * 3_600_000;
const dayMin = 24 * 60;
/** A calendar may be a little late, and never early. */
const lateMin = 1;
export class Programme {
    parts;
    #jobs = [];
    #saidMono = new Map();
    constructor(parts) {
        this.parts = parts;
    }
    start() {
        const { items, calendar } = this.parts;
        for (const item of items)
            this.#jobs.push(calendar.weekly(item.at, item.days, () => this.#isTime(item)));
    }
    stop() {
        for (const cancel of this.#jobs.splice(0))
            cancel();
    }
    /** A fire was raised: what waits or is being said is over, also where no siren sounds. */
    giveWay() {
        for (const { id } of this.parts.items)
            this.parts.voice.withdraw(announcementId(id));
    }
    #isTime(item) {
        const { voice, clock, localMinute } = this.parts;
        const minute = localMinute();
        // The calendar woke by a clock that was set meanwhile.
        if ((minute - minuteOf(item.at) + dayMin) % dayMin > lateMin)
            return;
        const announcement = this.#announcementOf(item, minute);
        const why = this.#whyNot(item, minute);
        if (why !== null) {
            voice.leaveOut(announcement, why);
            return;
        }
        this.#saidMono.set(item.id, clock.mono());
        voice.announce(announcement);
    }
    #whyNot({ id }, minute) {
        const { clock, quietHours, isFireStanding } = this.parts;
        if (isFireStanding())
            return 'fire';
        if (clock.trust() === 'untrusted')
            return 'clock-untrusted';
        if (quietHours !== null && isInWindow(quietHours, minute))
            return 'quiet-hours';
        const saidMono = this.#saidMono.get(id) ?? Number.NEGATIVE_INFINITY;
        return clock.mono() - saidMono < againMs ? 'said-lately' : null;
    }
    #announcementOf({ id, say, times, at }, minute) {
        const { clock, quietHours, sayingsOf } = this.parts;
        const quietInMs = quietHours === null ? waitsMs : ((quietHours.fromMin - minute + dayMin) % dayMin) * 60_000;
        return {
            id: announcementId(id),
            rank: 'programme',
            occasion: 'programme',
            sayings: sayingsOf(say),
            times,
            untilMono: clock.mono() + Math.min(waitsMs, quietInMs),
            volume: null,
            origin: 'calendar',
            alarm: null,
            zone: null,
            words: { zh: `每日播报 ${id}（${at}）`, en: `daily programme ${id} (${at})` },
        };
    }
}
function announcementId(id) {
    return `programme:${id}`;
}
function minuteOf(at) {
    const [hour = 0, minute = 0] = at.split(':').map(Number);
    return hour * 60 + minute;
}
