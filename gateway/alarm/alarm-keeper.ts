/** Holds the alarm state and keeps the order of design.md §3: outputs first, then the journal; pumps read that. */
import { strict as assert } from 'node:assert';
import type { BootId, EntryId } from '../../config/ids.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Entry, EntryDraft } from '../../sync/journal/entry.js';
import type { JournalCore } from '../../sync/journal/journal-core.js';
import type { CommandRow, MarkRow } from '../../sync/journal/store.js';
import { type AlarmState, emptyAlarmState } from './facets.js';
import type { EngineInput, Now, Step, StepResult } from './step.js';

export interface AlarmKeeperOptions {
  readonly step: Step;
  readonly clock: Clock;
  readonly journal: JournalCore;
  /** Orders outputs for the new state; returns the drafts about them. */
  readonly sound: (state: AlarmState) => readonly EntryDraft[];
  /** Every entry as it is stamped, before it is durable. */
  readonly onEntries: (entries: readonly Entry[]) => void;
}

const noEntries: readonly Entry[] = [];
const noDrafts: readonly EntryDraft[] = [];
const noMarks: readonly MarkRow[] = [];
const noCommands: readonly CommandRow[] = [];

export class AlarmKeeper {
  #state: AlarmState = emptyAlarmState;
  #tick: Cancel | null = null;
  #isStepping = false;
  /** What was asked for in the middle of a step. */
  readonly #waiting: (() => void)[] = [];
  readonly #moment: Moment;

  constructor(private readonly options: AlarmKeeperOptions) {
    this.#moment = new Moment(options.clock, options.journal);
  }

  get state(): AlarmState {
    return this.#state;
  }

  /** One step. Not to be called from within another one: see `tell`. */
  apply(input: EngineInput): StepResult {
    assert(!this.#isStepping, 'a step inside a step would take the ids that the outer one was promised');
    this.#isStepping = true;
    this.#moment.begin();
    const result = this.options.step(this.#state, input, this.#moment);
    // That a fire point came into sight, or that something was counted, changes no alarm.
    const { subjects, walkTests } = this.#state;
    const isChanged = result.state.subjects !== subjects || result.state.walkTests !== walkTests;
    const isAnother = result.state !== this.#state;
    this.#state = result.state;
    const outputDrafts = isChanged ? this.options.sound(result.state) : noDrafts;
    const drafts = outputDrafts.length === 0 ? result.drafts : [...result.drafts, ...outputDrafts];
    const entries = this.#append(drafts, result.facets);
    this.#isStepping = false;
    // First the tick: whoever is told may step on, and then a newer one is due.
    if (isAnother) this.#planTick(result.nextTickMono);
    if (entries.length > 0) this.options.onEntries(entries);
    if (this.#waiting.length > 0) this.#catchUp();
    return result;
  }

  #catchUp(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) next();
  }

  /** A step at once, or right after the one under way: ordering an output may tell of its fault in the middle of a step. */
  tell(input: EngineInput): void {
    this.#soon(() => this.apply(input));
  }

  /** An entry at once, or right after the step under way. */
  note(drafts: readonly EntryDraft[], marks: readonly MarkRow[] = []): void {
    this.#soon(() => this.record(drafts, marks));
  }

  /** Returns the entries as they were stamped. */
  record(
    drafts: readonly EntryDraft[],
    marks: readonly MarkRow[] = [],
    commands: readonly CommandRow[] = [],
  ): readonly Entry[] {
    assert(!this.#isStepping, 'an entry inside a step would take an id that the step was promised');
    const entries = this.#append(drafts, [], marks, commands);
    this.options.onEntries(entries);
    return entries;
  }

  #soon(run: () => void): void {
    if (this.#isStepping) this.#waiting.push(run);
    else run();
  }

  stop(): void {
    this.#tick?.();
  }

  #append(
    drafts: readonly EntryDraft[],
    facets: StepResult['facets'],
    marks: readonly MarkRow[] = noMarks,
    commands: readonly CommandRow[] = noCommands,
  ): readonly Entry[] {
    if (drafts.length + facets.length + marks.length + commands.length === 0) return noEntries;
    return this.options.journal.append({ drafts, facets, marks, commands });
  }

  #planTick(mono: number | null): void {
    this.#tick?.();
    this.#tick = mono === null ? null : this.options.clock.exactly(mono, () => this.apply({ kind: 'tick' }));
  }
}

/** One step's time, read when the step first asks for it: of the thousands a second nearly all have no news and never do. */
class Moment implements Now {
  #mono: number | null = null;
  #wall: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly journal: Pick<JournalCore, 'boot' | 'peekId'>,
  ) {}

  get boot(): BootId {
    return this.journal.boot;
  }

  readonly entryId = (n: number): EntryId => this.journal.peekId(n);

  begin(): void {
    this.#mono = null;
    this.#wall = null;
  }

  get mono(): number {
    this.#mono ??= this.clock.mono();
    return this.#mono;
  }

  get trust(): ClockTrust {
    return this.clock.trust();
  }

  get wall(): number {
    this.#wall ??= this.clock.wall();
    return this.#wall;
  }
}
