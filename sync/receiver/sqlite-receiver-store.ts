/** A receiver's store in one SQLite file, synchronously: a receiver has no siren that could wait for its disk. */
import { quoteOutside } from '../../config/problem.js';
import { codeOf } from '../journal/sqlite-errors.js';
import { keep as keepForLife } from '../journal/sqlite-keep.js';
import Database from '../sqlite.js';
import { type Chain, emptyChain } from './chain.js';
import type { ClockCorrection, ReceivedRow, RowPlace } from './read-message.js';
import {
  type AgainRow,
  type KeepBatch,
  type KeptBatch,
  ReceiverError,
  type ReceiverOpened,
  type ReceiverStore,
  type StoredChain,
  type StoredRow,
} from './receiver-store.js';
import { applicationId, createSchema, schemaVersion, statements } from './sqlite-schema.js';
import type { SiteName } from './topics.js';

/** How long to wait for another process to let go of the file. */
const busyTimeoutMs = 250;
const walLimitBytes = 16 * 1024 * 1024;
/** Of a message that is not ours. */
const invalidMaxBytes = 16 * 1024;
/** Sites and chains whose numbers are remembered; beyond it they are looked up again. */
const rememberedMax = 20_000;

type Prepared = { readonly [Name in keyof typeof statements]: Database.Statement<unknown[], unknown> };
interface SiteKey {
  readonly site: number;
  joined: string | null;
  uplink: string | null;
}
interface ChainKey {
  readonly chain: number;
  readonly forgotten: number;
}

export class SqliteReceiverStore implements ReceiverStore {
  #db: Database.Database | null = null;
  #sql: Prepared | null = null;
  readonly #sites = new Map<string, SiteKey>();
  readonly #chains = new Map<string, ChainKey>();

  /** @param path its folder must exist; `:memory:` keeps it until close(). @param newName a random name for a new store. */
  constructor(
    private readonly path: string,
    private readonly newName: string,
  ) {}

  open(): Promise<ReceiverOpened> {
    return this.#guarded(() => {
      const db = keepForLife(new Database(this.path, { timeout: busyTimeoutMs }));
      try {
        // Held from the first statement to close(): two receivers would each hand on everything.
        db.exec('PRAGMA locking_mode=EXCLUSIVE');
        if (isNew(db)) makeSchema(db, this.newName);
        for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', `journal_size_limit=${walLimitBytes}`]) {
          db.exec(`PRAGMA ${pragma}`);
        }
        db.exec('BEGIN EXCLUSIVE; COMMIT');
        const prepared = Object.entries(statements).map(([name, sql]) => [name, keepForLife(db.prepare(sql))] as const);
        this.#sql = Object.fromEntries(prepared) as unknown as Prepared;
        this.#db = db;
        return this.#opened(this.#sql);
      } catch (error) {
        db.close();
        this.#db = null;
        throw error;
      }
    });
  }

  keep(batch: KeepBatch): Promise<KeptBatch> {
    return this.#transaction((sql) => {
      const again: AgainRow[] = [];
      const newChains: StoredChain[] = [];
      let added = 0;
      for (const row of batch.rows) {
        const site = this.#siteOf(sql, row);
        if (row.uplink !== null) saveUplink(sql, site, row.uplink);
        if (site.joined === null) saveJoined(sql, site, batch.joins ? row.epoch : '');
        const chain = row.place === null ? null : this.#chainOf(sql, site, row, row.place, newChains);
        const found = addRow(sql, row, site.site, chain, batch.wall);
        for (const place of row.others) {
          // Whoever joined in the middle has nothing to miss of what was before.
          if (place.position === 0 && site.joined !== '') continue;
          const { chain: number } = this.#chainOf(sql, site, { ...row, epoch: place.epoch }, place, newChains);
          // Of a new row it counts when the row is handed on.
          if (found !== null) again.push({ ...place, chain: number, number: found });
        }
        if (found === null) added += 1;
        else if (row.place !== null && chain !== null) again.push({ ...row.place, chain: chain.chain, number: found });
        if (found === null && row.correction !== null) added += correct(sql, site.site, row.correction, batch.wall);
      }
      for (const { topic, why, bytes } of batch.invalid) {
        sql.addInvalid.run(batch.wall, topic.slice(0, 200), why, Buffer.from(bytes.subarray(0, invalidMaxBytes)));
      }
      if (batch.invalid.length > 0) sql.trimInvalid.run();
      return { added, again, newChains };
    });
  }

  readAfter(number: number, limit: number): Promise<readonly StoredRow[]> {
    return this.#guarded(() => this.#open().all('after', number, limit).map(rowFromColumns));
  }

  settle(handed: number, chains: readonly StoredChain[]): Promise<void> {
    return this.#transaction((sql) => {
      sql.saveState.run('handed', handed);
      for (const { chain, state } of chains) {
        const islands = state.islands.map(({ after, upTo, position }) => [after, upTo, position]);
        sql.saveChain.run(state.head, state.position, state.first, JSON.stringify(islands), chain);
      }
    });
  }

  forget(beforeWall: number, limit: number): Promise<number> {
    return this.#transaction((sql) => {
      const handed = Number(pluck(sql.state.get('handed'), 'value'));
      const old = sql.old.all({ handed, before: beforeWall, limit }) as OldRow[];
      for (const { number, chain, sequence } of old) {
        sql.forget.run(number);
        if (chain !== null && sequence !== null) sql.forgotten.run(sequence, chain);
      }
      this.#chains.clear();
      return old.length;
    });
  }

  async close(): Promise<void> {
    this.#db?.close();
    this.#db = null;
    this.#sql = null;
    this.#sites.clear();
    this.#chains.clear();
  }

  #opened(sql: Prepared): ReceiverOpened {
    return {
      receiver: String(pluck(sql.state.get('receiver'), 'value')),
      handed: Number(pluck(sql.state.get('handed'), 'value')),
      chains: sql.chains.all().map(chainFromColumns),
      uplinks: sql.uplinks.all() as ReceiverOpened['uplinks'],
    };
  }

  #siteOf(sql: Prepared, { district, site }: SiteName): SiteKey {
    const name = `${district}/${site}`;
    const known = this.#sites.get(name) ?? (sql.site.get(district, site) as SiteKey | undefined);
    const key = known ?? {
      site: Number(sql.addSite.run(district, site).lastInsertRowid),
      joined: null,
      uplink: null,
    };
    remember(this.#sites, name, key);
    return key;
  }

  #chainOf(sql: Prepared, site: SiteKey, row: ReceivedRow, place: RowPlace, newChains: StoredChain[]): ChainKey {
    const name = `${site.site}/${row.epoch}/${place.lane}`;
    const known = this.#chains.get(name) ?? (sql.chain.get(site.site, row.epoch, place.lane) as ChainKey | undefined);
    if (known !== undefined) {
      remember(this.#chains, name, known);
      return known;
    }
    const head = site.joined === row.epoch ? place.previous : 0;
    const chain = Number(sql.addChain.run(site.site, row.epoch, place.lane, head).lastInsertRowid);
    const { district, site: siteName, epoch } = row;
    newChains.push({ chain, district, site: siteName, epoch, lane: place.lane, state: emptyChain(head) });
    const key = { chain, forgotten: 0 };
    remember(this.#chains, name, key);
    return key;
  }

  #open(): { all(name: keyof Prepared, ...values: unknown[]): unknown[] } {
    const sql = this.#sql;
    if (sql === null) throw new ReceiverError('RECEIVER-006');
    return { all: (name, ...values) => sql[name].all(...values) };
  }

  #transaction<T>(work: (sql: Prepared) => T): Promise<T> {
    return this.#guarded(() => {
      const db = this.#db;
      const sql = this.#sql;
      if (db === null || sql === null) throw new ReceiverError('RECEIVER-006');
      try {
        return db.transaction(() => work(sql))();
      } catch (error) {
        // What was remembered may have been rolled back.
        this.#sites.clear();
        this.#chains.clear();
        throw error;
      }
    });
  }

  async #guarded<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (cause) {
      throw toReceiverError(cause);
    }
  }
}

interface OldRow {
  readonly number: number;
  readonly chain: number | null;
  readonly sequence: number | null;
}

/** Null: it is new and written (as itself, or as the news that it is durable). Else the number of what is here. */
function addRow(sql: Prepared, row: ReceivedRow, site: number, chain: ChainKey | null, wall: number): number | null {
  const { epoch, id, what, place, boot, mono, doubtfulWall, body } = row;
  const known = sql.row.get(site, id, what) as { number: number; sequence: number | null } | undefined;
  const isUpgrade = known !== undefined && known.sequence === null && place !== null;
  if (known !== undefined && !isUpgrade) return known.number;
  if (isUpgrade) {
    const upgraded = sql.row.get(site, id, 'durable') as { number: number } | undefined;
    if (upgraded !== undefined) return upgraded.number;
  } else if (place !== null && chain !== null && place.sequence <= chain.forgotten) return 0;
  const correctedWall = isUpgrade ? null : correctedWallOf(sql, site, row);
  sql.addRow.run({
    ...{ what: isUpgrade ? 'durable' : what, site, epoch, id, received: wall },
    ...{ chain: chain?.chain ?? null, sequence: place?.sequence ?? null },
    ...{ previous: place?.previous ?? null, position: place?.position ?? null },
    ...(isUpgrade
      ? { boot: null, mono: null, doubtfulWall: null, correctedWall: null, body: '' }
      : { boot, mono, doubtfulWall, correctedWall, body }),
  });
  return null;
}

function correctedWallOf(sql: Prepared, site: number, { boot, mono, doubtfulWall }: ReceivedRow): number | null {
  if (boot === null || mono === null || doubtfulWall === null) return null;
  const found = sql.correction.get(site, boot, mono) as { correction_ms: number } | undefined;
  return found === undefined ? null : doubtfulWall + found.correction_ms;
}

/** How many events have got a better time by it. */
function correct(
  sql: Prepared,
  site: number,
  { boot, untilMono, correctionMs }: ClockCorrection,
  wall: number,
): number {
  sql.addCorrection.run(site, boot, untilMono, correctionMs);
  return sql.addTimes.run({ site, boot, untilMono, correctionMs, received: wall }).changes;
}

function saveUplink(sql: Prepared, site: SiteKey, uplink: string): void {
  if (site.uplink === uplink) return;
  site.uplink = uplink;
  sql.saveUplink.run(uplink, site.site);
}

function saveJoined(sql: Prepared, site: SiteKey, joined: string): void {
  site.joined = joined;
  sql.saveJoined.run(joined, site.site);
}

function remember<T>(map: Map<string, T>, name: string, value: T): void {
  if (map.size >= rememberedMax) map.clear();
  map.set(name, value);
}

/** True for an empty file. Throws for a file that is not ours. */
function isNew(db: Database.Database): boolean {
  const read = (pragma: string): number =>
    Number(
      keepForLife(db.prepare(`PRAGMA ${pragma}`))
        .pluck()
        .get(),
    );
  const version = read('user_version');
  const owner = read('application_id');
  const tables = Number(keepForLife(db.prepare('SELECT count(*) FROM sqlite_schema')).pluck().get());
  if (owner === 0 && version === 0 && tables === 0) return true;
  if (owner !== applicationId) throw new ReceiverError('RECEIVER-001');
  if (version > schemaVersion) throw new ReceiverError('RECEIVER-002', `version ${version}`);
  return false;
}

function makeSchema(db: Database.Database, name: string): void {
  db.exec('PRAGMA auto_vacuum=INCREMENTAL; PRAGMA synchronous=FULL');
  db.transaction(() => {
    db.exec(`PRAGMA application_id=${applicationId}; PRAGMA user_version=${schemaVersion}`);
    db.exec(createSchema);
    const save = keepForLife(db.prepare(statements.saveState));
    save.run('receiver', name);
    save.run('handed', 0);
  })();
}

function chainFromColumns(columns: unknown): StoredChain {
  const { chain, district, name, epoch, lane, head, position, first, islands } = columns as ChainColumns;
  const list = JSON.parse(islands) as [number, number, number][];
  const state: Chain = {
    head,
    position,
    first,
    islands: list.map(([after, upTo, at]) => ({ after, upTo, position: at })),
  };
  return { chain, district, site: name, epoch, lane, state };
}

interface ChainColumns {
  readonly chain: number;
  readonly district: string;
  readonly name: string;
  readonly epoch: string;
  readonly lane: RowPlace['lane'];
  readonly head: number;
  readonly position: number;
  readonly first: number;
  readonly islands: string;
}

function rowFromColumns(columns: unknown): StoredRow {
  const row = columns as RowColumns;
  const { number, what, district, name, epoch, id, chain, sequence, previous, position, body } = row;
  const isPlaced = chain !== null && sequence !== null && previous !== null && position !== null;
  const place = isPlaced ? { chain, sequence, previous, position } : null;
  return { number, what, district, site: name, epoch, id, place, correctedWall: row.corrected_wall, body };
}

interface RowColumns {
  readonly number: number;
  readonly what: StoredRow['what'];
  readonly district: string;
  readonly name: string;
  readonly epoch: string;
  readonly id: string;
  readonly chain: number | null;
  readonly sequence: number | null;
  readonly previous: number | null;
  readonly position: number | null;
  readonly corrected_wall: number | null;
  readonly body: string;
}

function pluck(row: unknown, name: string): unknown {
  return (row as Readonly<Record<string, unknown>> | undefined)?.[name];
}

function toReceiverError(cause: unknown): ReceiverError {
  if (cause instanceof ReceiverError) return cause;
  const code = codeOf(cause);
  const got = quoteOutside(code === '' && cause instanceof Error ? cause.message : code);
  if (code.startsWith('SQLITE_BUSY')) return new ReceiverError('RECEIVER-003', got, cause);
  if (code.startsWith('SQLITE_NOTADB')) return new ReceiverError('RECEIVER-001', got, cause);
  return new ReceiverError('RECEIVER-004', got, cause);
}
