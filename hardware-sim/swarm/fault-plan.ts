/** Which faults a seed has, when, and for how long: only what the gateway claims to survive. */
import type { SiteConfig } from '../../config/site.js';
import type { Chance } from '../chance.js';
import { allFaultKinds } from './faults/all-kinds.js';
import type { Fault, FaultKind } from './faults/fault-kind.js';
import { startAgain } from './faults/gateway.js';
import { withHorns } from './faults/targets.js';
import type { Planned } from './planned.js';

export interface PlanOptions {
  readonly config: SiteConfig;
  readonly chance: Chance;
  /** Length of the safety phase, ms. */
  readonly forMs: number;
}

const hourMs = 3_600_000;
/** Share of all kinds that a seed has: other combinations each time, as in swarm testing. */
const kindsShare = 0.5;
/** Times the usual number of faults: nearly quiet to stormy. */
const temper = [0.05, 3] as const;
const temperOfKind = [0.4, 2.5] as const;
/** Of one kind in one seed; later ones are left out. */
const perKindMax = 2_000;

export function planFaults({ config, chance, forMs }: PlanOptions): readonly Planned[] {
  const intensity = chance.logBetween(...temper);
  const planned = allFaultKinds.flatMap((kind) => planKind(kind, config, chance.stream(kind.name), intensity, forMs));
  return planned.sort((a, b) => a.atMs - b.atMs);
}

function planKind(
  kind: FaultKind,
  config: SiteConfig,
  chance: Chance,
  intensity: number,
  forMs: number,
): readonly Planned[] {
  if (!chance.is(kindsShare)) return [];
  const everyMs = hourMs / (kind.perHour * intensity * chance.logBetween(...temperOfKind));
  const planned: Planned[] = [];
  for (let atMs = pauseMs(everyMs, chance); atMs < forMs; atMs += pauseMs(everyMs, chance)) {
    const fault = kind.draw(config, chance.stream(`at ${atMs}`));
    if (fault === null || planned.length >= perKindMax) break;
    const lastsMs = chance.logBetween(...kind.lastsMs);
    planned.push(plannedFault(kind.name, fault, config, { atMs, lastsMs }));
  }
  return planned;
}

/** As long as one waits for what comes `everyMs` apart on average and knows nothing of the last time. */
function pauseMs(everyMs: number, chance: Chance): number {
  return -Math.log(1 - chance.next()) * everyMs;
}

export function plannedFault(
  name: string,
  fault: Fault,
  config: SiteConfig,
  times: { readonly atMs: number; readonly lastsMs: number },
): Planned {
  const parts = withHorns(config, fault.parts);
  return {
    ...{ name, ...times },
    begin(world) {
      const end = world.beginFault(name, parts, fault.note);
      const undo = fault.begin(world);
      let hasEnded = false;
      return () => {
        if (hasEnded) return;
        hasEnded = true;
        void undo();
        if (fault.endsLater === true) startAgain(world, end);
        else end();
      };
    },
  };
}
