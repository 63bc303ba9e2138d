/**
 * Jade Bird (北大青鸟) JBF-11S panels through the JBF-193K card: `82`, twelve bytes each as two nibbles + 30 hex with the
 * high one first, `83`. Bytes: event, controller, loop, address, type, six of time, check sum. Facts: the card's paper,
 * V1.8; where it contradicts itself the open firmware of a transmission unit that reads the same card.
 *
 * Events: the first byte as two hexadecimal digits (`80`); 70, 71, 72 and FA with their parameter (`71-80`). Object:
 * `controller-loop-address`, decimal; `controller` alone for those with a parameter and for a reset. A reset with controller
 * 0 names none: it is the whole panel's. The card's clock is not believed: it is 0 for minutes after power-up.
 */
import { z } from 'zod';
import { readOptions } from '../codec-options.js';
import { FrameCutter, more, stray } from '../frame-cutter.js';
import { hexByte, hexOf, streamEvent } from '../framer.js';
const start = 0x82;
const end = 0x83;
const frameBytes = 26;
const heartbeat = 0x00;
const reset = 0x01;
const fires = new Set([0x80, 0x0a]);
/** About the whole panel: heartbeat, card version, silenced. */
const wholePanel = new Set([heartbeat, 0x09, 0x0b]);
/** The loop byte is a parameter, each controller tells it of itself: boards, mains, battery, gas extinguishing. */
const withParameter = new Set([0x70, 0x71, 0x72, 0xfa]);
const optionsSchema = z.strictObject({
    /** Paper: 97 isolated, 98 released. The firmware has them the other way round; the site tells. */
    isolated_code: z.enum(['97', '98']).default('97'),
});
export const codec = {
    name: 'jbf-193k',
    create(options) {
        const { isolated_code } = readOptions('jbf-193k', optionsSchema, options);
        const isSwapped = isolated_code === '98';
        return new FrameCutter({ maxBytes: frameBytes, gapMs: null, look: (bytes) => look(bytes, isSwapped) });
    },
};
function look(bytes, isSwapped) {
    if (bytes[0] !== start)
        return stray;
    for (const byte of bytes.subarray(1, frameBytes - 1))
        if (byte < 0x30 || byte > 0x3f)
            return stray;
    if (bytes.length < frameBytes)
        return more;
    if (bytes[frameBytes - 1] !== end)
        return stray;
    const told = Uint8Array.from({ length: 12 }, (_, i) => (nibble(bytes, 2 * i + 1) << 4) | nibble(bytes, 2 * i + 2));
    const sum = told[11] ?? 0;
    const detail = { raw: hexOf(told) };
    const isHeartbeat = told[0] === heartbeat && sum === 0;
    const isWhole = sum === sumOf(told, 11) || isHeartbeat;
    // The paper's own example counts the first five only. Not to be told from a broken frame for certain: doubtful.
    if (!isWhole && sum !== sumOf(told, 5)) {
        const broken = streamEvent('bad-sum', { isSound: false, detail });
        if (!isPlacedFire(told))
            return { kind: 'bad-sum', events: [broken] };
        const events = [broken, eventOf(told, true, isSwapped, detail)];
        return { kind: 'frame', length: frameBytes, events, hasBadSum: true };
    }
    return { kind: 'frame', length: frameBytes, events: [eventOf(told, !isWhole, isSwapped, detail)] };
}
/** A fire is not lost for its check sum alone. Without any place it is no fire: a heartbeat with one turned bit looks so. */
function isPlacedFire([event = 0, controller = 0, loop = 0, address = 0]) {
    return fires.has(event) && (controller | loop | address) !== 0;
}
function eventOf(told, isDoubtful, isSwapped, detail) {
    const [event = 0, controller = 0, loop = 0, address = 0, type = 0] = told;
    if (withParameter.has(event)) {
        const odd = { object: String(controller), isDoubtful, detail: { ...detail, address } };
        return streamEvent(`${hexByte(event)}-${hexByte(loop)}`, odd);
    }
    const isTurned = isSwapped && (event === 0x97 || event === 0x98);
    const code = hexByte(isTurned ? 0x97 + 0x98 - event : event);
    if (wholePanel.has(event))
        return streamEvent(code, { isDoubtful, detail });
    if (event === reset) {
        return streamEvent(code, { object: controller === 0 ? null : String(controller), isDoubtful, detail });
    }
    return streamEvent(code, { object: `${controller}-${loop}-${address}`, isDoubtful, detail: { ...detail, type } });
}
function nibble(bytes, at) {
    return (bytes[at] ?? 0) & 0x0f;
}
function sumOf(told, count) {
    return told.subarray(0, count).reduce((sum, byte) => (sum + byte) & 0xff, 0);
}
