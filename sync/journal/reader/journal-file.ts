/**
 * The journal file as its reader sees it: read-only, no transaction longer than one answer, and opened anew when another file stands
 * there. Everything it throws is a ReaderError.
 */
import { statSync } from 'node:fs';
import { toStoreError } from '../sqlite-errors.js';
import { type Db, numberOf, openDb, prepare } from '../sqlite-open.js';
import { applicationId, schemaVersion } from '../sqlite-schema.js';
import { EntryFinder } from './find-entries.js';
import { TrendReader } from './read-trend.js';
import { type ReaderCall, type ReaderCalls, ReaderError, type ReaderErrorCode, type ReaderRequest } from './reading.js';

/** Only a program that holds all of the file keeps a reader waiting: not for long, somebody looks at a page. */
const busyMs = 250;
/** Pages that SQLite keeps of the file, KiB. */
const cacheKb = 4_096;
/** The writer cuts its log back at 4 MiB, unless somebody reads at that moment. */
const longLogBytes = 6 * 1024 * 1024;

interface Connection {
  readonly inode: number;
  readonly db: Db;
  readonly entries: EntryFinder;
  readonly trend: TrendReader;
}

export class JournalFile {
  #connection: Connection | null = null;

  /** `mono`: says how late it is, ms. */
  constructor(
    private readonly path: string,
    private readonly mono: () => number,
  ) {}

  answer({ call, args }: ReaderRequest): ReaderCalls[ReaderCall]['result'] {
    try {
      const { entries, trend } = this.#opened();
      switch (call) {
        case 'entries':
          return { ...entries.find(args, this.mono), isLogLong: this.#isLogLong() };
        case 'entry':
          return entries.entry(args);
        case 'trend':
          return { ...trend.read(args, this.mono), isLogLong: this.#isLogLong() };
        default:
          return unknownCall(call);
      }
    } catch (cause) {
      // Whatever went wrong, the next question meets the file afresh.
      this.close();
      throw toReaderError(cause);
    }
  }

  close(): void {
    this.#connection?.db.close();
    this.#connection = null;
  }

  #isLogLong(): boolean {
    return (statSync(`${this.path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > longLogBytes;
  }

  #opened(): Connection {
    const inode = statSync(this.path, { throwIfNoEntry: false })?.ino;
    // SQLite would go on reading a file that was set aside, as if it were the present one.
    if (inode !== this.#connection?.inode) this.close();
    if (inode === undefined) throw new ReaderError('READER-001');
    this.#connection ??= this.#connect(inode);
    return this.#connection;
  }

  #connect(inode: number): Connection {
    const db = openDb(this.path, { isReadOnly: true, busyMs });
    try {
      const version = numberOf(prepare(db, 'PRAGMA user_version').pluck());
      const program = numberOf(prepare(db, 'PRAGMA application_id').pluck());
      if (program !== applicationId || version > schemaVersion) {
        throw new ReaderError('READER-004', program === applicationId ? `version ${version}` : null);
      }
      db.exec(`PRAGMA cache_size=-${cacheKb}`);
      return { inode, db, entries: new EntryFinder(db), trend: new TrendReader(db) };
    } catch (error) {
      db.close();
      throw error;
    }
  }
}

function toReaderError(cause: unknown): ReaderError {
  if (cause instanceof ReaderError) return cause;
  const { code, got } = toStoreError(cause);
  return new ReaderError(readerCode(code, cause), got, cause);
}

function readerCode(code: string, cause: unknown): ReaderErrorCode {
  const name = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (name.startsWith('SQLITE_BUSY') || name.startsWith('SQLITE_LOCKED')) return 'READER-002';
  return code === 'STORE-001' ? 'READER-004' : 'READER-003';
}

function unknownCall(call: never): never {
  throw new Error(`unknown call ${JSON.stringify(call)}`);
}
