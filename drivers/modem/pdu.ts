/**
 * Short messages as PDUs of 3GPP TS 23.040: SUBMIT as it is sent, DELIVER and STATUS-REPORT as they are read. Pure. What is read comes from
 * anybody with a telephone: whatever it is, the answer is a message or null.
 */
import type { DeliveryOutcome } from './modem-contract.js';
import {
  addressBytes,
  bytesOfHex,
  centreBytes,
  hexOf,
  isPlainAscii,
  packedSeptets,
  readAddress,
  readTime,
  septets,
  timeLength,
  ucs2Bytes,
  ucs2Text,
} from './pdu-fields.js';

/** UTF-16 units of one message, and of each part of a longer one (6 of 140 octets say how they belong together). */
export const wholeUnits = 70;
export const partUnits = 67;
const wholeSeptets = 160;
/** The header counts its parts in one octet; more than this is no alarm but a letter. */
export const partsMax = 10;
/** Service centre, address and 140 octets of text, with room for what nobody knows. */
const pduMaxBytes = 300;

const submitType = 0x01;
const relativeValidity = 0x10;
const reportRequest = 0x20;
const hasHeader = 0x40;
const ucs2 = 0x08;
const typeMask = 0x03;
const statusReportType = 0x02;

export interface SubmitOptions {
  /** With + and country code, or as dialled. */
  readonly number: string;
  readonly text: string;
  /** The network drops what it could not deliver by then; null: it decides itself. */
  readonly validityMin: number | null;
  readonly wantsReport: boolean;
  /** 0 to 255, the same for all parts of a message. */
  readonly reference: number;
  /** Null: the service centre of the SIM. */
  readonly centre?: string | null;
}

export interface SubmitPdu {
  readonly hex: string;
  /** What AT+CMGS is told: octets without the service centre. */
  readonly length: number;
}

/** One PDU for each part. Throws RangeError when the text is longer than `partsMax` parts. */
export function submitPdus(options: SubmitOptions): readonly SubmitPdu[] {
  const { text, reference } = options;
  if (isPlainAscii(text) && text.length <= wholeSeptets) {
    return [submit(options, { header: [], coding: 0, length: text.length, body: packedSeptets(text) })];
  }
  const parts = textParts(text);
  if (parts.length > partsMax) throw new RangeError(`${text.length} characters need more than ${partsMax} messages`);
  return parts.map((part, index) => {
    const header = parts.length === 1 ? [] : [5, 0, 3, reference, parts.length, index + 1];
    const body = ucs2Bytes(part);
    return submit(options, { header, coding: ucs2, length: header.length + body.length, body });
  });
}

/** How a text is cut: never through a surrogate pair. */
export function textParts(text: string): readonly string[] {
  if (text.length <= wholeUnits) return [text];
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = Math.min(text.length, at + partUnits);
    const isCutting = end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '');
    parts.push(text.slice(at, isCutting ? end - 1 : end));
    at += isCutting ? partUnits - 1 : partUnits;
  }
  return parts;
}

interface UserText {
  readonly header: readonly number[];
  readonly coding: number;
  /** In octets; of seven-bit texts in characters. */
  readonly length: number;
  readonly body: Uint8Array;
}

function submit(
  { number, validityMin, wantsReport, centre = null }: SubmitOptions,
  { header, coding, length, body }: UserText,
): SubmitPdu {
  const first =
    submitType |
    (validityMin === null ? 0 : relativeValidity) |
    (wantsReport ? reportRequest : 0) |
    (header.length > 0 ? hasHeader : 0);
  const validity = validityMin === null ? [] : [relativeValidityOf(validityMin)];
  const unit = [first, 0, ...addressBytes(number), 0, coding, ...validity, length, ...header, ...body];
  return { hex: hexOf(Uint8Array.from([...centreBytes(centre), ...unit])), length: unit.length };
}

const hourMin = 60;
const dayMin = 24 * hourMin;
const weekMin = 7 * dayMin;

/** TS 23.040 9.2.3.12.1; rounded down to the next step there is. */
export function relativeValidityOf(minutes: number): number {
  if (minutes <= 12 * hourMin) return Math.max(0, Math.floor(minutes / 5) - 1);
  if (minutes <= dayMin) return 143 + Math.floor((minutes - 12 * hourMin) / 30);
  if (minutes <= 30 * dayMin) return 166 + Math.floor(minutes / dayMin);
  return Math.min(255, 192 + Math.floor(minutes / weekMin));
}

export type ReadPdu =
  | {
      readonly kind: 'deliver';
      /** As the network tells it; anybody can forge it. */
      readonly from: string;
      readonly text: string;
      readonly sentWall: number | null;
      /** Of a longer message; null: it is whole. */
      readonly part: { readonly reference: number; readonly total: number; readonly index: number } | null;
    }
  | {
      readonly kind: 'status-report';
      readonly reference: number;
      readonly to: string;
      readonly outcome: DeliveryOutcome;
      /** TP-Status as it came. */
      readonly status: number;
    };

/** Null: it is neither a DELIVER nor a STATUS-REPORT, or broken. */
export function readPdu(hex: string): ReadPdu | null {
  const bytes = bytesOfHex(hex.trim(), pduMaxBytes);
  const centre = bytes?.[0];
  if (bytes === null || centre === undefined) return null;
  const unit = bytes.subarray(1 + centre);
  const first = unit[0];
  if (first === undefined) return null;
  switch (first & typeMask) {
    case 0:
      return readDeliver(unit, (first & hasHeader) !== 0);
    case statusReportType:
      return readStatusReport(unit);
    default:
      return null;
  }
}

function readStatusReport(unit: Uint8Array): ReadPdu | null {
  const reference = unit[1];
  const to = readAddress(unit, 2);
  if (reference === undefined || to === null) return null;
  const status = unit[2 + to.length + 2 * timeLength];
  if (status === undefined) return null;
  return { kind: 'status-report', reference, to: to.number, outcome: outcomeOf(status), status };
}

/** TS 23.040 9.2.3.15. */
function outcomeOf(status: number): DeliveryOutcome {
  if (status < 0x20) return 'delivered';
  return status < 0x40 ? 'trying' : 'failed';
}

function readDeliver(unit: Uint8Array, isHeaded: boolean): ReadPdu | null {
  const from = readAddress(unit, 1);
  if (from === null) return null;
  const at = 1 + from.length;
  const coding = unit[at + 1];
  const length = unit[at + 2 + timeLength];
  if (coding === undefined || length === undefined) return null;
  const body = unit.subarray(at + 3 + timeLength);
  const header = isHeaded ? 1 + (body[0] ?? 0) : 0;
  if (header > body.length) return null;
  return {
    kind: 'deliver',
    from: from.number,
    text: textOf(body, alphabetOf(coding), length, header),
    sentWall: readTime(unit, at + 2),
    part: partOf(body.subarray(1, header)),
  };
}

type Alphabet = 'gsm7' | 'octets' | 'ucs2';

/** TS 23.038 4. */
function alphabetOf(coding: number): Alphabet {
  const group = coding >> 4;
  if (group < 8) return (['gsm7', 'octets', 'ucs2', 'gsm7'] as const)[(coding >> 2) & 3] ?? 'gsm7';
  if (group === 0xe) return 'ucs2';
  return group === 0xf && (coding & 4) !== 0 ? 'octets' : 'gsm7';
}

/** Octets have no text. */
function textOf(body: Uint8Array, alphabet: Alphabet, length: number, header: number): string {
  switch (alphabet) {
    case 'gsm7': {
      const skipped = Math.ceil((header * 8) / 7);
      return septets(body, Math.max(0, length - skipped), skipped * 7);
    }
    case 'ucs2':
      return ucs2Text(body.subarray(header, length));
    case 'octets':
      return '';
  }
}

/** The elements of a header are told apart by their first octet; 0: parts, counted in one octet. */
function partOf(header: Uint8Array): { reference: number; total: number; index: number } | null {
  for (let at = 0; at + 1 < header.length; at += 2 + (header[at + 1] ?? 0)) {
    const [reference, total, index] = header.subarray(at + 2, at + 5);
    if (header[at] !== 0 || header[at + 1] !== 3) continue;
    if (reference === undefined || total === undefined || index === undefined) return null;
    return { reference, total, index };
  }
  return null;
}
