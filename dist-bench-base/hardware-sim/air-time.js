/**
 * One stretch of bytes on their way from units (or noise) to the master, a byte per character time. Whoever begins while
 * somebody else is still talking spoils every character that both of them speak.
 */
export class AirTime {
    startMono;
    charMs;
    #bytes;
    #taken = 0;
    #isSpoilt = false;
    constructor(startMono, charMs, bytes) {
        this.startMono = startMono;
        this.charMs = charMs;
        this.#bytes = [...bytes];
    }
    get endMono() {
        return this.startMono + this.#bytes.length * this.charMs;
    }
    /** Somebody else talked at the same time. */
    get isSpoilt() {
        return this.#isSpoilt;
    }
    get isDone() {
        return this.#taken >= this.#bytes.length;
    }
    /** When the next `count` characters (or what is left) are through. */
    dueMono(count) {
        return this.startMono + Math.min(this.#taken + count, this.#bytes.length) * this.charMs;
    }
    /** The next `count` characters, for the master. */
    take(count) {
        const chunk = Uint8Array.from(this.#bytes.slice(this.#taken, this.#taken + count));
        this.#taken += chunk.length;
        return chunk;
    }
    /** A second talker from `atMono` on. Characters can not come closer together for it. */
    talkOver(bytes, atMono) {
        this.#isSpoilt = true;
        const first = this.#charAt(atMono);
        bytes.forEach((byte, i) => {
            const own = this.#bytes[first + i];
            this.#bytes[first + i] = own === undefined ? byte : garble(own, byte);
        });
    }
    /** The master itself talks from `fromMono` to `toMono`: what it hears in that time is wrong. */
    spoil(fromMono, toMono) {
        this.#isSpoilt = true;
        const last = Math.ceil((toMono - this.startMono) / this.charMs);
        for (let at = this.#charAt(fromMono); at < Math.min(last, this.#bytes.length); at++) {
            this.#bytes[at] = garble(this.#bytes[at] ?? 0, 0xff);
        }
    }
    #charAt(mono) {
        return Math.max(0, Math.floor((mono - this.startMono) / this.charMs));
    }
}
/** Two drivers on one pair: never what the first one sent. */
function garble(own, other) {
    const mixed = (own & other) ^ 0xa5;
    return mixed === own ? mixed ^ 0x10 : mixed;
}
