/** GB/T 26875.3-2011 as bytes: frames and data units, both ways. Pure: no input, no output, no clock, no other module. */
export type { GbCoding, GbFraming } from './coding.js';
export { aduMaxBytes, frameMaxBytes } from './coding.js';
export type { GbDecoded } from './decode-adu.js';
export { decodeAdu } from './decode-adu.js';
export { encodeAdu } from './encode-adu.js';
export { encodeFrame } from './encode-frame.js';
export type { GbAdu, GbComponent, GbFrame, GbSystem, GbTime } from './frame-types.js';
export { gbCommands } from './frame-types.js';
export type { GbFault, GbFramed, GbHead } from './framer.js';
export { GbFramer } from './framer.js';
export { decodeGb18030, encodeGb18030, prepareGb18030 } from './gb18030.js';
export type { GbOwn } from './replies.js';
export { answerOf, confirmOf, denyOf } from './replies.js';
export { encodeShort, shortCodes } from './short-frames.js';
export { gbTimeOf, wallOfGbTime } from './time-tag.js';
