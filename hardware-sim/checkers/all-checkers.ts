import { allTold } from './all-told.js';
import type { CheckerKind } from './checker.js';
import { fireTold } from './fire-told.js';
import { journalWhole } from './journal-whole.js';
import { memoryFlat } from './memory-flat.js';
import { noStorm } from './no-storm.js';
import { ordersOnce } from './orders-once.js';
import { queuesBounded } from './queues-bounded.js';
import { watchdogHonest } from './watchdog-honest.js';

/** Every judge; each is a file of its own. */
export const allCheckers: readonly CheckerKind[] = [
  journalWhole,
  allTold,
  fireTold,
  ordersOnce,
  queuesBounded,
  memoryFlat,
  watchdogHonest,
  noStorm,
];
