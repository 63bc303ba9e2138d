/** The statements of an open journal, and what is read by them at opening: a few rows, however large the file is. */
import type { BootId, EpochId } from '../../config/ids.js';
import { type Ends, noEnds } from './journal-identity.js';
import { type Db, prepare, type Statement } from './sqlite-open.js';
import { facetFromColumns, positionFromColumns } from './sqlite-rows.js';
import { statements } from './sqlite-schema.js';
import { type CommandRow, type MarkRow, type PositionRow, StoreError, type StoreOpened } from './store.js';

export type Prepared = { readonly [Name in keyof typeof statements]: Statement };

export function prepareAll(db: Db): Prepared {
  const prepared = Object.entries(statements).map(([name, text]) => [name, prepare(db, text)] as const);
  return Object.fromEntries(prepared) as unknown as Prepared;
}

export function readEpoch(sql: Prepared): EpochId {
  const newest = sql.newestEpoch.get() as { epoch: EpochId } | undefined;
  if (newest === undefined) throw new StoreError('STORE-009', 'no epoch');
  return newest.epoch;
}

/** What the file says of itself, by name. */
export function readIdentity(sql: Prepared): Readonly<Record<string, string>> {
  const rows = sql.identity.all() as { readonly name: string; readonly value: string }[];
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

/** The last positions given out, of rows that are gone as well. */
export function readEnds(sql: Prepared): Ends {
  const ends = { ...noEnds };
  for (const { name, seq } of sql.lastPositions.all() as { readonly name: string; readonly seq: number }[]) {
    ends[name === 'entries' ? 'entries' : 'packs'] = seq;
  }
  return ends;
}

export function readPositions(sql: Prepared): readonly PositionRow[] {
  return sql.positions.all().map(positionFromColumns);
}

export function readOpened(sql: Prepared): Omit<StoreOpened, 'fresh' | 'begun'> {
  const newest = sql.newestEntry.get() as { readonly boot: BootId } | undefined;
  const { entries, packs } = readEnds(sql);
  return {
    epoch: readEpoch(sql),
    facets: sql.facets.all().map(facetFromColumns),
    positions: readPositions(sql),
    marks: sql.marks.all() as MarkRow[],
    commands: sql.commands.all() as CommandRow[],
    lastPosition: entries,
    lastPack: packs,
    lastBoot: newest?.boot ?? null,
  };
}
