/**
 * XFS5152CE, a chip that speaks Chinese: FD, length high and low, order, encoding, text; no check sum. The length counts from
 * the order on. Only GBK is used: in which order it wants the bytes of Unicode no paper says.
 */
import { ByteReplies } from './byte-replies.js';
import { levelOf, type TtsCodec } from './chip-codec.js';

const head = 0xfd;
const speakOrder = 0x01;
const stopOrder = 0x02;
const stateOrder = 0x21;
const gbk = 0x01;
/** As with the SYN6288, whose habits it has; no paper at hand says what it really takes. */
const textMaxBytes = 200;
const volumeMax = 10;

export const xfs5152: TtsCodec = {
  name: 'XFS5152CE',
  gapMs: 12,
  answerMs: 500,
  bootMs: 3000,
  stop: frame([stopOrder]),
  askState: frame([stateOrder]),
  answersOrders: true,
  isProvenByState: false,
  newReader: () => new ByteReplies(),
  textMaxBytes,
  speak: (text) => {
    if (text.length === 0 || text.length > textMaxBytes)
      throw new RangeError(`XFS5152CE: text of ${text.length} bytes`);
    return frame([speakOrder, gbk, ...text]);
  },
  volume: (percent) => {
    const tag = `[v${levelOf(percent, volumeMax)}]`;
    return frame([speakOrder, gbk, ...[...tag].map((char) => char.charCodeAt(0))]);
  },
};

function frame(body: readonly number[]): Uint8Array {
  return Uint8Array.from([head, body.length >> 8, body.length & 0xff, ...body]);
}
