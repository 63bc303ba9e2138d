/** What a damaged journal still says of the present: saved alarms, marks, commands, positions, epochs. Small, and read at once. */
import { noEnds } from './journal-identity.js';
import { prepare } from './sqlite-open.js';
import { positionFromColumns } from './sqlite-rows.js';
import { schemaColumns, statements } from './sqlite-schema.js';
/** By table, what its rows are told apart by. Alarms first. */
const tables = {
    facets: 'subject',
    marks: 'name',
    commands: 'id',
    positions: 'uplink, lane',
    epochs: 'ordinal',
};
/** Copies whatever reads. What is lost of one table costs nothing of another. */
export function salvageTables(old, fresh) {
    for (const [table, key] of Object.entries(tables))
        copyTable(old, fresh, table, key);
    return {
        facets: Number(prepare(fresh, 'SELECT COUNT(*) FROM facets').pluck().get()),
        ends: endsOf(old),
        positions: prepare(fresh, 'SELECT * FROM positions').all().map(positionFromColumns),
    };
}
function copyTable(old, fresh, table, key) {
    const columns = columnsOf(old, table);
    if (columns.length === 0)
        return;
    const insert = prepare(fresh, `INSERT OR REPLACE INTO ${table} (${columns.join()}) VALUES (${columns.map((name) => `@${name}`).join()})`);
    // From both ends: a bad page in the middle hides what stands behind it.
    for (const direction of ['ASC', 'DESC']) {
        const order = key.split(', ').map((column) => `${column} ${direction}`);
        readWhatReads(old, `SELECT ${columns.join()} FROM ${table} ORDER BY ${order.join()}`, (row) => insert.run(row));
    }
}
function columnsOf(old, table) {
    const found = [];
    readWhatReads(old, `SELECT name FROM pragma_table_info('${table}')`, (row) => found.push(row.name));
    return (schemaColumns[table] ?? []).filter((name) => found.includes(name));
}
function endsOf(old) {
    const ends = { ...noEnds };
    readWhatReads(old, statements.lastPositions, (row) => {
        const { name, seq } = row;
        ends[name === 'entries' ? 'entries' : 'packs'] = seq;
    });
    return ends;
}
/** Ends at the first thing that does not read; a row that is not taken does not end it. */
function readWhatReads(old, text, take) {
    try {
        for (const row of prepare(old, text).iterate()) {
            try {
                take(row);
            }
            catch {
                // Not a row of ours any more.
            }
        }
    }
    catch {
        // As far as it went.
    }
}
