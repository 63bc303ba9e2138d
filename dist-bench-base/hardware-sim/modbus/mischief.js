/** Ready-made ways for a unit to answer wrongly, each seen on real lines. Hang one on `unit.mischief`. */
import { withCrc } from './crc16.js';
/** Powered and deaf: does what it is told and says nothing (one wire of the pair is off). */
export const silent = () => [];
/** The whole reply, `lateMs` after its time. */
export function late(lateMs) {
    return ({ reply }) => [{ afterMs: lateMs, bytes: reply }];
}
/** The reply, and the same again `gapMs` after the first began. */
export function doubled(gapMs) {
    return ({ reply }) => [
        { afterMs: 0, bytes: reply },
        { afterMs: gapMs, bytes: reply },
    ];
}
/** The reply without its last `missing` bytes. */
export function truncated(missing) {
    return ({ reply }) => now(reply.subarray(0, Math.max(0, reply.length - missing)));
}
/** One bit of byte `at` (from 0) is wrong, the check sum is not made to fit. */
export function corrupted(at = 1) {
    return ({ reply }) => now(reply.map((byte, i) => (i === at ? byte ^ 0x04 : byte)));
}
/** A well-formed reply in the name of another unit. */
export function foreign(address) {
    return ({ reply }) => now(withCrc([address, ...reply.subarray(1, reply.length - 2)]));
}
/** The request comes back first, as from an adapter that hears itself; then the reply. */
export const echoed = ({ requestFrame, reply }) => now(concat(requestFrame, reply));
/** The request comes back and nothing else. */
export const echoOnly = ({ requestFrame }) => now(requestFrame);
/** `noise` glued to the front of the reply. */
export function noisy(noise) {
    return ({ reply }) => now(concat(noise, reply));
}
/** Other bytes altogether, e.g. a vendor's own kind of exception. */
export function saying(bytes) {
    return () => now(bytes);
}
/** For `unit.extraMs`: every turnaround is up to `maxMs` longer. `random` gives 0 ≤ r < 1, seeded. */
export function jitter(maxMs, random) {
    return () => maxMs * random();
}
/** The trick on a part of the exchanges (0 to 1) by chance, the normal reply on the others. */
export function sometimes(share, random, trick) {
    return (exchange) => (random() < share ? trick(exchange) : now(exchange.reply));
}
/** `first` for the first `times` exchanges, the normal reply afterwards. */
export function forTimes(times, first) {
    let left = times;
    return (exchange) => (left-- > 0 ? first(exchange) : now(exchange.reply));
}
function now(bytes) {
    return [{ afterMs: 0, bytes }];
}
function concat(a, b) {
    const joined = new Uint8Array(a.length + b.length);
    joined.set(a);
    joined.set(b, a.length);
    return joined;
}
