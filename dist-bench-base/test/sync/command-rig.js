import { commandRights } from '../../config/uplink-schema.js';
import { verifyCommand } from '../../sync/command-envelope.js';
import { toRfc3339 } from '../../sync/mqtt/rfc3339.js';
import { signEnvelope } from '../../sync/signed-envelope.js';
import { signingKeyOf } from '../../sync/signing-key.js';
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
/** Noon of the day on which the simulated clock begins. */
export const noon = Date.UTC(2026, 10, 22, 12);
export const address = { district: 'yongding', site: 'ancient-town' };
/** The secret bytes of a key of the tests. */
export function seedOf(byte) {
    return Buffer.alloc(32, byte).toString('base64');
}
export const districtSeed = seedOf(7);
export const strangerSeed = seedOf(9);
export function commandKey(over = {}) {
    return {
        id: 'duty-room',
        publicKey: signingKeyOf(districtSeed).publicKey,
        rights: commandRights,
        zones: null,
        notAfter: '2027-12-31',
        ...over,
    };
}
export const dutyCheck = { order: 'duty_check', withinS: 300 };
export const aBroadcast = { order: 'broadcast', text: '今晚七点开会', repeat: 1 };
let made = 0;
/** The payload of a good command. */
export function payloadOf(options = {}) {
    const { id = `cmd-${String(++made).padStart(6, '0')}`, what = aBroadcast, wall = noon, lifeMs = hourMs } = options;
    const times = { issued: toRfc3339(wall), expires: toRfc3339(wall + lifeMs) };
    return JSON.stringify({ version: 1, id, ...address, ...times, what, ...options.over });
}
/** A good command, signed by the district's key. */
export function signed(options = {}) {
    const { keyId = 'duty-room', seed = districtSeed } = options;
    return Buffer.from(JSON.stringify(signEnvelope('command', keyId, payloadOf(options), seed)));
}
export function context(over = {}) {
    return {
        keys: new Map([['duty-room', commandKey()]]),
        ...address,
        time: { isSure: true, wall: noon + minuteMs },
        isUsed: () => false,
        remembersSinceWall: Number.NEGATIVE_INFINITY,
        ...over,
    };
}
/** `ok`, or why not. */
export function verdict(bytes, over = {}) {
    const verified = verifyCommand(bytes, context(over));
    return verified.ok ? 'ok' : verified.reason;
}
