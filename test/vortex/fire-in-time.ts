/** The vortex's own judge of the first promise: it needs nothing of the inside of the gateway. */
import type { PointId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { Observation } from '../../gateway/observation.js';
import { partsOfOutput, partsOfPoint } from '../../hardware-sim/checkers/afflictions.js';
import type { Accuse, Checker, CheckerKind, Fact, WorldView } from '../../hardware-sim/checkers/checker.js';

/** `gengfu check` holds every fire point of this site to 2 s; a second look takes 1 s; the rest is for a computer that does other things. */
const soundsWithinMs = 5_000;
/** After trouble: the longest rest between two probes of a unit or tries of a line is 10 s, and the siren's unit may have its own. */
const afterTroubleMs = 30_000;
/** A gateway that has not said by then that it watches is waited for no longer. */
const watchesWithinMs = 20_000;
/** Trouble is forgotten after so long. */
const troubleMs = 45_000;

/** One fire that nobody has heard yet. */
interface Case {
  readonly sinceMono: number;
  readonly waiting: Set<string>;
}

export const fireInTime: CheckerKind = {
  name: 'fire-in-time',
  promise: 'a new fire that can be seen sounds its sirens in time, whatever else is broken',
  make: (config, accuse) => new FireInTime(config, accuse),
};

class FireInTime implements Checker {
  readonly #cases = new Map<PointId, Case>();
  /** Points whose alarm stands until somebody resets it: their next smoke is no new alarm. */
  readonly #latched = new Set<string>();
  /** Resets that are not durable yet: a kill undoes them. */
  readonly #resets = new Map<string, string>();
  readonly #sirens: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly config: SiteConfig,
    private readonly accuse: Accuse,
  ) {
    this.#sirens = new Map(config.points.map(({ id, zone }) => [id, sirensOf(config, zone)]));
  }

  see(fact: Fact, world: WorldView): void {
    if (fact.kind === 'point') this.#move(fact.point, fact.to, fact.mono);
    else if (fact.kind === 'output' && fact.on) this.#hear(fact.output);
    else if (fact.kind === 'seen') this.#observe(fact.seen, world);
    else if (fact.kind === 'life.ended') this.#resets.clear();
  }

  look(world: WorldView): void {
    for (const [point, { sinceMono, waiting }] of this.#cases) {
      if (world.mono() < this.#dueMono(point, sinceMono, world)) continue;
      this.#cases.delete(point);
      const forS = ((world.mono() - sinceMono) / 1000).toFixed(1);
      this.accuse(`${point} is on fire for ${forS} s and not heard from ${[...waiting].join(', ')}`);
    }
  }

  #move(id: PointId, to: string | number, mono: number): void {
    const point = this.config.points.find((each) => each.id === id);
    if (point?.class !== 'fire') return;
    const isFire = point.severities[to] === 'fire';
    const sirens = this.#sirens.get(id) ?? [];
    if (!isFire) this.#cases.delete(id);
    else if (sirens.length > 0 && !this.#latched.has(`point:${id}`)) {
      this.#cases.set(id, { sinceMono: mono, waiting: new Set(sirens) });
    }
  }

  #hear(output: string): void {
    for (const [point, { waiting }] of this.#cases) {
      waiting.delete(output);
      if (waiting.size === 0) this.#cases.delete(point);
    }
  }

  #observe(seen: Observation, world: WorldView): void {
    if (seen.kind === 'entry.durable') {
      const subject = this.#resets.get(seen.entryId);
      if (subject !== undefined) this.#latched.delete(subject);
    }
    if (seen.kind !== 'entry') return;
    const { kind, subject, id } = seen.entry;
    if (kind === 'alarm.reset') this.#resets.set(id, subject);
    if (kind !== 'alarm.raised') return;
    this.#latched.add(subject);
    // What sounds already while the new one is raised is heard.
    for (const { id: output } of this.config.outputs) if (world.outputIsOn(output)) this.#hear(output);
  }

  #dueMono(id: PointId, sinceMono: number, { afflictions, gateway }: WorldView): number {
    if (gateway === null) return Number.POSITIVE_INFINITY;
    const parts = [
      ...partsOfPoint(this.config, id),
      ...(this.#sirens.get(id) ?? []).flatMap((siren) => {
        const output = this.config.outputs.find((each) => each.id === siren);
        return output === undefined ? [] : partsOfOutput(this.config, output.id);
      }),
    ];
    const wiresMono = afflictions.soundSince(parts.filter((part) => part !== 'gateway'));
    const watchingMono = gateway.watchingMono ?? gateway.beganMono + watchesWithinMs;
    const fromMono = Math.max(sinceMono, wiresMono, watchingMono);
    // A gateway that starts again is no trouble of the wires: it has asked everything when it says that it watches.
    return fromMono + (sinceMono - wiresMono < troubleMs ? afterTroubleMs : soundsWithinMs);
  }
}

function sirensOf({ plans }: SiteConfig, zone: string | null): readonly string[] {
  const hit = plans.filter(({ when }) => {
    if (!('class' in when) || when.class !== 'fire') return false;
    return when.zones === 'all' || when.zones.some((each) => each === zone);
  });
  return [...new Set(hit.flatMap(({ steps }) => steps.flatMap(({ sound }) => sound)))];
}
