/** What changes without anybody's will: water, pressure, leakage, gas, doors, pumps, the mains. */
import type { HappeningKind } from './happening-kind.js';
import { alarmStates, beyond, movablePoints, pointsOfClass, restOf, rounded } from './targets.js';

const rampSteps = 8;

/** A number creeps beyond its limit, stays there, and comes back. */
const creeping: HappeningKind = {
  name: 'creeping',
  perHour: 1.5,
  lastsMs: [30_000, 1_500_000],
  draw(config, chance) {
    const all = movablePoints(config).filter(({ limits }) => limits !== undefined);
    if (all.length === 0) return null;
    const point = chance.pick(all);
    const [from, to] = [restOf(point), beyond(point, chance.is(0.5))];
    if (typeof from !== 'number' || to === null) return null;
    const stepMs = chance.logBetween(300, 20_000);
    return (world) => {
      let isOver = false;
      const step = (n: number): void => {
        if (isOver) return;
        world.setPoint(point.id, rounded(from + ((to - from) * n) / rampSteps));
        if (n < rampSteps) world.clock.after(stepMs, () => step(n + 1));
      };
      step(1);
      return () => {
        isOver = true;
        world.setPoint(point.id, from);
      };
    };
  },
};

/** A door, a valve, a pump, the mains, a detector that is dirty, a fault that a panel tells. */
const contact: HappeningKind = {
  name: 'contact',
  perHour: 2.5,
  lastsMs: [200, 900_000],
  draw(config, chance) {
    const all = pointsOfClass(config, 'warning', 'supervisory', 'fault', 'technical').filter(
      (point) => alarmStates(point).length > 0,
    );
    if (all.length === 0) return null;
    const point = chance.pick(all);
    const state = chance.pick(alarmStates(point));
    const rest = restOf(point);
    if (rest === null) return null;
    return (world) => {
      world.setPoint(point.id, state);
      return () => world.setPoint(point.id, rest);
    };
  },
};

export const weatherKinds: readonly HappeningKind[] = [creeping, contact];
