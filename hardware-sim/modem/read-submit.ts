/** SMS-SUBMIT of 3GPP TS 23.040, 9.2.2.2: what a modem is given to send. */
import { readSeptets } from './gsm-alphabet.js';
import { readNumber } from './semi-octets.js';

export interface SubmitPdu {
  /** Null: that of the SIM. */
  readonly serviceCentre: string | null;
  readonly to: string;
  readonly text: string;
  /** Null: it has no end of validity, or an absolute one. */
  readonly validityMin: number | null;
  readonly wantsReport: boolean;
  readonly dataCoding: number;
  /** One of several; null: it is whole. */
  readonly part: { readonly reference: number; readonly number: number; readonly of: number } | null;
}

const minutesOfDay = 24 * 60;
/** Of user data. */
const userDataMax = 140;
const septetsMax = 160;

/** Null: no SUBMIT by the rules. `tpduBytes`: as AT+CMGS said it, without the service centre. */
export function readSubmit(hex: string, tpduBytes: number): SubmitPdu | null {
  if (!/^(?:[0-9A-Fa-f]{2})+$/.test(hex)) return null;
  const bytes = Uint8Array.from(Buffer.from(hex, 'hex'));
  const centreBytes = 1 + (bytes[0] ?? 0);
  if (bytes.length - centreBytes !== tpduBytes) return null;
  const serviceCentre = centreBytes === 1 ? null : centreOf(bytes.subarray(0, centreBytes));
  const first = bytes[centreBytes];
  if (first === undefined || (first & 3) !== 1) return null;
  // The reference of the message is given by the modem.
  const to = readNumber(bytes, centreBytes + 2);
  if (to === null || to.number.replace('+', '') === '') return null;
  const dataCoding = bytes[to.end + 1];
  if (dataCoding === undefined) return null;
  const format = (first >> 3) & 3;
  const validityBytes = format === 0 ? 0 : format === 2 ? 1 : 7;
  const validity = bytes[to.end + 2];
  const at = to.end + 2 + validityBytes;
  const length = bytes[at];
  if (length === undefined) return null;
  const body = bodyOf(bytes.subarray(at + 1), length, dataCoding, (first & 0x40) !== 0);
  if (body === null) return null;
  return {
    ...{ serviceCentre, to: to.number, dataCoding, wantsReport: (first & 0x20) !== 0, ...body },
    validityMin: format === 2 && validity !== undefined ? relativeMin(validity) : null,
  };
}

function centreOf(bytes: Uint8Array): string {
  const digits = [...bytes.subarray(2)].map((byte) => `${byte & 15}${byte >> 4 === 15 ? '' : byte >> 4}`).join('');
  return `${bytes[1] === 0x91 ? '+' : ''}${digits}`;
}

function bodyOf(
  data: Uint8Array,
  length: number,
  dataCoding: number,
  hasHeader: boolean,
): Pick<SubmitPdu, 'text' | 'part'> | null {
  const isWide = (dataCoding & 0x0c) === 0x08;
  const isSeptets = (dataCoding & 0x0c) === 0;
  const octets = isSeptets ? Math.ceil((length * 7) / 8) : length;
  if (data.length !== octets || octets > userDataMax || length > septetsMax) return null;
  const headerBytes = hasHeader ? 1 + (data[0] ?? 0) : 0;
  if (headerBytes > octets) return null;
  const part = hasHeader ? partOf(data.subarray(1, headerBytes)) : null;
  if (isSeptets) return { part, text: readSeptets(data, length, Math.ceil((headerBytes * 8) / 7)) };
  const text = data.subarray(headerBytes);
  if (!isWide) return { part, text: Buffer.from(text).toString('latin1') };
  if (text.length % 2 !== 0) return null;
  return { part, text: Buffer.from(text).swap16().toString('utf16le') };
}

/** Concatenation with a reference of one octet (0) or two (8). */
function partOf(header: Uint8Array): SubmitPdu['part'] {
  for (let at = 0; at + 1 < header.length; at += 2 + (header[at + 1] ?? 0)) {
    const [id, , first = 0, second = 0, third = 0, fourth = 0] = header.subarray(at);
    if (id === 0) return { reference: first, of: second, number: third };
    if (id === 8) return { reference: (first << 8) | second, of: third, number: fourth };
  }
  return null;
}

/** 9.2.3.12.1. */
function relativeMin(value: number): number {
  if (value <= 143) return (value + 1) * 5;
  if (value <= 167) return 12 * 60 + (value - 143) * 30;
  if (value <= 196) return (value - 166) * minutesOfDay;
  return (value - 192) * 7 * minutesOfDay;
}
