/** A village on pseudo-terminals and TCP, and the built gateway as a process of its own in front of it. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadConfig } from '../../config/load-config.js';
import { describeProblem } from '../../config/problem.js';
import type { SiteConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { Observation } from '../../gateway/observation.js';
import { type SimBroker, startBroker } from '../broker.js';
import type { Theatre } from '../deeds.js';
import { type UplinkWay, withAllUplinks } from '../district-doors/all-uplinks-site.js';
import type { Path } from '../district-doors/path-verdicts.js';
import type { TellsFire } from '../district-doors/told-fire.js';
import { openUplinkDoors, type UplinkDoors } from '../district-doors/uplink-doors.js';
import { ordersTopic } from '../forged-order.js';
import { knownParts } from '../known-parts.js';
import { startTownServers, type TownServers } from '../net/town-servers.js';
import { fillTanks } from '../quiet-day.js';
import { type Scenario, siteFileOf } from '../scenario.js';
import type { HornHeard } from '../sim-horns.js';
import type { PtyFailure } from '../socat-pty.js';
import { buildVillage, type Village } from '../village.js';
import { siteApart } from './apart-site.js';
import { type Doors, openDoors } from './doors.js';
import { tailFile } from './file-tail.js';
import { GatewayProcess, observationOf, orderApart } from './gateway-process.js';

/** As a UART with a FIFO hands them over. */
const uartChunkBytes = 16;

export interface ApartEvents {
  onObserved(seen: Observation): void;
  onHeard(heard: HornHeard): void;
  /** A centre of `hasAllUplinks` has just confirmed something. */
  onConfirmed(way: UplinkWay, tells: TellsFire): void;
}

export interface StageOptions {
  readonly scenario: Scenario;
  /** Kept; null: a temporary folder that goes with the stage. */
  readonly folder: string | null;
  readonly isByHand: boolean;
  /** See ApartOptions. */
  readonly gateway: readonly string[] | null;
  readonly broker: string | null;
  readonly slowness: number;
  readonly hasAllUplinks: boolean;
  readonly clock: Clock;
  readonly events: ApartEvents;
}

export class ApartStage implements Theatre {
  #gateway: GatewayProcess | null = null;
  #endTail: () => void = () => undefined;

  private constructor(
    readonly config: SiteConfig,
    readonly siteFile: string,
    /** What a gateway that somebody else starts must write its lines to. */
    readonly seenFile: string,
    readonly clock: Clock,
    readonly village: Village,
    private readonly options: StageOptions,
    private readonly broker: SimBroker | null,
    private readonly servers: TownServers,
    private readonly doors: Doors,
    private readonly ways: UplinkDoors | null,
    private readonly forget: () => Promise<void>,
  ) {}

  /** Everything but the gateway. */
  static async open(options: StageOptions): Promise<ApartStage | PtyFailure> {
    const { scenario, clock, events } = options;
    const folder = resolve(options.folder ?? (await mkdtemp(join(tmpdir(), 'gengfu-sim-'))));
    await mkdir(folder, { recursive: true });
    const broker = options.broker === null ? await startBroker({ port: 0 }) : null;
    const brokerUrl = options.broker ?? broker?.url ?? '';
    const mqttVersion = broker === null ? '5' : '3.1.1';
    const clear = async (): Promise<void> => {
      if (options.folder === null) await rm(folder, { recursive: true, force: true });
    };
    const onConfirmed: ApartEvents['onConfirmed'] = (way, tells) => events.onConfirmed(way, tells);
    const ways = options.hasAllUplinks
      ? await openUplinkDoors({ clock, folder, brokerUrl, broker, onConfirmed })
      : null;
    if (typeof ways === 'string') {
      await broker?.stop();
      await clear();
      return ways;
    }
    const own = await readFile(siteFileOf(scenario), 'utf8');
    const text = ways === null ? own : withAllUplinks(own, ways.places);
    const takesOrders = scenario.steps.some(({ do: deed }) => 'forge' in deed);
    const siteFile = join(folder, 'gateway.yaml');
    const write = (ports: ReadonlyMap<string, number>): Promise<void> =>
      writeFile(siteFile, siteApart(text, { folder, ports, brokerUrl, mqttVersion, takesOrders }));
    await write(new Map());
    const config = await read(siteFile);
    const village = buildVillage(config, clock, { chunkBytes: uartChunkBytes });
    fillTanks(village);
    const servers = await startTownServers(village.networks);
    // Only now are the ports known.
    await write(new Map([...servers.byLine].map(([line, { port }]) => [line, port])));
    const doors = await openDoors(village, clock, (heard) => events.onHeard(heard));
    if (typeof doors === 'string') {
      await Promise.all([servers.stop(), broker?.stop(), ways?.stop()]);
      await clear();
      return doors;
    }
    const seenFile = join(folder, 'seen.jsonl');
    await rm(seenFile, { force: true });
    return new ApartStage(config, siteFile, seenFile, clock, village, options, broker, servers, doors, ways, clear);
  }

  /** What the site tells fires to, and whether the centre there is ours. */
  get paths(): readonly Path[] {
    const watched: ReadonlySet<string> = this.ways?.watched ?? new Set();
    return this.config.uplinks.map(({ id, kind }) => ({ uplink: id, kind, isWatched: watched.has(id) }));
  }

  /** What the gateway said last on its standard error, when it ended without being asked. */
  get lastWords(): readonly string[] {
    return this.#gateway?.hasEnded === true ? this.#gateway.errors : [];
  }

  /** Hears a gateway that somebody else starts. */
  follow(): void {
    this.#endTail = tailFile(this.seenFile, this.clock, (line) => {
      const seen = observationOf(line);
      if (seen !== null) this.options.events.onObserved(seen);
    });
  }

  order(...[kind]: Parameters<Theatre['order']>): Promise<void> {
    return orderApart(this.config.dataDir, kind, this.clock, this.options.slowness);
  }

  breakHorn(...[horn, isBroken]: Parameters<Theatre['breakHorn']>): void {
    const door = this.doors.horns.get(horn);
    if (door === undefined) throw new RangeError(`the site has no horn ${horn} with a chip`);
    door.chip.manners.isDead = isBroken;
  }

  async plugUplink(isPlugged: boolean): Promise<void> {
    await (isPlugged ? this.#ownBroker.restart() : this.#ownBroker.stop());
  }

  async sendOrder(envelope: Uint8Array): Promise<void> {
    this.#ownBroker.publish(ordersTopic(this.config), envelope);
  }

  async runGateway(isRunning: boolean): Promise<void> {
    const { events, gateway } = this.options;
    if (isRunning) this.#gateway = new GatewayProcess(this.siteFile, (seen) => events.onObserved(seen), gateway);
    else await this.#gateway?.kill();
  }

  get #ownBroker(): SimBroker {
    if (this.broker === null) throw new RangeError("the broker is somebody else's");
    return this.broker;
  }

  setDisk(): void {
    throw new RangeError('the disk of another process can not be spoilt from here');
  }

  setClock(): void {
    throw new RangeError('nobody sets the real clock here');
  }

  async close(): Promise<void> {
    this.#endTail();
    if (this.#gateway?.hasEnded === false) await this.#gateway.stop(this.clock);
    this.village.stop();
    await this.doors.stop();
    await this.servers.stop();
    await this.ways?.stop();
    await this.broker?.stop();
    await this.forget();
  }
}

async function read(siteFile: string): Promise<SiteConfig> {
  const loaded = await loadConfig(siteFile, knownParts);
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => describeProblem(problem, 'en')).join('\n'));
  return loaded.config;
}
