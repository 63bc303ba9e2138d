/** What the network hands to a modem: SMS-DELIVER and SMS-STATUS-REPORT of 3GPP TS 23.040, in hexadecimal. */
import { writeNumber, writeStamp } from './semi-octets.js';

export interface WrittenPdu {
  readonly hex: string;
  /** Octets without the service centre, as +CMT and +CMGR tell them. */
  readonly tpduBytes: number;
}

export interface LocalStamp {
  /** `26-11-30 18:20:01`. */
  readonly text: string;
  readonly zoneMin: number;
}

const delivered = 0x00;
const ucs2 = 0x08;
/** UTF-16 units that one message has room for. */
const unitsMax = 70;

/** UCS-2; what is longer than one message is cut off. */
export function writeDeliver(from: string, text: string, at: LocalStamp): WrittenPdu {
  const data = [...Buffer.from(text.slice(0, unitsMax), 'utf16le').swap16()];
  return written([0x04, ...writeNumber(from), 0, ucs2, ...writeStamp(at.text, at.zoneMin), data.length, ...data]);
}

/** `status`: 0 delivered; 32 to 63: still tried; from 64 on: given up (9.2.3.15). */
export function writeReport(
  reference: number,
  to: string,
  sent: LocalStamp,
  done: LocalStamp,
  status = delivered,
): WrittenPdu {
  const [sentBytes, doneBytes] = [sent, done].map(({ text, zoneMin }) => writeStamp(text, zoneMin));
  return written([0x06, reference, ...writeNumber(to), ...(sentBytes ?? []), ...(doneBytes ?? []), status]);
}

function written(tpdu: readonly number[]): WrittenPdu {
  return { hex: `00${Buffer.from(tpdu).toString('hex').toUpperCase()}`, tpduBytes: tpdu.length };
}
