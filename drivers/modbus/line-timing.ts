/** Times of a line, pure: the line keeps them, the line budget counts with them. All in ms. */
import type { LineConfig, SerialFormat, Table } from '../../config/site.js';

/** Time of one character on the wire; 0 where there is no wire (a unit on the network itself). */
export function charMs(format: SerialFormat | null): number {
  if (format === null) return 0;
  return (bitsPerChar(format) * 1000) / format.baud;
}

function bitsPerChar({ dataBits, parity, stopBits }: SerialFormat): number {
  return 1 + dataBits + (parity === 'none' ? 0 : 1) + stopBits;
}

/** A character of the guide has 11 bits, whatever the line's format; units that count so drop a request that comes after
 * 3.5 shorter ones (Modbus over Serial Line V1.02, 2.2 and 2.5.1.1; decision 0011). */
const guideBitsPerChar = 11;
const silenceChars = 3.5;
const fixedSilenceMs = 1.75;
const fixedAboveBaud = 19_200;

/** Silence that must stand before a request: 3.5 characters, and 1.75 ms above 19200 baud. Transparent serial servers pass
 * bytes on at once, so it is kept here for them too; a Modbus TCP gateway keeps its own. */
export function silenceMs(line: LineConfig): number {
  return line.transport === 'tcp' ? 0 : guideSilenceMs(line.format);
}

/** The same of a pair alone; 0 where its speed is not known. */
export function guideSilenceMs(format: SerialFormat | null): number {
  if (format === null) return 0;
  const { baud } = format;
  return baud > fixedAboveBaud ? fixedSilenceMs : (silenceChars * guideBitsPerChar * 1000) / baud;
}

/** A late answer is still expected for this many times (time-out + quarantine) after its request left. */
const lateFactor = 2;
const lateMinMs = 500;

/** How long after its request a late answer may come. */
export function lateMs({ timeoutMs, quarantineMs }: Pick<LineConfig, 'timeoutMs' | 'quarantineMs'>): number {
  return Math.max(lateMinMs, lateFactor * (timeoutMs + quarantineMs));
}

/** Modbus TCP in front of a pair: the gateway keeps waiting for a silent unit long after us (1 s is usual), and all others behind it. */
export function isBeforePair({ transport, format }: LineConfig): boolean {
  return transport === 'tcp' && format !== null;
}

/** A line that has not been silent for so long is talked over: a siren's order may be heard all the same. */
export const noiseMaxMs = 2000;

/** As many bytes as the answer has are there, they are not it, and for so long nothing follows: it came garbled. */
export const garbledQuietMs = { serial: 20, rtu_over_tcp: 100, tcp: 100 } as const;

/** Bytes of a request that reads, or writes one value, as an RTU frame. */
export const requestBytes = 8;

/** Bytes of the answer to a read, as an RTU frame. */
export function replyBytes(table: Table, count: number): number {
  return 5 + (table === 'coil' || table === 'discrete' ? Math.ceil(count / 8) : 2 * count);
}

/** A write is answered by its own first six bytes and the check sum. */
export const writeReplyBytes = 8;
