/**
 * Hostile commands: bytes of chance, good envelopes spoilt, forged, cut, swollen or nested, other spellings of the same signature.
 * None is signed by the district, or what is signed is not what stands there: so none may be taken. Repeatable by its seed.
 */
import { verifyCommand } from '../../sync/command-envelope.js';
import { envelopeMaxBytes, signEnvelope } from '../../sync/signed-envelope.js';
import { context, districtSeed, minuteMs, noon, payloadOf, signed, strangerSeed } from '../sync/command-rig.js';
/** To sign costs more than to refuse: so many are signed, and spoilt in ever new ways. */
const goodOnes = 64;
/** Throws when a verdict throws, or names a command without a signature that holds. */
export function fuzzCommands(count, seed) {
    const random = randomOf(seed);
    const good = Array.from({ length: goodOnes }, (_, at) => signed({ id: `fuzz-${seed}-${at}` }));
    const forged = Array.from({ length: goodOnes }, (_, at) => signed({ id: `fuzz-${seed}-${at}`, seed: strangerSeed }));
    const reasons = {};
    let accepted = 0;
    const reader = context({ time: { isSure: true, wall: noon + minuteMs } });
    for (let fed = 0; fed < count; fed++) {
        const verified = verifyCommand(hostile(random, good, forged), reader);
        if (verified.ok)
            accepted += 1;
        else {
            reasons[verified.reason] = (reasons[verified.reason] ?? 0) + 1;
            if (verified.keyId === null && verified.command !== null)
                throw new Error(`${verified.reason} names a command`);
        }
    }
    return { fed: count, accepted, reasons };
}
function hostile(random, good, forged) {
    const pick = (from) => Buffer.from(from[random(from.length)] ?? []);
    switch (random(12)) {
        case 0:
            return Uint8Array.from({ length: random(400) }, () => random(256));
        case 1:
            return flipped(pick(good), random);
        case 2:
            return pick(forged);
        case 3:
            return edited(pick(good), random);
        case 4: {
            const whole = pick(good);
            return whole.subarray(0, random(whole.length));
        }
        case 5:
            return random(50) > 0 ? pick(forged) : Buffer.alloc(envelopeMaxBytes - 2 + random(5), 0x20 + random(90));
        case 6:
            return Buffer.from((random(2) === 0 ? '[' : '{"a":').repeat(random(2_000)));
        case 7:
            return strangeText(pick(good), random);
        case 8:
            return otherBase64(pick(good), random);
        case 9:
            return twice(pick(good), random);
        case 10:
            return Buffer.from(JSON.stringify(withPrototype(parse(pick(good)), random)));
        default:
            return signedNonsense(random);
    }
}
function parse(bytes) {
    return JSON.parse(bytes.toString());
}
/** At least one bit of key, payload or signature is another; what JSON writes around them may be any. */
function flipped(bytes, random) {
    const parts = parse(bytes);
    const name = ['keyId', 'payload', 'signature'][random(3)] ?? 'payload';
    const text = Buffer.from(parts[name]);
    for (let turns = random(4); turns >= 0; turns--) {
        const at = random(text.length);
        text[at] = (text[at] ?? 0) ^ (1 << random(8));
    }
    if (text.toString('latin1') === Buffer.from(parts[name]).toString('latin1'))
        return Buffer.alloc(0);
    return Buffer.from(JSON.stringify({ ...parts, [name]: text.toString('utf8') }));
}
/** Another order, zone, time or site under the old signature. */
function edited(bytes, random) {
    const parts = parse(bytes);
    const edits = [
        ['"broadcast"', '"siren_test"'],
        ['"repeat":1', '"repeat":9'],
        ['T12:', 'T13:'],
        ['ancient-town', 'ancient-toxn'],
        ['"version":1', '"version": 1'],
        ['fuzz-', 'fuzy-'],
    ];
    const [from, to] = edits[random(edits.length)] ?? ['', ' '];
    return Buffer.from(JSON.stringify({ ...parts, payload: parts.payload.replace(from, to) }));
}
/** Signs that look alike, that turn the writing round, or that are half of one. */
function strangeText(bytes, random) {
    const parts = parse(bytes);
    const signs = ['\u202e', '\u200b', '\ufeff', '\ud800', '\udc00', '\u0000', 'ａ', '\u0301', '\u2028'];
    const sign = signs[random(signs.length)] ?? '';
    const at = random(parts.payload.length);
    const payload = `${parts.payload.slice(0, at)}${sign}${parts.payload.slice(at)}`;
    const keyId = random(4) === 0 ? `${parts.keyId}${sign}` : parts.keyId;
    return Buffer.from(JSON.stringify({ ...parts, keyId, payload }));
}
/** The same 64 bytes, written otherwise, or nearly the same. */
function otherBase64(bytes, random) {
    const { signature, ...rest } = parse(bytes);
    const other = [
        ` ${signature}`,
        signature.replace('==', ''),
        `${signature}\n`,
        signature.replaceAll('+', '-').replaceAll('/', '_').replace('==', '='),
        `${signature.slice(0, 40)}\t${signature.slice(40)}`,
        signature.toLowerCase(),
        `${signature}${signature}`,
        Buffer.alloc(64).toString('base64'),
    ];
    return Buffer.from(JSON.stringify({ ...rest, signature: other[random(other.length)] }));
}
/** A key that stands twice: whichever counts, one is not what was signed. */
function twice(bytes, random) {
    const { keyId, payload, signature } = parse(bytes);
    const double = payload.replace('"what":', `"what":{"order":"siren_test"},"what":`);
    const raw = (name, value) => `${JSON.stringify(name)}:${JSON.stringify(value)}`;
    const evil = random(2) === 0 ? double : payload.replace('broadcast', 'siren_test');
    return Buffer.from(`{${raw('keyId', keyId)},${raw('payload', payload)},${raw('payload', evil)},${raw('signature', signature)}}`);
}
function withPrototype(parts, random) {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const name = names[random(names.length)] ?? '';
    if (random(2) === 0)
        return { ...parts, keyId: name };
    return JSON.parse(`{"${name}":{"isAdmin":true},${JSON.stringify(parts).slice(1)}`);
}
/** Truly signed by the district, and no command: a payload that is nested, or is none. */
const nonsense = [
    '',
    'null',
    '[]',
    '{}',
    '"silence"',
    `${'['.repeat(500)}${']'.repeat(500)}`,
    payloadOf({ over: { version: '1' } }),
    payloadOf({ over: { what: { order: 'broadcast', text: '', repeat: 1 } } }),
    payloadOf({ over: { what: { order: '__proto__' } } }),
    payloadOf({ over: { id: 'short' } }),
    payloadOf({ over: { what: { order: 'read_points', points: Array.from({ length: 201 }, () => 'x') } } }),
    payloadOf({ over: { site: 'elsewhere' } }),
    payloadOf({ wall: noon - 48 * 60 * minuteMs }),
    payloadOf({ over: { expires: '9999-12-31T23:59:59Z' } }),
    payloadOf({ over: { issued: '2026-02-30T00:00:00Z' } }),
].map((payload) => Buffer.from(JSON.stringify(signEnvelope('command', 'duty-room', payload, districtSeed))));
function signedNonsense(random) {
    return nonsense[random(nonsense.length)] ?? Buffer.alloc(0);
}
/** mulberry32: small, and good enough to spoil bytes. */
function randomOf(seed) {
    let state = seed;
    return (below) => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    };
}
