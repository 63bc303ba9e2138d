import { noEnds } from './journal-identity.js';
import { prepare } from './sqlite-open.js';
import { facetFromColumns, positionFromColumns } from './sqlite-rows.js';
import { statements } from './sqlite-schema.js';
import { StoreError } from './store.js';
export function prepareAll(db) {
    const prepared = Object.entries(statements).map(([name, text]) => [name, prepare(db, text)]);
    return Object.fromEntries(prepared);
}
export function readEpoch(sql) {
    const newest = sql.newestEpoch.get();
    if (newest === undefined)
        throw new StoreError('STORE-009', 'no epoch');
    return newest.epoch;
}
/** What the file says of itself, by name. */
export function readIdentity(sql) {
    const rows = sql.identity.all();
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
/** The last positions given out, of rows that are gone as well. */
export function readEnds(sql) {
    const ends = { ...noEnds };
    for (const { name, seq } of sql.lastPositions.all()) {
        ends[name === 'entries' ? 'entries' : 'packs'] = seq;
    }
    return ends;
}
export function readPositions(sql) {
    return sql.positions.all().map(positionFromColumns);
}
export function readOpened(sql) {
    const newest = sql.newestEntry.get();
    const { entries, packs } = readEnds(sql);
    return {
        epoch: readEpoch(sql),
        facets: sql.facets.all().map(facetFromColumns),
        positions: readPositions(sql),
        marks: sql.marks.all(),
        commands: sql.commands.all(),
        lastPosition: entries,
        lastPack: packs,
        lastBoot: newest?.boot ?? null,
    };
}
