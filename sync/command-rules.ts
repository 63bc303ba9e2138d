/** What each order of the district needs. A table, so that nobody has to search the code for who may do what. */
import type { CommandRight } from '../config/uplinks/uplink-schema.js';
import type { Order } from './messages/command.js';

export interface OrderRule {
  readonly right: CommandRight;
  /**
   * Taken only while the clock can be believed: else nobody could say whether the order is of today. What needs no time harms
   * nobody even when it comes a month late: it reads, it asks somebody on the box, or it puts something back into the watch.
   */
  readonly needsTime: boolean;
  /** It is about the whole site: a key that is limited to zones may not give it. */
  readonly isWholeSite: boolean;
}

const zoned = { needsTime: true, isWholeSite: false } as const;
const whole = { needsTime: true, isWholeSite: true } as const;

export const orderRules: Readonly<Record<Order['order'], OrderRule>> = {
  silence: { right: 'silence', ...zoned },
  reset_request: { right: 'reset', ...zoned },
  siren_test: { right: 'test', ...zoned },
  speaker_test: { right: 'test', ...zoned },
  broadcast: { right: 'broadcast', ...zoned },
  // It ends what others ordered as well, an evacuation among it: nothing for an old order.
  broadcast_stop: { right: 'broadcast', ...whole },
  duty_check: { right: 'duty_check', needsTime: false, isWholeSite: false },
  read_points: { right: 'read', needsTime: false, isWholeSite: false },
  shelve: { right: 'shelve', ...zoned },
  unshelve: { right: 'shelve', needsTime: false, isWholeSite: false },
  time: { right: 'time', needsTime: false, isWholeSite: false },
  config_fetch: { right: 'config', needsTime: false, isWholeSite: true },
  config_stage: { right: 'config', ...whole },
  config_apply: { right: 'config', ...whole },
  config_rollback: { right: 'config', ...whole },
};
