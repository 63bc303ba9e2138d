/** Makes journal files, brings old ones forward, and says what one must be before it is written to. */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { fsyncFolder, writeBeside } from './journal-identity.js';
import { isLarge } from './large-file.js';
import { refuseNewer } from './sqlite-header.js';
import { numberOf, openDb, prepare, readPragma } from './sqlite-open.js';
import { applicationId, columnsBefore, createSchema, migrations, schemaColumns, schemaVersion, statements, } from './sqlite-schema.js';
import { StoreError } from './store.js';
/**
 * Made under another name and then renamed: a journal is there whole or not at all, also after a power cut. `clear` takes away what
 * stands in its place, when all else is done.
 */
export function createFile(path, birth, fill = () => undefined, clear = () => undefined) {
    const draft = `${path}.new`;
    for (const left of [draft, `${draft}-journal`])
        rmSync(left, { force: true });
    const db = openDb(draft);
    try {
        db.exec('PRAGMA synchronous=FULL');
        makeSchema(db, birth, fill);
    }
    finally {
        db.close();
    }
    writeBeside(path, besideOf(birth, statSync(draft).ino));
    clear();
    renameSync(draft, path);
    fsyncFolder(path);
}
/** A power cut came between the two names: the journal is whole, and only has to get its own. */
export function finishCreation(path, beside) {
    const draft = `${path}.new`;
    if (beside === null || statSync(draft, { throwIfNoEntry: false })?.ino !== beside.inode)
        return false;
    renameSync(draft, path);
    fsyncFolder(path);
    return true;
}
function besideOf({ epoch, ends }, inode) {
    return { token: epoch, inode, epoch, ends };
}
/** `fill` puts in what is taken over, before the epoch begins. */
export function makeSchema(db, { epoch, owner, ends }, fill) {
    db.exec('PRAGMA auto_vacuum=INCREMENTAL'); // only counts before the first table
    db.transaction(() => {
        db.exec(`PRAGMA application_id=${applicationId}`);
        db.exec(`PRAGMA user_version=${schemaVersion}`);
        db.exec(createSchema);
        fill(db);
        const save = prepare(db, statements.saveIdentity);
        for (const [name, value] of Object.entries({ ...owner, token: epoch, before: epoch }))
            save.run(name, value);
        prepare(db, statements.beginEpoch).run(epoch);
        goOnBehind(db, ends);
    })();
}
/** The next rows get positions behind these. */
export function goOnBehind(db, { entries, packs }) {
    for (const [table, last] of Object.entries({ entries, telemetry: packs })) {
        if (last === 0)
            continue;
        const { changes } = prepare(db, statements.raiseLast).run({ table, last });
        const isThere = prepare(db, statements.hasLast).get(table) !== undefined;
        if (changes === 0 && !isThere)
            prepare(db, statements.beginLast).run({ table, last });
    }
}
/** Brings a file of an older release forward, a version at a time: a power cut leaves one version or the next. */
export function migrate(db) {
    for (let version = Number(readPragma(db, 'user_version')); version < schemaVersion; version++) {
        const step = migrations[version];
        if (step === undefined)
            throw new StoreError('STORE-009', `version ${version} is not known`);
        db.transaction(() => db.exec(`${step} PRAGMA user_version=${version + 1};`))();
    }
}
/** Reads what must be right before the file may be written to. Read-only, so that what is found wrong stays as it is. */
export function checkFile(path) {
    const hadWal = existsSync(`${path}-wal`);
    const db = openDb(path, { isReadOnly: true });
    let isGood = false;
    try {
        const version = numberOf(prepare(db, 'PRAGMA user_version').pluck());
        refuseNewer(version);
        const columns = prepare(db, 'SELECT name FROM pragma_table_info(?)').pluck();
        for (const [table, newest] of Object.entries(schemaColumns)) {
            const wanted = newest.slice(0, columnsBefore[version]?.[table]);
            if (columns.all(table).join() !== wanted.join()) {
                throw new StoreError('STORE-009', `table ${table} is not as we write it`);
            }
        }
        if (!isLarge(path))
            refuseDamaged(db);
        isGood = true;
    }
    finally {
        db.close();
        // A read-only look leaves an empty log and its index beside a file that had none.
        if (!isGood && !hadWal)
            for (const side of ['-wal', '-shm'])
                rmSync(`${path}${side}`, { force: true });
    }
}
/** Reads every page. */
export function refuseDamaged(db) {
    const verdict = String(readPragma(db, 'quick_check(1)'));
    if (verdict !== 'ok')
        throw new StoreError('STORE-009', verdict.slice(0, 60));
}
