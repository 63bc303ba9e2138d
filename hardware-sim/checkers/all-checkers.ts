import { allTold } from './all-told.js';
import { boardTrue } from './board-true.js';
import type { CheckerKind } from './checker.js';
import { endsWell } from './ends-well.js';
import { fireSounds } from './fire-sounds.js';
import { fireTold } from './fire-told.js';
import { journalWhole } from './journal-whole.js';
import { latchHolds } from './latch-holds.js';
import { lostSensor } from './lost-sensor.js';
import { memoryFlat } from './memory-flat.js';
import { noOutputWithoutReason } from './no-output-without-reason.js';
import { noStorm } from './no-storm.js';
import { ordersOnce } from './orders-once.js';
import { outputsMatch } from './outputs-match.js';
import { queuesBounded } from './queues-bounded.js';
import { silenceHidesNothing } from './silence-hides-nothing.js';
import { watchdogHonest } from './watchdog-honest.js';

/** Every judge; each is a file of its own. */
export const allCheckers: readonly CheckerKind[] = [
  allTold,
  boardTrue,
  fireSounds,
  fireTold,
  journalWhole,
  latchHolds,
  lostSensor,
  memoryFlat,
  noOutputWithoutReason,
  noStorm,
  ordersOnce,
  outputsMatch,
  queuesBounded,
  silenceHidesNothing,
  watchdogHonest,
  endsWell,
];
