import type { EntryId, OutputId } from '../../config/ids.js';
import type { PlanConfig, StepStart } from '../../config/site.js';
import type { Alarm, AlarmState, Facets } from '../alarm/facets.js';
import { sirenPhase } from './siren-rest.js';

export interface Desired {
  readonly on: boolean;
  /** Quiet for a moment although it is on: a gap between two bursts, or a voice speaks. */
  readonly isMuted?: boolean;
  /** Alarms that a plan binds to this output, sounding or silenced: somebody or something has decided about it. */
  readonly because: readonly EntryId[];
}

export interface DesiredOutputs {
  /** Outputs that no alarm concerns are absent. */
  readonly outputs: ReadonlyMap<OutputId, Desired>;
  /** When this changes by itself, by a step of a plan or a rest, monotonic ms; null: it does not. */
  readonly nextMono: number | null;
}

/** What the plans want from the alarms as they are now. `sirens`: outputs that rest now and then. Pure. */
export function desiredOutputs(
  state: AlarmState,
  plans: readonly PlanConfig[],
  nowMono: number,
  sirens: ReadonlySet<OutputId> = noSirens,
): DesiredOutputs {
  const outputs = new Map<OutputId, Growing>();
  let nextMono = Number.POSITIVE_INFINITY;
  let sinceMono = Number.NEGATIVE_INFINITY;
  for (const facets of state.subjects.values()) {
    const { alarm } = facets;
    if (alarm === null || facets.service !== null) continue;
    for (const plan of plans) {
      if (plan.when.class !== facets.class) continue;
      if (plan.when.zones !== 'all' && (facets.zone === null || !plan.when.zones.includes(facets.zone))) continue;
      for (const { start, sound } of plan.steps) {
        const beginMono = Math.min(...start.map((each) => beginOf(each, facets, alarm)));
        if (nowMono < beginMono) nextMono = Math.min(nextMono, beginMono);
        else for (const output of sound) add(outputs, output, facets, alarm);
        if (nowMono >= beginMono && facets.sounder === 'sounding') {
          sinceMono = Math.max(sinceMono, beginMono, facets.sounderMono);
        }
      }
    }
  }
  if ([...outputs].some(([id, { on }]) => on && sirens.has(id))) {
    const phase = sirenPhase(sinceMono, nowMono);
    nextMono = Math.min(nextMono, phase.nextMono);
    if (phase.isResting) for (const [id, wish] of outputs) if (sirens.has(id)) outputs.set(id, { ...wish, on: false });
  }
  return { outputs, nextMono: Number.isFinite(nextMono) ? nextMono : null };
}

const noSirens: ReadonlySet<OutputId> = new Set();

interface Growing {
  on: boolean;
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
