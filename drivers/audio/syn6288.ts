/**
 * SYN6288, a chip that speaks Chinese (data sheet of 2016): FD, length high and low, order, parameter, text, XOR of all bytes
 * before. The length counts from the order to the XOR. A pause of more than 8 ms inside a frame ends it, so each is one write.
 */
import { ByteReplies } from './byte-replies.js';
import { levelOf, type TtsCodec } from './chip-codec.js';

const head = 0xfd;
const speakOrder = 0x01;
const stopOrder = 0x02;
const stateOrder = 0x21;
/** GBK in the low three bits; no music in the high five. */
const gbkWithoutMusic = 0x01;
/** Longer texts are refused. */
const textMaxBytes = 200;
const volumeMax = 16;

export const syn6288: TtsCodec = {
  name: 'SYN6288',
  // More than 8 ms must lie between two frames; the rest is for the system's own delays.
  gapMs: 12,
  answerMs: 500,
  bootMs: 3000,
  stop: frame([stopOrder]),
  askState: frame([stateOrder]),
  answersOrders: true,
  isProvenByState: false,
  newReader: () => new ByteReplies(),
  textMaxBytes,
  speak: (gbk) => {
    if (gbk.length === 0 || gbk.length > textMaxBytes) throw new RangeError(`SYN6288: text of ${gbk.length} bytes`);
    return frame([speakOrder, gbkWithoutMusic, ...gbk]);
  },
  // Tags of volume must travel in a frame of their own and act from the next one on.
  volume: (percent) => frame([speakOrder, gbkWithoutMusic, ...ascii(`[v${levelOf(percent, volumeMax)}]`)]),
};

function frame(body: readonly number[]): Uint8Array {
  const length = body.length + 1;
  const bytes = [head, length >> 8, length & 0xff, ...body];
  return Uint8Array.from([...bytes, bytes.reduce((xor, byte) => xor ^ byte, 0)]);
}

function ascii(text: string): readonly number[] {
  return [...text].map((char) => char.charCodeAt(0));
}
