/** Numbers and texts in few bytes: LEB128, signed ones in zigzag. All numbers are whole and below 2^53. */
const chunkBytes = 1_024;
/** Seven bits each. */
const numberMaxBytes = 8;
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** What a decoder that is not strict makes of bytes that are no text. */
const replacement = '\uFFFD';
export class ByteWriter {
    #bytes = Buffer.alloc(chunkBytes);
    #length = 0;
    byte(value) {
        this.#room(1);
        this.#bytes[this.#length++] = value;
    }
    unsigned(value) {
        let rest = value;
        for (; rest >= 128; rest = Math.floor(rest / 128))
            this.byte((rest % 128) + 128);
        this.byte(rest);
    }
    signed(value) {
        this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
    }
    double(value) {
        this.#room(8);
        this.#length = this.#bytes.writeDoubleLE(value, this.#length);
    }
    text(text) {
        const length = Buffer.byteLength(text);
        this.unsigned(length);
        this.#room(length);
        this.#length += this.#bytes.write(text, this.#length);
    }
    bytes() {
        return this.#bytes.subarray(0, this.#length);
    }
    #room(more) {
        if (this.#length + more <= this.#bytes.length)
            return;
        const larger = Buffer.alloc(2 * this.#bytes.length + more);
        this.#bytes.copy(larger, 0, 0, this.#length);
        this.#bytes = larger;
    }
}
/** Throws RangeError where the bytes end early or say what can not be. */
export class ByteReader {
    textMaxBytes;
    #at = 0;
    #bytes;
    constructor(bytes, textMaxBytes) {
        this.textMaxBytes = textMaxBytes;
        this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    get isAtEnd() {
        return this.#at === this.#bytes.length;
    }
    byte() {
        const byte = this.#bytes[this.#at];
        if (byte === undefined)
            throw new RangeError('the bytes end early');
        this.#at += 1;
        return byte;
    }
    unsigned() {
        const first = this.#bytes[this.#at];
        if (first !== undefined && first < 128) {
            this.#at += 1;
            return first;
        }
        let value = 0;
        let factor = 1;
        for (let count = 0; count < numberMaxBytes; count++) {
            const byte = this.byte();
            value += (byte % 128) * factor;
            if (byte < 128) {
                if (!Number.isSafeInteger(value))
                    break;
                return value;
            }
            factor *= 128;
        }
        throw new RangeError('the number is too long');
    }
    signed() {
        const value = this.unsigned();
        return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
    double() {
        const value = this.#bytes.readDoubleLE(this.#at);
        this.#at += 8;
        return value;
    }
    text() {
        const length = this.unsigned();
        if (length > this.textMaxBytes || this.#at + length > this.#bytes.length)
            throw new RangeError('the text is too long');
        const end = this.#at + length;
        const text = this.#bytes.toString('utf8', this.#at, end);
        // Nearly every text is one, and the strict decoder takes ten times as long.
        if (text.includes(replacement))
            strictDecoder.decode(this.#bytes.subarray(this.#at, end));
        this.#at = end;
        return text;
    }
}
