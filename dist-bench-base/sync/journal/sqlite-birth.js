/** How a journal file comes to be opened: made, taken as it is, begun anew because it is a copy, or put in the place of a damaged one. */
import { statSync } from 'node:fs';
import { damagedName, setAside } from './damaged-files.js';
import { endsMargin, furthest, identityOf, isAtLeast, mayGoOn, noEnds, writeBeside, } from './journal-identity.js';
import { salvageTables } from './salvage-tables.js';
import { createFile, goOnBehind } from './sqlite-create.js';
import { openDamaged, prepare } from './sqlite-open.js';
import { readEnds, readEpoch, readIdentity } from './sqlite-prepared.js';
import { planSalvage } from './sqlite-salvage.js';
import { statements } from './sqlite-schema.js';
const nothingSalvaged = { entries: 0, packs: 0, facets: 0 };
/** Positions behind which the next journal goes on, so that no uplink takes a new row for one that it has told. */
function endsBehind({ beside, ends }) {
    if (beside === null || (beside.ends.entries === 0 && beside.ends.packs === 0))
        return ends;
    const { entries, packs } = beside.ends;
    return furthest(ends, { entries: entries + endsMargin, packs: packs + endsMargin });
}
/** Where there is none. One that was there, and is gone, is named. */
export function createWhereNoneIs(known) {
    const { path, owner, newEpoch: epoch } = known;
    const ends = endsBehind(known);
    createFile(path, { epoch, owner, ends }, (db) => {
        if (ends.entries > 0)
            saveBegun(db, begunAfter(known, null, nothingSalvaged));
    });
}
/** A new file with whatever the damaged one still says of the present; the plan for its rows goes with it. */
export function replaceDamaged(known) {
    const { path, owner, newEpoch: epoch, wall } = known;
    const name = damagedName(path, wall);
    let found = { facets: 0, ends: noEnds, positions: [] };
    const fill = (db) => {
        const old = openOrNull(path);
        if (old !== null)
            found = salvageTables(old, db);
        old?.close();
        const { positions, facets } = found;
        const ends = furthest(found.ends, endsBehind(known), endsOfPositions(positions));
        saveBegun(db, begunAfter(known, name, { ...nothingSalvaged, facets }));
        const plan = planSalvage(name, ends, positions);
        prepare(db, statements.saveIdentity).run('salvage', JSON.stringify(plan));
        goOnBehind(db, ends);
    };
    createFile(path, { epoch, owner, ends: endsBehind(known) }, fill, () => setAside(path, name, wall));
}
/** Where nothing else says how far it came: what the centres have confirmed was there. */
function endsOfPositions(positions) {
    const furthestOf = (isPacks) => positions
        .filter(({ lane }) => (lane === 'telemetry') === isPacks)
        .reduce((most, { position }) => Math.max(most, position + endsMargin), 0);
    return { entries: furthestOf(false), packs: furthestOf(true) };
}
function openOrNull(path) {
    try {
        return openDamaged(path);
    }
    catch {
        return null;
    }
}
function begunAfter({ epoch, beside }, setAsideAs, salvaged) {
    const previous = epoch ?? (beside?.epoch ?? null);
    return { why: 'damaged', previous, setAside: setAsideAs, salvaged };
}
function saveBegun(db, begun) {
    prepare(db, statements.saveIdentity).run('begun', JSON.stringify(begun));
}
/** Puts a new token into an open file, and a new epoch where it is a copy. Throws only when it is one and can not be written to. */
export function takeOver(db, sql, known) {
    const { path, owner, newEpoch, beside } = known;
    const rows = readIdentity(sql);
    const inode = statSync(path).ino;
    const ends = readEnds(sql);
    const isCopy = !mayGoOn(identityOf(rows), beside, owner, inode, ends) || !isAtLeast(ends, known.ends);
    const write = db.transaction(() => {
        if (isCopy)
            beginAfterCopy(db, sql, known, ends);
        const identity = { ...owner, token: newEpoch, before: beside?.token ?? '' };
        for (const [name, value] of Object.entries(identity))
            sql.saveIdentity.run(name, value);
    });
    try {
        write();
    }
    catch (error) {
        // A full disk: the old token is as good, and saved alarms can be read.
        if (isCopy)
            throw error;
        return;
    }
    writeBeside(path, { token: newEpoch, inode, epoch: readEpoch(sql), ends: readEnds(sql) });
}
function beginAfterCopy(db, sql, known, ends) {
    const previous = readEpoch(sql);
    if (previous === known.newEpoch)
        return;
    sql.beginEpoch.run(known.newEpoch);
    goOnBehind(db, furthest(ends, endsBehind(known)));
    saveBegun(db, { why: 'restored', previous, setAside: null, salvaged: null });
}
/** The last thing done to a file that is closed in order. */
export function seal(db, sql, path, token) {
    const closed = `${token}.closed`;
    db.transaction(() => {
        sql.saveIdentity.run('token', closed);
        sql.saveIdentity.run('before', token);
    })();
    writeBeside(path, { token: closed, inode: statSync(path).ino, epoch: readEpoch(sql), ends: readEnds(sql) });
}
