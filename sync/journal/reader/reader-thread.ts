/** Starts the reader's thread when somebody asks, ends it when nobody has for a while, and waits for no answer for ever. */
import { Worker } from 'node:worker_threads';
import { Backoff } from '../../../drivers/backoff.js';
import type { Cancel, Clock } from '../../../drivers/clock.js';
import { type ReaderAnswer, type ReaderCall, type ReaderCalls, ReaderError, type ReaderSetup } from './reading.js';

/** Its memory is given back after so long without a question. */
const idleMs = 60_000;
/** A card that owes an answer for longer has stalled: the thread is given up with all that waits for it. */
export const answerMs = 15_000;
/** Questions that wait; more are refused. Each is a bounded piece of work of some 10 ms. */
const waitingMax = 64;
/** After a thread that died, so long until the next one: nothing is asked in between. */
const backoffMs = { first: 1_000, cap: 30_000 } as const;
/** Of its own heap; SQLite has 4 MB beside it. */
const heapMb = 96;

/** What the reader's questions go through: a thread, or in tests the file itself. */
export interface ReaderCaller {
  /** Rejects with ReaderError. */
  call<Call extends ReaderCall>(call: Call, args: ReaderCalls[Call]['args']): Promise<ReaderCalls[Call]['result']>;
}

export interface ReaderThreadOptions {
  /** The journal file; it may come later, and may be replaced. */
  readonly path: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** The built worker; default: beside this module. */
  readonly workerUrl?: URL;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: ReaderError) => void;
  readonly cancel: Cancel;
}

export class ReaderThread implements ReaderCaller {
  #worker: Worker | null = null;
  #nextId = 1;
  readonly #waiting = new Map<number, Waiting>();
  #cancelIdle: Cancel = () => undefined;
  readonly #backoff: Backoff;
  #restMono = 0;
  #isStopped = false;

  constructor(private readonly options: ReaderThreadOptions) {
    this.#backoff = new Backoff(backoffMs.first, backoffMs.cap, options.random);
  }

  get isRunning(): boolean {
    return this.#worker !== null;
  }

  call<Call extends ReaderCall>(call: Call, args: ReaderCalls[Call]['args']): Promise<ReaderCalls[Call]['result']> {
    const { clock } = this.options;
    if (this.#isStopped || (this.#worker === null && clock.mono() < this.#restMono))
      return Promise.reject(new ReaderError('READER-007'));
    if (this.#waiting.size >= waitingMax) return Promise.reject(new ReaderError('READER-006'));
    this.#cancelIdle();
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const cancel = clock.after(answerMs, () => {
        this.#lose(worker, new ReaderError('READER-005', `no answer within ${answerMs / 1000} s`));
        // Not awaited: it does not settle while the thread is inside a system call.
        worker.terminate().catch(() => undefined);
      });
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject, cancel });
      worker.ref();
      worker.postMessage({ id, call, args });
    });
  }

  /** Ends the thread; what waits is rejected. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelIdle();
    const worker = this.#worker;
    if (worker === null) return;
    this.#lose(worker, new ReaderError('READER-007', 'stopped'));
    worker.postMessage(null);
  }

  #start(): Worker {
    const setup: ReaderSetup = { path: this.options.path };
    const url = this.options.workerUrl ?? new URL('./reader-worker.js', import.meta.url);
    const resourceLimits = { maxOldGenerationSizeMb: heapMb };
    const worker = new Worker(url, { workerData: setup, name: 'journal-reader', resourceLimits });
    worker.unref();
    worker.on('message', (answer: ReaderAnswer) => this.#settle(worker, answer));
    worker.on('error', (error) => this.#lose(worker, new ReaderError('READER-007', error.message.slice(0, 60))));
    worker.on('exit', (code) => this.#lose(worker, new ReaderError('READER-007', `it ended with ${code}`)));
    return worker;
  }

  #settle(worker: Worker, answer: ReaderAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    // Of a thread that was given up.
    if (waiting === undefined || worker !== this.#worker) return;
    this.#waiting.delete(answer.id);
    waiting.cancel();
    this.#backoff.reset();
    if (this.#waiting.size === 0) this.#rest(worker);
    if (answer.ok) waiting.resolve(answer.result);
    else waiting.reject(new ReaderError(answer.code, answer.got));
  }

  #rest(worker: Worker): void {
    worker.unref();
    this.#cancelIdle();
    this.#cancelIdle = this.options.clock.after(idleMs, () => {
      if (this.#worker !== worker || this.#waiting.size > 0) return;
      this.#worker = null;
      worker.postMessage(null);
    });
  }

  /** It died, or is given up. */
  #lose(worker: Worker, error: ReaderError): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#restMono = this.options.clock.mono() + this.#backoff.nextMs();
    worker.unref();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, cancel } of waiting) {
      cancel();
      reject(error);
    }
  }
}
