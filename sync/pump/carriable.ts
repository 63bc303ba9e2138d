/** What a lane carries: one entry, or one pack of samples, on its way to one uplink. */
import type { EntryId } from '../../config/ids.js';
import type { TellConfig } from '../../config/site.js';
import type { EntryKind } from '../../config/vocabulary.js';
import type { Entry, JsonValue, StoredEntry } from '../journal/entry.js';
import type { Predecessor, StoredTelemetryPack } from '../journal/store.js';
import { withoutNames } from '../private-fields.js';
import type { Uplink } from '../uplink.js';

/** Topic, envelope and protocol around an entry. */
const envelopeBytes = 400;
/** Around each value of a detail: quotes, colon, comma. */
const valueBytes = 8;
/** One sample as SenML, with its name, unit and time; a pack goes in messages of at most 16 kB. */
const sampleBytes = 50;
const packMaxBytes = 16 * 1024;

/** Where and when a row was written; entries and packs have it alike. */
export type Placed = Pick<StoredEntry, 'epoch' | 'sequence' | 'position' | 'boot' | 'mono' | 'wall' | 'clock'>;

export interface Carriable {
  readonly place: Placed;
  /** Null: a pack. */
  readonly entryId: EntryId | null;
  readonly kind: EntryKind | null;
  readonly isFire: boolean;
  readonly isNewFire: boolean;
  /** On the wire, roughly: only the uplink knows how it is written. */
  readonly bytes: number;
  send(how: RowSent): Promise<void>;
}

/** As in Report; `after` null: none. */
export interface RowSent {
  readonly previous: number;
  readonly isHistorical: boolean;
  readonly isOvertaken: boolean;
  readonly after: Predecessor | null;
}

/** What the district waits for most. */
export function isNewFire(entry: Pick<Entry, 'class' | 'kind'>): boolean {
  return entry.class === 'fire' && entry.kind === 'alarm.raised';
}

export function carriableEntry(uplink: Uplink, tell: Pick<TellConfig, 'withPrivate'>, row: StoredEntry): Carriable {
  const entry = tell.withPrivate ? row : withoutNames(row);
  return {
    place: row,
    entryId: row.id,
    kind: row.kind,
    isFire: row.class === 'fire',
    isNewFire: isNewFire(row),
    bytes: entryBytes(entry),
    send: ({ after, ...how }) => uplink.send({ durable: true, entry, ...how, ...(after === null ? {} : { after }) }),
  };
}

export function carriablePack(
  sendTelemetry: NonNullable<Uplink['sendTelemetry']>,
  pack: StoredTelemetryPack,
): Carriable {
  return {
    ...{ place: pack, entryId: null, kind: null, isFire: false, isNewFire: false },
    bytes: Math.min(packMaxBytes, envelopeBytes + pack.samples * sampleBytes),
    send: ({ previous, isHistorical }) => sendTelemetry({ pack, previous, isHistorical }),
  };
}

function entryBytes({ words, subject, detail }: Entry): number {
  return envelopeBytes + textBytes(words.zh) + textBytes(words.en) + textBytes(subject) + jsonBytes(detail);
}

function jsonBytes(value: JsonValue): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value !== 'object' || value === null) return valueBytes;
  let sum = valueBytes;
  for (const [key, each] of Object.entries(value)) sum += textBytes(key) + jsonBytes(each);
  return sum;
}

function textBytes(text: string): number {
  return Buffer.byteLength(text) + valueBytes;
}
