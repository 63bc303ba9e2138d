/** How a journal file comes to be opened: made, taken as it is, begun anew because it is a copy, or put in the place of a damaged one. */
import { statSync } from 'node:fs';
import type { EpochId } from '../../config/ids.js';
import { damagedName, setAside } from './damaged-files.js';
import {
  type Beside,
  type Ends,
  endsMargin,
  furthest,
  identityOf,
  isAtLeast,
  mayGoOn,
  noEnds,
  type Owner,
  writeBeside,
} from './journal-identity.js';
import { type SalvagedTables, salvageTables } from './salvage-tables.js';
import { createFile, goOnBehind } from './sqlite-create.js';
import { type Db, openDamaged, prepare } from './sqlite-open.js';
import { type Prepared, readEnds, readEpoch, readIdentity } from './sqlite-prepared.js';
import { planSalvage } from './sqlite-salvage.js';
import { statements } from './sqlite-schema.js';
import type { PositionRow, StoreOpened } from './store.js';

export type Begun = NonNullable<StoreOpened['begun']>;

/** What is known about a journal before it is looked at. */
export interface Known {
  readonly path: string;
  readonly owner: Owner;
  /** Of the epoch that begins if one has to; nobody else ever has it. */
  readonly newEpoch: EpochId;
  readonly beside: Beside | null;
  /** How far this process has seen it come, and in which epoch. */
  readonly ends: Ends;
  readonly epoch: EpochId | null;
  /** Null while the clock is not trusted. */
  readonly wall: number | null;
}

const nothingSalvaged = { entries: 0, packs: 0, facets: 0 };

/** Positions behind which the next journal goes on, so that no uplink takes a new row for one that it has told. */
function endsBehind({ beside, ends }: Known): Ends {
  if (beside === null || (beside.ends.entries === 0 && beside.ends.packs === 0)) return ends;
  const { entries, packs } = beside.ends;
  return furthest(ends, { entries: entries + endsMargin, packs: packs + endsMargin });
}

/** Where there is none. One that was there, and is gone, is named. */
export function createWhereNoneIs(known: Known): void {
  const { path, owner, newEpoch: epoch } = known;
  const ends = endsBehind(known);
  createFile(path, { epoch, owner, ends }, (db) => {
    if (ends.entries > 0) saveBegun(db, begunAfter(known, null, nothingSalvaged));
  });
}

/** A new file with whatever the damaged one still says of the present; the plan for its rows goes with it. */
export function replaceDamaged(known: Known): void {
  const { path, owner, newEpoch: epoch, wall } = known;
  const name = damagedName(path, wall);
  let found: SalvagedTables = { facets: 0, ends: noEnds, positions: [] };
  const fill = (db: Db): void => {
    const old = openOrNull(path);
    if (old !== null) found = salvageTables(old, db);
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
function endsOfPositions(positions: readonly PositionRow[]): Ends {
  const furthestOf = (isPacks: boolean): number =>
    positions
      .filter(({ lane }) => (lane === 'telemetry') === isPacks)
      .reduce((most, { position }) => Math.max(most, position + endsMargin), 0);
  return { entries: furthestOf(false), packs: furthestOf(true) };
}

function openOrNull(path: string): Db | null {
  try {
    return openDamaged(path);
  } catch {
    return null;
  }
}

function begunAfter({ epoch, beside }: Known, setAsideAs: string | null, salvaged: Begun['salvaged']): Begun {
  const previous = epoch ?? ((beside?.epoch ?? null) as EpochId | null);
  return { why: 'damaged', previous, setAside: setAsideAs, salvaged };
}

function saveBegun(db: Db, begun: Begun): void {
  prepare(db, statements.saveIdentity).run('begun', JSON.stringify(begun));
}

/** Puts a new token into an open file, and a new epoch where it is a copy. Throws only when it is one and can not be written to. */
export function takeOver(db: Db, sql: Prepared, known: Known): void {
  const { path, owner, newEpoch, beside } = known;
  const rows = readIdentity(sql);
  const inode = statSync(path).ino;
  const ends = readEnds(sql);
  const isCopy = !mayGoOn(identityOf(rows), beside, owner, inode, ends) || !isAtLeast(ends, known.ends);
  const write = db.transaction(() => {
    if (isCopy) beginAfterCopy(db, sql, known, ends);
    const identity = { ...owner, token: newEpoch, before: beside?.token ?? '' };
    for (const [name, value] of Object.entries(identity)) sql.saveIdentity.run(name, value);
  });
  try {
    write();
  } catch (error) {
    // A full disk: the old token is as good, and saved alarms can be read.
    if (isCopy) throw error;
    return;
  }
  writeBeside(path, { token: newEpoch, inode, epoch: readEpoch(sql), ends: readEnds(sql) });
}

function beginAfterCopy(db: Db, sql: Prepared, known: Known, ends: Ends): void {
  const previous = readEpoch(sql);
  if (previous === known.newEpoch) return;
  sql.beginEpoch.run(known.newEpoch);
  goOnBehind(db, furthest(ends, endsBehind(known)));
  saveBegun(db, { why: 'restored', previous, setAside: null, salvaged: null });
}

/** The last thing done to a file that is closed in order. */
export function seal(db: Db, sql: Prepared, path: string, token: string): void {
  const closed = `${token}.closed`;
  db.transaction(() => {
    sql.saveIdentity.run('token', closed);
    sql.saveIdentity.run('before', token);
  })();
  writeBeside(path, { token: closed, inode: statSync(path).ino, epoch: readEpoch(sql), ends: readEnds(sql) });
}
