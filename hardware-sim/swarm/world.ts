/**
 * Everything that outlives a gateway: the clock, the village and its people, the disk, the broker and the district. Faults and
 * people act on it; checkers look at it. Whatever happens in it is a fact, told in order.
 */
import type { OutputId, PointId, SpeakerId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { Observation } from '../../gateway/observation.js';
import { Chance } from '../chance.js';
import { Afflictions, type Part } from '../checkers/afflictions.js';
import type {
  BrokerView,
  CentreView,
  CityView,
  DiskView,
  Fact,
  FactDraft,
  GatewayView,
  LifeEnd,
  WorldView,
} from '../checkers/checker.js';
import { SimClock } from '../sim-clock.js';
import { buildVillage, type Village } from '../village.js';
import { type City, makeCity } from './city.js';
import type { DistrictKeys } from './district-keys.js';
import { GatewayLife, type LifeParts } from './gateway-life.js';
import { makeOutside, type Outside } from './outside.js';

export interface WorldOptions {
  readonly seed: number;
  readonly config: SiteConfig;
  /** Wall time at the beginning, ms since 1970. */
  readonly startWall: number;
  readonly codecs: LifeParts['codecs'];
  readonly keys: DistrictKeys;
}

export class World implements WorldView {
  readonly seed: number;
  readonly config: SiteConfig;
  readonly chance: Chance;
  readonly clock: SimClock;
  readonly village: Village;
  readonly outside: Outside;
  /** Null: this site tells no city. */
  readonly cityWorld: City | null;
  readonly afflictions = new Afflictions();
  phase: 'safety' | 'liveness' = 'safety';
  /** Facts told so far. */
  facts = 0;
  beatMono: number | null = null;
  readonly #codecs: LifeParts['codecs'];
  readonly #listeners: ((fact: Fact) => void)[] = [];
  readonly #pointIs = new Map<PointId, string | number>();
  #life: GatewayLife | null = null;
  #lives = 0;

  constructor({ seed, config, startWall, codecs, keys }: WorldOptions) {
    this.seed = seed;
    this.config = config;
    this.#codecs = codecs;
    this.chance = new Chance(seed);
    this.clock = new SimClock(startWall, 'trusted', { settle: 'ticks' });
    this.village = buildVillage(config, this.clock);
    this.outside = makeOutside({
      config,
      keys,
      clock: this.clock,
      chance: this.chance.stream('outside'),
      keyChance: this.chance.stream('keys'),
      tell: (fact) => this.tell(fact),
    });
    this.cityWorld = makeCity({
      ...{ config, clock: this.clock, chance: this.chance.stream('city') },
      tell: (fact) => this.tell(fact),
    });
    const beats = new Set(config.heartbeats.flatMap(({ target }) => (target.kind === 'pin' ? [target.pin] : [])));
    this.village.board.onChange((pin, _, atMono) => {
      if (beats.has(pin)) this.beatMono = atMono;
    });
    this.village.onOutputChange((output, on) => this.tell({ kind: 'output', output, on }));
    this.village.horns.onHeard((heard) => this.tell({ kind: 'heard', heard }));
  }

  readonly mono = (): number => this.clock.mono();
  readonly wall = (): number => this.clock.wall();

  get timers(): number {
    return this.clock.pending;
  }

  get disk(): DiskView {
    return this.outside.diskView;
  }

  get broker(): BrokerView {
    return this.outside.brokerView;
  }

  get centre(): CentreView {
    return this.outside.centre;
  }

  get city(): CityView | null {
    return this.cityWorld?.view ?? null;
  }

  get gateway(): GatewayView | null {
    return this.#life;
  }

  outputIsOn(output: OutputId): boolean {
    return this.village.outputIsOn(output);
  }

  hornSays(speaker: SpeakerId): string | null {
    return this.village.horns.soundOf(speaker);
  }

  pointIs(point: PointId): string | number | null {
    return this.#pointIs.get(point) ?? null;
  }

  onFact(listener: (fact: Fact) => void): void {
    this.#listeners.push(listener);
  }

  tell(draft: FactDraft): void {
    this.facts++;
    const fact = { mono: this.clock.mono(), ...draft } as Fact;
    for (const listener of this.#listeners) listener(fact);
  }

  /** Smoke enters, water falls, somebody presses a key. Throws RangeError as Village.setPoint does. */
  setPoint(point: PointId, to: string | number): void {
    this.village.setPoint(point, to);
    this.#pointIs.set(point, to);
    this.tell({ kind: 'point', point, to });
  }

  /** A fault begins; the answer ends it. */
  beginFault(fault: string, parts: readonly Part[], note: string): () => void {
    for (const part of parts) this.afflictions.begin(part);
    this.tell({ kind: 'fault.began', fault, parts, note });
    let hasEnded = false;
    return () => {
      if (hasEnded) return;
      hasEnded = true;
      for (const part of parts) this.afflictions.end(part, this.clock.mono());
      this.tell({ kind: 'fault.ended', fault, parts, note });
    };
  }

  /** The gateway is started; resolves when its start is through. Does nothing while one runs. */
  async startGateway(): Promise<void> {
    if (this.#life !== null) return;
    const number = ++this.#lives;
    const life = new GatewayLife({
      ...{ life: number, config: this.config, clock: this.clock, village: this.village, codecs: this.#codecs },
      ...{
        store: this.outside.connectDisk(),
        link: this.outside.link,
        openCity: this.cityWorld?.open ?? null,
        random: this.chance.stream(`life ${number}`).next,
      },
      observe: (seen) => this.#observe(number, seen),
    });
    this.#life = life;
    this.tell({ kind: 'life.began', life: number });
    await life.start();
  }

  /** The gateway ends in this way at once; `stopped`: in order, which takes some seconds. */
  async endGateway(how: LifeEnd): Promise<void> {
    const life = this.#life;
    if (life === null) return;
    if (how === 'stopped') await life.stop();
    // Somebody killed it while it stopped.
    if (this.#life !== life) return;
    this.#life = null;
    const killed = how === 'stopped' ? null : life.kill();
    // At the same moment: nothing that it had under way is answered any more.
    this.outside.endLife(how);
    if (how === 'killed') this.village.horns.processKilled();
    if (how === 'power-cut') {
      this.village.horns.powerCut();
      this.#losePins();
    }
    await killed;
    this.tell({ kind: 'life.ended', life: life.life, how });
  }

  /** The runtime that runs, for people who order something at the box. */
  get life(): GatewayLife | null {
    return this.#life;
  }

  /** A box without power holds nothing: what hangs on its pins falls off. */
  #losePins(): void {
    const { board } = this.village;
    for (const { target } of [...this.config.outputs, ...this.config.heartbeats]) {
      if (target.kind === 'pin') board.drive(target.pin, target.activeLow);
    }
  }

  #observe(life: number, seen: Observation): void {
    this.tell({ kind: 'seen', life, seen });
    if (seen.kind === 'site.scanned') this.tell({ kind: 'life.watching', life });
  }
}
