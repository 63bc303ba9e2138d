/** The city's centre of GB/T 26875.3, or the way to it, that is gone, dumb, slow, contrary or hostile. */
import type { SiteConfig } from '../../../config/site.js';
import { attackKinds } from '../../centre26875/attacks.js';
import type { Chance } from '../../chance.js';
import { cityUplink } from '../../checkers/city-index.js';
import { repeat } from '../../wire-mischief.js';
import type { City } from '../city.js';
import type { World } from '../world.js';
import { type FaultKind, kindOn } from './fault-kind.js';
import { hold } from './hold.js';
import { hangUps, once, shutDoor, stall } from './network-breaks.js';

const minuteMs = 60_000;
const usual = [500, 20 * minuteMs] as const;

type Break = (city: City, world: World) => () => void;

/** Those who shout so much that a link is given up. */
const harmless = attackKinds.filter((kind) => kind !== 'flood' && kind !== 'slow_loris');

function citiesOf(config: SiteConfig): readonly true[] {
  return cityUplink(config) === null ? [] : [true];
}

function onCity(
  name: string,
  promise: string,
  perHour: number,
  lastsMs: readonly [number, number],
  draw: (chance: Chance) => readonly [Break, string],
): FaultKind {
  return kindOn({
    ...{ name, promise, perHour, lastsMs, targets: citiesOf },
    aim: (_, chance) => {
      const [breakIt, note] = draw(chance);
      return {
        ...{ parts: ['city'], note },
        begin: (world) => (world.cityWorld === null ? () => undefined : breakIt(world.cityWorld, world)),
      };
    },
  });
}

export const cityFaults: readonly FaultKind[] = [
  onCity(
    'city-door',
    'a centre that lets nobody in is a fault and nothing else; all is told once it does, fire first',
    1,
    usual,
    (chance) => {
      const door = chance.pick(['refuse', 'ignore', 'unknown-name'] as const);
      return [({ network }) => shutDoor(network, door), door];
    },
  ),
  onCity(
    'city-hang-up',
    'a connection to the centre that ends is opened again, and nothing unconfirmed is forgotten',
    1,
    [100, 5_000],
    (chance) => {
      const how = chance.pick(hangUps);
      return [once(({ network }) => network[how]()), how];
    },
  ),
  onCity(
    'city-half-open',
    'a connection that only seems to stand is given up by the resends of what goes into it',
    0.6,
    [1_000, 3 * minuteMs],
    () => [once(({ network }) => network.halfOpen()), 'half open'],
  ),
  onCity('city-stalled', 'what waits on the way to the centre arrives later, known as what it is', 0.6, usual, () => [
    ({ network }) => stall(network),
    'stalled',
  ]),
  onCity('city-pieces', 'confirmations in pieces or joined count as if they had come whole', 0.6, usual, (chance) => {
    const segments = chance.is(0.7) ? { everyBytes: chance.int(1, 9) } : { joinedOverMs: chance.int(5, 500) };
    return [({ network }) => hold(network, 'segments', segments), JSON.stringify(segments)];
  }),
  onCity('city-slow', 'a slow way makes late confirmations and no lost reports', 0.6, usual, (chance) => {
    const latencyMs = chance.logBetween(50, 4_000);
    return [({ network }) => hold(network, 'latencyMs', latencyMs), `${Math.round(latencyMs)} ms each way`];
  }),
  onCity(
    'city-silent',
    'what is never confirmed is sent again as often as is set, then the link is opened anew, and all is told in the end',
    0.8,
    usual,
    () => [({ centre }) => hold(centre.knobs, 'answers', 'silent'), 'silent'],
  ),
  onCity(
    'city-denies',
    'a centre that denies everything gets no storm, and is told all of it when it is well',
    0.6,
    usual,
    () => [({ centre }) => hold(centre.knobs, 'answers', 'deny'), 'denies'],
  ),
  onCity('city-late', 'a confirmation after its time confirms what it names and nothing else', 0.6, usual, (chance) => {
    const lateMs = chance.logBetween(500, 30_000);
    return [({ centre }) => hold(centre.knobs, 'lateMs', lateMs), `${Math.round(lateMs)} ms`];
  }),
  onCity(
    'city-forgets-some',
    'frames that are denied, left out or confirmed by another number are sent again',
    1,
    [1_000, 2 * minuteMs],
    (chance) => {
      const [denied, silent, wrong] = [chance.int(0, 3), chance.int(0, 3), chance.int(0, 3)];
      return [
        once(({ centre: { knobs } }) => {
          knobs.denyNext += denied;
          knobs.silentNext += silent;
          knobs.wrongNext += wrong;
        }),
        `${denied} denied, ${silent} silent, ${wrong} wrong`,
      ];
    },
  ),
  onCity('city-attacks', 'no frame of a hostile centre does more than the rules allow', 1, usual, (chance) => {
    const everyMs = chance.logBetween(200, 60_000);
    const own = chance.stream('attacks');
    return [
      ({ centre }, { clock }) =>
        repeat(
          clock,
          () => everyMs * (0.5 + own.next()),
          () => centre.attack(own.is(0.1) ? own.pick(attackKinds) : own.pick(harmless)),
        ),
      `every ${Math.round(everyMs)} ms`,
    ];
  }),
];
