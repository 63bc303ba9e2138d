/**
 * better-sqlite3 12 aborts the process when one of its statements is collected as garbage on Node 24: its finalizer asks for an
 * environment that is not entered then (measured on 24.21: 40 journals opened and closed, then a collection: abort 3 of 3).
 * So there nothing of it ever becomes garbage: some 20 small objects for each time a journal is opened. Its `pragma` makes
 * statements of its own that nobody can keep, and is not used.
 */
const isNeeded = Number(process.versions.node.split('.')[0]) >= 24;
const kept = [];
/** Keeps a database or statement for the life of the process, where that is needed. */
export function keep(part) {
    if (isNeeded)
        kept.push(part);
    return part;
}
