/** Puts rows into the file and numbers them. Runs inside the transaction of its caller. */
import type { EpochId } from '../../config/ids.js';
import type { Entry, StoredEntry } from './entry.js';
import type { Prepared } from './sqlite-prepared.js';
import { entryToColumns, facetToColumns } from './sqlite-rows.js';
import type { Batch, TelemetryPack } from './store.js';

export function insertBatch(sql: Prepared, batch: Batch): readonly StoredEntry[] {
  const stored = insertEntries(sql, batch.entries);
  for (const { subject, row } of batch.facets) {
    if (row === null) sql.forgetFacet.run(subject);
    else sql.saveFacet.run(facetToColumns(row));
  }
  for (const { name, wall, detail } of batch.marks ?? []) sql.saveMark.run({ name, wall, detail });
  for (const pack of batch.telemetry ?? []) insertPack(sql, pack);
  for (const command of batch.commands ?? []) sql.saveCommand.run(command);
  return stored;
}

/** Numbers each epoch from 1 without holes: a number is used up only by a row that is really new. */
function insertEntries(sql: Prepared, entries: readonly Entry[]): StoredEntry[] {
  const lastOfEpoch = new Map<EpochId, number>();
  const stored = entries.map((entry): StoredEntry => {
    const sequence = (lastOfEpoch.get(entry.epoch) ?? lastSequence(sql, entry.epoch)) + 1;
    const written = sql.insertEntry.run(entryToColumns(entry, sequence));
    lastOfEpoch.set(entry.epoch, written.changes === 1 ? sequence : sequence - 1);
    if (written.changes === 1) return { ...entry, position: Number(written.lastInsertRowid), sequence };
    return { ...entry, ...(sql.placeOfId.get(entry.id) as Pick<StoredEntry, 'position' | 'sequence'>) };
  });
  for (const [epoch, last] of lastOfEpoch) sql.saveSequence.run(last, epoch);
  return stored;
}

/** Packs are numbered by themselves. One that comes again after a transaction that failed is new: nobody has seen it. */
function insertPack(sql: Prepared, pack: TelemetryPack): void {
  lastSequence(sql, pack.epoch);
  const sequence = Number((sql.lastPack.get(pack.epoch) as { last_pack: number }).last_pack) + 1;
  sql.insertPack.run({ ...pack, sequence });
  sql.savePack.run(sequence, pack.epoch);
}

/** The last number given in an epoch; an epoch the file does not know begins here. */
function lastSequence(sql: Prepared, epoch: EpochId): number {
  const row = sql.lastSequence.get(epoch) as { last_sequence: number } | undefined;
  if (row === undefined) sql.beginEpoch.run(epoch);
  return row?.last_sequence ?? 0;
}
