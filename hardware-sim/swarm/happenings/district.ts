/** What the district orders, and what somebody orders in its name. */
import { momentOf } from '../../centre/moment.js';
import type { CentreOrder } from '../../centre/orders.js';
import { hostileKinds } from '../../centre/sent-command.js';
import type { Chance } from '../../chance.js';
import type { World } from '../world.js';
import { type HappeningKind, nothingToUndo } from './happening-kind.js';
import { movablePoints } from './targets.js';

const lifeMs = [5_000, 1_800_000] as const;

/** Null: nothing was heard yet that could be meant. */
function drawOrder(world: World, chance: Chance): CentreOrder | null {
  const { config } = world;
  const newest = world.outside.centre.heard.findLast((heard) => heard.what === 'report');
  const upTo = newest?.what === 'report' ? newest.id : null;
  const points = movablePoints(config);
  const subjects = points.length === 0 ? [] : [`point:${chance.pick(points).id}`];
  switch (
    chance.pick([
      'silence',
      'reset_request',
      'siren_test',
      'speaker_test',
      'broadcast',
      'broadcast_stop',
      'duty_check',
      'read_points',
      'shelve',
      'unshelve',
      'time',
    ] as const)
  ) {
    case 'silence':
      return upTo === null ? null : { order: 'silence', upTo };
    case 'reset_request':
      return upTo === null ? null : { order: 'reset_request', upTo };
    case 'siren_test':
      return { order: 'siren_test' };
    case 'speaker_test':
      return { order: 'speaker_test' };
    case 'broadcast':
      return config.messages.length === 0
        ? { order: 'broadcast', text: '注意防火' }
        : { order: 'broadcast', message: chance.pick(config.messages).id };
    case 'broadcast_stop':
      return { order: 'broadcast_stop' };
    case 'duty_check':
      return { order: 'duty_check', withinS: chance.int(30, 300) };
    case 'read_points':
      return { order: 'read_points' };
    case 'shelve':
      return subjects.length === 0 ? null : { order: 'shelve', subjects, forS: chance.int(60, 3600) };
    case 'unshelve':
      return subjects.length === 0 ? null : { order: 'unshelve', subjects };
    case 'time':
      return { order: 'time', now: momentOf(world.wall()) };
  }
}

const goodOrder: HappeningKind = {
  name: 'district-order',
  perHour: 4,
  lastsMs: [1, 2],
  draw(_, chance) {
    const own = chance.stream(`order ${chance.next()}`);
    return (world) => {
      const what = drawOrder(world, own);
      if (what === null) return nothingToUndo;
      const sent = world.outside.centre.order(what, { lifeMs: own.logBetween(...lifeMs) });
      // A centre that hears no answer asks once more.
      if (own.is(0.3)) world.clock.after(own.logBetween(100, 120_000), () => world.outside.centre.desk.repeat(sent));
      return nothingToUndo;
    };
  },
};

const hostileOrder: HappeningKind = {
  name: 'hostile-order',
  perHour: 2,
  lastsMs: [1, 2],
  draw(_, chance) {
    const kind = chance.pick(hostileKinds);
    return (world) => {
      const { centre } = world.outside;
      // Some need a good command that they misuse.
      if (centre.sent.some(({ hostile }) => hostile === null)) centre.attack(kind);
      return nothingToUndo;
    };
  },
};

export const districtKinds: readonly HappeningKind[] = [goodOrder, hostileOrder];
