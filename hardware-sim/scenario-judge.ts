/** Holds what a gateway was seen to do against what a scenario expects. Looks from outside; pure but for its notes. */
import type { OutputId } from '../config/ids.js';
import type { Observation } from '../gateway/observation.js';
import type { Entry } from '../sync/journal/entry.js';
import type { Scenario } from './scenario.js';
import type { HornHeard } from './sim-horns.js';

export interface Verdict {
  readonly id: string;
  readonly held: boolean;
  /** From the step it follows to the moment it was seen; null when it was not. */
  readonly tookMs: number | null;
  readonly withinMs: number;
}

type Wanted = Scenario['expect'][number];
type Forbidden = Scenario['never'][number];

export class ScenarioJudge {
  readonly #stepMono = new Map<string, number>();
  readonly #met = new Map<string, { readonly mono: number; readonly entryId: string | null }>();
  readonly #outputs = new Map<string, boolean>();
  /** What must never be seen and was. */
  readonly broken: string[] = [];

  constructor(private readonly scenario: Scenario) {}

  stepDone(stepId: string, mono: number): void {
    this.#stepMono.set(stepId, mono);
    // How an output is now counts for whoever waits for it from here on.
    for (const [output, on] of this.#outputs) this.#meet(output, on, mono);
  }

  see(observation: Observation, mono: number): void {
    if (observation.kind === 'entry') {
      const { entry } = observation;
      for (const pattern of this.#forbidden)
        if (pattern.output === undefined && fits(pattern, entry)) this.broken.push(`${entry.kind} ${entry.subject}`);
    }
    for (const wanted of this.#open) {
      if (wanted.heard !== undefined || wanted.output !== undefined) continue;
      if (observation.kind === 'entry' && wanted.carried === undefined && fits(wanted, observation.entry)) {
        this.#met.set(wanted.id, { mono, entryId: observation.entry.id });
      } else if (observation.kind === 'report.carried' && wanted.carried !== undefined) {
        const reported = this.#met.get(wanted.carried);
        if (reported?.entryId === observation.entryId) this.#met.set(wanted.id, { mono, entryId: reported.entryId });
      }
    }
  }

  /** An output of the world, as it is at the beginning and whenever it changes. What must never be is a change: how it was before
   * the step from which it counts is no matter. */
  seeOutput(output: OutputId, on: boolean, mono: number): void {
    if (this.#outputs.has(output)) {
      for (const each of this.#forbidden)
        if (isMeant(each, output, on)) this.broken.push(`${output} is ${on ? 'on' : 'off'}`);
    }
    this.#outputs.set(output, on);
    this.#meet(output, on, mono);
  }

  hear({ speaker, what, isLoud }: HornHeard, mono: number): void {
    if (!isLoud) return;
    for (const wanted of this.#open) {
      if (wanted.heard === undefined) continue;
      const fits = what.includes(wanted.heard) && (wanted.horn === undefined || wanted.horn === speaker);
      if (fits) this.#met.set(wanted.id, { mono, entryId: null });
    }
  }

  get verdicts(): readonly Verdict[] {
    return this.scenario.expect.map((wanted) => {
      const began = this.#stepMono.get(wanted.after);
      const met = this.#met.get(wanted.id);
      const tookMs = began === undefined || met === undefined ? null : met.mono - began;
      const { id, within_ms, not_before_ms = 0 } = wanted;
      return {
        id,
        held: tookMs !== null && tookMs <= within_ms && tookMs >= not_before_ms,
        tookMs,
        withinMs: within_ms,
      };
    });
  }

  get held(): boolean {
    return this.broken.length === 0 && this.verdicts.every(({ held }) => held);
  }

  /** Whatever comes now, it can not hold any more. */
  isLost(mono: number): boolean {
    if (this.broken.length > 0) return true;
    return this.verdicts.some(({ id, held, tookMs, withinMs }) => {
      const began = this.#stepMono.get(this.scenario.expect.find((each) => each.id === id)?.after ?? '');
      return tookMs === null ? began !== undefined && mono - began > withinMs : !held;
    });
  }

  get #open(): readonly Wanted[] {
    return this.scenario.expect.filter(({ id, after }) => !this.#met.has(id) && this.#stepMono.has(after));
  }

  get #forbidden(): readonly Forbidden[] {
    const isDone = (step: string | undefined): boolean => step !== undefined && this.#stepMono.has(step);
    return this.scenario.never.filter(({ after, until }) => (after === undefined || isDone(after)) && !isDone(until));
  }

  #meet(output: string, on: boolean, mono: number): void {
    for (const wanted of this.#open) if (isMeant(wanted, output, on)) this.#met.set(wanted.id, { mono, entryId: null });
  }
}

function isMeant(pattern: Pick<Wanted, 'output' | 'is'>, output: string, on: boolean): boolean {
  return pattern.output === output && (pattern.is === 'on') === on;
}

function fits(pattern: Pick<Wanted, 'entry' | 'subject' | 'detail'>, entry: Entry): boolean {
  if (pattern.entry !== undefined && pattern.entry !== entry.kind) return false;
  if (pattern.subject !== undefined && pattern.subject !== entry.subject) return false;
  return Object.entries(pattern.detail ?? {}).every(([key, value]) => entry.detail[key] === value);
}
