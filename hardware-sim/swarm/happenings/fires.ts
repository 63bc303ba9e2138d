/** Smoke and flames, and the people who come running. */
import type { PointConfig, SiteConfig } from '../../../config/site.js';
import type { Chance } from '../../chance.js';
import { normalState } from '../../village.js';
import { switchOff } from '../faults/unit.js';
import type { World } from '../world.js';
import { order } from './at-the-box.js';
import { type HappeningKind, nothingToUndo } from './happening-kind.js';
import { alarmStates, pointsOfClass } from './targets.js';

/** How a fire spreads: from the first detector to the next. */
const spreadMs = [200, 40_000] as const;
const detectorsMax = 4;
const flickerMs = [1_500, 12_000] as const;
const flickersMax = 8;

function firePoints(config: SiteConfig): readonly PointConfig[] {
  return pointsOfClass(config, 'fire').filter((point) => alarmStates(point).length > 0);
}

function raise(world: World, point: PointConfig): void {
  const [state] = alarmStates(point);
  if (state !== undefined) world.setPoint(point.id, state);
}

function clear(world: World, point: PointConfig): void {
  const state = normalState(point);
  if (state !== null) world.setPoint(point.id, state);
}

/** Somebody hears it, and does what is written on the box: not always all of it, not always in order. */
function respond(world: World, chance: Chance): void {
  if (chance.is(0.3)) return;
  let atMs = chance.logBetween(2_000, 180_000);
  for (const verb of ['acknowledge', 'silence', 'reset'] as const) {
    if (chance.is(0.15)) continue;
    const behind = chance.is(0.15) ? 1 : 0;
    world.clock.after(atMs, () => order(world, verb, behind));
    atMs += chance.logBetween(500, 300_000);
  }
}

/** One detector, or several of a zone one after the other. */
const fire: HappeningKind = {
  name: 'fire',
  perHour: 2.5,
  lastsMs: [3_000, 1_200_000],
  draw(config, chance) {
    const all = firePoints(config);
    if (all.length === 0) return null;
    const first = chance.pick(all);
    const others = all.filter(({ id, zone }) => id !== first.id && zone === first.zone);
    const burning = [first];
    while (burning.length < detectorsMax && others.length > 0 && chance.is(0.35)) burning.push(chance.pick(others));
    const response = chance.stream(`response ${chance.next()}`);
    return (world) => {
      let isOver = false;
      let atMs = 0;
      for (const point of burning) {
        world.clock.after(atMs, () => {
          if (!isOver) raise(world, point);
        });
        atMs += response.logBetween(...spreadMs);
      }
      respond(world, response);
      return () => {
        isOver = true;
        for (const point of burning) clear(world, point);
      };
    };
  },
};

/** The detector burns: it tells of the fire and falls silent for good, until somebody brings a new one. */
const burntDetector: HappeningKind = {
  name: 'burnt-detector',
  perHour: 0.4,
  lastsMs: [60_000, 1_500_000],
  draw(config, chance) {
    const all = firePoints(config).filter(
      ({ source }) => source.kind === 'register' && onItsOwn(config, source.device),
    );
    if (all.length === 0) return null;
    const point = chance.pick(all);
    const burnsAfterMs = chance.logBetween(1_500, 30_000);
    const response = chance.stream(`response ${chance.next()}`);
    return (world) => {
      const { source } = point;
      if (source.kind !== 'register') return nothingToUndo;
      raise(world, point);
      respond(world, response);
      let isOver = false;
      let mend: (() => void) | null = null;
      world.clock.after(burnsAfterMs, () => {
        if (isOver) return;
        const endFault = world.beginFault('unit-off', [`unit:${source.device}`], `${source.device} burnt`);
        const switchOn = switchOff(world, source.device);
        mend = () => {
          void switchOn();
          endFault();
        };
      });
      return () => {
        isOver = true;
        clear(world, point);
        mend?.();
      };
    };
  },
};

/** Units that carry an output or inputs of others do not hang where it burns. */
function onItsOwn(config: SiteConfig, device: string): boolean {
  const carried = config.outputs.some(({ target }) => target.kind !== 'pin' && target.device === device);
  const points = config.points.filter(({ source }) => source.kind === 'register' && source.device === device);
  return !carried && points.length === 1;
}

/** Steam and frying: it comes and goes. */
const cooking: HappeningKind = {
  name: 'cooking',
  perHour: 0.6,
  lastsMs: [20_000, 240_000],
  draw(config, chance) {
    const all = firePoints(config);
    if (all.length === 0) return null;
    const point = chance.pick(all);
    const own = chance.stream(`cooking ${chance.next()}`);
    return (world) => {
      let isOver = false;
      let left = own.int(2, flickersMax);
      const flicker = (isOn: boolean): void => {
        if (isOver) return;
        if (isOn) raise(world, point);
        else clear(world, point);
        if (--left > 0) world.clock.after(own.logBetween(...flickerMs), () => flicker(!isOn));
      };
      flicker(true);
      respond(world, own);
      return () => {
        isOver = true;
        clear(world, point);
      };
    };
  },
};

export const fireKinds: readonly HappeningKind[] = [fire, burntDetector, cooking];
