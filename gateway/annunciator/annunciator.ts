/** All outputs of the site: what the plans want is ordered at once, and watched until it is proven. */
import type { OutputId } from '../../config/ids.js';
import type { OutputConfig, PlanConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import { pause } from '../../drivers/clock.js';
import type { OutputHandle } from '../../drivers/driver.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { type AlarmState, emptyAlarmState } from '../alarm/facets.js';
import { desiredOutputs } from './desired-outputs.js';
import type { Transmission } from './lamp-states.js';
import { Lamps } from './lamps.js';
import { type OutputEvents, OutputWatch } from './output-watch.js';

/** The look at start takes this long at most; the siren of a restored alarm waits no longer. */
const lookMaxMs = 1500;

export interface AnnunciatorOptions {
  readonly outputs: readonly OutputConfig[];
  readonly plans: readonly PlanConfig[];
  /** Throws DriverError when the hardware is not there (yet). */
  readonly makeHandle: (output: OutputConfig) => OutputHandle;
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: OutputEvents;
  /** How it stands with the reports, for the lamp that shows it. Nothing to tell when left out. */
  readonly transmission?: () => Transmission;
}

export class Annunciator {
  /** Of the outputs that plans switch. */
  readonly watches: readonly OutputWatch[];
  readonly #lamps: Lamps;
  readonly #sirens: ReadonlySet<OutputId>;
  #state: AlarmState = emptyAlarmState;
  /** Of the calls of `want`: ordering an output may tell of its fault, and that calls it again. */
  #turn = 0;
  #cancelStep: Cancel | null = null;

  constructor(private readonly options: AnnunciatorOptions) {
    const { outputs, makeHandle, clock, random, events } = options;
    this.#sirens = new Set(outputs.filter(({ kind }) => kind === 'siren').map(({ id }) => id));
    this.watches = outputs
      .filter(({ shows }) => shows === undefined)
      .map((output) => new OutputWatch(output, () => makeHandle(output), clock, random, events));
    this.#lamps = new Lamps({
      ...{ outputs, clock, random, events },
      makeHandle: (output) => () => makeHandle(output),
      transmission: options.transmission ?? (() => 'idle'),
    });
  }

  /** Looks at every output, ≤ 1.5 s in all. Returns what is to be journaled about those found on. */
  async look(): Promise<readonly EntryDraft[]> {
    const { clock } = this.options;
    const drafts: EntryDraft[] = [];
    const untilMono = clock.mono() + lookMaxMs;
    const looks = this.watches.map(async (watch) => drafts.push(...(await watch.look(untilMono))));
    await Promise.race([Promise.all(looks), pause(clock, lookMaxMs)]);
    return drafts;
  }

  /** Orders whatever the alarms want and is not ordered yet. Pins have changed when this returns. Steps of plans that are due
   * later are taken then, and recorded. */
  want(state: AlarmState): readonly EntryDraft[] {
    const { plans, clock, events } = this.options;
    this.#state = state;
    const { outputs, nextMono } = desiredOutputs(state, plans, clock.mono(), this.#sirens);
    this.#cancelStep?.();
    this.#cancelStep = nextMono === null ? null : clock.exactly(nextMono, () => events.record(this.want(this.#state)));
    const turn = ++this.#turn;
    const drafts = this.watches.flatMap((watch) =>
      // What a newer call has ordered is not ordered back.
      turn === this.#turn ? watch.want(outputs.get(watch.config.id) ?? null) : [],
    );
    // Lamps only then: whatever they cost, no siren waits for it.
    this.#lamps.take(state);
    return drafts;
  }

  /** A person silenced or reset: outputs that were found on without a reason go off. */
  decide(): readonly EntryDraft[] {
    return this.watches.flatMap((watch) => watch.decide());
  }

  /** Everything was scanned once: outputs still on without a reason are a fault. */
  explain(): void {
    for (const watch of this.watches) watch.explain();
    this.#lamps.explain();
  }

  retell(): void {
    for (const watch of this.watches) watch.retell();
    this.#lamps.retell();
  }

  start(): void {
    for (const watch of this.watches) watch.start();
    this.#lamps.start();
  }

  async stop(): Promise<void> {
    this.#cancelStep?.();
    await Promise.allSettled([...this.watches.map((watch) => watch.stop()), this.#lamps.stop()]);
  }
}
