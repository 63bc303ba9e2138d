/**
 * The line to one voice chip, and its only owner: orders go out one at a time at the chip's pace, replies come in, and a new
 * link is opened whenever the old one went down. After each opening the chip is asked whether it is there, until it answers
 * or must have started.
 */
import { quoteOutside } from '../../config/problem.js';
import { DriverError } from '../driver-error.js';
import { LinkKeeper } from '../link-keeper.js';
import { pauseUnless, unlessAborted } from './signal-wait.js';
/** 8N1. */
const bitsPerChar = 10;
/** An order given while the link is being opened waits so long for it. */
const openWaitMs = 2000;
/** A system that does not take the bytes for so long has lost them. */
const writeMaxMs = 1000;
const greetEveryMs = 500;
/** The SYN6288 wants 1 ms of peace after it has said that it is idle. */
const afterReplyMs = 2;
/** Replies that nobody has asked for; the oldest are dropped. */
const inboxMax = 32;
export class ChipLink {
    codec;
    where;
    clock;
    #keeper;
    #reader;
    #charMs;
    #inbox = [];
    #down = null;
    #upMono = 0;
    #freeMono = Number.NEGATIVE_INFINITY;
    #heardMono = Number.NEGATIVE_INFINITY;
    #isHeard = false;
    #isMute = false;
    #isTaciturn = false;
    #starts = 0;
    #greeting = null;
    /** Whoever waits for the link, or for a reply. */
    #watchers = new Set();
    constructor(codec, options) {
        this.codec = codec;
        this.where = `${options.where} (${codec.name})`;
        this.clock = options.clock;
        this.#reader = codec.newReader();
        this.#charMs = (bitsPerChar * 1000) / options.baud;
        this.#keeper = new LinkKeeper({
            where: options.where,
            open: options.open,
            clock: options.clock,
            random: options.random,
            onUp: () => this.#goUp(),
            onBytes: (bytes) => this.#hear(bytes),
            onDown: (error) => this.#goDown(error),
        });
    }
    /** It may still be starting: the link is new, and nothing was heard yet. */
    get mayBeStarting() {
        return !this.#isHeard && this.clock.mono() - this.#upMono < this.codec.bootMs;
    }
    /** The last that asked it got no answer, and nothing was heard since. */
    get isMute() {
        return this.#isMute;
    }
    /** Changes whenever the chip may have forgotten what it was set to. */
    get starts() {
        return this.#starts;
    }
    start() {
        this.#keeper.start();
    }
    async close() {
        this.#goDown(new DriverError('LINK-005', this.where, 'closed'));
        await this.#keeper.stop();
    }
    /** Sends one order at the chip's pace; replies to earlier ones are forgotten. Rejects with LINK-… or the signal's reason. */
    async tell(order, signal) {
        this.#endGreeting();
        const link = await this.#linkUp(signal);
        this.#freeMono = Math.max(this.#freeMono, this.#heardMono + afterReplyMs);
        for (let nowMono = this.clock.mono(); nowMono < this.#freeMono; nowMono = this.clock.mono()) {
            await pauseUnless(this.clock, this.#freeMono - nowMono, signal);
        }
        signal.throwIfAborted();
        if (this.#keeper.link !== link)
            throw this.#down ?? new DriverError('LINK-005', this.where);
        this.#inbox = [];
        await this.#write(link, order, signal);
    }
    /** The next reply, or null at `untilMono`. Rejects with LINK-… when the link goes down, or with the signal's reason. */
    next(untilMono, signal) {
        return this.#when(untilMono, signal, () => {
            if (this.#down !== null)
                throw this.#down;
            // Whoever talks without end is not listened to without end.
            return this.clock.mono() > untilMono ? null : (this.#inbox.shift() ?? null);
        });
    }
    /** When the last bit of the last order has left, or will have. */
    get sentMono() {
        return this.#freeMono - this.codec.gapMs;
    }
    /** It was asked and did not answer. */
    markMute() {
        this.#isMute = true;
    }
    /** It tells the end of what it plays and answers nothing else. */
    get isTaciturn() {
        return this.#isTaciturn;
    }
    markTaciturn() {
        this.#isTaciturn = true;
    }
    /** The link may be deaf: opens a new one, if there is one. */
    renew() {
        this.#keeper.refresh();
    }
    #linkUp(signal) {
        const untilMono = this.clock.mono() + openWaitMs;
        return this.#when(untilMono, signal, () => {
            if (this.#down !== null)
                throw this.#down;
            return this.#keeper.link;
        }).then((link) => {
            if (link === null)
                throw new DriverError('LINK-004', this.where, `not open after ${openWaitMs} ms`);
            return link;
        });
    }
    async #write(link, order, signal) {
        this.#freeMono = this.clock.mono() + order.length * this.#charMs + this.codec.gapMs;
        const error = await unlessAborted(signal, (resolve) => {
            link.write(order).then(() => resolve(null), (failure) => resolve(this.#writeError(failure)));
            return this.clock.after(writeMaxMs, () => resolve(this.#writeError(`not taken in ${writeMaxMs} ms`)));
        });
        if (error === null)
            return;
        if (this.#keeper.link === link)
            this.#keeper.fail(error);
        throw error;
    }
    #writeError(failure) {
        if (failure instanceof DriverError)
            return failure;
        return new DriverError('LINK-006', this.where, quoteOutside(String(failure)), failure);
    }
    /** What `look` finds, as soon as it finds something; null at `untilMono`. */
    #when(untilMono, signal, look) {
        return unlessAborted(signal, (resolve, reject) => {
            const watcher = () => {
                try {
                    const found = look();
                    if (found !== null)
                        resolve(found);
                }
                catch (error) {
                    reject(error);
                }
            };
            this.#watchers.add(watcher);
            const cancel = this.clock.after(untilMono - this.clock.mono(), () => resolve(null));
            watcher();
            return () => {
                cancel();
                this.#watchers.delete(watcher);
            };
        });
    }
    #goUp() {
        this.#down = null;
        this.#upMono = this.clock.mono();
        this.#isHeard = false;
        this.#starts++;
        this.#freeMono = Number.NEGATIVE_INFINITY;
        this.#inbox = [];
        this.#reader.reset();
        this.#greet();
        this.#wakeAll();
    }
    #goDown(error) {
        this.#endGreeting();
        this.#down = error;
        this.#wakeAll();
    }
    #hear(bytes) {
        const replies = this.#reader.push(bytes);
        if (replies.length === 0)
            return;
        this.#isHeard = true;
        this.#heardMono = this.clock.mono();
        this.#isMute = false;
        if (replies.some(({ kind }) => kind === 'ready'))
            this.#starts++;
        this.#endGreeting();
        this.#inbox = [...this.#inbox, ...replies].slice(-inboxMax);
        this.#wakeAll();
    }
    #greet() {
        const { link } = this.#keeper;
        if (link === null || !this.mayBeStarting)
            return;
        this.#freeMono = this.clock.mono() + this.codec.askState.length * this.#charMs + this.codec.gapMs;
        // What the link says of it, `onDown` says too.
        link.write(this.codec.askState).catch(() => undefined);
        this.#greeting = this.clock.after(greetEveryMs, () => this.#greet());
    }
    #endGreeting() {
        this.#greeting?.();
        this.#greeting = null;
    }
    #wakeAll() {
        for (const watcher of [...this.#watchers])
            watcher();
    }
}
