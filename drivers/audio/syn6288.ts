/**
 * SYN6288, a chip that speaks Chinese (data sheet of 2016): FD, length high and low, order, parameter, text, XOR of all bytes
 * before. The length counts from the order to the XOR. A pause of more than 8 ms inside a frame ends it, so each is one write.
 */
import type { TtsCodec } from './chip-codec.js';
import { speechChip } from './speech-chip.js';

export const syn6288: TtsCodec = speechChip({ name: 'SYN6288', volumeMax: 16, sumBytes: 1 });
