/**
 * Modbus TCP, the unit's side: header of transaction, protocol 0, length and unit, then the request or answer of unit-pdu.ts
 * (Modbus Messaging on TCP/IP Implementation Guide V1.0b §3.1.3). Words high byte first.
 */
import { wordAt, wordBytes } from './unit-pdu.js';
const headBytes = 7;
/** Unit and PDU; a PDU has at most 253 bytes. */
const lengthRange = { min: 2, max: 254 };
const lengthAt = 4;
/** Header up to and with the length itself. */
const beforeCountedBytes = 6;
export function mbapFrame({ transaction, unit, pdu }) {
    return Uint8Array.from([...wordBytes(transaction), 0, 0, ...wordBytes(pdu.length + 1), unit, ...pdu]);
}
/** Cuts what a master sends into requests. Holds less than two frames; `null` from `push` = this is no Modbus TCP, hang up. */
export class MbapReader {
    #rest = new Uint8Array();
    push(bytes) {
        const all = joined(this.#rest, bytes);
        const found = [];
        let at = 0;
        while (all.length - at >= headBytes) {
            const protocol = wordAt(all, at + 2);
            const length = wordAt(all, at + lengthAt);
            if (protocol !== 0 || length < lengthRange.min || length > lengthRange.max)
                return null;
            const end = at + beforeCountedBytes + length;
            if (end > all.length)
                break;
            found.push({ transaction: wordAt(all, at), unit: all[at + 6] ?? 0, pdu: all.slice(at + headBytes, end) });
            at = end;
        }
        this.#rest = all.slice(at);
        return found;
    }
}
function joined(a, b) {
    const both = new Uint8Array(a.length + b.length);
    both.set(a);
    both.set(b, a.length);
    return both;
}
