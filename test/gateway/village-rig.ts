/** A whole gateway on a simulated village and a virtual clock: the product's runtime, only the seams swapped. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished } from 'vitest';
import {
  brandId,
  type DeviceId,
  type DistrictId,
  type LineId,
  type OutputId,
  type PointId,
  type SiteId,
} from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import type { SiteConfig } from '../../config/site.js';
import type { EntryKind } from '../../config/vocabulary.js';
import { pause } from '../../drivers/clock.js';
import type { OpenByteLink } from '../../drivers/driver.js';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import type { Log } from '../../gateway/log.js';
import type { Observation } from '../../gateway/observation.js';
import { Runtime } from '../../gateway/runtime.js';
import { FaultyStore } from '../../hardware-sim/disk.js';
import { siteOfLine } from '../../hardware-sim/line-of-village.js';
import { ProcessClock } from '../../hardware-sim/process-clock.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage, type Village } from '../../hardware-sim/village.js';
import type { Entry } from '../../sync/journal/entry.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import { reportTopic, toCloudEvent, topicRoot } from '../../sync/mqtt/cloud-event.js';
import {
  type CentreAsked,
  type CentreRequest,
  type Report,
  type Uplink,
  UplinkError,
  type UplinkEvents,
} from '../../sync/uplink.js';
import { messageFault } from '../sync/topic-schemas.js';

export const point = (id: string): PointId => brandId<PointId>(id);
export const line = (id: string): LineId => brandId<LineId>(id);
export const device = (id: string): DeviceId => brandId<DeviceId>(id);
export const output = (id: string): OutputId => brandId<OutputId>(id);

export const kitchen = point('smoke-kitchen/smoke');
export const hallSmoke = point('smoke-1/smoke');
export const streetSiren = output('siren-street');
export const hallSiren = output('siren-hall');
export const townSiren = output('siren-village');

/** Whatever a village tells can be told as the schemas of sync/messages say. */
const wrongMessages: string[] = [];
afterEach(() => expect(wrongMessages.splice(0)).toEqual([]));
const address = { district: brandId<DistrictId>('yangshuo'), site: brandId<SiteId>('old-town') };

function look(topic: string, payload: Uint8Array): void {
  wrongMessages.push(...[messageFault(topic, payload)].filter((fault) => fault !== null));
}

/** A centre that takes everything at once while it is reachable. */
export class TakingUplink implements Uplink {
  readonly windowMax = 20;
  #isPulled = false;
  readonly reports: Report[] = [];
  /** Answers to commands. */
  readonly answers: Uint8Array[] = [];
  /** What it promises of its path: nothing. */
  lastHeardMono: number | null = null;
  expectsHeardWithinMs: number | null = null;
  #events: UplinkEvents | null = null;

  constructor(readonly id: Uplink['id']) {}

  start(events: UplinkEvents): void {
    this.#events = events;
    if (!this.#isPulled) events.onUp();
  }

  /** The cable to the centre is out, or in again. */
  setPulled(isPulled: boolean): void {
    if (isPulled === this.#isPulled) return;
    this.#isPulled = isPulled;
    if (isPulled) this.#events?.onDown(new UplinkError('UPLINK-003', this.id));
    else this.#events?.onUp();
  }

  /** Something comes from the centre. */
  request(request: CentreRequest): void {
    this.#events?.onRequest(request);
  }

  /** The centre asks in a language that signs nothing. */
  asks(asked: CentreAsked): void {
    this.#events?.onAsked?.(asked);
  }

  async answer(result: Uint8Array): Promise<void> {
    look(`${topicRoot(address)}/result`, result);
    this.answers.push(result);
  }

  async send(report: Report): Promise<void> {
    if (this.#isPulled) throw new UplinkError('UPLINK-003', this.id);
    look(reportTopic(address, report), toCloudEvent({ ...address, uplink: this.id }, report));
    this.reports.push(report);
  }

  async stop(): Promise<void> {}
}

export interface RigOptions {
  readonly clock?: SimClock;
  readonly village?: Village;
  readonly store?: FaultyStore;
  readonly config?: SiteConfig;
  /** The board's driver answers only after so long. */
  readonly pinsAfterMs?: number;
  /** The village's box is watched too. Default: no. */
  readonly hasBox?: boolean;
  /** A reduced start: so long nobody is told. */
  readonly besidesAfterMs?: number;
  /** Put between the gateway and a line's wire. */
  readonly wrapLine?: (line: LineId, open: OpenByteLink) => OpenByteLink;
}

/** A disk that outlives the gateways on it: each call is the next process opening the same file. */
export function sharedDisk(clock: SimClock): () => FaultyStore {
  const directory = mkdtempSync(join(tmpdir(), 'gengfu-gateway-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return () => new FaultyStore(new InlineStore(join(directory, 'journal.db')), clock);
}

let town: Promise<SiteConfig> | null = null;

/** Frozen, so that all tests of a file have the same one. */
export function townConfig(): Promise<SiteConfig> {
  town ??= loadTown();
  return town;
}

async function loadTown(): Promise<SiteConfig> {
  const loaded = await loadConfig('config/examples/ancient-town.yaml', {
    knownUplinks: ['mqtt'],
    knownPinDrivers: ['simulated', 'sysfs'],
    knownCodecs: [...codecs.keys()],
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

/** The same site with one line and these units of it: for tests that last long. */
export function onlyUnits(town: SiteConfig, lineId: LineId, ...units: readonly string[]): SiteConfig {
  const kept = town.lines.find(({ id }) => id === lineId);
  if (kept === undefined) throw new Error(`no line ${lineId}`);
  const fewer = { ...town, units: town.units.filter(({ id }) => units.includes(id)) };
  return siteOfLine(fewer, kept);
}

/** The town with sirens that nobody interrupts by speaking: they are on for as long as they are wanted. */
export async function speechlessTown(): Promise<SiteConfig> {
  const config = await townConfig();
  const plans = config.plans.map(({ allClear: _, ...plan }) => ({
    ...plan,
    steps: plan.steps.map(({ say: _say, ...step }) => step),
  }));
  return { ...config, plans };
}

/** As a power cut does: every siren is quiet until somebody orders it on. */
export function quietAll({ village }: VillageRig): void {
  village.board.drive(17, false);
  for (const id of ['relay-1', 'relay-2']) {
    village.switchUnit(device(id), false);
    village.switchUnit(device(id), true);
  }
}

export const codecs = await loadCodecs();

const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let seed = 1;

/** mulberry32: small, seeded, good enough to spread back-offs. Each rig draws from a stream of its own. */
export function seededRandom(): () => number {
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
  /** Also told of every observation, as it comes. */
  onObserved: (seen: Observation) => void = () => undefined;
  readonly uplink: TakingUplink;
  readonly runtime: Runtime;
  readonly #process: ProcessClock;

  private constructor(
    readonly config: SiteConfig,
    readonly clock: SimClock,
    readonly village: Village,
    readonly store: FaultyStore,
    private readonly wrapLine: RigOptions['wrapLine'],
    private readonly pinsAfterMs: number,
    hasBox: boolean,
    besidesAfterMs: number,
  ) {
    this.#process = new ProcessClock(clock);
    const uplinkConfig = config.uplinks[0];
    if (uplinkConfig === undefined) throw new Error('the site has an uplink');
    this.uplink = new TakingUplink(uplinkConfig.id);
    this.runtime = new Runtime({
      config,
      clock: this.#process,
      calendar: { daily: () => () => undefined, weekly: () => () => undefined },
      random: seededRandom(),
      store,
      isLockHeld: true,
      codecs,
      openLine: ({ id }) => this.wrapLine?.(id, this.#openWire(id)) ?? this.#openWire(id),
      openPins: async () => {
        if (this.pinsAfterMs > 0) await pause(clock, this.pinsAfterMs);
        return village.board;
      },
      ...(hasBox ? { box: village.box.sensors } : {}),
      makeSpeaker: (speaker) => village.horns.open(speaker),
      makeUplink: () => this.uplink,
      observe: (seen) => {
        this.observations.push(seen);
        this.onObserved(seen);
      },
      log: quietLog,
      version: 'test',
      besidesAfterMs,
    });
  }

  /** Built but not started. */
  static async make(options: RigOptions = {}): Promise<VillageRig> {
    const config = options.config ?? (await townConfig());
    const clock = options.clock ?? new SimClock();
    const village = options.village ?? buildVillage(config, clock);
    const store = options.store ?? new FaultyStore(new InlineStore(':memory:'), clock);
    const { wrapLine, pinsAfterMs = 0, hasBox = false, besidesAfterMs = 0 } = options;
    return new VillageRig(config, clock, village, store, wrapLine, pinsAfterMs, hasBox, besidesAfterMs);
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

  /** As kill −9 does: nothing of this gateway acts any more; outputs, units and what is durable stay as they are. */
  async kill(): Promise<void> {
    const killed = this.#process.kill();
    this.store.setMode('hangs');
    this.village.board.close();
    this.village.horns.processKilled();
    await killed;
    await this.store.close();
  }

  /** The newest entry of this gateway is durable. */
  async durable(): Promise<void> {
    const newest = this.entries.at(-1)?.id;
    await this.clock.until(
      () => this.observations.some((seen) => seen.kind === 'entry.durable' && seen.entryId === newest),
      5_000,
    );
  }

  #openWire(id: LineId): OpenByteLink {
    const open = this.village.opens.get(id);
    if (open === undefined) throw new Error(`no line ${id}`);
    return this.#process.lineOf(open);
  }

  get entries(): readonly Entry[] {
    return this.observations.flatMap((seen) => (seen.kind === 'entry' ? [seen.entry] : []));
  }

  entriesOf(kind: EntryKind, subject?: string): readonly Entry[] {
    return this.entries.filter((entry) => entry.kind === kind && (subject === undefined || entry.subject === subject));
  }

  /** `raised` and `returned` of faults, in order, as `raised fault:unit:smoke-1`. */
  get faults(): readonly string[] {
    return this.entries
      .filter((entry) => entry.class === 'fault' && entry.kind.startsWith('alarm.'))
      .map((entry) => `${entry.kind.slice('alarm.'.length)} ${entry.subject}`);
  }

  isOn(id: OutputId): boolean {
    return this.village.outputIsOn(id);
  }

  /** The order numbers a person at a screen would send now. */
  get newestSeen(): { readonly boot: Runtime['journal']['boot']; readonly order: number } {
    return { boot: this.runtime.journal.boot, order: this.runtime.alarms.lastOrder };
  }
}
