/** The siren test of a site: the machine with its looks at the outputs, its calendar, and what it orders. */
import { strict as assert } from 'node:assert';
import type { OutputId } from '../../config/ids.js';
import type { SirenTestConfig, SiteConfig, Weekday } from '../../config/site.js';
import type { Calendar } from '../../drivers/calendar.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Announcement } from '../voice/announcement.js';
import { type ExerciseRefusal, type Standing, wordsMaxMs } from './exercise.js';
import { markNames, nothingRuns, runningSirenTest, sirenTestRuns } from './exercise-marks.js';
import { type ExerciseOutlets, type Marks, sayingsOf } from './outlets.js';
import {
  type Outcome,
  type SirenTest,
  type SirenTestEffect,
  type SirenTestEnd,
  type SirenTestInput,
  type SirenTestState,
  sirenTestMaxMs,
  sirenTestOff,
  stepSirenTest,
} from './siren-test.js';
import { sirenTestBegun, sirenTestEnded, sirenTestLeftOut } from './siren-test-entries.js';

/** How often the siren at its turn is looked at while a test runs. */
const lookMs = 200;
/** Two tests by the calendar are never closer: a clock that is set back brings its minute again. */
const calendarMinMs = 3_600_000;
const calendarOrigin = 'calendar';

export interface SirenTestRunOptions {
  readonly site: Pick<SiteConfig, 'outputs' | 'messages'>;
  readonly config: SirenTestConfig;
  readonly clock: Clock;
  readonly outlets: ExerciseOutlets;
  readonly marks: Marks;
  readonly newId: () => string;
}

/** How a siren test ended, for whoever ordered it. */
export interface LastSirenTest {
  readonly id: string;
  readonly reason: SirenTestEnd;
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

export class SirenTestRun {
  #state: SirenTestState = sirenTestOff;
  #cancelLook: Cancel | null = null;
  #byCalendarMono = Number.NEGATIVE_INFINITY;
  #last: LastSirenTest | null = null;

  constructor(private readonly options: SirenTestRunOptions) {}

  get running(): SirenTest | null {
    return this.#state.is === 'off' ? null : this.#state.test;
  }

  /** How the last one since the start ended; null: there was none. */
  get last(): LastSirenTest | null {
    return this.#last;
  }

  /** Wall time by which it is over, ms since 1970; null while none runs. */
  get untilWall(): number | null {
    const { clock } = this.options;
    const { running } = this;
    return running === null ? null : clock.wall() + running.begunMono + sirenTestMaxMs(running) - clock.mono();
  }

  /** Null when it began. `only`: this output alone, whether the test of the site has it or not. */
  begin(origin: string, standing: Standing, only: OutputId | null = null): ExerciseRefusal | null {
    const { config, newId } = this.options;
    const { soundsMs, begins } = config;
    const outputs = only === null ? config.outputs : [only];
    const hasWords = begins !== null && begins.speakers.length > 0;
    return this.#take({ kind: 'begin', id: newId(), outputs, soundsMs, origin, hasWords, standing });
  }

  /** Every week at its day; returns what ends that. `standing` is asked then. */
  followCalendar(calendar: Calendar, standing: () => Standing): Cancel {
    const { config, clock, outlets } = this.options;
    return calendar.daily(config.at, () => {
      if (weekdayOf(clock.wall()) !== config.day) return;
      const refusal = this.#isTooSoon() ? 'just-tested' : this.begin(calendarOrigin, standing());
      if (refusal !== null) outlets.record([sirenTestLeftOut(config.outputs, refusal, calendarOrigin)], []);
    });
  }

  said(id: string): void {
    if (this.running !== null && id === wordsId(this.running)) this.#take({ kind: 'said' });
  }

  /** Null when it ended. A fire or an alarm ends what runs, and is no refusal when nothing does. */
  end(reason: 'order' | 'fire' | 'alarm' | 'stop'): ExerciseRefusal | null {
    return this.#take({ kind: 'end', reason });
  }

  /** Tells the end of a test that was under way when the gateway ended. */
  restore(): void {
    this.#take({ kind: 'restart', running: runningSirenTest(this.options.marks.get(markNames.exercise)) });
  }

  stop(): void {
    this.end('stop');
  }

  #take(input: SirenTestInput): ExerciseRefusal | null {
    const { clock } = this.options;
    const { state, effects } = stepSirenTest(this.#state, input, { mono: clock.mono(), wall: clock.wall() });
    this.#state = state;
    this.#cancelLook?.();
    this.#cancelLook = state.is === 'off' ? null : clock.after(lookMs, () => this.#look());
    let refusal: ExerciseRefusal | null = null;
    for (const effect of effects) {
      // What an effect brought about has overtaken the rest.
      if (this.#state !== state) break;
      if (effect.do === 'refuse') refusal = effect.reason;
      else this.#do(effect);
    }
    return refusal;
  }

  #look(): void {
    const state = this.#state;
    const isAtTurn = state.is === 'ringing' || state.is === 'quieting';
    this.#take({ kind: 'look', isOn: isAtTurn ? this.options.outlets.proofOf(state.output) : null });
  }

  #do(effect: Exclude<SirenTestEffect, { do: 'refuse' }>): void {
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
        const wish = { kind: 'siren-test', sound, cadence: null, sayings: new Map(), origin } as const;
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
        this.#last = { id: test.id, reason, outcomes: Object.fromEntries(outcomes) };
        outlets.record([...drafts, sirenTestEnded(effect, site.outputs)], [nothingRuns(wall)]);
        // One that was not tried stays as it was known.
        for (const [id, outcome] of outcomes) if (outcome !== 'skipped') outlets.fault(id, outcome === 'not-proven');
        break;
      }
      default: {
        const impossible: never = effect;
        assert.fail(`impossible effect ${String(impossible)}`);
      }
    }
  }

  #dated({ origin, begunMono, begunWall }: SirenTest) {
    if (origin !== calendarOrigin) return [];
    this.#byCalendarMono = begunMono;
    return [{ name: markNames.sirenTest, wall: begunWall, detail: '' }];
  }

  #isTooSoon(): boolean {
    const { clock, marks } = this.options;
    const saved = marks.get(markNames.sirenTest);
    const isTooSoonByWall = saved !== null && Math.abs(clock.wall() - saved.wall) < calendarMinMs;
    return clock.mono() - this.#byCalendarMono < calendarMinMs || isTooSoonByWall;
  }

  #words(test: SirenTest): Announcement {
    const { site, config, clock, outlets } = this.options;
    const sayings = sayingsOf(config.begins, site.messages, (message) => [outlets.render(message, {})]);
    return {
      ...{ id: wordsId(test), rank: 'drill', occasion: 'siren-test', sayings, times: 1 },
      ...{ untilMono: clock.mono() + wordsMaxMs, volume: config.volume, origin: test.origin, alarm: null, zone: null },
      words: { zh: '即将试鸣警报', en: 'a siren test is about to begin' },
    };
  }
}

function wordsId({ id }: SirenTest): string {
  return `${id}/begins`;
}

const weekdays: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Of local time. */
export function weekdayOf(wallMs: number): Weekday {
  const name = new Intl.DateTimeFormat('en-US', { weekday: 'short' }).format(wallMs);
  return weekdays.indexOf(name) as Weekday;
}
