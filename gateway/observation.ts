import type { EntryId, UplinkId } from '../config/ids.js';
import type { Reading } from '../config/reading.js';
import type { AlarmClass, Lane, Words } from '../config/vocabulary.js';
import type { Entry } from '../sync/journal/entry.js';

/** What happens in a running gateway beside the journal, for the demo, tests and the panel. */
export type Observation =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | {
      readonly kind: 'entry.durable';
      readonly entryId: EntryId;
      /** Of its row. */
      readonly position: number;
      readonly tookMs: number;
    }
  | {
      readonly kind: 'report.carried';
      readonly entryId: EntryId;
      readonly uplink: UplinkId;
      readonly durable: boolean;
      /** From the entry's stamp to the centre's confirmation; null for an entry of an earlier start. */
      readonly tookMs: number | null;
    }
  /** This centre will never be told of it by this row. */
  | { readonly kind: 'report.passed_over'; readonly entryId: EntryId; readonly uplink: UplinkId }
  /** The district says that it has kept the rows of this lane up to here. */
  | { readonly kind: 'report.kept'; readonly uplink: UplinkId; readonly lane: Lane; readonly position: number }
  | { readonly kind: 'uplink.up'; readonly uplink: UplinkId }
  | { readonly kind: 'uplink.down'; readonly uplink: UplinkId; readonly code: string }
  /** A point changed its value or quality. */
  | { readonly kind: 'point.changed'; readonly reading: Reading }
  /** An alarm or fault of before the start that still stands. */
  | { readonly kind: 'alarm.standing'; readonly class: AlarmClass; readonly subject: string; readonly name: Words }
  /** Which site file runs: the installed one, or one that was applied on the running gateway. */
  | { readonly kind: 'site.file'; readonly sha256: string; readonly isInstalled: boolean; readonly file: string }
  /** Everything was asked once; so many units and lines did not answer. */
  | { readonly kind: 'site.scanned'; readonly tookMs: number; readonly asked: number; readonly silent: number };
