import type { Backoff } from '../../drivers/backoff.js';
import type { Predecessor } from '../journal/store.js';
import type { Carriable } from './carriable.js';

/** One journal row between "read" and "confirmed in its turn". */
export interface Row {
  readonly item: Carriable;
  /** The row that this centre was told before it; null: none. */
  readonly before: Predecessor | null;
  state: 'waiting' | 'sending';
  /** The centre refused it: it waits apart, behind all that was not refused. */
  isHeld: boolean;
  /** Not to be sent again before this; raised when the row could not be sent. */
  notBeforeMono: number;
  /** Everything up to here, between this row and the next one in memory, is confirmed, or nothing for this centre. */
  doneThrough: number;
  /** The newest row up to there that this centre was told. */
  toldThrough: Predecessor;
  /** Rows between this one and the next one in memory that are confirmed. */
  doneRows: number;
  backoff: Backoff | null;
  /** Its neighbours in memory. */
  older: Row | null;
  newer: Row | null;
  /** False once it is done or let go of. */
  isIn: boolean;
}
