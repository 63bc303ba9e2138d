import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EpochId } from '../../config/ids.js';
import type { Lane } from '../../config/vocabulary.js';
import type { Clock } from '../../drivers/clock.js';
import { withinMs } from '../within.js';
import type { StoredEntry } from './entry.js';
import type { SiteLock } from './sqlite-lock.js';
import type { StoreAnswer, StoreCall, StoreCalls, WorkerSetup } from './sqlite-messages.js';
import {
  type Batch,
  type PositionRow,
  type Predecessor,
  type Store,
  type StoredTelemetryPack,
  StoreError,
  type StoreOpened,
  type Tidied,
  type TidyOrder,
} from './store.js';

/** Without an answer by then the gateway starts all the same, with a fault. */
const lockAnswerMs = 2_000;
/** A worker that does not close its file by then is let go of. */
const closeAnswerMs = 2_000;

export interface SqliteStoreOptions {
  /** The journal file; its folder must exist. The site lock `lock.db` is made beside it. */
  readonly path: string;
  readonly clock: Clock;
  /** District and site: a journal of another site begins a new epoch. */
  readonly site?: string;
  /** The built worker; default: beside this module. */
  readonly workerUrl?: URL;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: StoreError) => void;
}

/**
 * The journal file behind a worker thread, so that a card that stalls for seconds never stalls the watch.
 * When the worker dies, everything pending is rejected with STORE-005 and the next open() starts another one.
 */
export class SqliteStore implements Store {
  #worker: Worker | null = null;
  #nextId = 1;
  readonly #pending = new Map<number, Pending>();
  #wantsLock = false;
  /** The worker's answer, or the question under way; null when it does not hold the lock (it was lost with its worker). */
  #lock: Promise<SiteLock> | null = null;
  /** The check of the whole file while it is in use: of the newest opening. */
  #checking: Promise<void> | null = null;
  /** close() gave up on a worker that did not answer. */
  #isStuck = false;

  constructor(private readonly options: SqliteStoreOptions) {}

  /**
   * True while the disk owes an answer. Node's process.exit() waits for a thread that is inside a system call: a process
   * that has to end while this is true must end itself by a signal.
   */
  get isStuck(): boolean {
    return this.#isStuck || this.#pending.size > 0;
  }

  /** Holds the lock on the data folder until the process ends. Only `taken` means a second gateway. Never rejects. */
  async lock(): Promise<SiteLock> {
    this.#wantsLock = true;
    this.#worker ??= this.#startWorker();
    return (await withinMs(this.options.clock, lockAnswerMs, this.#askLock())) ?? 'unknown';
  }

  async open(newEpoch: EpochId): Promise<StoreOpened> {
    this.#worker ??= this.#startWorker();
    // The lock died with the worker that held it.
    if (this.#wantsLock && (await this.#askLock()) === 'taken') {
      throw new StoreError('STORE-004', 'another gateway took the data folder');
    }
    const { clock } = this.options;
    this.#checking = null; // whatever it finds is said of the file before
    const opened = await this.#call('open', [newEpoch, clock.trust() === 'trusted' ? clock.wall() : null]);
    if (!opened.fresh) this.#checking = this.#check().catch(() => undefined);
    return opened;
  }

  /** Resolves when the check that runs after opening has ended; at once when none does. */
  async untilChecked(): Promise<void> {
    await this.#checking;
  }

  async append(batch: Batch): Promise<readonly StoredEntry[]> {
    const places = await this.#call('append', [batch]);
    return batch.entries.map((entry, at) => {
      return { ...entry, position: places[2 * at] ?? 0, sequence: places[2 * at + 1] ?? 0 };
    });
  }

  readAfter(lane: Lane, after: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.#call('readAfter', [lane, after, limit]);
  }

  readTelemetryAfter(after: number, limit: number): Promise<readonly StoredTelemetryPack[]> {
    return this.#call('readTelemetryAfter', [after, limit]);
  }

  backlogAfter(lane: Lane, after: number): ReturnType<Store['backlogAfter']> {
    return this.#call('backlogAfter', [lane, after]);
  }

  placeAt(lane: Lane, position: number): Promise<Predecessor | null> {
    return this.#call('placeAt', [lane, position]);
  }

  tidy(order: TidyOrder, isFirst = false): Promise<Tidied> {
    return this.#call('tidy', [order, isFirst]);
  }

  async savePositions(rows: readonly PositionRow[]): Promise<void> {
    await this.#call('savePositions', [rows]);
  }

  /** Closes the file and ends the worker (and with it the lock); resolves within 2 s, whatever the disk does. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    await withinMs(this.options.clock, closeAnswerMs, this.#call('close', []));
    this.#isStuck = this.#pending.size > 0;
    this.#lose(worker, 'closed');
    // Not awaited: it does not settle while the thread is inside a system call.
    worker.terminate().catch(() => undefined);
  }

  /** Asked once per worker while the answer is on its way or `held`: a second question would find our own lock taken. */
  #askLock(): Promise<SiteLock> {
    if (this.#lock !== null) return this.#lock;
    const asked = this.#call('lock', []);
    this.#lock = asked;
    const forget = (): void => {
      if (this.#lock === asked) this.#lock = null;
    };
    asked.then((answer) => {
      if (answer !== 'held') forget();
    }, forget);
    return asked;
  }

  #startWorker(): Worker {
    const { path, site = '' } = this.options;
    const setup: WorkerSetup = { path, lockPath: join(dirname(path), 'lock.db'), site };
    const url = this.options.workerUrl ?? new URL('./sqlite-worker.js', import.meta.url);
    const worker = new Worker(url, { workerData: setup, name: 'journal' });
    worker.unref();
    worker.on('message', (answer: StoreAnswer) => this.#settle(answer));
    worker.on('error', (error) => this.#lose(worker, error.message));
    worker.on('exit', (code) => this.#lose(worker, `the journal worker ended with ${code}`));
    return worker;
  }

  /** A check that can not be made is no fault. */
  async #check(): Promise<void> {
    if (!(await this.#call('isLarge', []))) return;
    const { path, workerUrl } = this.options;
    const checking = this.#checking;
    const url = new URL('./sqlite-checker.js', workerUrl ?? import.meta.url);
    const checker = new Worker(url, { workerData: { path }, name: 'journal-check' });
    checker.unref();
    const damage = await new Promise<unknown>((resolve, reject) => {
      checker.once('message', resolve);
      checker.once('error', reject);
      checker.once('exit', () => resolve(null));
    });
    if (damage !== null && this.#checking === checking) await this.#call('markDamaged', []);
  }

  #call<Call extends StoreCall>(call: Call, args: StoreCalls[Call]['args']): Promise<StoreCalls[Call]['result']> {
    const worker = this.#worker;
    if (worker === null) return Promise.reject(new StoreError('STORE-006'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
      worker.ref();
      worker.postMessage({ id, call, args });
    });
  }

  #settle(answer: StoreAnswer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (this.#pending.size === 0) this.#worker?.unref();
    if (answer.ok) pending?.resolve(answer.result);
    else pending?.reject(new StoreError(answer.code, answer.got));
  }

  #lose(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#lock = null;
    worker.unref();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(new StoreError('STORE-005', why));
  }
}
