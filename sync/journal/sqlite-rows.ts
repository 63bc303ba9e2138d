/** Entries and facets as rows of the file, and back. */

import type { EpochId } from '../../config/ids.js';
import type { Entry, StoredEntry } from './entry.js';
import type { FacetRow, PositionRow } from './store.js';

type EntryColumns = Omit<StoredEntry, 'words' | 'detail'> & { readonly words: string; readonly detail: string };

interface FacetColumns extends Omit<FacetRow, CamelFacetKeys> {
  readonly name_zh: string;
  readonly name_en: string;
  readonly raised_wall: FacetRow['raisedWall'];
  readonly acknowledged_by: FacetRow['acknowledgedBy'];
  readonly acknowledged_wall: FacetRow['acknowledgedWall'];
  readonly service_until_wall: FacetRow['serviceUntilWall'];
  readonly service_by: FacetRow['serviceBy'];
  readonly acknowledged_after_ms: FacetRow['acknowledgedAfterMs'];
  readonly silenced_wall: FacetRow['silencedWall'];
}
type CamelFacetKeys =
  | 'name'
  | 'raisedWall'
  | `acknowledged${'By' | 'Wall' | 'AfterMs'}`
  | 'silencedWall'
  | `service${'UntilWall' | 'By'}`;

/** The named parameters of the insert; the position is given by the file. */
export function entryToColumns(entry: Entry, sequence: number): Omit<EntryColumns, 'position'> {
  return {
    epoch: entry.epoch,
    sequence,
    id: entry.id,
    lane: entry.lane,
    kind: entry.kind,
    class: entry.class,
    subject: entry.subject,
    alarm: entry.alarm,
    zone: entry.zone,
    mono: entry.mono,
    wall: entry.wall,
    clock: entry.clock,
    boot: entry.boot,
    origin: entry.origin,
    words: JSON.stringify(entry.words),
    detail: JSON.stringify(entry.detail),
  };
}

/** A row that this program wrote; throws SyntaxError when its JSON is damaged. */
export function entryFromColumns(row: unknown): StoredEntry {
  const columns = row as EntryColumns;
  return {
    ...columns,
    words: JSON.parse(columns.words) as StoredEntry['words'],
    detail: JSON.parse(columns.detail) as StoredEntry['detail'],
  };
}

export function facetToColumns(row: FacetRow): FacetColumns {
  return {
    subject: row.subject,
    class: row.class,
    zone: row.zone,
    name_zh: row.name.zh,
    name_en: row.name.en,
    condition: row.condition,
    alarm: row.alarm,
    raised_wall: row.raisedWall,
    acknowledged_by: row.acknowledgedBy,
    acknowledged_wall: row.acknowledgedWall,
    sounder: row.sounder,
    service: row.service,
    service_until_wall: row.serviceUntilWall,
    service_by: row.serviceBy,
    acknowledged_after_ms: row.acknowledgedAfterMs,
    frames: row.frames,
    confirmed: row.confirmed,
    silenced_wall: row.silencedWall,
    untold: row.untold,
  };
}

export function facetFromColumns(row: unknown): FacetRow {
  const columns = row as FacetColumns;
  return {
    subject: columns.subject,
    class: columns.class,
    zone: columns.zone,
    name: { zh: columns.name_zh, en: columns.name_en },
    condition: columns.condition,
    alarm: columns.alarm,
    raisedWall: columns.raised_wall,
    acknowledgedBy: columns.acknowledged_by,
    acknowledgedWall: columns.acknowledged_wall,
    sounder: columns.sounder,
    service: columns.service,
    serviceUntilWall: columns.service_until_wall,
    serviceBy: columns.service_by,
    acknowledgedAfterMs: columns.acknowledged_after_ms,
    frames: columns.frames,
    confirmed: columns.confirmed,
    silencedWall: columns.silenced_wall,
    untold: columns.untold,
  };
}

interface PositionColumns extends Omit<PositionRow, 'told'> {
  readonly told_epoch: EpochId | null;
  readonly told_sequence: number | null;
}

export function positionToColumns({ told, ...row }: PositionRow): PositionColumns {
  return { ...row, told_epoch: told?.epoch ?? null, told_sequence: told?.sequence ?? null };
}

export function positionFromColumns(row: unknown): PositionRow {
  const { told_epoch: epoch, told_sequence: sequence, ...rest } = row as PositionColumns;
  return { ...rest, told: epoch === null || sequence === null ? null : { epoch, sequence } };
}
