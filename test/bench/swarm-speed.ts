/** How much faster than life the ancient town runs on the virtual clock: the whole runtime and the simulated village on one
 * core, all well, as the swarm runs them. CPU time, not wall time: other programs on the machine do not count. */
import { loadConfig } from '../../config/load-config.js';
import type { SiteConfig } from '../../config/site.js';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { withBox } from '../../gateway/health/box-health.js';
import { Runtime } from '../../gateway/runtime.js';
import { FaultyStore } from '../../hardware-sim/disk.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage, type Village } from '../../hardware-sim/village.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import type { Uplink } from '../../sync/uplink.js';
import { seeded } from '../drivers/rig.js';
import { type BenchOptions, median, type Result, round } from './result.js';

const part = 'speed';
const startMaxMs = 10_000;
/** Code is compiled and caches fill in it; not measured. */
const warmUpMs = 120_000;
/** The swarm's: fire points each second. `check` refuses slower ones, and the units allow quicker ones. */
const swarmScanMs = 1000;
/** 1,000 times as fast as life is 1 ms of CPU for each virtual second. */
const swarmMaxMs = 1;
const runs = 5;

export async function swarmSpeed({ quick, say }: BenchOptions): Promise<readonly Result[]> {
  const seconds = quick ? 120 : 600;
  const results: Result[] = [];
  for (const [what, leastScanMs, limit] of [
    ['fire points each second', swarmScanMs, { atMost: swarmMaxMs }],
    ['as quick as the units allow', 0, null],
  ] as const) {
    const town = await Town.start(leastScanMs);
    await town.clock.advance(warmUpMs);
    const turns: Turn[] = [];
    for (let run = 0; run < runs; run++) {
      say(`ancient town, ${what}: ${seconds} virtual seconds`);
      turns.push(await town.run(seconds));
    }
    const { pending } = town.clock;
    await town.stop();
    const value = median(turns.map(({ cpuMs }) => cpuMs));
    const [{ requests = 0, timers = 0 } = {}] = turns;
    results.push({
      part,
      what: `ancient town, ${what}: CPU per virtual second`,
      value,
      limit,
      unit: ' ms',
      detail: {
        'times life': Math.round(1000 / value),
        'least ms': round(Math.min(...turns.map(({ cpuMs }) => cpuMs))),
        'requests/s': round(requests),
        'timers/s': round(timers),
        'pending timers': pending,
      },
    });
  }
  return results;
}

/** Per virtual second. */
interface Turn {
  readonly cpuMs: number;
  readonly requests: number;
  readonly timers: number;
}

/** The example site with everything that the gateway does, on a clock of its own. */
export class Town {
  private constructor(
    readonly clock: SimClock,
    private readonly village: Village,
    private readonly runtime: Runtime,
  ) {}

  static async start(leastScanMs: number): Promise<Town> {
    const clock = new SimClock(undefined, 'trusted', { settle: 'ticks' });
    const codecs = await loadCodecs();
    const site = await ancientTown([...codecs.keys()], leastScanMs);
    const village = buildVillage(site, clock);
    const runtime = new Runtime({
      config: withBox(site, village.box.sensors),
      clock,
      calendar: { daily: () => () => undefined, weekly: () => () => undefined },
      random: seeded(6),
      store: new FaultyStore(new InlineStore(':memory:'), clock),
      isLockHeld: true,
      codecs,
      openLine: ({ id }) => known(village.opens.get(id), id),
      openPins: async () => village.board,
      box: village.box.sensors,
      makeSpeaker: (speaker) => village.horns.open(speaker),
      makeUplink: ({ id }): Uplink => ({
        id,
        windowMax: 20,
        start: (events) => events.onUp(),
        send: async () => undefined,
        stop: async () => undefined,
      }),
      observe: () => undefined,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      version: 'bench',
    });
    await untilDone(clock, runtime.start());
    return new Town(clock, village, runtime);
  }

  async run(seconds: number): Promise<Turn> {
    const [requests, timers, cpu] = [this.#requests(), this.clock.ran, process.cpuUsage()];
    await this.clock.advance(seconds * 1000);
    const { user, system } = process.cpuUsage(cpu);
    return {
      cpuMs: (user + system) / 1000 / seconds,
      requests: (this.#requests() - requests) / seconds,
      timers: (this.clock.ran - timers) / seconds,
    };
  }

  async stop(): Promise<void> {
    await untilDone(this.clock, this.runtime.stop());
    this.village.stop();
  }

  #requests(): number {
    return [...this.village.lines.values()].reduce((sum, { wire }) => sum + (wire?.counters.requests ?? 0), 0);
  }
}

async function ancientTown(knownCodecs: readonly string[], leastScanMs: number): Promise<SiteConfig> {
  const loaded = await loadConfig('config/examples/ancient-town.yaml', {
    knownUplinks: ['mqtt'],
    knownPinDrivers: ['simulated'],
    knownCodecs,
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { config } = loaded;
  const units = config.units.map((unit) => ({ ...unit, minScanMs: Math.max(unit.minScanMs, leastScanMs) }));
  return { ...config, units };
}

async function untilDone(clock: SimClock, promise: Promise<unknown>): Promise<void> {
  let isDone = false;
  const end = (): void => {
    isDone = true;
  };
  promise.then(end, end);
  await clock.until(() => isDone, startMaxMs);
  await promise;
}

function known<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new Error(`no line ${id}`);
  return value;
}
