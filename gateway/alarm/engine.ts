/**
 * The alarm engine: `step(state, input, now) → {state, drafts, facets}`. Pure: no clock, no disk, no wire.
 *
 * Entering active raises. Classes that latch (config/vocabulary.ts) keep their alarm after the return until a person
 * resets it; the others lose it with the return. A bad reading changes no condition: losing sight is never an all-clear.
 */
import type { PointConfig, ZoneConfig } from '../../config/site.js';
import { due } from './due.js';
import { obey } from './orders.js';
import { restore } from './restoring.js';
import { serve } from './service.js';
import type { Step, StepResult } from './step.js';
import type { Subject } from './subject.js';
import { conductWalkTests, obeyWalkTest } from './walk-test.js';
import { isNoNews, watchedOf, watchPoints } from './watched-point.js';
import { Work } from './work.js';

/** The gateway's own parts tell a fault once it is one. */
const atOnce = { onDelayMs: 0, offDelayMs: 0 };

/** The engine of one site. `faultSubjects` = what can be at fault here; saved faults of anything else are dropped. */
export function makeStep(
  points: readonly PointConfig[],
  faultSubjects: readonly Subject[],
  zones: readonly ZoneConfig[] = [],
): Step {
  const zoneNames = new Map(zones.map(({ id, name }) => [id, name]));
  const byId = watchPoints(points);
  const known = new Map(faultSubjects.map((subject) => [subject.key, subject]));
  for (const { subject, fault } of byId.values()) known.set(subject.key, subject).set(fault.key, fault);
  let idle: StepResult | null = null;
  return (state, input, now) => {
    if (input.kind === 'reading' && isNoNews(state, watchedOf(byId, input.reading), input.reading)) {
      // One result for all of them, until the state is another one.
      if (idle?.state !== state) idle = new Work(state, now, byId, known, zoneNames).result();
      return idle;
    }
    const work = new Work(state, now, byId, known, zoneNames);
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
      case 'service':
        serve(work, input.order);
        break;
      case 'walk-test':
        obeyWalkTest(work, input.order);
        break;
      case 'restore':
        restore(work, input.rows, input.isLate === true);
        break;
      case 'tick':
        due(work);
        break;
      default: {
        const impossible: never = input;
        throw new Error(`impossible input ${String(impossible)}`);
      }
    }
    conductWalkTests(work);
    return work.result();
  };
}
