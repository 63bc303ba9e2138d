/** Ready-made ways to break the rules of Modbus TCP. The byte-level ones of mischief.ts (late, doubled, silent …) work too;
 * answers out of order come from two units of which one is `late`. */
import type { Mischief } from './sim-unit.js';

const transactionAt = 0;
const protocolAt = 2;
const lengthAt = 4;
const unitAt = 6;

/** The answer to another request, by its number. */
export function wrongTransaction(distance = 1): Mischief {
  return changedWord(transactionAt, (word) => word + distance);
}

/** Something that is no Modbus. */
export function wrongProtocol(protocol = 1): Mischief {
  return changedWord(protocolAt, () => protocol);
}

/** Says that more (or fewer) bytes follow than do. */
export function lyingLength(by: number): Mischief {
  return changedWord(lengthAt, (word) => word + by);
}

/** In the name of another unit. */
export function wrongUnit(address: number): Mischief {
  return ({ reply }) => [{ afterMs: 0, bytes: reply.map((byte, i) => (i === unitAt ? address : byte)) }];
}

function changedWord(at: number, change: (word: number) => number): Mischief {
  return ({ reply }) => {
    const bytes = reply.slice();
    const words = new DataView(bytes.buffer);
    words.setUint16(at, change(words.getUint16(at)) & 0xffff);
    return [{ afterMs: 0, bytes }];
  };
}
