import { Transform } from 'node:stream';
const pubackType = 4;
/** Fixed header of the longest packet we look at: type and four bytes of length. */
const headerMaxBytes = 5;
/**
 * What the broker sends, on its way to one client. While closed, PUBACKs wait here and everything else passes; once open
 * they follow, late. Cuts the stream into MQTT control packets (MQTT 3.1.1 §2.2).
 */
export class AckGate extends Transform {
    #rest = Buffer.alloc(0);
    #held = [];
    #isClosed;
    constructor(isClosed) {
        super();
        this.#isClosed = isClosed;
    }
    setClosed(isClosed) {
        this.#isClosed = isClosed;
        if (isClosed)
            return;
        for (const ack of this.#held.splice(0))
            this.push(ack);
    }
    _transform(chunk, _encoding, done) {
        this.#rest = Buffer.concat([this.#rest, chunk]);
        for (let length = packetLength(this.#rest); length <= this.#rest.length; length = packetLength(this.#rest)) {
            const packet = this.#rest.subarray(0, length);
            this.#rest = this.#rest.subarray(length);
            const isAck = (packet[0] ?? 0) >>> 4 === pubackType;
            if (isAck && this.#isClosed)
                this.#held.push(packet);
            else
                this.push(packet);
        }
        done();
    }
}
/** Bytes of the packet at the start, or Infinity while its header is not whole. */
function packetLength(bytes) {
    let length = 0;
    for (let at = 1; at < headerMaxBytes; at++) {
        const digit = bytes[at];
        if (digit === undefined)
            return Number.POSITIVE_INFINITY;
        length += (digit & 0x7f) * 128 ** (at - 1);
        if (digit < 0x80)
            return at + 1 + length;
    }
    return bytes.length;
}
