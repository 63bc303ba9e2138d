/** People at the box: keys, the panel, exercises, things taken out of the watch. */
import type { SiteConfig } from '../../../config/site.js';
import { normalState } from '../../village.js';
import { order, serve, submit } from './at-the-box.js';
import { type HappeningKind, nothingToUndo } from './happening-kind.js';
import { keysOf, movablePoints } from './targets.js';

const pressedMs = [60, 1_500] as const;

const key: HappeningKind = {
  name: 'key',
  perHour: 2,
  lastsMs: [...pressedMs],
  draw(config, chance) {
    const all = keysOf(config);
    if (all.length === 0) return null;
    const { id, role } = chance.pick(all);
    return (world) => {
      world.setPoint(id, 'pressed');
      world.tell({ kind: 'ordered', order: { what: role, origin: `key:${id}`, upTo: null, isAccepted: true } });
      return () => world.setPoint(id, 'released');
    };
  },
};

const panel: HappeningKind = {
  name: 'panel',
  perHour: 3,
  lastsMs: [1, 2],
  draw(_, chance) {
    const verb = chance.pick(['acknowledge', 'silence', 'reset'] as const);
    const behind = chance.is(0.3) ? chance.int(1, 3) : 0;
    return (world) => {
      order(world, verb, behind);
      return nothingToUndo;
    };
  },
};

const drill: HappeningKind = {
  name: 'drill',
  perHour: 0.3,
  lastsMs: [20_000, 600_000],
  draw: (config, chance) => {
    const zones = chance.is(0.5) || config.zones.length === 0 ? null : [chance.pick(config.zones).id];
    return (world) => {
      submit(world, { ask: 'drill-begin', zones, forMs: null });
      return () => submit(world, { ask: 'drill-end', present: 12, missing: 0, note: null });
    };
  },
};

const sirenTest: HappeningKind = {
  name: 'siren-test',
  perHour: 0.3,
  lastsMs: [2_000, 30_000],
  draw: () => (world) => {
    submit(world, { ask: 'siren-test' });
    return () => submit(world, { ask: 'siren-test-end' });
  },
};

const broadcast: HappeningKind = {
  name: 'broadcast',
  perHour: 0.5,
  lastsMs: [5_000, 60_000],
  draw(config, chance) {
    if (config.speakers.length === 0 || config.messages.length === 0) return null;
    const message = chance.pick(config.messages).id;
    const times = chance.int(1, 3);
    return (world) => {
      submit(world, { ask: 'broadcast', message, text: null, speakers: null, evacuation: false, times });
      return () => submit(world, { ask: 'broadcast-stop' });
    };
  },
};

const walkTest: HappeningKind = {
  name: 'walk-test',
  perHour: 0.3,
  lastsMs: [60_000, 900_000],
  draw(config, chance) {
    if (config.zones.length === 0) return null;
    const zone = chance.pick(config.zones).id;
    const steps = detectorsOf(config, zone);
    const own = chance.stream(`walk ${chance.next()}`);
    return (world) => {
      submit(world, { ask: 'walk-test-begin', zone, forMs: null });
      let isOver = false;
      let atMs = own.between(3_000, 20_000);
      for (const { id, alarm, rest } of steps) {
        if (own.is(0.4)) continue;
        const held = own.logBetween(2_000, 90_000);
        world.clock.after(atMs, () => {
          if (!isOver) world.setPoint(id, alarm);
        });
        world.clock.after(atMs + held, () => {
          if (!isOver) world.setPoint(id, rest);
        });
        atMs += held + own.logBetween(2_000, 60_000);
      }
      return () => {
        isOver = true;
        for (const { id, rest } of steps) if (world.pointIs(id) !== rest) world.setPoint(id, rest);
        submit(world, { ask: 'walk-test-end', zone });
      };
    };
  },
};

function detectorsOf(config: SiteConfig, zone: string) {
  return movablePoints(config).flatMap((point) => {
    const rest = normalState(point);
    const isDetector = point.class === 'fire' && point.zone === zone && point.role !== 'call_point.alarm';
    const [alarm] = Object.entries(point.severities).flatMap(([state, severity]) =>
      severity === 'fire' ? [state] : [],
    );
    return isDetector && rest !== null && alarm !== undefined ? [{ id: point.id, alarm, rest }] : [];
  });
}

/** A point is taken out of the watch for a while, or an alarm that stands is put aside. */
const service: HappeningKind = {
  name: 'service',
  perHour: 0.5,
  lastsMs: [30_000, 1_200_000],
  draw(config, chance) {
    const all = movablePoints(config).filter((point) => point.class !== null);
    if (all.length === 0) return null;
    const point = chance.pick(all);
    const to = point.class === 'fire' || chance.is(0.5) ? 'out-of-service' : 'shelved';
    const subject = `point:${point.id}`;
    return (world) => {
      serve(world, to, [subject], 3_600_000);
      return () => void serve(world, 'in-service', [subject], 0);
    };
  },
};

export const peopleKinds: readonly HappeningKind[] = [key, panel, drill, sirenTest, broadcast, walkTest, service];
