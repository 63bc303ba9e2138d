/**
 * XFS5152CE, a chip that speaks Chinese: FD, length high and low, order, encoding, text; no check sum. The length counts from
 * the order on. Only GBK is used: in which order it wants the bytes of Unicode no paper says, nor how long a text it takes; it is
 * given no longer ones than the SYN6288, whose habits it has.
 */
import type { TtsCodec } from './chip-codec.js';
import { speechChip } from './speech-chip.js';

export const xfs5152: TtsCodec = speechChip({ name: 'XFS5152CE', volumeMax: 10, sumBytes: 0 });
