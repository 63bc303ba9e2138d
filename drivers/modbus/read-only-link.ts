/** A link that can only ask. Whoever looks for unknown units may not change anything in them, so it is held here, once, where the
 * bytes leave: nothing but one whole request of the functions 1 to 4. */
import type { ByteLink } from '../driver.js';

/** Unit, function, address, count, check sum. */
const rtuBytes = 8;
/** Transaction, protocol, length, unit, function, address, count. */
const mbapBytes = 12;
const lastReadFunction = 4;

/** Throws where somebody tries to send anything else: that is a mistake in this program, and it must not go on. */
export function readOnly(link: ByteLink, framing: 'rtu' | 'mbap'): ByteLink {
  return {
    get isOpen() {
      return link.isOpen;
    },
    write(bytes) {
      if (!isRead(bytes, framing)) throw new Error('a search may only read, and was about to send something else');
      return link.write(bytes);
    },
    close: () => link.close(),
  };
}

function isRead(bytes: Uint8Array, framing: 'rtu' | 'mbap'): boolean {
  const functionCode = bytes[framing === 'rtu' ? 1 : 7] ?? 0;
  const isWhole = bytes.length === (framing === 'rtu' ? rtuBytes : mbapBytes);
  return isWhole && functionCode >= 1 && functionCode <= lastReadFunction;
}
