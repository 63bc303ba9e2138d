/**
 * A plain hour in which everything happens once or twice: what a judge needs to see to tell a sound gateway from a broken one. The
 * mutations run in it; the plan of faults of a seed is another.
 */
import { brandId, type PointId } from '../../config/ids.js';
import type { PointConfig, SiteConfig } from '../../config/site.js';
import type { Chance } from '../chance.js';
import type { Part } from '../checkers/afflictions.js';
import { hold } from './faults/hold.js';
import { shutDoor } from './faults/network-breaks.js';
import type { Planned, Undo } from './planned.js';
import type { World } from './world.js';

const minuteMs = 60_000;
/** From looking at the box to pressing the key. */
const hesitatesMs = 25_000;
/** Detectors that alarm together. */
const blazeMax = 24;
/** They burn, or their fuse: all is over before the gateway ends, and only what was saved knows of them. */
const blazeMs = 10_000;
const flickers = 10;
const flickerMs = 5_000;
const rounds = 4;
const roundMs = 13 * minuteMs;
/** Over the end of a gateway: an order is good for ten minutes. */
const repeatMs = 270_000;

/** One round lasts a quarter of an hour; there are four. */
export function rehearsal(config: SiteConfig, chance: Chance): readonly Planned[] {
  return Array.from({ length: rounds }, (_, round) => roundOf(config, chance.stream(`round ${round}`), round)).flat();
}

function roundOf(config: SiteConfig, chance: Chance, round: number): readonly Planned[] {
  const fires = config.points.filter((point) => point.class === 'fire' && point.source.kind !== 'stream');
  // One without points is known by its outputs only.
  const seen = new Set(config.points.flatMap(({ source }) => (source.kind === 'register' ? [source.device] : [])));
  const units = config.units.filter(({ id }) => seen.has(id));
  const unit = units.length === 0 ? null : chance.pick(units);
  const relay = config.outputs.flatMap(({ target }) => (target.kind === 'pin' ? [] : [target.device]))[0] ?? null;
  const keyPin =
    config.points.flatMap(({ role, source }) =>
      role.startsWith('key.') && source.kind === 'pin' ? [source.pin] : [],
    )[0] ?? null;
  const at = (minutes: number): number => round * roundMs + minutes * minuteMs + chance.between(0, 5_000);
  const list: (Planned | null)[] = [
    fire(at(0.5), chance.pick(fires), 40_000),
    person(at(1), 'acknowledge'),
    person(at(1.2), 'silence'),
    fire(at(1.4), chance.pick(fires), 30_000),
    person(at(2.6), 'reset'),
    order(at(3.2), 'read_points'),
    order(at(3.6), 'siren_test'),
    hostile(at(3.8), 'expired'),
    hostile(at(3.9), chance.pick(['forged-signature', 'foreign-key', 'replayed', 'same-id'] as const)),
    fault(at(4.2), 25_000, 'disk-hangs', ['disk'], ({ outside: { disk } }) => {
      disk.setMode('hangs');
      return () => disk.setMode('works');
    }),
    fire(at(4.3), chance.pick(fires), 30_000),
    fault(at(4.2), 60_000, 'city-silent', ['city'], ({ cityWorld }) =>
      cityWorld === null ? () => undefined : hold(cityWorld.centre.knobs, 'answers', 'silent'),
    ),
    fault(at(4.8), 50_000, 'broker-away', ['uplink'], ({ outside: { broker } }) => {
      broker.restart({ downMs: 45_000 });
      return () => undefined;
    }),
    fault(at(5.8), 20_000, 'broker-withholds', ['uplink'], ({ outside: { broker } }) => {
      broker.front.setWithholdsAcks(true);
      return () => broker.front.setWithholdsAcks(false);
    }),
    ...fires.slice(0, blazeMax).map((point) => fire(at(5.85), point, blazeMs)),
    end(at(6.1), round % 2 === 0 ? 'killed' : 'power-cut'),
    unit === null
      ? null
      : fault(at(7), 140_000, 'unit-off', [`unit:${unit.id}`], ({ village }) => {
          village.switchUnit(unit.id, false);
          return () => village.switchUnit(unit.id, true);
        }),
    fault(
      at(8),
      200_000,
      'box-sensor',
      ['box'],
      ({ village }) => {
        village.box.set('supply', 'hangs');
        return () => village.box.set('supply', 'normal');
      },
      'supply: hangs',
    ),
    fault(at(8.1), 20_000, 'disk-refuses', ['disk'], ({ outside: { disk } }) => {
      disk.setMode({ refuses: 'STORE-005' });
      return () => disk.setMode('works');
    }),
    fire(at(8.2), chance.pick(fires), 30_000),
    // Over a reset and a new fire: of a backlog the fire goes first, and what was reset before it must not be the last word.
    fault(at(8.9), 40_000, 'city-away', ['city'], ({ cityWorld }) => {
      if (cityWorld === null) return () => undefined;
      return shutDoor(cityWorld.network, 'refuse');
    }),
    person(at(9), 'reset'),
    fire(at(9.4), fires[0] ?? chance.pick(fires), 60_000),
    person(at(9.6), 'silence', hesitatesMs),
    fire(at(9.8), fires.at(-1) ?? chance.pick(fires), 60_000),
    order(at(8), 'read_points'),
    flicker(at(10.5), chance.pick(fires)),
    stale(at(11)),
    relay === null
      ? null
      : fault(at(11.3), 8_000, 'unit-off', [`unit:${relay}`], ({ village }) => {
          village.switchUnit(relay, false);
          return () => village.switchUnit(relay, true);
        }),
    person(at(12.3), 'reset'),
    keyPin === null
      ? null
      : fault(at(11.5), 25_000, 'pin-failing', [`pin:${keyPin}`], ({ village: { board } }) => {
          board.setFault(keyPin, 'failing');
          return () => board.setFault(keyPin, null);
        }),
  ];
  return list.filter((each) => each !== null);
}

function planned(atMs: number, lastsMs: number, name: string, begin: (world: World) => Undo | Promise<Undo>): Planned {
  return { atMs, lastsMs, name, begin };
}

function fault(
  atMs: number,
  lastsMs: number,
  name: string,
  parts: readonly Part[],
  begin: (world: World) => Undo,
  note = name,
): Planned {
  return planned(atMs, lastsMs, name, (world) => {
    const mend = world.beginFault(name, parts, note);
    const undo = begin(world);
    return () => {
      void undo();
      mend();
    };
  });
}

function fire(atMs: number, point: PointConfig, lastsMs: number): Planned {
  const stateOf = (severity: string): string =>
    Object.entries(point.severities).find(([, each]) => each === severity)?.[0] ?? 'normal';
  return planned(atMs, lastsMs, 'fire', (world) => {
    const id: PointId = brandId(point.id);
    world.setPoint(id, stateOf('fire'));
    return () => world.setPoint(id, stateOf('normal'));
  });
}

/** A detector with a loose wire. */
function flicker(atMs: number, point: PointConfig): Planned {
  return planned(atMs, 0, 'flicker', (world) => {
    for (let i = 0; i < flickers; i++) world.clock.after(i * flickerMs, () => void fire(0, point, 0).begin(world));
    const normal = Object.entries(point.severities).find(([, each]) => each === 'normal')?.[0] ?? 'normal';
    for (let i = 0; i < flickers; i++) {
      world.clock.after((i + 0.5) * flickerMs, () => world.setPoint(brandId(point.id), normal));
    }
    return () => undefined;
  });
}

function person(atMs: number, what: 'acknowledge' | 'silence' | 'reset', afterMs = 0): Planned {
  return planned(atMs, afterMs, what, (world) => {
    const life = world.life;
    if (life === null || life.watchingMono === null) return () => undefined;
    const { runtime } = life;
    const upTo = { boot: runtime.journal.boot, order: runtime.alarms.lastOrder };
    return () => {
      if (world.life !== life) return;
      const { accepted } = runtime.command({ kind: what, upTo, origin: 'panel', level: 2 });
      world.tell({ kind: 'ordered', order: { what, origin: 'panel', upTo, isAccepted: accepted } });
    };
  });
}

/** Sent, and sent again when its answer must be there. */
function order(atMs: number, what: 'read_points' | 'siren_test'): Planned {
  return planned(atMs, repeatMs, `order ${what}`, ({ outside: { centre } }) => {
    const sent = centre.order({ order: what });
    return () => centre.desk.repeat(sent);
  });
}

/** One that lay about on the way for longer than it is good. */
function stale(atMs: number): Planned {
  return planned(atMs, 0, 'stale order', ({ outside: { centre } }) => {
    centre.order({ order: 'read_points' }, { ageMs: 2 * minuteMs, lifeMs: minuteMs });
    return () => undefined;
  });
}

function hostile(atMs: number, kind: Parameters<World['outside']['centre']['attack']>[0]): Planned {
  return planned(atMs, 0, `order ${kind}`, ({ outside: { centre } }) => {
    centre.attack(kind);
    return () => undefined;
  });
}

function end(atMs: number, how: 'killed' | 'power-cut'): Planned {
  return planned(atMs, 6_000, how, async (world) => {
    const mend = world.beginFault(how, ['gateway'], how);
    await world.endGateway(how);
    return async () => {
      mend();
      await world.startGateway();
    };
  });
}
