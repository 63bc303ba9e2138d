/** Where a lane reads its rows: entries of one lane of the journal, or packs of samples. */
import type { BootId } from '../../config/ids.js';
import type { TellConfig } from '../../config/site.js';
import type { Lane } from '../../config/vocabulary.js';
import type { StoredEntry } from '../journal/entry.js';
import type { PositionRow, Predecessor, StoredTelemetryPack } from '../journal/store.js';
import { isTold } from '../tell-filter.js';
import type { Uplink } from '../uplink.js';
import { type Carriable, carriableEntry, carriablePack, type Placed } from './carriable.js';

/** Entries in a page, about 150 kB: large enough that the next one is there before it is needed. */
const entryPage = 200;
/** Packs in a page, about 300 kB: a worker that shares its processor answers late (measured: pages of 50 halve a drain). */
const packPage = 200;

/** Lanes that are carried, in their order of precedence. */
export const carriedLanes = ['fire', 'journal', 'telemetry'] as const;
export type CarriedLaneName = (typeof carriedLanes)[number];

/** What a pump needs of the journal core. */
export interface PumpJournal {
  readonly boot: BootId;
  /** Null until a disk has answered; before that nothing can be read. */
  readonly positions: readonly PositionRow[] | null;
  readAfter(lane: Lane, after: number, limit: number): Promise<readonly StoredEntry[]>;
  readTelemetryAfter(after: number, limit: number): Promise<readonly StoredTelemetryPack[]>;
  backlogAfter(lane: Lane, after: number): Promise<{ readonly rows: number; readonly oldestWall: number | null }>;
  placeAt(lane: Lane, position: number): Promise<Predecessor | null>;
  savePositions(rows: readonly PositionRow[]): Promise<void>;
}

export interface LanePage {
  readonly rows: readonly Placed[];
  /** Of these rows, what this centre is told. */
  readonly items: readonly Carriable[];
  readonly isFull: boolean;
}

export interface LaneSource {
  readonly lane: CarriedLaneName;
  readonly pageMax: number;
  read(after: number): Promise<LanePage>;
  /** Rows that need not be read, because they were just written. */
  pageOf(rows: readonly StoredEntry[]): LanePage;
}

export function entrySource(
  journal: PumpJournal,
  lane: 'fire' | 'journal',
  uplink: Uplink,
  tell: TellConfig,
): LaneSource {
  const pageOf = (rows: readonly StoredEntry[]): LanePage => {
    const told = rows.filter((row) => isTold(tell, row));
    return { rows, items: told.map((row) => carriableEntry(uplink, tell, row)), isFull: rows.length === entryPage };
  };
  return {
    ...{ lane, pageMax: entryPage, pageOf },
    read: async (after) => pageOf(await journal.readAfter(lane, after, entryPage)),
  };
}

/** Null: this uplink carries no measurements. */
export function packSource(journal: PumpJournal, uplink: Uplink): LaneSource | null {
  const send = uplink.sendTelemetry?.bind(uplink);
  if (send === undefined) return null;
  return {
    ...{ lane: 'telemetry', pageMax: packPage },
    pageOf: () => ({ rows: [], items: [], isFull: false }),
    read: async (after) => {
      const rows = await journal.readTelemetryAfter(after, packPage);
      return { rows, items: rows.map((pack) => carriablePack(send, pack)), isFull: rows.length === packPage };
    },
  };
}
