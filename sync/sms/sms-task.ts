/** One telling of one thing: to whom it still has to go, from when on, and until when it is worth it. */
import type { EntryId } from '../../config/ids.js';
import type { SmsRecipient } from '../../config/site-telling.js';
import type { SmsJob } from '../../drivers/modem/modem-contract.js';
import type { Entry, StoredEntry } from '../journal/entry.js';
import type { SmsOccasion } from './sms-entries.js';

export interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** To one recipient, beginning with the first try. */
export interface Try {
  readonly recipient: SmsRecipient;
  readonly job: SmsJob;
  count: number;
  notBeforeMono: number;
}

export interface Task {
  /** Occasion and alarm: the same thing is one task, however often it is told. */
  readonly key: string;
  readonly what: SmsOccasion;
  readonly alarm: EntryId | null;
  /** Of a summary: all that it is about. */
  readonly alarms: readonly EntryId[];
  readonly text: string;
  readonly brief: string;
  readonly isFire: boolean;
  readonly dueMono: number;
  readonly untilMono: number;
  /** Asked at `dueMono` whether another centre has confirmed it; null: it goes in any case. */
  readonly elsewhere: Entry | StoredEntry | null;
  readonly left: Try[];
  readonly waiters: Waiter[];
  /** Last kept back by the limit of an hour. */
  wasLimited: boolean;
}

/** The one that goes now: fire first, then what has been due for longest. Null: none may go yet. */
export function nextTry(tasks: Iterable<Task>, nowMono: number): { readonly task: Task; readonly next: Try } | null {
  let best: { readonly task: Task; readonly next: Try } | null = null;
  for (const task of tasks) {
    if (task.dueMono > nowMono) continue;
    const next = task.left.find(({ notBeforeMono }) => notBeforeMono <= nowMono);
    if (next === undefined || (best !== null && !goesBefore(task, best.task))) continue;
    best = { task, next };
  }
  return best;
}

function goesBefore(one: Task, other: Task): boolean {
  return one.isFire === other.isFire ? one.dueMono < other.dueMono : one.isFire;
}

/** When anything changes by itself: something becomes due, may be tried again, or is too late. */
export function nextChangeMono(tasks: Iterable<Task>, nowMono: number): number {
  let at = Infinity;
  for (const { dueMono, untilMono, left } of tasks) {
    const tryMono = Math.min(...left.map(({ notBeforeMono }) => notBeforeMono));
    at = Math.min(at, untilMono, Math.max(dueMono, tryMono));
  }
  return Math.max(at, nowMono + 1);
}
