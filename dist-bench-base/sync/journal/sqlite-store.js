import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { withinMs } from '../within.js';
import { StoreError, } from './store.js';
/** Without an answer by then the gateway starts all the same, with a fault. */
const lockAnswerMs = 2_000;
/** A worker that does not close its file by then is let go of. */
const closeAnswerMs = 2_000;
/**
 * The journal file behind a worker thread, so that a card that stalls for seconds never stalls the watch.
 * When the worker dies, everything pending is rejected with STORE-005 and the next open() starts another one.
 */
export class SqliteStore {
    options;
    #worker = null;
    #nextId = 1;
    #pending = new Map();
    #wantsLock = false;
    /** The worker's answer, or the question under way; null when it does not hold the lock (it was lost with its worker). */
    #lock = null;
    /** The check of the whole file while it is in use: of the newest opening. */
    #checking = null;
    /** close() gave up on a worker that did not answer. */
    #isStuck = false;
    constructor(options) {
        this.options = options;
    }
    /**
     * True while the disk owes an answer. Node's process.exit() waits for a thread that is inside a system call: a process
     * that has to end while this is true must end itself by a signal.
     */
    get isStuck() {
        return this.#isStuck || this.#pending.size > 0;
    }
    /** Holds the lock on the data folder until the process ends. Only `taken` means a second gateway. Never rejects. */
    async lock() {
        this.#wantsLock = true;
        this.#worker ??= this.#startWorker();
        return (await withinMs(this.options.clock, lockAnswerMs, this.#askLock())) ?? 'unknown';
    }
    async open(newEpoch) {
        this.#worker ??= this.#startWorker();
        // The lock died with the worker that held it.
        if (this.#wantsLock && (await this.#askLock()) === 'taken') {
            throw new StoreError('STORE-004', 'another gateway took the data folder');
        }
        const { clock } = this.options;
        this.#checking = null; // whatever it finds is said of the file before
        const opened = await this.#call('open', [newEpoch, clock.trust() === 'trusted' ? clock.wall() : null]);
        if (!opened.fresh)
            this.#checking = this.#check().catch(() => undefined);
        return opened;
    }
    /** Resolves when the check that runs after opening has ended; at once when none does. */
    async untilChecked() {
        await this.#checking;
    }
    append(batch) {
        return this.#call('append', [batch]);
    }
    readAfter(lane, after, limit) {
        return this.#call('readAfter', [lane, after, limit]);
    }
    readTelemetryAfter(after, limit) {
        return this.#call('readTelemetryAfter', [after, limit]);
    }
    backlogAfter(lane, after) {
        return this.#call('backlogAfter', [lane, after]);
    }
    placeAt(lane, position) {
        return this.#call('placeAt', [lane, position]);
    }
    tidy(order, isFirst = false) {
        return this.#call('tidy', [order, isFirst]);
    }
    async savePositions(rows) {
        await this.#call('savePositions', [rows]);
    }
    /** Closes the file and ends the worker (and with it the lock); resolves within 2 s, whatever the disk does. */
    async close() {
        const worker = this.#worker;
        if (worker === null)
            return;
        await withinMs(this.options.clock, closeAnswerMs, this.#call('close', []));
        this.#isStuck = this.#pending.size > 0;
        this.#lose(worker, 'closed');
        // Not awaited: it does not settle while the thread is inside a system call.
        worker.terminate().catch(() => undefined);
    }
    /** Asked once per worker while the answer is on its way or `held`: a second question would find our own lock taken. */
    #askLock() {
        if (this.#lock !== null)
            return this.#lock;
        const asked = this.#call('lock', []);
        this.#lock = asked;
        const forget = () => {
            if (this.#lock === asked)
                this.#lock = null;
        };
        asked.then((answer) => {
            if (answer !== 'held')
                forget();
        }, forget);
        return asked;
    }
    #startWorker() {
        const { path, site = '' } = this.options;
        const setup = { path, lockPath: join(dirname(path), 'lock.db'), site };
        const url = this.options.workerUrl ?? new URL('./sqlite-worker.js', import.meta.url);
        const worker = new Worker(url, { workerData: setup, name: 'journal' });
        worker.unref();
        worker.on('message', (answer) => this.#settle(answer));
        worker.on('error', (error) => this.#lose(worker, error.message));
        worker.on('exit', (code) => this.#lose(worker, `the journal worker ended with ${code}`));
        return worker;
    }
    /** A check that can not be made is no fault. */
    async #check() {
        if (!(await this.#call('isLarge', [])))
            return;
        const { path, workerUrl } = this.options;
        const checking = this.#checking;
        const url = new URL('./sqlite-checker.js', workerUrl ?? import.meta.url);
        const checker = new Worker(url, { workerData: { path }, name: 'journal-check' });
        checker.unref();
        const damage = await new Promise((resolve, reject) => {
            checker.once('message', resolve);
            checker.once('error', reject);
            checker.once('exit', () => resolve(null));
        });
        if (damage !== null && this.#checking === checking)
            await this.#call('markDamaged', []);
    }
    #call(call, args) {
        const worker = this.#worker;
        if (worker === null)
            return Promise.reject(new StoreError('STORE-006'));
        const id = this.#nextId++;
        return new Promise((resolve, reject) => {
            this.#pending.set(id, { resolve: resolve, reject });
            worker.ref();
            worker.postMessage({ id, call, args });
        });
    }
    #settle(answer) {
        const pending = this.#pending.get(answer.id);
        this.#pending.delete(answer.id);
        if (this.#pending.size === 0)
            this.#worker?.unref();
        if (answer.ok)
            pending?.resolve(answer.result);
        else
            pending?.reject(new StoreError(answer.code, answer.got));
    }
    #lose(worker, why) {
        if (this.#worker !== worker)
            return;
        this.#worker = null;
        this.#lock = null;
        worker.unref();
        const pending = [...this.#pending.values()];
        this.#pending.clear();
        for (const { reject } of pending)
            reject(new StoreError('STORE-005', why));
    }
}
