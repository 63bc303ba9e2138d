/** How soon a pin has the level that it was given, on lamps of the site and on nothing that sounds. Each is left as it was found. */
import type { SiteConfig } from '../../../config/site.js';
import type { Clock } from '../../../drivers/clock.js';
import type { PinBoard } from '../../../drivers/driver.js';
import { words } from '../finding.js';
import { developed, promised } from './developed.js';
import { type Figure, figure, percentile } from './figure.js';

/** On and off; a lamp flickers, unseen. */
const switches = 10;

export interface LampPin {
  readonly id: string;
  readonly pin: number;
  readonly activeLow: boolean;
}

/** Never sirens, strobes, amplifiers or a heartbeat. */
export function lampPins({ outputs }: Pick<SiteConfig, 'outputs'>): readonly LampPin[] {
  return outputs.flatMap(({ id, kind, target }) =>
    kind === 'lamp' && target.kind === 'pin' ? [{ id, pin: target.pin, activeLow: target.activeLow }] : [],
  );
}

/** Throws what the board throws. */
export function measurePins(board: PinBoard, lamps: readonly LampPin[], clock: Clock): readonly Figure[] {
  return lamps.flatMap(({ id, pin, activeLow }) => {
    const lamp = board.openOutput(pin, activeLow);
    const before = lamp.read();
    const took: number[] = [];
    let wrong = 0;
    for (let count = 0; count < switches; count++) {
      const on = (count % 2 === 0) !== before;
      const beganMono = clock.mono();
      lamp.set(on);
      took.push(clock.mono() - beganMono);
      if (lamp.read() !== on) wrong += 1;
    }
    lamp.set(before);
    return [
      figure(
        `pin/${id}`,
        words(`引脚 GPIO${pin}（${id}）切换`, `pin GPIO${pin} (${id}) switched`),
        'ms',
        percentile(took, 99),
        {
          ...{ budget: promised.pinMs, developed: developed.pinMs },
        },
      ),
      figure(`pin/${id}/read-back`, words(`引脚 GPIO${pin} 读回不符`, `pin GPIO${pin} read back wrong`), '', wrong, {
        budget: 0,
      }),
    ];
  });
}
