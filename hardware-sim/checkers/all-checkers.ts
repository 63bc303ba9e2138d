import type { CheckerKind } from './checker.js';
import { endsWell } from './ends-well.js';
import { fireSounds } from './fire-sounds.js';
import { latchHolds } from './latch-holds.js';
import { lostSensor } from './lost-sensor.js';
import { noOutputWithoutReason } from './no-output-without-reason.js';
import { outputsMatch } from './outputs-match.js';
import { silenceHidesNothing } from './silence-hides-nothing.js';

/** Every judge; each is a file of its own. */
export const allCheckers: readonly CheckerKind[] = [
  fireSounds,
  latchHolds,
  noOutputWithoutReason,
  silenceHidesNothing,
  lostSensor,
  outputsMatch,
  endsWell,
];
