/** How it stands with one centre, for doctor, panel and points: queued, carried, kept. */
import type { UplinkId } from '../config/ids.js';
import type { ModemFigures } from '../config/modem-states.js';
import type { UplinkConfig } from '../config/site.js';
import type { UplinkError } from '../sync/uplink.js';
import type { PathState } from './path-watch.js';
import type { UplinkTestState } from './uplink-test-entry.js';

export interface UplinkStatus {
  readonly id: UplinkId;
  readonly way: UplinkConfig['kind'];
  readonly isUp: boolean;
  /** Whether anything comes and goes although it is up. */
  readonly path: PathState;
  /** Why it is down; null while it is up, and until the first try has ended. */
  readonly error: UplinkError | null;
  /** Rows that are not carried, by lane; of fire, reports in memory included. */
  readonly queued: Readonly<Record<'fire' | 'journal' | 'telemetry', number>>;
  /** Wall time at which the oldest of them was written; null: none is queued. */
  readonly oldestWall: number | null;
  /** Its age by the monotonic clock where that is known; null: none is queued, or no clock can say. */
  readonly oldestAgeMs: number | null;
  /** Rows that are carried and that the district has not said to have kept; 0 where no receipts are wanted. */
  readonly unkept: number;
  /** Null: it has no modem. */
  readonly modem: ModemFigures | null;
  /** When anything was confirmed last; null: not since the start. */
  readonly carriedMono: number | null;
  /** Of the newest test entry; null: none since the start. */
  readonly test: UplinkTestState | null;
}
