/** Frame → bytes (6.1 and Table 1 of GB/T 26875.3-2011). */
import {
  addressBytes,
  aduMaxBytes,
  endMark,
  type GbCoding,
  headBytes,
  isCommand,
  startMark,
  tailBytes,
  within,
} from './coding.js';
import { type GbFrame, gbCommands } from './frame-types.js';
import { writeTime } from './time-tag.js';

/** Who needs no data unit: a confirmation, a denial, and a sign of life, which travels as sent data. */
const mayBeEmpty: ReadonlySet<number> = new Set([gbCommands.send, gbCommands.confirm, gbCommands.deny]);

/** 30 to 1054 bytes. Throws RangeError for whatever must not be sent. */
export function encodeFrame(frame: GbFrame, { timeCoding, serialOrder }: GbCoding): Uint8Array {
  const { adu, command } = frame;
  const serial = within(frame.serial, 0, 0xffff, 'serial');
  if (!isCommand(command)) throw new RangeError(`command: 1 to 6 or 128 to 255 expected, ${String(command)} given`);
  within(adu.length, command < 128 && !mayBeEmpty.has(command) ? 2 : 0, aduMaxBytes, 'bytes of the data unit');
  const bytes = new Uint8Array(headBytes + adu.length + tailBytes);
  const [high, low] = [serial >> 8, serial & 0xff];
  bytes.set([startMark, startMark, ...(serialOrder === 'little' ? [low, high] : [high, low])]);
  bytes.set(bytesOf([...frame.version], 'version', 2), 4);
  writeTime(bytes, 6, frame.time, timeCoding);
  bytes.set(bytesOf(frame.source, 'source address', addressBytes), 12);
  bytes.set(bytesOf(frame.destination, 'destination address', addressBytes), 18);
  bytes.set([adu.length & 0xff, adu.length >> 8, command], 24);
  bytes.set(adu, headBytes);
  let sum = 0;
  for (let i = 2; i < headBytes + adu.length; i++) sum += bytes[i] ?? 0;
  bytes.set([sum & 0xff, endMark, endMark], headBytes + adu.length);
  return bytes;
}

function bytesOf(bytes: readonly number[], what: string, length: number): readonly number[] {
  within(bytes.length, length, length, `bytes of ${what}`);
  return bytes.map((byte) => within(byte, 0, 255, what));
}
