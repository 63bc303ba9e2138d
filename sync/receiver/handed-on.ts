/** What a receiver hands on. */

import { toRfc3339 } from '../mqtt/rfc3339.js';
import type { ReceivedReport } from './message-shape.js';
import type { StoredRow } from './receiver-store.js';
import type { ReceivedPack } from './telemetry-parser.js';

interface Handed {
  /** Strictly rising in one store; what is handed on again after a crash has the same number again. */
  readonly number: number;
  /** Which store counted. */
  readonly receiver: string;
  readonly district: string;
  readonly site: string;
  readonly epoch: string;
}

export type HandedOn = Handed &
  (
    | {
        /** Once per event, whatever came how often. */
        readonly what: 'event';
        readonly id: string;
        readonly event: ReceivedReport;
        /** RFC 3339; null: as the event says, as far as is known now. */
        readonly correctedTime: string | null;
      }
    /** An event that was handed on from memory (`data.durable: false`) is durable in its gateway now. */
    | { readonly what: 'durable'; readonly id: string; readonly sequence: number }
    /** When an event happened is known better: its gateway's clock was wrong. */
    | { readonly what: 'time'; readonly id: string; readonly correctedTime: string }
    | { readonly what: 'telemetry'; readonly id: string; readonly pack: ReceivedPack }
  );

export function handedOn(row: StoredRow, receiver: string): HandedOn {
  const { number, district, site, epoch, id } = row;
  const head = { number, receiver, district, site, epoch, id };
  const correctedTime = row.correctedWall === null ? null : toRfc3339(Math.max(0, row.correctedWall));
  switch (row.what) {
    case 'event':
      return { ...head, what: 'event', event: JSON.parse(row.body) as ReceivedReport, correctedTime };
    case 'durable':
      return { ...head, what: 'durable', sequence: row.place?.sequence ?? 0 };
    case 'time':
      return { ...head, what: 'time', correctedTime: correctedTime ?? '' };
    case 'telemetry':
      return { ...head, what: 'telemetry', pack: JSON.parse(row.body) as ReceivedPack };
  }
}
