/** Holds what a gateway was seen to do against what a scenario expects. Looks from outside; pure but for its notes. */
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

interface Pattern {
  readonly entry?: string | undefined;
  readonly subject?: string | undefined;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

export class ScenarioJudge {
  readonly #stepMono = new Map<string, number>();
  readonly #met = new Map<string, { readonly mono: number; readonly entryId: string | null }>();
  /** What must never be seen and was. */
  readonly broken: string[] = [];

  constructor(private readonly scenario: Scenario) {}

  stepDone(stepId: string, mono: number): void {
    this.#stepMono.set(stepId, mono);
  }

  see(observation: Observation, mono: number): void {
    if (observation.kind === 'entry') {
      for (const pattern of this.scenario.never) {
        if (fits(pattern, observation.entry))
          this.broken.push(`${observation.entry.kind} ${observation.entry.subject}`);
      }
    }
    for (const wanted of this.scenario.expect) {
      if (wanted.heard !== undefined || this.#met.has(wanted.id) || !this.#stepMono.has(wanted.after)) continue;
      if (observation.kind === 'entry' && wanted.carried === undefined && fits(wanted, observation.entry)) {
        this.#met.set(wanted.id, { mono, entryId: observation.entry.id });
      } else if (observation.kind === 'report.carried' && wanted.carried !== undefined) {
        const reported = this.#met.get(wanted.carried);
        if (reported?.entryId === observation.entryId) this.#met.set(wanted.id, { mono, entryId: reported.entryId });
      }
    }
  }

  hear({ speaker, what, isLoud }: HornHeard, mono: number): void {
    if (!isLoud) return;
    for (const wanted of this.scenario.expect) {
      if (wanted.heard === undefined || this.#met.has(wanted.id) || !this.#stepMono.has(wanted.after)) continue;
      const fits = what.includes(wanted.heard) && (wanted.horn === undefined || wanted.horn === speaker);
      if (fits) this.#met.set(wanted.id, { mono, entryId: null });
    }
  }

  get verdicts(): readonly Verdict[] {
    return this.scenario.expect.map((wanted) => {
      const began = this.#stepMono.get(wanted.after);
      const met = this.#met.get(wanted.id);
      const tookMs = began === undefined || met === undefined ? null : met.mono - began;
      return { id: wanted.id, held: tookMs !== null && tookMs <= wanted.within_ms, tookMs, withinMs: wanted.within_ms };
    });
  }

  get held(): boolean {
    return this.broken.length === 0 && this.verdicts.every(({ held }) => held);
  }
}

function fits(pattern: Pattern, entry: Entry): boolean {
  if (pattern.entry !== undefined && pattern.entry !== entry.kind) return false;
  if (pattern.subject !== undefined && pattern.subject !== entry.subject) return false;
  return Object.entries(pattern.detail ?? {}).every(([key, value]) => entry.detail[key] === value);
}
