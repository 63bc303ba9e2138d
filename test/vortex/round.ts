/** One vortex: a village, a broker and a gateway as processes, a phase with faults, a phase without, and a verdict. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../config/load-config.js';
import { describeProblem } from '../../config/problem.js';
import { SystemClock } from '../../drivers/clock.js';
import { Chance } from '../../hardware-sim/chance.js';
import { allCheckers } from '../../hardware-sim/checkers/all-checkers.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import { freePort } from '../free-port.js';
import { killAll } from '../process/child.js';
import { temporaryFolder } from '../process/rig.js';
import { BadLink } from '../soak/bad-link.js';
import { DistrictEar } from '../soak/district-ear.js';
import { Deeds, type Stage } from './deeds.js';
import { fireInTime } from './fire-in-time.js';
import { GatewayKeeper } from './gateway-keeper.js';
import { JudgeBench, type Judgement } from './judge-bench.js';
import { OutsideWorld } from './outside-world.js';
import { planOf } from './plan.js';
import { targetsOf } from './targets.js';
import { type ToldAndKept, toldAndKept } from './told-and-kept.js';
import { Town } from './town.js';
import { siteText } from './vortex-site.js';

const lookEveryMs = 1_000;
/** The first gateway watches by then. */
const readyMaxMs = 20_000;
/** Everything is healed; within this all alarms are over and all is told. */
const livenessMaxMs = 180_000;
/** Longest rest of a line, a unit or an uplink, and something for each. */
const livenessMinMs = 20_000;
const tidyEveryMs = 2_500;
/** So often in a row all was well: then nothing more comes. */
const wellTimes = 3;
const progressEveryMs = 10_000;

/** What is nobody's fault here: this computer is no box. */
const ofThisComputer = /^point:box\//;
const cannot: Readonly<Record<string, string>> = {
  'memory-flat': 'it would judge the memory of this process',
  'watchdog-honest': 'the site has no watchdog pin: pins are not shared between processes',
  'ends-well': 'it looks at live alarms of a gateway that is stopped by then; lives-and-ends-well asks it before',
  'orders-once': 'no district gives orders here',
};

export interface RoundOptions {
  readonly seed: number;
  readonly minutes: number;
  /** Progress for people. */
  readonly say: (text: string) => void;
}

export interface RoundResult {
  readonly seed: number;
  readonly minutes: number;
  readonly tookS: number;
  /** From the healing until all was well, s; null: never. */
  readonly wellAfterS: number | null;
  readonly lives: number;
  readonly deeds: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly heard: number;
  readonly facts: number;
  readonly judgements: readonly Judgement[];
}

interface RoundStage extends Stage {
  readonly bench: JudgeBench;
  readonly kept: ToldAndKept;
}

export class Round {
  readonly #clock = new SystemClock();
  readonly #folder = temporaryFolder();
  readonly #crashes: { readonly mono: number; readonly what: string }[] = [];
  readonly #closers: (() => void | Promise<void>)[] = [];
  #broken: Error | null = null;
  #facts = 0;
  #closing: Promise<void> | null = null;

  constructor(private readonly options: RoundOptions) {}

  async run(): Promise<RoundResult> {
    const { seed, minutes, say } = this.options;
    const stage = await this.#build();
    const { world, keeper, ear, bench } = stage;
    const deeds = new Deeds(stage);
    keeper.start();
    await this.#pass(readyMaxMs, bench, () => world.gateway?.watchingMono != null);
    const forMs = minutes * 60_000;
    const beganMono = this.#clock.mono();
    world.tell({ kind: 'phase', phase: 'safety' });
    for (const step of planOf(new Chance(seed), targetsOf(world.config), forMs)) {
      this.#clock.exactly(beganMono + step.atMs, () => void deeds.begin(step).catch((error) => this.#fail(error)));
    }
    let nextMs = 0;
    await this.#pass(forMs, bench, () => {
      const doneMs = this.#clock.mono() - beganMono;
      if (doneMs < nextMs) return false;
      nextMs = doneMs + progressEveryMs;
      const leftS = (forMs - doneMs + livenessMinMs) / 1000;
      const counts = `${world.lives} lives, ${deeds.counts.get('fire') ?? 0} fires, ${ear.heard.length} reports`;
      say(
        `${(doneMs / 1000).toFixed(0)} of ${forMs / 1000} s, about ${leftS.toFixed(0)} s left; ${counts}, ${this.#accusations(bench)} accusations`,
      );
      return false;
    });
    say('healing everything');
    await deeds.heal();
    await stage.town.heal();
    keeper.start();
    world.phase = 'liveness';
    world.tell({ kind: 'phase', phase: 'liveness' });
    const wellAfterMs = await this.#waitUntilWell(stage);
    await keeper.end('stopped', Number.POSITIVE_INFINITY);
    await bench.conclude();
    const rows = (await world.disk.readAll()).length;
    return {
      ...{ seed, minutes, tookS: this.#clock.mono() / 1000, lives: world.lives, rows, heard: ear.heard.length },
      wellAfterS: wellAfterMs === null ? null : wellAfterMs / 1000,
      deeds: Object.fromEntries(deeds.counts),
      facts: this.#facts,
      judgements: [...bench.judgements, this.#judgeCrashes()],
    };
  }

  /** Ends everything that was started; may be called at any moment, and again. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#broken ??= new Error('interrupted');
      for (const close of this.#closers.splice(0).reverse()) await close();
      await killAll();
      this.#folder.remove();
    })();
    return this.#closing;
  }

  async #build(): Promise<RoundStage> {
    const { seed } = this.options;
    const folder = this.#folder.path;
    const dataDir = join(folder, 'data');
    const brokerDir = join(folder, 'broker');
    for (const each of [dataDir, brokerDir]) mkdirSync(each);
    let hear = (_topic: string, _payload: Uint8Array): void => undefined;
    const ear = await DistrictEar.open(brokerDir, (topic, payload) => hear(topic, payload));
    this.#closers.push(() => {
      ear.pauseBroker(false);
      return ear.endBroker('SIGKILL');
    });
    const link = await BadLink.open(ear.port);
    this.#closers.push(() => link.close());
    const siteFile = join(folder, 'gateway.yaml');
    const places = { folder, tcpPort: await freePort(), rtuPort: await freePort(), brokerPort: link.port };
    writeFileSync(siteFile, siteText(places));
    const loaded = await loadConfig(siteFile, knownParts);
    if (!loaded.ok) throw new Error(loaded.problems.map((problem) => describeProblem(problem, 'en')).join('\n'));
    const { config } = loaded;
    const town = await Town.open(config, this.#clock, (why) => this.#fail(new Error(why)));
    this.#closers.push(() => town.close());
    const outside = { seed, config, clock: this.#clock, village: town.village, dataDir, tries: () => link.tries };
    const world = new OutsideWorld(outside);
    hear = (topic, payload) => world.hear(topic, payload);
    const keeper = new GatewayKeeper({ siteFile, dataDir, world, onCrash: (what) => this.#crashed(what) });
    this.#closers.push(() => keeper.giveUp());
    const kept = toldAndKept(
      () => world,
      () => ear.heard,
    );
    const bench = new JudgeBench([fireInTime, kept.kind, ...allCheckers], world, cannot);
    world.onFact((fact) => {
      this.#facts++;
      bench.see(fact);
    });
    return { world, town, link, ear, keeper, bench, kept };
  }

  /** Somebody tidies up again and again. Null: it did not become well in time; what is wrong is accused. */
  async #waitUntilWell(stage: RoundStage): Promise<number | null> {
    const { keeper, kept, world, bench } = stage;
    const beganMono = this.#clock.mono();
    let wrong: readonly string[] = [];
    let [times, wellMs] = [0, 0];
    while (this.#clock.mono() - beganMono < livenessMaxMs) {
      await this.#pass(tidyEveryMs, bench, () => false);
      const rows = await world.disk.readAll();
      wrong = [...(await this.#notCalm(stage)), ...this.#untold(stage, rows)];
      if (times === 0) wellMs = this.#clock.mono() - beganMono;
      times = wrong.length === 0 ? times + 1 : 0;
      kept.drainedTo = rows.at(-1)?.position ?? 0;
      if (times >= wellTimes && this.#clock.mono() - beganMono >= livenessMinMs) return wellMs;
      if (wrong.length > 0) for (const order of ['acknowledge', 'reset'] as const) await keeper.order(order);
    }
    for (const what of wrong) this.#crashed(`in the end: ${what}`);
    return null;
  }

  async #notCalm({ keeper, world }: RoundStage): Promise<readonly string[]> {
    const status = await keeper.status();
    if (status === null) return ['no gateway answers'];
    const alarms = status.alarms.filter(({ subject }) => !ofThisComputer.test(subject)).map(({ en }) => `alarm: ${en}`);
    const on = world.config.outputs.filter(({ id }) => world.outputIsOn(id)).map(({ id }) => `${id} is on`);
    return [...alarms, ...on];
  }

  #untold({ ear }: RoundStage, rows: readonly StoredEntry[]): readonly string[] {
    const told = new Set(ear.heard.flatMap(({ id, durable }) => (durable ? [id] : [])));
    const missing = rows.filter(({ id, lane }) => (lane === 'fire' || lane === 'journal') && !told.has(id));
    return missing.length === 0 ? [] : [`${missing.length} rows are not told, first ${missing[0]?.id}`];
  }

  /** Real time passes, the judges look around; ends early when `isOver`. Throws when the world itself broke. */
  async #pass(ms: number, bench: JudgeBench, isOver: () => boolean): Promise<void> {
    const endMono = this.#clock.mono() + ms;
    for (let leftMs = ms; leftMs > 0; leftMs = endMono - this.#clock.mono()) {
      await sleep(Math.min(lookEveryMs, leftMs));
      if (this.#broken !== null) throw this.#broken;
      bench.look();
      if (isOver()) return;
    }
  }

  #judgeCrashes(): Judgement {
    const verdict = this.#crashes.length === 0 ? 'content' : 'accuses';
    return { judge: 'lives-and-ends-well', verdict, why: null, accusations: this.#crashes };
  }

  #crashed(what: string): void {
    this.#crashes.push({ mono: this.#clock.mono(), what });
  }

  #accusations(bench: JudgeBench): number {
    return bench.accusationCount + this.#crashes.length;
  }

  #fail(error: unknown): void {
    this.#broken ??= error instanceof Error ? error : new Error(String(error));
  }
}
