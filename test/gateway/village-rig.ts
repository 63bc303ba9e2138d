/** A whole gateway on a simulated village and a virtual clock: the product's runtime, only the seams swapped. */

import { brandId, type DeviceId, type LineId, type OutputId, type PointId } from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import type { SiteConfig } from '../../config/site.js';
import type { EntryKind } from '../../config/vocabulary.js';
import type { OpenByteLink } from '../../drivers/driver.js';
import type { Log } from '../../gateway/log.js';
import type { Observation } from '../../gateway/observation.js';
import { Runtime } from '../../gateway/runtime.js';
import { FaultyStore } from '../../hardware-sim/disk.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage, type Village } from '../../hardware-sim/village.js';
import type { Entry } from '../../sync/journal/entry.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import type { Report, Uplink, UplinkEvents } from '../../sync/uplink.js';

export const point = (id: string): PointId => brandId<PointId>(id);
export const line = (id: string): LineId => brandId<LineId>(id);
export const device = (id: string): DeviceId => brandId<DeviceId>(id);
export const output = (id: string): OutputId => brandId<OutputId>(id);

export const kitchen = point('smoke-kitchen/smoke');
export const hallSmoke = point('smoke-1/smoke');
export const streetSiren = output('siren-street');
export const hallSiren = output('siren-hall');
export const townSiren = output('siren-village');

/** A centre that takes everything at once while it is reachable. */
export class TakingUplink implements Uplink {
  readonly windowMax = 20;
  readonly reports: Report[] = [];

  constructor(readonly id: Uplink['id']) {}

  start(events: UplinkEvents): void {
    events.onUp();
  }

  async send(report: Report): Promise<void> {
    this.reports.push(report);
  }

  async stop(): Promise<void> {}
}

export interface RigOptions {
  readonly clock?: SimClock;
  readonly village?: Village;
  readonly store?: FaultyStore;
  readonly config?: SiteConfig;
  readonly openLine?: OpenByteLink;
}

export async function townConfig(): Promise<SiteConfig> {
  const loaded = await loadConfig('config/examples/ancient-town.yaml', {
    knownUplinks: ['mqtt'],
    knownPinDrivers: ['simulated', 'sysfs'],
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let seed = 1;

/** mulberry32: small, seeded, good enough to spread back-offs. Each rig draws from a stream of its own. */
function seededRandom(): () => number {
  let state = seed++ * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class VillageRig {
  readonly observations: Observation[] = [];
  readonly uplink: TakingUplink;
  readonly runtime: Runtime;

  private constructor(
    readonly config: SiteConfig,
    readonly clock: SimClock,
    readonly village: Village,
    readonly store: FaultyStore,
  ) {
    const uplinkConfig = config.uplinks[0];
    if (uplinkConfig === undefined) throw new Error('the site has an uplink');
    this.uplink = new TakingUplink(uplinkConfig.id);
    this.runtime = new Runtime({
      config,
      clock,
      calendar: { daily: () => () => undefined },
      random: seededRandom(),
      store,
      isLockHeld: true,
      openLine: (lineConfig) => (events) => {
        const wire = village.wires.get(lineConfig.id);
        if (wire === undefined) throw new Error(`no wire ${lineConfig.id}`);
        return wire.open(events);
      },
      openPins: () => Promise.resolve(village.board),
      makeUplink: () => this.uplink,
      observe: (seen) => this.observations.push(seen),
      log: quietLog,
      version: 'test',
    });
  }

  /** Built but not started. */
  static async make(options: RigOptions = {}): Promise<VillageRig> {
    const config = options.config ?? (await townConfig());
    const clock = options.clock ?? new SimClock();
    const village = options.village ?? buildVillage(config, clock);
    const store = options.store ?? new FaultyStore(new InlineStore(':memory:'), clock);
    return new VillageRig(config, clock, village, store);
  }

  /** Started, and every unit scanned once. */
  static async watching(options: RigOptions = {}): Promise<VillageRig> {
    const rig = await VillageRig.make(options);
    await rig.start();
    await rig.clock.until(() => rig.observations.some(({ kind }) => kind === 'site.scanned'), 10_000, 10);
    return rig;
  }

  async start(): Promise<void> {
    let isStarted = false;
    const starting = this.runtime.start().then(() => {
      isStarted = true;
    });
    await this.clock.until(() => isStarted, 5_000, 1);
    await starting;
  }

  async stop(): Promise<void> {
    let isStopped = false;
    const stopping = this.runtime.stop().then(() => {
      isStopped = true;
    });
    await this.clock.until(() => isStopped, 10_000, 10);
    await stopping;
  }

  get entries(): readonly Entry[] {
    return this.observations.flatMap((seen) => (seen.kind === 'entry' ? [seen.entry] : []));
  }

  entriesOf(kind: EntryKind, subject?: string): readonly Entry[] {
    return this.entries.filter((entry) => entry.kind === kind && (subject === undefined || entry.subject === subject));
  }

  isOn(id: OutputId): boolean {
    return this.village.outputIsOn(id);
  }

  /** The order numbers a person at a screen would send now. */
  get newestSeen(): { readonly boot: Runtime['journal']['boot']; readonly order: number } {
    return { boot: this.runtime.journal.boot, order: this.runtime.alarms.lastOrder };
  }
}
