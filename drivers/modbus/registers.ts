import type { BadReason } from '../../config/reading.js';
import type { RegisterSource } from '../../config/site.js';

export type Decoded =
  | { readonly value: number | string; readonly reason: null }
  | { readonly value: null; readonly reason: BadReason };

/** Three times 0.1 is 0.3 and inside a range that ends there; a register has fewer digits than this. */
const significantDigits = 12;

/** One raw register (0 to 65535) or bit (0 or 1) as the profile says. What it does not name is bad, never normal. */
export function decodeRaw(raw: number, source: RegisterSource): Decoded {
  if (source.invalid.includes(raw)) return { value: null, reason: 'sentinel' };
  const signed = source.type === 's16' && raw >= 0x8000 ? raw - 0x10000 : raw;
  if (source.states !== null) {
    const state = source.states.get(signed);
    return state === undefined ? { value: null, reason: 'unknown-state' } : { value: state, reason: null };
  }
  const value = Number((signed * source.scale + source.offset).toPrecision(significantDigits));
  if (source.validRange !== null && (value < source.validRange[0] || value > source.validRange[1])) {
    return { value: null, reason: 'out-of-range' };
  }
  return { value, reason: null };
}
