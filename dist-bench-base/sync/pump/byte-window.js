/** Never more than this of other lanes on its way. */
const limitMaxBytes = 64 * 1024;
/** On a link of 8 kbit/s this is 4 s: a fire behind it is still at the centre within its 10 s. */
const limitMinBytes = 4 * 1024;
const quickMs = 1_000;
const slowMs = 4_000;
/**
 * How many bytes that are not of the fire lane may be unconfirmed. They lie in buffers that nothing can overtake, so the
 * limit follows the link: it doubles while confirmations come within 1 s and halves when one took more than 4 s.
 */
export class ByteWindow {
    #limitBytes = limitMinBytes;
    #usedBytes = 0;
    /** One message always fits when nothing else is on its way. */
    fits(bytes) {
        return this.#usedBytes === 0 || this.#usedBytes + bytes <= this.#limitBytes;
    }
    take(bytes) {
        this.#usedBytes += bytes;
    }
    giveBack(bytes) {
        this.#usedBytes -= bytes;
    }
    /** A confirmation came after `tookMs`. */
    learn(tookMs) {
        if (tookMs <= quickMs)
            this.#limitBytes = Math.min(limitMaxBytes, this.#limitBytes * 2);
        else if (tookMs > slowMs)
            this.#limitBytes = Math.max(limitMinBytes, Math.floor(this.#limitBytes / 2));
    }
    /** A new connection may be a slower one. */
    restart() {
        this.#limitBytes = limitMinBytes;
    }
}
