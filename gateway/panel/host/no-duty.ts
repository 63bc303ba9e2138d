/** Where nobody keeps a duty book. */
import type { Words } from '../../../config/vocabulary.js';
import type { DutyOrders } from '../../duty/duty-orders.js';

const notKept: Words = { zh: '本网关没有值班簿', en: 'this gateway keeps no duty book' };

export function noDuty(wall: () => number): DutyOrders {
  return {
    take: () => ({
      ...{ accepted: false, reason: 'not-here', words: notKept },
      ...{ concerned: [], still: [], warnings: [], atWall: wall() },
    }),
    shift: { person: null, sinceWall: null, note: null },
    incidents: {},
    onChange: () => () => undefined,
  };
}
