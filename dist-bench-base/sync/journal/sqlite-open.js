/** Opens SQLite files. Everything it makes is kept where its garbage would end the process (sqlite-keep.ts). */
import Database from '../sqlite.js';
import { keep } from './sqlite-keep.js';
/** How long a call waits for another process (a person's sqlite3) to let go of the file. */
export const busyTimeoutMs = 1_000;
export function openDb(path, { isReadOnly = false, busyMs = busyTimeoutMs } = {}) {
    return keep(new Database(path, { readonly: isReadOnly, timeout: busyMs }));
}
/** To read what can be read: also of a file that is shorter than it says. */
export function openDamaged(path) {
    const db = openDb(path, { isReadOnly: true });
    db.unsafeMode(true);
    db.exec('PRAGMA writable_schema=ON');
    return db;
}
export function prepare(db, text) {
    return keep(db.prepare(text));
}
/** Of a question with one number for an answer; `statement` must have been made with `pluck()`. */
export function numberOf(statement, ...args) {
    return Number(statement.get(...args) ?? 0);
}
export function readPragma(db, name) {
    return prepare(db, `PRAGMA ${name}`).pluck().get();
}
