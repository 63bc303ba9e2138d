/** Opens SQLite files. Everything it makes is kept where its garbage would end the process (sqlite-keep.ts). */
import Database from '../sqlite.js';
import { keep } from './sqlite-keep.js';

export type Db = Database.Database;
export type Statement = Database.Statement<unknown[], unknown>;

/** How long a call waits for another process (a person's sqlite3) to let go of the file. */
export const busyTimeoutMs = 1_000;

export interface OpenOptions {
  readonly isReadOnly?: boolean;
  readonly busyMs?: number;
}

export function openDb(path: string, { isReadOnly = false, busyMs = busyTimeoutMs }: OpenOptions = {}): Db {
  return keep(new Database(path, { readonly: isReadOnly, timeout: busyMs }));
}

/** To read what can be read: also of a file that is shorter than it says. */
export function openDamaged(path: string): Db {
  const db = openDb(path, { isReadOnly: true });
  db.unsafeMode(true);
  db.exec('PRAGMA writable_schema=ON');
  return db;
}

export function prepare(db: Db, text: string): Statement {
  return keep(db.prepare(text)) as Statement;
}

/** Of a question with one number for an answer; `statement` must have been made with `pluck()`. */
export function numberOf(statement: Statement, ...args: unknown[]): number {
  return Number(statement.get(...args) ?? 0);
}

export function readPragma(db: Db, name: string): unknown {
  return prepare(db, `PRAGMA ${name}`).pluck().get();
}
