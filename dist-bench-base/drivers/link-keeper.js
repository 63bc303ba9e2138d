/**
 * Keeps one byte link open: opens it, opens a new one whenever it went down, with growing pauses, until it is stopped.
 * Every life is a link object of its own; what an old life still says is not heard.
 *
 *   closed ──open──▶ up ──down, fail──▶ waiting ──▶ open …          up ──refresh──▶ open at once, nobody is told
 */
import { Backoff } from './backoff.js';
import { DriverError } from './driver-error.js';
const reopenFirstMs = 500;
const reopenCapMs = 10_000;
/** An open that takes longer has failed; the next try waits until the system has let go of it. */
const openMaxMs = 6_000;
/** While a link is replaced orders wait for it: not for long. */
const refreshMaxMs = 1_500;
export class LinkKeeper {
    options;
    #link = null;
    #life = 0;
    #isStopped = false;
    #isRefreshing = false;
    #wake = null;
    /** The link that is just being closed. */
    #closing = Promise.resolve();
    #pauses;
    constructor(options) {
        this.options = options;
        this.#pauses = new Backoff(reopenFirstMs, reopenCapMs, options.random);
    }
    /** Null while it is closed. */
    get link() {
        return this.#link;
    }
    /** A new life is being opened in place of one that was sound as far as anybody knew. */
    get isRefreshing() {
        return this.#isRefreshing;
    }
    start() {
        void this.#open();
    }
    /** Resolves when the link is closed, also one that was just being closed. One that is still being opened is closed when
     * it opens. */
    async stop() {
        this.#isStopped = true;
        this.#isRefreshing = false;
        this.#wake?.();
        await this.#end();
    }
    /** Ends this life for a reason that the owner has seen; tells `onDown` and tries again. */
    fail(error) {
        if (this.#isStopped)
            return;
        this.#end().catch(() => undefined);
        this.#isRefreshing = false;
        this.options.onDown(error);
        this.#wake?.();
        this.#wake = this.options.clock.after(this.#pauses.nextMs(), () => {
            this.#wake = null;
            this.start();
        });
    }
    /** Nobody knows when a hung open comes back; another one beside it would hold one more thread of the system. */
    #giveUp(opening, maxMs) {
        this.fail(new DriverError('LINK-004', this.options.where, `not open after ${maxMs} ms`));
        this.#wake?.();
        this.#wake = null;
        const again = () => {
            if (!this.#isStopped)
                this.start();
        };
        opening.then(again, again);
    }
    /** Replaces a link that is open but may be deaf. `onUp` follows, or `onDown` when it does not open again. */
    refresh() {
        if (this.#isStopped || this.#link === null)
            return;
        this.#isRefreshing = true;
        void this.#end().then(() => this.#open());
    }
    async #open() {
        if (this.#isStopped)
            return;
        const life = ++this.#life;
        const { where, open, clock } = this.options;
        const maxMs = this.#isRefreshing ? refreshMaxMs : openMaxMs;
        let link;
        let opening = null;
        const cancelMax = clock.after(maxMs, () => {
            if (opening !== null && life === this.#life)
                this.#giveUp(opening, maxMs);
        });
        try {
            opening = open({
                onBytes: (bytes, atMono) => {
                    if (life !== this.#life)
                        return;
                    // A device that says something is worth quick tries; one that only opens is not.
                    this.#pauses.reset();
                    this.options.onBytes(bytes, atMono);
                },
                onDown: (error) => {
                    if (life === this.#life)
                        this.fail(error);
                },
            });
            link = await opening;
            cancelMax();
        }
        catch (error) {
            cancelMax();
            const failure = error instanceof DriverError ? error : new DriverError('LINK-004', where, String(error).slice(0, 60), error);
            if (!this.#isStopped && life === this.#life)
                this.fail(failure);
            return;
        }
        if (this.#isStopped || life !== this.#life) {
            await link.close();
            return;
        }
        this.#link = link;
        this.#isRefreshing = false;
        this.options.onUp(link);
    }
    async #end() {
        const link = this.#link;
        this.#life++;
        this.#link = null;
        const before = this.#closing;
        this.#closing = Promise.all([before, link?.close()]).then(() => undefined);
        await this.#closing;
    }
}
