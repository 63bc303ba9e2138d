/**
 * The daily programme: morning words, fire-prevention publicity. It comes by the calendar and gives way to everything: nothing of
 * it is said while a fire stands, in quiet hours, by a clock that nobody trusts, or twice in half a day; and what could not be
 * said at its time is not made up for.
 */
import type { ProgrammeId, SpeakerId } from '../../config/ids.js';
import type { DayWindow, ProgrammeConfig, Say } from '../../config/sounding.js';
import type { Calendar } from '../../drivers/calendar.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Announcement, Saying } from './announcement.js';
import type { Voice } from './voice.js';
import type { LeftOut } from './voice-entries.js';
import { isInWindow } from './volume.js';

/** An item that is kept waiting by somebody more urgent is begun no later than this. */
const waitsMs = 10 * 60_000;
/** Measured by the monotonic clock: a wall clock that is set back says nothing again. */
const againMs = 12 * 3_600_000;
const dayMin = 24 * 60;
/** A calendar may be a little late, and never early. */
const lateMin = 1;

export interface ProgrammeParts {
  readonly items: readonly ProgrammeConfig[];
  /** Nothing begins in it; null: there is none. */
  readonly quietHours: DayWindow | null;
  readonly calendar: Calendar;
  readonly clock: Clock;
  /** Minute of the local day, 0 to 1439. */
  readonly localMinute: () => number;
  readonly voice: Pick<Voice, 'announce' | 'leaveOut' | 'withdraw'>;
  /** The message filled in, for each of its loudspeakers. */
  readonly sayingsOf: (say: Say) => ReadonlyMap<SpeakerId, readonly Saying[]>;
  /** An alarm of class fire is there, sounding or not, and was not reset. */
  readonly isFireStanding: () => boolean;
}

export class Programme {
  readonly #jobs: Cancel[] = [];
  readonly #saidMono = new Map<ProgrammeId, number>();

  constructor(private readonly parts: ProgrammeParts) {}

  start(): void {
    const { items, calendar } = this.parts;
    for (const item of items) this.#jobs.push(calendar.weekly(item.at, item.days, () => this.#isTime(item)));
  }

  stop(): void {
    for (const cancel of this.#jobs.splice(0)) cancel();
  }

  /** A fire was raised: what waits or is being said is over, also where no siren sounds. */
  giveWay(): void {
    for (const { id } of this.parts.items) this.parts.voice.withdraw(announcementId(id));
  }

  #isTime(item: ProgrammeConfig): void {
    const { voice, clock, localMinute } = this.parts;
    const minute = localMinute();
    // The calendar woke by a clock that was set meanwhile.
    if ((minute - minuteOf(item.at) + dayMin) % dayMin > lateMin) return;
    const announcement = this.#announcementOf(item, minute);
    const why = this.#whyNot(item, minute);
    if (why !== null) {
      voice.leaveOut(announcement, why);
      return;
    }
    this.#saidMono.set(item.id, clock.mono());
    voice.announce(announcement);
  }

  #whyNot({ id }: ProgrammeConfig, minute: number): LeftOut | null {
    const { clock, quietHours, isFireStanding } = this.parts;
    if (isFireStanding()) return 'fire';
    if (clock.trust() === 'untrusted') return 'clock-untrusted';
    if (quietHours !== null && isInWindow(quietHours, minute)) return 'quiet-hours';
    const saidMono = this.#saidMono.get(id) ?? Number.NEGATIVE_INFINITY;
    return clock.mono() - saidMono < againMs ? 'said-lately' : null;
  }

  #announcementOf({ id, say, times, at }: ProgrammeConfig, minute: number): Announcement {
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

function announcementId(id: ProgrammeId): string {
  return `programme:${id}`;
}

function minuteOf(at: string): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return hour * 60 + minute;
}
