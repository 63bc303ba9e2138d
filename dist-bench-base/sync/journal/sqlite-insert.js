import { entryToColumns, facetToColumns } from './sqlite-rows.js';
export function insertBatch(sql, batch) {
    const stored = insertEntries(sql, batch.entries);
    for (const { subject, row } of batch.facets) {
        if (row === null)
            sql.forgetFacet.run(subject);
        else
            sql.saveFacet.run(facetToColumns(row));
    }
    for (const { name, wall, detail } of batch.marks ?? [])
        sql.saveMark.run({ name, wall, detail });
    for (const pack of batch.telemetry ?? [])
        insertPack(sql, pack);
    for (const command of batch.commands ?? [])
        sql.saveCommand.run(command);
    return stored;
}
/** Numbers each epoch from 1 without holes: a number is used up only by a row that is really new. */
function insertEntries(sql, entries) {
    const lastOfEpoch = new Map();
    const stored = entries.map((entry) => {
        const sequence = (lastOfEpoch.get(entry.epoch) ?? lastSequence(sql, entry.epoch)) + 1;
        const written = sql.insertEntry.run(entryToColumns(entry, sequence));
        lastOfEpoch.set(entry.epoch, written.changes === 1 ? sequence : sequence - 1);
        if (written.changes === 1)
            return { ...entry, position: Number(written.lastInsertRowid), sequence };
        return { ...entry, ...sql.placeOfId.get(entry.id) };
    });
    for (const [epoch, last] of lastOfEpoch)
        sql.saveSequence.run(last, epoch);
    return stored;
}
/** Packs are numbered by themselves. One that comes again after a transaction that failed is new: nobody has seen it. */
function insertPack(sql, pack) {
    lastSequence(sql, pack.epoch);
    const sequence = Number(sql.lastPack.get(pack.epoch).last_pack) + 1;
    sql.insertPack.run({ ...pack, sequence });
    sql.savePack.run(sequence, pack.epoch);
}
/** The last number given in an epoch; an epoch the file does not know begins here. */
function lastSequence(sql, epoch) {
    const row = sql.lastSequence.get(epoch);
    if (row === undefined)
        sql.beginEpoch.run(epoch);
    return row?.last_sequence ?? 0;
}
