/**
 * DFPlayer Mini, a player with a card: 7E FF 06, order, 1 = answer me, two parameters, check sum high and low (minus the sum
 * from FF on), EF. Tracks are asked for by name (`/MP3/0001.mp3`, order 12): the order of index numbers is that in which the
 * files were written. Clones ignore the wish for an answer and tell the end of a track twice; nothing here needs it.
 */
import { levelOf } from './chip-codec.js';
import { FramedReplies } from './framed-replies.js';
const frameBytes = 10;
const volumeOrder = 0x06;
const namedTrackOrder = 0x12;
const stopOrder = 0x16;
const stateOrder = 0x42;
const volumeMax = 30;
/** Four digits in the name of the file. */
const trackMax = 9999;
/** Why it refuses, by the second parameter of 40. 0 to 2: maker's manual 3.3.4; 6: in use by several drivers. */
const refusals = { 0: 'busy', 1: 'busy', 2: 'busy', 6: 'missing' };
export const dfplayer = {
    name: 'DFPlayer',
    gapMs: 100,
    answerMs: 300,
    bootMs: 3000,
    stop: dfFrame(stopOrder, 0, false),
    askState: dfFrame(stateOrder, 0, false),
    answersOrders: true,
    isProvenByState: true,
    newReader: () => new FramedReplies(frameBytes, look),
    trackMax,
    askEveryMs: 2000,
    play: (track) => {
        if (!Number.isInteger(track) || track < 1 || track > trackMax)
            throw new RangeError(`DFPlayer: no track ${track}`);
        return dfFrame(namedTrackOrder, track, true);
    },
    prepare: (percent) => [dfFrame(volumeOrder, levelOf(percent, volumeMax), false)],
};
/** One order; `parameter` 0 to 65535. */
export function dfFrame(order, parameter, wantsAnswer) {
    const body = [0xff, 0x06, order, wantsAnswer ? 1 : 0, parameter >> 8, parameter & 0xff];
    const sum = sumOf(body);
    return Uint8Array.from([0x7e, ...body, sum >> 8, sum & 0xff, 0xef]);
}
function sumOf(body) {
    return -body.reduce((sum, byte) => sum + byte, 0) & 0xffff;
}
function look(bytes) {
    const isHead = bytes[0] === 0x7e && (bytes[1] ?? 0xff) === 0xff && (bytes[2] ?? 0x06) === 0x06;
    if (!isHead)
        return 'stray';
    if (bytes.length < frameBytes)
        return 'more';
    const [, , , what = 0, , , low = 0, sumHigh = 0, sumLow = 0, end] = bytes;
    if (end !== 0xef || sumOf([...bytes.subarray(1, 7)]) !== sumHigh * 256 + sumLow)
        return 'stray';
    return { length: frameBytes, reply: replyOf(what, low) };
}
function replyOf(what, low) {
    switch (what) {
        // A card that was put in is played from its first track on, as a sample.
        case 0x3a:
        case 0x3f:
            return { kind: 'ready' };
        case 0x3c:
        case 0x3d:
        case 0x3e:
            return { kind: 'quiet' };
        case 0x40:
            return { kind: 'refused', why: refusals[low] ?? 'other', code: `40 ${low}` };
        case 0x41:
            return { kind: 'accepted' };
        case 0x42:
            // It pauses, by its own words, when a track is over.
            return { kind: low === 1 ? 'sounding' : 'quiet' };
        default:
            return { kind: 'alive' };
    }
}
