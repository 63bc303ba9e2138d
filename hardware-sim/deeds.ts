/** Does to a simulated village what a scenario's step or a key of the demo says. */
import { brandId, type PointId } from '../config/ids.js';
import type { Clock } from '../drivers/clock.js';
import type { Runtime } from '../gateway/runtime.js';
import type { Deed } from './scenario.js';
import type { Village } from './village.js';

/** Where a scenario is played: a village, the gateway that watches it, and its way to the centre. */
export interface Theatre {
  readonly clock: Clock;
  readonly village: Village;
  readonly runtime: Pick<Runtime, 'alarms' | 'command' | 'journal'>;
  /** Who gives the orders, as the journal says it. */
  readonly origin: string;
  /** Pulls the uplink's cable, or plugs it in again. */
  plugUplink(isPlugged: boolean): Promise<void>;
}

/** As long as a person presses a key. */
const pressedMs = 400;

export async function doDeed(theatre: Theatre, deed: Deed): Promise<void> {
  const { village, runtime, clock } = theatre;
  if ('set' in deed) village.setPoint(brandId(deed.set), deed.to);
  else if ('press' in deed) {
    const key: PointId = brandId(deed.press);
    village.setPoint(key, 'pressed');
    clock.after(pressedMs, () => village.setPoint(key, 'released'));
  } else if ('cut' in deed) village.cutLine(brandId(deed.cut), true);
  else if ('mend' in deed) village.cutLine(brandId(deed.mend), false);
  else if ('switch_off' in deed) village.switchUnit(brandId(deed.switch_off), false);
  else if ('switch_on' in deed) village.switchUnit(brandId(deed.switch_on), true);
  else if ('break_horn' in deed) village.horns.fail(brandId(deed.break_horn), 'VOICE-003');
  else if ('mend_horn' in deed) village.horns.fail(brandId(deed.mend_horn), null);
  else if ('uplink' in deed) await theatre.plugUplink(deed.uplink === 'plug');
  else {
    const upTo = { boot: runtime.journal.boot, order: runtime.alarms.lastOrder };
    runtime.command({ kind: deed.command, upTo, origin: theatre.origin, level: 2 });
  }
}
