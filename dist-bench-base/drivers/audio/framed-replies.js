/** Cuts replies out of a stream: where none begins one byte goes, so that neither noise nor a lying length costs more than itself. */
export class FramedReplies {
    maxBytes;
    look;
    #held = [];
    /** `look` never asks for more when it is given `maxBytes`. */
    constructor(maxBytes, look) {
        this.maxBytes = maxBytes;
        this.look = look;
    }
    push(bytes) {
        const found = [];
        for (const byte of bytes) {
            this.#held.push(byte);
            this.#cut(found);
        }
        return found;
    }
    reset() {
        this.#held = [];
    }
    #cut(found) {
        while (this.#held.length > 0) {
            const seen = this.look(Uint8Array.from(this.#held));
            if (seen === 'more' && this.#held.length < this.maxBytes)
                return;
            if (typeof seen === 'object') {
                found.push(seen.reply);
                this.#held.splice(0, seen.length);
            }
            else
                this.#held.shift();
        }
    }
}
