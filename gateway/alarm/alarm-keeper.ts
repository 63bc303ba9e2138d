/** Holds the alarm state and keeps the order of design.md §3: outputs first, then the journal; pumps read that. */
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Entry, EntryDraft } from '../../sync/journal/entry.js';
import type { JournalCore } from '../../sync/journal/journal-core.js';
import type { EngineInput, Step, StepResult } from './engine.js';
import { type AlarmState, emptyAlarmState } from './facets.js';

export interface AlarmKeeperOptions {
  readonly step: Step;
  readonly clock: Clock;
  readonly journal: JournalCore;
  /** Orders outputs for the new state; returns the drafts about them. */
  readonly sound: (state: AlarmState) => readonly EntryDraft[];
  /** Every entry as it is stamped, before it is durable. */
  readonly onEntries: (entries: readonly Entry[]) => void;
}

export class AlarmKeeper {
  #state: AlarmState = emptyAlarmState;
  #tick: Cancel | null = null;

  constructor(private readonly options: AlarmKeeperOptions) {}

  get state(): AlarmState {
    return this.#state;
  }

  apply(input: EngineInput): StepResult {
    const { clock, journal } = this.options;
    const now = { mono: clock.mono(), wall: clock.wall(), entryId: (n: number) => journal.peekId(n) };
    const result = this.options.step(this.#state, input, now);
    const isChanged = result.state !== this.#state;
    this.#state = result.state;
    const outputDrafts = isChanged ? this.options.sound(result.state) : [];
    this.record([...result.drafts, ...outputDrafts], result.facets);
    if (isChanged) this.#planTick(result.nextTickMono);
    return result;
  }

  record(drafts: readonly EntryDraft[], facets: StepResult['facets'] = []): void {
    if (drafts.length === 0 && facets.length === 0) return;
    this.options.onEntries(this.options.journal.append({ drafts, facets }));
  }

  stop(): void {
    this.#tick?.();
  }

  #planTick(mono: number | null): void {
    this.#tick?.();
    this.#tick = mono === null ? null : this.options.clock.exactly(mono, () => this.apply({ kind: 'tick' }));
  }
}
