/** Does to the simulated town what a scenario's step or a key says. */
import { brandId } from '../../config/ids.js';
import type { Deed } from '../scenario.js';
import type { Stage } from './stage.js';

export async function doDeed(stage: Stage, deed: Deed): Promise<void> {
  const { village, runtime, broker } = stage;
  if ('set' in deed) village.setPoint(brandId(deed.set), deed.to);
  else if ('cut' in deed) village.cutLine(brandId(deed.cut), true);
  else if ('mend' in deed) village.cutLine(brandId(deed.mend), false);
  else if ('switch_off' in deed) village.switchUnit(brandId(deed.switch_off), false);
  else if ('switch_on' in deed) village.switchUnit(brandId(deed.switch_on), true);
  else if ('uplink' in deed) await (deed.uplink === 'pull' ? broker.stop() : broker.restart());
  else {
    const upTo = { boot: runtime.journal.boot, order: runtime.alarms.lastOrder };
    runtime.command({ kind: deed.command, upTo, origin: 'demo', level: 2 });
  }
}
