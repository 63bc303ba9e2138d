/** A stage for scenarios on the virtual clock: the product's runtime on a simulated village, killed and started as the story wants. */
import { loadConfig } from '../../config/load-config.js';
import type { SiteConfig } from '../../config/site.js';
import { type DiskWord, type OrderKind, orderAt, setDiskTo, type Theatre } from '../../hardware-sim/deeds.js';
import { FaultyStore } from '../../hardware-sim/disk.js';
import { takingOrders } from '../../hardware-sim/forged-order.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import { playScenario, watchOutputs } from '../../hardware-sim/play-scenario.js';
import { fillTanks } from '../../hardware-sim/quiet-day.js';
import { type Scenario, siteFileOf } from '../../hardware-sim/scenario.js';
import { ScenarioJudge } from '../../hardware-sim/scenario-judge.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage, type Village } from '../../hardware-sim/village.js';
import { wallOf } from '../../hardware-sim/wall-text.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import { sharedDisk, VillageRig } from '../gateway/village-rig.js';

/** What is wrong with a site, so that its story must not end well. */
export interface Sabotage {
  readonly config?: (config: SiteConfig) => SiteConfig;
  readonly world?: (theatre: VirtualTheatre) => void;
}

const sites = new Map<string, Promise<SiteConfig>>();

async function siteOf(scenario: Scenario): Promise<SiteConfig> {
  const file = siteFileOf(scenario);
  const load = async (): Promise<SiteConfig> => {
    const loaded = await loadConfig(file, knownParts);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return loaded.config;
  };
  const loading = sites.get(file) ?? load();
  sites.set(file, loading);
  const config = await loading;
  return scenario.steps.some(({ do: deed }) => 'forge' in deed) ? takingOrders(config) : config;
}

export class VirtualTheatre implements Theatre {
  readonly village: Village;
  isPulled = false;
  isUplinkBroken = false;
  /** The next gateway finds an empty disk. */
  isDiskForgetful = false;
  #rig: VillageRig | null = null;
  readonly #nextDisk: () => FaultyStore;

  private constructor(
    readonly config: SiteConfig,
    readonly clock: SimClock,
    readonly judge: ScenarioJudge,
    isKilled: boolean,
  ) {
    this.village = buildVillage(config, clock);
    this.#nextDisk = isKilled ? sharedDisk(clock) : () => new FaultyStore(new InlineStore(':memory:'), clock);
    fillTanks(this.village);
    this.village.horns.onHeard((heard) => judge.hear(heard, clock.mono()));
  }

  static async open(scenario: Scenario, judge: ScenarioJudge, sabotage: Sabotage = {}): Promise<VirtualTheatre> {
    const { starts_at, trust } = scenario.clock ?? {};
    const clock = new SimClock(starts_at === undefined ? undefined : wallOf(starts_at), trust);
    const isKilled = scenario.steps.some(({ do: deed }) => 'gateway' in deed || 'power' in deed);
    const config = await siteOf(scenario);
    const theatre = new VirtualTheatre(sabotage.config?.(config) ?? config, clock, judge, isKilled);
    const rig = await theatre.#makeRig();
    await rig.start();
    await clock.until(() => rig.observations.some(({ kind }) => kind === 'site.scanned'), 10_000, 10);
    return theatre;
  }

  get rig(): VillageRig {
    if (this.#rig === null) throw new Error('no gateway runs');
    return this.#rig;
  }

  /** Plays to the end, or until nothing can save it. */
  async play(scenario: Scenario): Promise<void> {
    this.rig.uplink.setPulled(this.isUplinkBroken);
    this.rig.onObserved = (seen) => this.judge.see(seen, this.clock.mono());
    const cancel = watchOutputs(this.village, this.judge, () => this.clock.mono());
    let end: 'playing' | 'over' | { readonly error: unknown } = 'playing';
    playScenario(this, scenario, this.judge, null, () => undefined).then(
      () => (end = 'over'),
      (error: unknown) => (end = { error }),
    );
    await this.clock.until(() => end !== 'playing' || this.judge.isLost(this.clock.mono()), 700_000_000, 100);
    cancel();
    if (this.#rig !== null) await this.#rig.stop();
    if (typeof end === 'object') throw (end as { readonly error: unknown }).error;
  }

  async order(kind: OrderKind, level: 1 | 2 | 3): Promise<void> {
    orderAt(this.rig.runtime, kind, 'scenario', level);
  }

  breakHorn(horn: Parameters<Theatre['breakHorn']>[0], isBroken: boolean): void {
    this.village.horns.fail(horn, isBroken ? 'VOICE-003' : null);
  }

  async plugUplink(isPlugged: boolean): Promise<void> {
    this.isPulled = !isPlugged;
    this.#rig?.uplink.setPulled(this.isPulled || this.isUplinkBroken);
  }

  async sendOrder(envelope: Uint8Array): Promise<void> {
    const { uplink } = this.rig;
    uplink.request({ uplink: uplink.id, kind: 'command', envelope });
  }

  async runGateway(isRunning: boolean): Promise<void> {
    if (!isRunning) {
      const dying = this.rig;
      this.#rig = null;
      dying.onObserved = () => undefined;
      await dying.kill();
      return;
    }
    const rig = await this.#makeRig();
    rig.onObserved = (seen) => this.judge.see(seen, this.clock.mono());
    // Time goes on while it starts.
    void rig.runtime.start();
  }

  setDisk(word: DiskWord): void {
    setDiskTo(this.rig.store, word);
  }

  setClock({ stepMs, trust }: Parameters<Theatre['setClock']>[0]): void {
    this.clock.stepWall(stepMs);
    if (trust !== null) this.clock.setTrust(trust);
  }

  async #makeRig(): Promise<VillageRig> {
    const { config, clock, village } = this;
    const store = this.isDiskForgetful ? new FaultyStore(new InlineStore(':memory:'), clock) : this.#nextDisk();
    const rig = await VillageRig.make({ config, clock, village, store });
    rig.uplink.setPulled(this.isPulled || this.isUplinkBroken);
    this.#rig = rig;
    return rig;
  }
}

/** Plays it on a fresh village and tells how it ended. */
export async function played(scenario: Scenario, sabotage: Sabotage = {}): Promise<ScenarioJudge> {
  const judge = new ScenarioJudge(scenario);
  const theatre = await VirtualTheatre.open(scenario, judge, sabotage);
  sabotage.world?.(theatre);
  await theatre.play(scenario);
  return judge;
}

/** The contacts of these outputs stay open, whatever their relays are told. */
export function burnContacts({ config, village }: VirtualTheatre, ...outputs: readonly string[]): void {
  for (const { id, target } of config.outputs) {
    if (!outputs.includes(id)) continue;
    if (target.kind === 'pin') village.board.stick(target.pin, target.activeLow);
    else {
      const model = village.units.get(target.device)?.model;
      const relay = model?.relayAt(target.readBack.table, target.readBack.address) ?? null;
      if (relay !== null) model?.relays?.weld(relay, false);
    }
  }
}
