/**
 * The alarm engine: `step(state, input, now) → {state, drafts, facets}`. Pure: no clock, no disk, no wire.
 *
 * Entering active raises. Classes that latch (config/vocabulary.ts) keep their alarm after the return until a person
 * resets it; the others lose it with the return. A bad reading changes no condition: losing sight is never an all-clear.
 */
import type { PointConfig } from '../../config/site.js';
import { obey } from './orders.js';
import { restore } from './restoring.js';
import type { Step, StepResult } from './step.js';
import { isNoNews, watchedOf, watchPoints } from './watched-point.js';
import { Work } from './work.js';

/** The gateway's own parts tell a fault once it is one. */
const atOnce = { onDelayMs: 0, offDelayMs: 0 };

/** The engine of one site. `faultSubjects` = what can be at fault here; saved faults of anything else are dropped. */
export function makeStep(points: readonly PointConfig[], faultSubjects: ReadonlySet<string>): Step {
  const byId = watchPoints(points);
  const known = new Set(faultSubjects);
  for (const { subject, fault } of byId.values()) known.add(subject.key).add(fault.key);
  let idle: StepResult | null = null;
  return (state, input, now) => {
    if (input.kind === 'reading' && isNoNews(state, watchedOf(byId, input.reading), input.reading)) {
      // One result for all of them, until the state is another one.
      if (idle?.state !== state) idle = new Work(state, now, byId, known).result();
      return idle;
    }
    const work = new Work(state, now, byId, known);
    switch (input.kind) {
      case 'reading':
        work.read(input.reading);
        break;
      case 'condition':
        work.condition(input.subject, input.isActive, atOnce, input.detail);
        break;
      case 'command':
        obey(work, input.command);
        break;
      case 'restore':
        restore(work, input.rows);
        break;
      case 'tick':
        work.tick();
        break;
      default: {
        const impossible: never = input;
        throw new Error(`impossible input ${String(impossible)}`);
      }
    }
    return work.result();
  };
}
