import { Backoff } from '../../drivers/backoff.js';
import { withinMs } from '../within.js';
import { StoreError, storeErrors } from './store.js';
/** A disk that has not answered by then is told as STORE-007. */
const answerMaxMs = 2_000;
const stopMaxMs = 2_000;
/** One transaction: about 12 ms in the worker (measured on x86-64), so that a fire behind it is not kept waiting. */
const batchMax = 500;
const retryFirstMs = 500;
const retryCapMs = 30_000;
/** After these the file is opened anew: the worker died, its handles may be stale, or it is damaged and to be set aside. */
const reopenAfter = new Set(['STORE-004', 'STORE-005', 'STORE-006', 'STORE-009']);
export class StoreWriter {
    options;
    #backoff;
    #mode = 'opening';
    #hasOpened = false;
    #mustOpen = false;
    #lastPosition = 0;
    #fileEpoch = null;
    #state = null;
    #cancelRetry = null;
    #onIdle = null;
    constructor(options) {
        this.options = options;
        this.#backoff = new Backoff(retryFirstMs, retryCapMs, options.random);
    }
    start() {
        this.#open();
    }
    /** Something waits. */
    wake() {
        if (this.#mode === 'ready')
            this.#write();
    }
    /** The file is damaged, says somebody who read it: it is looked at anew before anything else is written. */
    reopen() {
        this.#mustOpen = true;
        if (this.#mode === 'ready')
            this.#open();
    }
    /** Writes what can be written and closes the store; resolves within 2 s. */
    async stop() {
        const { clock, store } = this.options;
        const endMono = clock.mono() + stopMaxMs;
        await withinMs(clock, stopMaxMs, this.#untilIdle());
        this.#cancelRetry?.();
        this.#mode = 'stopped';
        await withinMs(clock, Math.max(0, endMono - clock.mono()), store.close());
    }
    #open() {
        this.#mode = 'opening';
        const { store, firstEpoch, anotherEpoch } = this.options;
        this.#await(store.open(this.#hasOpened ? anotherEpoch() : firstEpoch), (opened) => this.#opened(opened));
    }
    #opened(opened) {
        const isAnother = opened.epoch !== this.#fileEpoch && (opened.fresh || opened.begun !== null);
        const isReplaced = this.#hasOpened && isAnother;
        if (this.#hasOpened && !isReplaced && opened.lastPosition < this.#lastPosition) {
            // Going on in it would give two entries the same place in one epoch.
            this.#refused(new StoreError('STORE-001', 'the journal was replaced while we ran'));
            return;
        }
        this.#mustOpen = false;
        this.#lastPosition = opened.lastPosition;
        this.#fileEpoch = opened.epoch;
        if (isReplaced)
            this.options.events.onReplaced(opened);
        if (!this.#hasOpened) {
            this.#hasOpened = true;
            this.options.events.onOpened(opened);
        }
        if (this.options.waiting.isEmpty)
            this.#setState(null);
        this.#write();
    }
    #write() {
        const { store, waiting } = this.options;
        this.#mode = waiting.isEmpty ? 'ready' : 'writing';
        if (this.#mode === 'writing')
            this.#await(store.append(waiting.take(batchMax)), (entries) => this.#kept(entries));
        this.#tellIfIdle();
    }
    #kept(entries) {
        this.options.waiting.forgetTaken();
        this.#backoff.reset();
        this.#lastPosition = Math.max(this.#lastPosition, entries.at(-1)?.position ?? 0);
        this.#setState(null);
        this.options.events.onKept(entries);
        if (this.#mustOpen)
            this.#open();
        else
            this.#write();
    }
    #refused(error) {
        this.options.waiting.returnTaken();
        if (this.#mode === 'opening' || reopenAfter.has(error.code))
            this.#mustOpen = true;
        const isForEver = storeErrors[error.code].retry === 'never';
        this.#mode = isForEver ? 'given-up' : 'resting';
        if (!isForEver)
            this.#cancelRetry = this.options.clock.after(this.#backoff.nextMs(), () => this.#tryAgain());
        this.#setState(error);
        this.#tellIfIdle();
    }
    #tryAgain() {
        this.#cancelRetry?.();
        this.#cancelRetry = null;
        if (this.#mustOpen)
            this.#open();
        else
            this.#write();
    }
    #await(answer, onAnswer) {
        const cancel = this.options.clock.after(answerMaxMs, () => this.#setState(new StoreError('STORE-007')));
        const unlessStopped = (run) => {
            cancel();
            if (this.#mode !== 'stopped')
                run();
        };
        answer.then((result) => unlessStopped(() => onAnswer(result)), (cause) => unlessStopped(() => this.#refused(asStoreError(cause))));
    }
    #setState(error) {
        if (error?.message === this.#state?.message)
            return;
        this.#state = error;
        this.options.events.onState(error);
    }
    /** Resolves when nothing waits any more or the disk will not take it now. */
    #untilIdle() {
        if (this.#mode === 'resting')
            this.#tryAgain();
        return new Promise((resolve) => {
            this.#onIdle = resolve;
            this.#tellIfIdle();
        });
    }
    #tellIfIdle() {
        if (this.#mode === 'ready' || this.#mode === 'resting' || this.#mode === 'given-up')
            this.#onIdle?.();
    }
}
function asStoreError(cause) {
    return cause instanceof StoreError ? cause : new StoreError('STORE-005', null, cause);
}
