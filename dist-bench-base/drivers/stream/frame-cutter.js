export const more = { kind: 'more' };
export const stray = { kind: 'stray' };
export class FrameCutter {
    shape;
    poll;
    counts = { frames: 0, strayBytes: 0, badSums: 0 };
    #buffer;
    #held = 0;
    #lastMono = Number.NEGATIVE_INFINITY;
    constructor(shape, poll = null) {
        this.shape = shape;
        this.poll = poll;
        this.#buffer = new Uint8Array(shape.maxBytes);
    }
    get heldBytes() {
        return this.#held;
    }
    push(bytes, atMono) {
        if (bytes.length === 0)
            return [];
        const { gapMs } = this.shape;
        if (gapMs !== null && atMono - this.#lastMono > gapMs)
            this.reset();
        this.#lastMono = atMono;
        const events = [];
        for (let at = 0; at < bytes.length;) {
            const part = bytes.subarray(at, at + this.#buffer.length - this.#held);
            this.#buffer.set(part, this.#held);
            this.#held += part.length;
            at += part.length;
            this.#cut(events);
        }
        return events;
    }
    reset() {
        this.counts.strayBytes += this.#held;
        this.#held = 0;
    }
    /** Leaves at most the beginning of one frame, so that there is always room for another byte. */
    #cut(events) {
        let start = 0;
        while (start < this.#held) {
            const seen = this.shape.look(this.#buffer.subarray(start, this.#held));
            if (seen.kind === 'more' && this.#held - start < this.#buffer.length)
                break;
            if (seen.kind === 'frame') {
                this.counts.frames++;
                if (seen.hasBadSum === true)
                    this.counts.badSums++;
                events.push(...seen.events);
                start += seen.length;
                continue;
            }
            if (seen.kind === 'bad-sum') {
                this.counts.badSums++;
                events.push(...seen.events);
            }
            this.counts.strayBytes++;
            start++;
        }
        this.#buffer.copyWithin(0, start, this.#held);
        this.#held -= start;
    }
}
