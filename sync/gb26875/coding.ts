/** What platforms write otherwise than GB/T 26875.3-2011, as far as bytes are concerned; the first of each is the standard. */
export interface GbCoding {
  readonly timeCoding: 'binary' | 'bcd';
  readonly serialOrder: 'little' | 'big';
}

/** `fuan`: beside the frames of the standard, the short ones of that maker's server are known. */
export interface GbFraming extends GbCoding {
  readonly heartbeat?: 'none' | 'empty' | 'sanjiang' | 'fuan';
}

/** Of the application data unit, bytes (Table 1). */
export const aduMaxBytes = 1024;
/** Start mark, serial, versions, time, two addresses, length, command. */
export const headBytes = 27;
/** Check sum and end mark. */
export const tailBytes = 3;
export const frameMaxBytes = headBytes + aduMaxBytes + tailBytes;
export const addressBytes = 6;

/** `@@` and `##`, each twice. */
export const startMark = 0x40;
export const endMark = 0x23;

/** 1 to 6 of Table 2, and the users' own from 128 on. */
export function isCommand(value: number): boolean {
  return Number.isInteger(value) && ((value >= 1 && value <= 6) || (value >= 128 && value <= 255));
}

/** The value, if it is a whole number in the range. Throws RangeError that says which one is not. */
export function within(value: number, min: number, max: number, what: string): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new RangeError(`${what}: a whole number from ${min} to ${max} expected, ${String(value).slice(0, 60)} given`);
}
