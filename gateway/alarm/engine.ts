/**
 * The alarm engine: `step(state, input, now) → {state, drafts, facets}`. Pure: no clock, no disk, no wire.
 *
 * Entering active raises. Classes that latch (config/vocabulary.ts) keep their alarm after the return until a person
 * resets it; the others lose it with the return. A bad reading changes no condition: losing sight is never an all-clear.
 */
import type { PointConfig, ZoneConfig } from '../../config/site.js';
import { usualCadences } from '../../config/site-defaults.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import { AlarmIndex, indexRules } from './alarm-index.js';
import { due } from './due.js';
import type { AlarmState } from './facets.js';
import { isNoNews } from './no-news.js';
import { obey } from './orders.js';
import { restore } from './restoring.js';
import { serve } from './service.js';
import type { ResoundMs } from './sounder.js';
import type { Step, StepResult } from './step.js';
import type { Subject } from './subject.js';
import { conductWalkTests, obeyWalkTest } from './walk-test.js';
import { watchedOf, watchPoints } from './watched-point.js';
import { Work } from './work.js';

/** The gateway's own parts tell a fault once it is one. */
const atOnce = { onDelayMs: 0, offDelayMs: 0 };

export interface EngineOptions {
  readonly resoundMs: ResoundMs;
  /** For their names; entries about others call them by their ids. */
  readonly zones?: readonly ZoneConfig[];
}

/** Silences of a site whose cadences are these; the usual ones when left out. */
export function resoundOf(
  cadences: Readonly<Record<AlarmClass, { readonly resoundMs: number | null }>>,
): EngineOptions {
  const { fire, warning, supervisory, fault, technical } = cadences;
  return {
    resoundMs: {
      ...{ fire: fire.resoundMs, warning: warning.resoundMs, supervisory: supervisory.resoundMs },
      ...{ fault: fault.resoundMs, technical: technical.resoundMs },
    },
  };
}

/** The engine of one site. `faultSubjects` = what can be at fault here; saved faults of anything else are dropped. */
export function makeStep(
  points: readonly PointConfig[],
  faultSubjects: readonly Subject[],
  { resoundMs, zones = [] }: EngineOptions = resoundOf(usualCadences),
): Step {
  const zoneNames = new Map(zones.map(({ id, name }) => [id, name]));
  const byId = watchPoints(points);
  const known = new Map(faultSubjects.map((subject) => [subject.key, subject]));
  for (const { subject, fault } of byId.values()) known.set(subject.key, subject).set(fault.key, fault);
  const site = { points: byId, known, resoundMs, zoneNames };
  let idle: StepResult | null = null;
  let followed: { readonly state: AlarmState; readonly index: AlarmIndex } | null = null;
  const indexOf = (state: AlarmState): AlarmIndex =>
    followed?.state === state ? followed.index : AlarmIndex.of(state, indexRules(site));
  return (state, input, now) => {
    if (input.kind === 'reading' && isNoNews(state, watchedOf(byId, input.reading), input.reading)) {
      // One result for all of them, until the state is another one.
      if (idle?.state !== state) idle = new Work(state, now, site, indexOf(state)).result();
      return idle;
    }
    const index = indexOf(state);
    // A step that is broken off leaves half an index behind.
    followed = null;
    const work = new Work(state, now, site, index);
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
    const result = work.result();
    followed = { state: result.state, index };
    return result;
  };
}
