/** One seed from its first moment to its verdict: a village, a safety phase with faults, a liveness phase without. */
import type { SiteConfig } from '../../config/site.js';
import { Chance } from '../chance.js';
import { allCheckers } from '../checkers/all-checkers.js';
import type { Checker, CheckerKind, Fact } from '../checkers/checker.js';
import { districtKeys } from './district-keys.js';
import { planFaults } from './fault-plan.js';
import { calmWorld, planHappenings, resetPanels, tidyUp } from './happenings.js';
import type { Planned, Undo } from './planned.js';
import { drawSite, type SiteName } from './swarm-site.js';
import { World, type WorldOptions } from './world.js';

const hourMs = 3_600_000;
/** Every line is scanned by then. */
const readyMs = 15_000;
/** Of the liveness phase: nobody does anything any more. */
const quietAtEndMs = 120_000;
/** What one seed is told of; the first is what matters. */
const violationsMax = 20;
const lookEveryMs = 1_000;
/** Everything is healed; within this it must be as if nothing had been: the longest memory is that of commit times, ten minutes. */
export const livenessMs = 720_000;
/** So often somebody looks at the box in the liveness phase. */
const tidyEveryMs = 20_000;
/** Sunday, 22 November 2026, 00:00 UTC. */
const firstWall = 1_795_305_600_000;
const weekMs = 7 * 24 * hourMs;

export interface SeedOptions {
  readonly seed: number;
  /** Virtual hours of the safety phase. */
  readonly hours: number;
  /** False: nothing is broken and nobody does anything. */
  readonly hasFaults?: boolean;
  readonly site?: SiteName | null;
  readonly codecs: WorldOptions['codecs'];
  readonly onFact?: (fact: Fact, world: World) => void;
  readonly checkers?: readonly CheckerKind[];
  /** In place of what the seed would draw. */
  readonly plan?: (config: SiteConfig, chance: Chance) => readonly Planned[];
  readonly onProgress?: (doneMs: number, ofMs: number) => void;
}

export interface Violation {
  readonly checker: string;
  readonly mono: number;
  readonly what: string;
}

export interface SeedResult {
  readonly seed: number;
  readonly site: SiteName;
  readonly virtualMs: number;
  readonly violations: readonly Violation[];
  readonly faults: number;
  readonly happenings: number;
  readonly facts: number;
}

export async function runSeed(options: SeedOptions): Promise<SeedResult> {
  const { seed, hours, hasFaults = true, codecs } = options;
  const chance = new Chance(seed);
  const keys = districtKeys(chance.stream('keys'));
  const site = await drawSite(chance.stream('site'), { publicKey: keys.publicKey, name: options.site ?? null });
  // Any hour of any day: the programme, the night and the week's test of the sirens are a part of it.
  const startWall = firstWall + Math.floor(chance.stream('day').between(0, weekMs));
  const world = new World({ seed, config: site.config, startWall, codecs, keys });
  const run = new Run(world, options);
  const forMs = hours * hourMs;
  const plan = { config: site.config, chance: chance.stream('faults'), forMs };
  const faults = hasFaults ? planFaults(plan) : [];
  const happenings = hasFaults ? planHappenings({ ...plan, chance: chance.stream('happenings') }) : [];
  const planned = options.plan?.(site.config, chance.stream('plan')) ?? [...faults, ...happenings];
  await run.play(planned, forMs);
  return {
    ...{ seed, site: site.name, virtualMs: world.mono(), violations: run.violations },
    ...{ faults: faults.length, happenings: happenings.length, facts: world.facts },
  };
}

/** The judges and the clock of one seed. */
class Run {
  readonly violations: Violation[] = [];
  readonly #checkers: readonly Checker[];
  /** What was begun and not ended yet. */
  readonly #open = new Set<Undo>();
  #crash: unknown = null;

  constructor(
    private readonly world: World,
    private readonly options: SeedOptions,
  ) {
    this.#checkers = (options.checkers ?? allCheckers).map(({ name, make }) =>
      make(world.config, (what) => this.#accuse(name, what)),
    );
    world.onFact((fact) => {
      for (const checker of this.#checkers) checker.see?.(fact, world);
      options.onFact?.(fact, world);
    });
  }

  async play(plan: readonly Planned[], forMs: number): Promise<void> {
    const { world } = this;
    try {
      calmWorld(world);
      this.#run(world.startGateway());
      await this.#pass(readyMs, forMs);
      this.#beginInTime(plan.toSorted((a, b) => a.atMs - b.atMs).values(), world.mono());
      world.tell({ kind: 'phase', phase: 'safety' });
      await this.#pass(forMs, forMs);
      await this.#heal();
      for (const checker of this.#checkers) await checker.conclude?.(world);
    } catch (error) {
      this.#accuse('no-crash', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }

  async #heal(): Promise<void> {
    const { world } = this;
    for (const end of [...this.#open]) this.#run(Promise.resolve(end()));
    calmWorld(world);
    world.phase = 'liveness';
    world.tell({ kind: 'phase', phase: 'liveness' });
    this.#run(world.startGateway());
    for (let ms = 0; ms < livenessMs; ms += tidyEveryMs) {
      await this.#pass(tidyEveryMs, null);
      if (ms === 0) resetPanels(world);
      if (ms < livenessMs - quietAtEndMs) tidyUp(world);
    }
  }

  /** One timer for the next of the plan: a day has thousands, and what waits in the clock is counted by a judge. */
  #beginInTime(plan: Iterator<Planned>, beganMono: number): void {
    const next = plan.next();
    if (next.done === true) return;
    this.world.clock.exactly(beganMono + next.value.atMs, () => {
      this.#run(this.#begin(next.value));
      this.#beginInTime(plan, beganMono);
    });
  }

  async #begin(planned: Planned): Promise<void> {
    // What would begin when everything heals does not begin at all.
    if (this.world.phase === 'liveness') return;
    const end = await planned.begin(this.world);
    const once = async (): Promise<void> => {
      if (this.#open.delete(once)) await end();
    };
    this.#open.add(once);
    this.world.clock.after(planned.lastsMs, () => this.#run(once()));
  }

  /** Lets virtual time pass, and looks around every second. */
  async #pass(ms: number, ofMs: number | null): Promise<void> {
    const { world } = this;
    const endMono = world.mono() + ms;
    while (world.mono() < endMono) {
      await world.clock.advance(Math.min(lookEveryMs, endMono - world.mono()));
      if (this.#crash !== null) throw this.#crash;
      for (const checker of this.#checkers) checker.look?.(world);
      if (ofMs !== null) this.options.onProgress?.(world.mono(), ofMs);
    }
  }

  #run(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#crash ??= error;
    });
  }

  #accuse(checker: string, what: string): void {
    if (this.violations.length >= violationsMax) return;
    this.violations.push({ checker, mono: this.world.mono(), what });
  }
}
