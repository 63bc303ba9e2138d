/**
 * The demo's stage: an example site with its wires, modules and pins simulated, and in front of it the real gateway: real
 * serialport streams on a mock binding, real sockets to simulated servers on this machine, real modbus-serial, real SQLite, real
 * MQTT into an embedded broker.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brandId } from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import { describeProblem } from '../../config/problem.js';
import type { SiteConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import { serialLinkOpener } from '../../drivers/serial/serial-link.js';
import { openLog } from '../../gateway/log.js';
import { type Gateway, openerOf, startGateway } from '../../gateway/main.js';
import type { Observation } from '../../gateway/observation.js';
import type { Runtime } from '../../gateway/runtime.js';
import { type SimBroker, startBroker } from '../broker.js';
import { orderAt, setDiskTo, type Theatre } from '../deeds.js';
import { FaultyStore } from '../disk.js';
import { withAllUplinks } from '../district-doors/all-uplinks-site.js';
import { openUplinkDoors, type UplinkDoors } from '../district-doors/uplink-doors.js';
import { ordersTopic, takingOrders } from '../forged-order.js';
import { knownParts } from '../known-parts.js';
import { mockSerialBinding } from '../mock-serial.js';
import { startTownServers, type TownServers } from '../net/town-servers.js';
import { ptyFailureWords } from '../pty-failure-words.js';
import { fillTanks } from '../quiet-day.js';
import { type Scenario, siteFileOf } from '../scenario.js';
import { buildVillage, type Village } from '../village.js';
import { type District, makeDistrict } from './district.js';
import { freePort } from './free-port.js';
import { poolLevels } from './pool.js';

const wantedPort = 1883;
const townName = 'ancient-town';

export interface Stage extends Theatre {
  readonly config: SiteConfig;
  readonly broker: SimBroker;
  /** Of the gateway that runs now; null while none does. */
  readonly runtime: Runtime | null;
  /** Null: the embedded broker is the only way. */
  readonly doors: UplinkDoors | null;
  /** The district asks whether somebody is on duty, and a person here shall answer. Without keys of a person: nothing. */
  askDuty(): void;
  /** Stops everything and removes the demo's data. */
  close(): Promise<void>;
}

/** `observe` also hears what happens while it starts. `scenario`: null for a person with keys. */
export async function buildStage(
  clock: Clock,
  scenario: Scenario | null,
  panelPort: number,
  observe: (seen: Observation, mono: number) => void,
  hasAllUplinks = false,
): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gengfu-demo-'));
  const broker = await startBroker({ port: wantedPort });
  // A scenario gives the orders that stand in it.
  const district = scenario === null ? makeDistrict() : null;
  const doors = hasAllUplinks
    ? await openUplinkDoors({
        ...{ clock, folder: dataDir, brokerUrl: broker.url, broker },
        // The times of the demo are those that the gateway tells.
        onConfirmed: () => undefined,
      })
    : null;
  if (typeof doors === 'string') throw new Error(ptyFailureWords[doors].en);
  const loaded = await siteOf(scenario, dataDir, broker.url, doors);
  const site = district?.knownTo(loaded) ?? loaded;
  const village = buildVillage(site, clock);
  fillTanks(village);
  if ((scenario?.site ?? townName) === townName)
    for (const { set, to } of poolLevels('full')) village.setPoint(brandId(set), to);
  const servers = await startTownServers(village.networks);
  const panel = site.panel === null ? null : { ...site.panel, port: await freePort(panelPort) };
  const config = { ...site, panel, lines: site.lines.map((line) => servers.reachable(line)) };
  const stage = new DemoStage(config, clock, village, broker, servers, district, doors, observe, () =>
    rm(dataDir, { recursive: true, force: true }),
  );
  await stage.runGateway(true);
  return stage;
}

class DemoStage implements Stage {
  #gateway: Gateway | null = null;
  #disk: FaultyStore | null = null;
  readonly #binding;

  constructor(
    readonly config: SiteConfig,
    readonly clock: Clock,
    readonly village: Village,
    readonly broker: SimBroker,
    private readonly servers: TownServers,
    private readonly district: District | null,
    readonly doors: UplinkDoors | null,
    private readonly observe: (seen: Observation, mono: number) => void,
    private readonly forget: () => Promise<void>,
  ) {
    this.#binding = mockSerialBinding(village.wiresByPath);
  }

  get runtime(): Runtime | null {
    return this.#gateway?.runtime ?? null;
  }

  async order(...[kind, level]: Parameters<Theatre['order']>): Promise<void> {
    if (this.runtime !== null) orderAt(this.runtime, kind, 'demo', level);
  }

  breakHorn(...[horn, isBroken]: Parameters<Theatre['breakHorn']>): void {
    this.village.horns.fail(horn, isBroken ? 'VOICE-003' : null);
  }

  plugUplink(isPlugged: boolean): Promise<void> {
    return isPlugged ? this.broker.restart() : this.broker.stop();
  }

  async sendOrder(envelope: Uint8Array): Promise<void> {
    this.broker.publish(ordersTopic(this.config), envelope);
  }

  askDuty(): void {
    if (this.district === null) return;
    this.broker.publish(ordersTopic(this.config), this.district.dutyCheck(this.config.site, this.clock.wall()));
  }

  /** The gateway is a part of this process: it can not be killed, so it is stopped in order. `npm run sim` kills it. */
  async runGateway(isRunning: boolean): Promise<void> {
    const { village, clock } = this;
    if (!isRunning) {
      await this.#gateway?.stop();
      this.#gateway = null;
      return;
    }
    this.#gateway = await startGateway({
      config: this.config,
      clock,
      log: openLog('silent'),
      observe: (seen) => this.observe(seen, clock.mono()),
      openLine: (line) =>
        line.transport === 'serial' ? serialLinkOpener(line, clock, this.#binding) : openerOf(line, clock),
      simulatedPins: village.board,
      makeSpeaker: (speaker) => village.horns.open(speaker),
      box: village.box.sensors,
      wrapStore: (store) => {
        this.#disk = new FaultyStore(store, clock);
        return this.#disk;
      },
    });
  }

  setDisk(word: Parameters<Theatre['setDisk']>[0]): void {
    if (this.#disk !== null) setDiskTo(this.#disk, word);
  }

  setClock(): void {
    throw new RangeError('nobody sets the real clock here');
  }

  async close(): Promise<void> {
    await this.#gateway?.stop();
    this.village.stop();
    await this.servers.stop();
    await this.broker.stop();
    await this.doors?.stop();
    await this.forget();
  }
}

async function siteOf(
  scenario: Scenario | null,
  dataDir: string,
  brokerUrl: string,
  doors: UplinkDoors | null,
): Promise<SiteConfig> {
  let siteFile = siteFileOf({ site: scenario?.site ?? townName });
  if (doors !== null) {
    const text = withAllUplinks(await readFile(siteFile, 'utf8'), doors.places);
    siteFile = join(dataDir, 'gateway.yaml');
    await writeFile(siteFile, text);
  }
  const loaded = await loadConfig(siteFile, knownParts);
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => describeProblem(problem, 'en')).join('\n'));
  const hears = scenario?.steps.some(({ do: deed }) => 'forge' in deed) === true;
  const config = hears ? takingOrders(loaded.config) : loaded.config;
  // The embedded broker speaks 3.1.1 only.
  const uplinks = config.uplinks.map((uplink) =>
    uplink.kind === 'mqtt' ? { ...uplink, url: brokerUrl, mqttVersion: '3.1.1' as const } : uplink,
  );
  return { ...config, dataDir, uplinks };
}
