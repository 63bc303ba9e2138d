import type { CheckerKind } from './checker.js';
import { fireSounds } from './fire-sounds.js';
import { latchHolds } from './latch-holds.js';
import { noOutputWithoutReason } from './no-output-without-reason.js';
import { silenceHidesNothing } from './silence-hides-nothing.js';
import { lostSensor } from './lost-sensor.js';
import { outputsMatch } from './outputs-match.js';
import { journalWhole } from './journal-whole.js';
import { allTold } from './all-told.js';
import { fireTold } from './fire-told.js';
import { ordersOnce } from './orders-once.js';
import { queuesBounded } from './queues-bounded.js';
import { memoryFlat } from './memory-flat.js';
import { watchdogHonest } from './watchdog-honest.js';
import { noStorm } from './no-storm.js';
import { endsWell } from './ends-well.js';

/** Every judge; each is a file of its own. */
export const allCheckers: readonly CheckerKind[] = [
  fireSounds,
  latchHolds,
  noOutputWithoutReason,
  silenceHidesNothing,
  lostSensor,
  outputsMatch,
  journalWhole,
  allTold,
  fireTold,
  ordersOnce,
  queuesBounded,
  memoryFlat,
  watchdogHonest,
  noStorm,
  endsWell,
];
