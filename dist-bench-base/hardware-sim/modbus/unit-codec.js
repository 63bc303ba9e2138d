/**
 * The unit's side of Modbus RTU, from the serial line guide V1.02 §2.5: an address before the request or answer of
 * unit-pdu.ts and a check sum behind it. A frame is one burst of bytes between two silences.
 */
import { hasGoodCrc, withCrc } from './crc16.js';
import { bitsPdu, exceptionPdu, parsePdu, registersPdu, writePdu } from './unit-pdu.js';
const shortestBytes = 4;
const crcBytes = 2;
/** Reads one request frame; null when it is no whole, good frame: a unit stays silent then. */
export function parseRequest(frame) {
    if (frame.length < shortestBytes || !hasGoodCrc(frame))
        return null;
    const request = parsePdu(pduOf(frame));
    return request === null ? null : { unit: frame[0] ?? 0, ...request };
}
/** What stands between the address and the check sum. */
export function pduOf(frame) {
    return frame.subarray(1, frame.length - crcBytes);
}
/** A request or answer as it travels on a serial line. */
export function rtuFrame(unit, pdu) {
    return withCrc([unit, ...pdu]);
}
/** Reply to FC 1 or 2. */
export function bitsReply(unit, fc, values) {
    return rtuFrame(unit, bitsPdu(fc, values));
}
/** Reply to FC 3 or 4. */
export function registersReply(unit, fc, values) {
    return rtuFrame(unit, registersPdu(fc, values));
}
/** Reply to FC 15 or 16. */
export function writeManyReply(unit, fc, address, count) {
    return rtuFrame(unit, writePdu(fc, address, count));
}
/** Refusal by the standard. */
export function exceptionReply(unit, fc, code) {
    return rtuFrame(unit, exceptionPdu(fc, code));
}
