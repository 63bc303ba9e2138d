/** Does in the world what a step of the plan says, and undoes it when its time is over. */
import { setTimeout as sleep } from 'node:timers/promises';
import { brandId, type DeviceId, type LineId } from '../../config/ids.js';
import type { Part } from '../../hardware-sim/checkers/afflictions.js';
import type { BadLink } from '../soak/bad-link.js';
import type { DistrictEar } from '../soak/district-ear.js';
import type { GatewayKeeper } from './gateway-keeper.js';
import type { OutsideWorld } from './outside-world.js';
import type { Deed, Step } from './plan.js';
import type { Town } from './town.js';

export interface Stage {
  readonly world: OutsideWorld;
  readonly town: Town;
  readonly link: BadLink;
  readonly ear: DistrictEar;
  readonly keeper: GatewayKeeper;
}

/** A while after a link is whole again: what was lost on it shows by then. */
const linkAfterMs = 50;

export class Deeds {
  /** How often each was done, by name; what found its part busy is not counted. */
  readonly counts = new Map<string, number>();
  readonly #underWay = new Set<Promise<void>>();
  /** Ends everything that lasts. */
  readonly #heal = new AbortController();
  /** One at a time breaks the broker. */
  #brokerIsBusy = false;
  readonly #points = new Set<string>();

  constructor(private readonly stage: Stage) {}

  begin(step: Step): Promise<void> {
    if (this.#heal.signal.aborted) return Promise.resolve();
    const work = this.#do(step.deed, step.lastsMs);
    this.#underWay.add(work);
    return work.finally(() => this.#underWay.delete(work));
  }

  /** Nothing begins any more, what lasts is over. Resolves when all is undone. */
  async heal(): Promise<void> {
    this.#heal.abort();
    await Promise.allSettled([...this.#underWay]);
  }

  async #do(deed: Deed, lastsMs: number): Promise<void> {
    const { town, world, keeper } = this.stage;
    switch (deed.do) {
      case 'link.freeze':
      case 'link.lose-answers':
      case 'link.delay':
      case 'link.reset':
      case 'link.end':
        return this.#breakLink(deed, lastsMs);
      case 'broker.kill':
      case 'broker.stop':
      case 'broker.pause':
        return this.#breakBroker(deed.do, lastsMs);
      case 'gateway.kill':
      case 'gateway.stop':
        if (!(await keeper.end(deed.do === 'gateway.kill' ? 'killed' : 'stopped', lastsMs))) return;
        this.#count(deed.do);
        return;
      case 'tty.gone':
      case 'server.down':
        return this.#lasting(deed, [`line:${brandId<LineId>(deed.line)}`], lastsMs, {
          begin: () => town.setThere(deed.line, false),
          end: () => town.setThere(deed.line, true),
        });
      case 'line.cut':
        return this.#lasting(deed, [`line:${brandId<LineId>(deed.line)}`], lastsMs, {
          begin: () => town.village.cutLine(brandId(deed.line), true),
          end: () => town.village.cutLine(brandId(deed.line), false),
        });
      case 'unit.silent':
        return this.#lasting(deed, [`unit:${brandId<DeviceId>(deed.unit)}`], lastsMs, {
          begin: () => town.village.switchUnit(brandId(deed.unit), false),
          end: () => town.village.switchUnit(brandId(deed.unit), true),
        });
      case 'point':
        return this.#move(deed.point, deed.to, deed.back, lastsMs);
      case 'key':
        this.#count('key');
        return this.#move(deed.key, 'pressed', 'released', lastsMs);
      case 'order':
        if (await keeper.order(deed.order)) this.#count('order');
        return;
      default: {
        const impossible: never = deed;
        throw new Error(`impossible deed ${String(impossible)} of ${world.seed}`);
      }
    }
  }

  async #lasting(
    { do: name }: Deed,
    parts: readonly Part[],
    lastsMs: number,
    does: { begin(): void | Promise<void>; end(): void | Promise<void> },
  ): Promise<void> {
    // Of two faults of one part the first that ends would mend it.
    if (parts.some((part) => this.stage.world.afflictions.isBroken(part))) return;
    const over = this.stage.world.beginFault(name, parts, parts.join(' '));
    this.#count(name);
    await does.begin();
    await this.#pass(lastsMs);
    await does.end();
    over();
  }

  async #breakLink(deed: Deed & { readonly do: `link.${string}` }, lastsMs: number): Promise<void> {
    const { link, world } = this.stage;
    const over = world.beginFault(deed.do, ['uplink'], deed.do);
    this.#count(deed.do);
    if (deed.do === 'link.freeze') link.do({ do: 'freeze', forMs: lastsMs });
    else if (deed.do === 'link.lose-answers') link.do({ do: 'lose-answers', forMs: lastsMs });
    else if (deed.do === 'link.delay') link.do({ do: 'delay-answers', byMs: deed.byMs, forMs: lastsMs });
    else link.cut(deed.do === 'link.reset' ? 'reset' : 'end');
    // The link mends itself: it is waited for also when everything heals.
    await sleep(lastsMs + linkAfterMs);
    over();
  }

  async #breakBroker(how: 'broker.kill' | 'broker.stop' | 'broker.pause', lastsMs: number): Promise<void> {
    if (this.#brokerIsBusy) return;
    this.#brokerIsBusy = true;
    const { ear, link, world } = this.stage;
    const over = world.beginFault(how, ['uplink'], how);
    this.#count(how);
    if (how === 'broker.pause') {
      ear.pauseBroker(true);
      await this.#pass(lastsMs);
      ear.pauseBroker(false);
    } else {
      await ear.endBroker(how === 'broker.kill' ? 'SIGKILL' : 'SIGTERM');
      // Nobody can publish while the centre's subscriber is away.
      link.isClosed = true;
      await this.#pass(lastsMs);
      await ear.startBroker();
      link.isClosed = false;
    }
    over();
    this.#brokerIsBusy = false;
  }

  async #move(point: string, to: string | number, back: string | number, lastsMs: number): Promise<void> {
    if (this.#points.has(point)) return;
    this.#points.add(point);
    const { world } = this.stage;
    if (world.config.points.find(({ id }) => id === point)?.class === 'fire') this.#count('fire');
    world.setPoint(brandId(point), to);
    await this.#pass(lastsMs);
    world.setPoint(brandId(point), back);
    this.#points.delete(point);
  }

  #count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Ends at once when everything heals. */
  async #pass(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#heal.signal }).catch(() => undefined);
  }
}
