/** Everything that sounds although nothing is in alarm: at most one at a time, and never beside a fire. */
import type { OutputId } from '../../config/ids.js';
import type { SirenTestConfig } from '../../config/site.js';
import type { Calendar } from '../../drivers/calendar.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { AlarmState } from '../alarm/facets.js';
import type { TellFault } from '../alarm/subject.js';
import type { HeadCount } from './drill.js';
import { DrillDue } from './drill-due.js';
import { DrillRun } from './drill-run.js';
import type { DrillSite } from './drill-sound.js';
import type { ExerciseKind, ExerciseRefusal, Standing, ZoneChoice } from './exercise.js';
import type { ExerciseOutlets, Mark, Marks } from './outlets.js';
import { type LastSirenTest, SirenTestRun } from './siren-test-run.js';
import { alarmsStanding } from './standing.js';

/** A drill is due by the year: that is looked at every hour. */
const dueLookMs = 3_600_000;

/** Where the site file tests no sirens, one of them can be tried all the same: its settings then. */
const oneAtATime: SirenTestConfig = { day: 1, at: '10:00', begins: null, outputs: [], soundsMs: 2_000, volume: 20 };

export interface ExercisesOptions {
  readonly config: DrillSite;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly outlets: ExerciseOutlets;
  readonly marks: Marks;
  /** Never the same twice, over all starts. */
  readonly newId: () => string;
  /** As they stand now. */
  readonly alarms: () => AlarmState;
  /** Tells that a drill is due. */
  readonly tell: TellFault;
  /** A walk test is under way. */
  readonly isWalkTesting: () => boolean;
}

/** What runs, for `gengfu status`. */
export interface RunningExercise {
  readonly is: Exclude<ExerciseKind, 'walk-test'>;
  readonly by: string;
  /** Where it sounds; a siren test: everywhere. */
  readonly zones: ZoneChoice;
  /** By then it is over: wall time, ms since 1970. */
  readonly untilWall: number;
}

export class Exercises {
  readonly #drill: DrillRun;
  readonly #test: SirenTestRun;
  readonly #due: DrillDue;
  #seen: AlarmState['subjects'] | null = null;
  #cancelCalendar: Cancel | null = null;
  #cancelDue: Cancel | null = null;

  constructor(private readonly options: ExercisesOptions) {
    const { config, clock, outlets, marks, newId, tell } = options;
    const { drill, sirenTest } = config.exercises;
    this.#drill = new DrillRun({ site: config, clock, outlets, newId, onHeld: () => this.#due.review() });
    const test = sirenTest ?? oneAtATime;
    this.#test = new SirenTestRun({ site: config, config: test, clock, outlets, marks, newId });
    const setMark = (mark: Mark): void => outlets.record([], [mark]);
    this.#due = new DrillDue({ dueAfterMs: drill.dueAfterMs, clock, marks, setMark, tell });
  }

  get running(): ExerciseKind | null {
    if (this.#drill.running !== null) return 'drill';
    if (this.#test.running !== null) return 'siren-test';
    return this.options.isWalkTesting() ? 'walk-test' : null;
  }

  /** A drill or a siren test; a walk test tells of itself. */
  get status(): RunningExercise | null {
    for (const [is, run] of [['drill', this.#drill] as const, ['siren-test', this.#test] as const]) {
      const by = run.running?.origin;
      const untilWall = run.untilWall;
      const zones = is === 'drill' ? (this.#drill.running?.zones ?? 'all') : 'all';
      if (by !== undefined && typeof untilWall === 'number') return { is, by, zones, untilWall };
    }
    return null;
  }

  /** Something was recorded: the alarms may have changed, and words may have been said. Not to be called in the middle of a step
   * of the engine. */
  see(entries: readonly Pick<EntryDraft, 'kind' | 'detail'>[] = []): void {
    this.#seeAlarms();
    for (const { kind, detail } of entries) {
      // Cut off or left out is over too: nobody waits for it any longer.
      if (kind === 'voice.ended' && typeof detail['announcement'] === 'string') this.#said(detail['announcement']);
    }
  }

  get standing(): Standing {
    const { alarms, config } = this.options;
    return { ...alarmsStanding(alarms(), config.plans), running: this.running };
  }

  /** `forMs` null: as long as the site file says. Null when it began. */
  beginDrill(zones: ZoneChoice, forMs: number | null, origin: string): ExerciseRefusal | null {
    return this.#drill.begin(zones, forMs, origin, this.standing);
  }

  /** Ends the drill that runs, or takes the head count of the last one. Null when it did. */
  endDrill(counts: HeadCount, note: string | null, origin: string): ExerciseRefusal | null {
    return this.#drill.end(counts, note, origin);
  }

  /** Null when it began. */
  testSirens(origin: string): ExerciseRefusal | null {
    return this.options.config.exercises.sirenTest === null
      ? 'nothing-sounds'
      : this.#test.begin(origin, this.#standingOfTest);
  }

  /** One output shortly. Null when it began. */
  testOutput(output: OutputId, origin: string): ExerciseRefusal | null {
    const { standing } = this;
    const hasSound = standing.hasSound || this.options.outlets.isUndecided(output);
    return this.#test.begin(origin, { ...standing, hasSound }, output);
  }

  /** How the last test of sirens or of one output since the start ended. */
  get lastTest(): LastSirenTest | null {
    return this.#test.last;
  }

  /** A siren found on at start can not be proven off either: it may sound for a fire that no disk has told yet. */
  get #standingOfTest(): Standing {
    const { standing } = this;
    const outputs = this.options.config.exercises.sirenTest?.outputs ?? [];
    return { ...standing, hasSound: standing.hasSound || outputs.some((id) => this.options.outlets.isUndecided(id)) };
  }

  /** Null when it ended. */
  endSirenTest(): ExerciseRefusal | null {
    return this.#test.end('order');
  }

  /** The journal has told what it had saved. An exercise that was under way is over. */
  restore(): void {
    this.see();
    this.#drill.restore(this.options.marks);
    this.#test.restore();
    this.#due.review();
  }

  start(): void {
    const { calendar, config } = this.options;
    if (config.exercises.sirenTest !== null) {
      this.#cancelCalendar = this.#test.followCalendar(calendar, () => this.#standingOfTest);
    }
    this.#lookDue();
  }

  /** Ends what runs: nobody else would. */
  stop(): void {
    this.#cancelCalendar?.();
    this.#cancelDue?.();
    this.#drill.stop();
    this.#test.stop();
  }

  /** A fire ends what runs. */
  #seeAlarms(): void {
    const { subjects } = this.options.alarms();
    if (this.#seen === subjects) return;
    this.#seen = subjects;
    if (this.#drill.running === null && this.#test.running === null) return;
    const { hasFire, hasSound } = this.standing;
    if (hasFire) {
      this.#drill.fire();
      this.#test.end('fire');
    } else if (hasSound) this.#test.end('alarm');
  }

  #said(id: string): void {
    this.#drill.said(id);
    this.#test.said(id);
  }

  #lookDue(): void {
    this.#due.review();
    this.#cancelDue = this.options.clock.after(dueLookMs, () => this.#lookDue());
  }
}
