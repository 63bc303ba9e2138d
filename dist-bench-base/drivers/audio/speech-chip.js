/**
 * What SYN6288 and XFS5152CE have in common: FD, the length high and low, then order, encoding and text. They differ in their check
 * sum and in how loud they can be.
 */
import { ByteReplies } from './byte-replies.js';
import { levelOf } from './chip-codec.js';
const head = 0xfd;
const speakOrder = 0x01;
const stopOrder = 0x02;
const stateOrder = 0x21;
/** GBK in the low three bits; no music in the high five (SYN6288 only). */
const gbkEncoding = 0x01;
/** Longer texts are refused. */
const textMaxBytes = 200;
export function speechChip({ name, volumeMax, sumBytes }) {
    const frame = (...body) => {
        const length = body.length + sumBytes;
        const bytes = [head, length >> 8, length & 0xff, ...body];
        return Uint8Array.from(sumBytes === 0 ? bytes : [...bytes, bytes.reduce((xor, byte) => xor ^ byte, 0)]);
    };
    return {
        name,
        // More than 8 ms must lie between two frames; the rest is for the system's own delays.
        gapMs: 12,
        answerMs: 500,
        bootMs: 3000,
        stop: frame(stopOrder),
        askState: frame(stateOrder),
        answersOrders: true,
        isProvenByState: false,
        newReader: () => new ByteReplies(),
        textMaxBytes,
        speak: (gbk) => {
            if (gbk.length === 0 || gbk.length > textMaxBytes)
                throw new RangeError(`${name}: text of ${gbk.length} bytes`);
            return frame(speakOrder, gbkEncoding, ...gbk);
        },
        // Tags of volume must travel in a frame of their own and act from the next one on.
        volume: (percent) => frame(speakOrder, gbkEncoding, ...Buffer.from(`[v${levelOf(percent, volumeMax)}]`, 'ascii')),
    };
}
