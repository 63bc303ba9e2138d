/**
 * The contract of a serial dialect: bytes in, events out. What an event means is the profile's matter (StreamMeaning).
 * A framer never throws on what comes from outside, holds a bounded number of bytes, and finds the next sound frame
 * by dropping one byte at a time.
 */
import { toldIn } from '../../config/problem.js';
/** An event with everything that is not odd about it filled in. */
export function streamEvent(code, odd = {}) {
    const usual = { object: null, value: null, bad: null, address: null, isForAll: false, isDoubtful: false };
    return { code, ...usual, isSound: true, detail: {}, ...odd };
}
/** Options that a codec can not work with, all at once. */
export class StreamOptionError extends Error {
    codec;
    faults;
    constructor(codec, faults) {
        const each = faults.map(({ key, expected, got }) => `${key}: ${toldIn(expected, 'en')}, got ${toldIn(got, 'en')}`);
        super(`codec ${codec}: ${each.join('; ')}`);
        this.codec = codec;
        this.faults = faults;
        this.name = 'StreamOptionError';
    }
}
/** Bytes as people read them in a device paper: `66 F0 01`. */
export function hexOf(bytes) {
    return [...bytes].map(hexByte).join(' ');
}
/** Two hexadecimal digits, upper case. */
export function hexByte(byte) {
    return byte.toString(16).toUpperCase().padStart(2, '0');
}
