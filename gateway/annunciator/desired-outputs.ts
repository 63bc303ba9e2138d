import type { EntryId, OutputId, ZoneId } from '../../config/ids.js';
import type { Cadence, PlanConfig, PlanStep, StepStart } from '../../config/site.js';
import { usualCadences } from '../../config/site-defaults.js';
import { type AlarmClass, alarmClasses } from '../../config/vocabulary.js';
import type { Alarm, AlarmState, Facets } from '../alarm/facets.js';
import { sirenPhase } from './siren-rest.js';

export interface Desired {
  readonly on: boolean;
  /** Alarms that a plan binds to this output, sounding or silenced: somebody or something has decided about it. */
  readonly because: readonly EntryId[];
  /** Wanted on, and quiet for a moment: between two bursts, while the voice speaks. */
  readonly isMuted?: boolean;
  /** Off for a rest, and wanted on again behind it. */
  readonly isResting?: boolean;
  /** No alarm wants it on: it is tried out. */
  readonly exercise?: 'drill' | 'siren-test' | 'walk-test';
}

/** A step of a plan that has begun for an alarm that sounds. */
export interface Sounding {
  readonly facets: Facets;
  readonly alarm: Alarm;
  readonly step: PlanStep;
}

export interface DesiredOutputs {
  /** Outputs that no alarm concerns are absent. */
  readonly outputs: ReadonlyMap<OutputId, Desired>;
  /** What sounds for which alarm, in the order of the state. */
  readonly soundings: readonly Sounding[];
  /** Of the highest class that sounds; null: nothing does. */
  readonly cadence: Cadence | null;
  readonly highest: AlarmClass | null;
  /** Sirens and voice rest, so that neither battery nor ear is used up. */
  readonly isResting: boolean;
  /** When this changes by itself, by a step of a plan or a rest, monotonic ms; null: it does not. */
  readonly nextMono: number | null;
}

/** What the plans want from the alarms as they are now. `sirens`: outputs that rest now and then. Pure. */
export function desiredOutputs(
  state: AlarmState,
  plans: readonly PlanConfig[],
  nowMono: number,
  sirens: ReadonlySet<OutputId> = noSirens,
  cadences: Readonly<Record<AlarmClass, Cadence>> = usualCadences,
): DesiredOutputs {
  const outputs = new Map<OutputId, Growing>();
  const soundings: Sounding[] = [];
  let nextMono = Number.POSITIVE_INFINITY;
  let sinceMono = Number.NEGATIVE_INFINITY;
  for (const facets of state.subjects.values()) {
    const { alarm } = facets;
    if (alarm === null || facets.service !== null) continue;
    for (const plan of plans) {
      if (!isAbout(plan, facets)) continue;
      for (const step of plan.steps) {
        const beginMono = Math.min(...step.start.map((each) => beginOf(each, facets, alarm)));
        if (nowMono < beginMono) {
          nextMono = Math.min(nextMono, beginMono);
          continue;
        }
        for (const output of step.sound) add(outputs, output, facets, alarm);
        if (facets.sounder !== 'sounding') continue;
        soundings.push({ facets, alarm, step });
        sinceMono = Math.max(sinceMono, beginMono, facets.sounderMono);
      }
    }
  }
  const highest = alarmClasses.find((each) => soundings.some(({ facets }) => facets.class === each)) ?? null;
  const cadence = highest === null ? null : cadences[highest];
  let isResting = false;
  const isHeard = [...outputs].some(([id, { on }]) => on && sirens.has(id)) || soundings.some(speaks);
  if (isHeard && cadence !== null) {
    const phase = sirenPhase(sinceMono, nowMono, cadence);
    nextMono = Math.min(nextMono, phase.nextMono);
    isResting = phase.isResting;
    if (isResting)
      for (const [id, wish] of outputs) if (sirens.has(id)) outputs.set(id, { ...wish, on: false, isResting: wish.on });
  }
  return { outputs, soundings, cadence, highest, isResting, nextMono: Number.isFinite(nextMono) ? nextMono : null };
}

/** Does an alarm like this take the steps of the plan? */
export function isAbout(
  { when }: Pick<PlanConfig, 'when'>,
  { class: alarmClass, zone }: { readonly class: AlarmClass | null; readonly zone: ZoneId | null },
): boolean {
  if (when.class !== alarmClass) return false;
  return when.zones === 'all' || (zone !== null && when.zones.includes(zone));
}

const noSirens: ReadonlySet<OutputId> = new Set();

function speaks({ step }: Sounding): boolean {
  return step.say !== undefined && step.say.length > 0;
}

interface Growing {
  on: boolean;
  readonly isResting?: boolean;
  readonly because: EntryId[];
}

function add(outputs: Map<OutputId, Growing>, output: OutputId, { sounder }: Facets, { id }: Alarm): void {
  const wish = outputs.get(output) ?? { on: false, because: [] };
  wish.on ||= sounder === 'sounding';
  wish.because.push(id);
  outputs.set(output, wish);
}

/** When this begins, monotonic ms: Infinity when it does not, -Infinity when it has begun for certain. An alarm of an earlier
 * boot has waited long enough: restarts can not put a step off. */
function beginOf(start: StepStart, { acknowledged }: Facets, { waitingMono, confirmed }: Alarm): number {
  switch (start.kind) {
    case 'at-once':
      return Number.NEGATIVE_INFINITY;
    case 'confirmed':
      return confirmed === null ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    case 'after':
      return waitingMono + start.afterMs;
    case 'unacknowledged':
      // What began before somebody acknowledged goes on until somebody silences it.
      if (acknowledged === null) return waitingMono + start.afterMs;
      return acknowledged.afterMs >= start.afterMs ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
}
