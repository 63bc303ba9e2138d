/** What a damaged journal still says of the present: saved alarms, marks, commands, positions, epochs. Small, and read at once. */

import { type Ends, noEnds } from './journal-identity.js';
import { type Db, prepare } from './sqlite-open.js';
import { positionFromColumns } from './sqlite-rows.js';
import { schemaColumns, statements } from './sqlite-schema.js';
import type { PositionRow } from './store.js';

/** By table, what its rows are told apart by. Alarms first. */
const tables = {
  facets: 'subject',
  marks: 'name',
  commands: 'id',
  positions: 'uplink, lane',
  epochs: 'ordinal',
} as const;

export interface SalvagedTables {
  readonly facets: number;
  /** The last positions given out, as far as the file still says. */
  readonly ends: Ends;
  readonly positions: readonly PositionRow[];
}

/** Copies whatever reads. What is lost of one table costs nothing of another. */
export function salvageTables(old: Db, fresh: Db): SalvagedTables {
  for (const [table, key] of Object.entries(tables)) copyTable(old, fresh, table, key);
  return {
    facets: Number(prepare(fresh, 'SELECT COUNT(*) FROM facets').pluck().get()),
    ends: endsOf(old),
    positions: prepare(fresh, 'SELECT * FROM positions').all().map(positionFromColumns),
  };
}

function copyTable(old: Db, fresh: Db, table: string, key: string): void {
  const columns = columnsOf(old, table);
  if (columns.length === 0) return;
  const insert = prepare(
    fresh,
    `INSERT OR REPLACE INTO ${table} (${columns.join()}) VALUES (${columns.map((name) => `@${name}`).join()})`,
  );
  // From both ends: a bad page in the middle hides what stands behind it.
  for (const direction of ['ASC', 'DESC']) {
    const order = key.split(', ').map((column) => `${column} ${direction}`);
    readWhatReads(old, `SELECT ${columns.join()} FROM ${table} ORDER BY ${order.join()}`, (row) => insert.run(row));
  }
}

function columnsOf(old: Db, table: string): readonly string[] {
  const found: unknown[] = [];
  readWhatReads(old, `SELECT name FROM pragma_table_info('${table}')`, (row) =>
    found.push((row as { name: string }).name),
  );
  return (schemaColumns[table] ?? []).filter((name) => found.includes(name));
}

function endsOf(old: Db): Ends {
  const ends = { ...noEnds };
  readWhatReads(old, statements.lastPositions, (row) => {
    const { name, seq } = row as { name: string; seq: number };
    ends[name === 'entries' ? 'entries' : 'packs'] = seq;
  });
  return ends;
}

/** Ends at the first thing that does not read; a row that is not taken does not end it. */
function readWhatReads(old: Db, text: string, take: (row: unknown) => void): void {
  try {
    for (const row of prepare(old, text).iterate()) {
      try {
        take(row);
      } catch {
        // Not a row of ours any more.
      }
    }
  } catch {
    // As far as it went.
  }
}
