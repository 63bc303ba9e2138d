/**
 * DY-SV17F, DY-SV5W, DY-HV20T: players with a memory or card: AA, order, length, data, low byte of the sum of all before. They
 * answer questions only: whether a track plays, and that it is over, is found by asking.
 */
import { levelOf } from './chip-codec.js';
import { FramedReplies } from './framed-replies.js';
const head = 0xaa;
const stateOrder = 0x01;
const stopOrder = 0x04;
const trackOrder = 0x07;
const volumeOrder = 0x13;
const cycleOrder = 0x18;
/** Plays one track and stops; from the factory some go on with the next one. */
const oneTrack = 2;
const volumeMax = 30;
const trackMax = 65_535;
const answerDataMaxBytes = 8;
export const dyPlayer = {
    name: 'DY player',
    gapMs: 50,
    answerMs: 300,
    bootMs: 3000,
    stop: dyFrame(stopOrder),
    askState: dyFrame(stateOrder),
    answersOrders: false,
    isProvenByState: true,
    newReader: () => new FramedReplies(answerDataMaxBytes + 4, look),
    trackMax,
    askEveryMs: 500,
    play: (track) => {
        if (!Number.isInteger(track) || track < 1 || track > trackMax)
            throw new RangeError(`DY player: no track ${track}`);
        return dyFrame(trackOrder, track >> 8, track & 0xff);
    },
    prepare: (percent) => [dyFrame(cycleOrder, oneTrack), dyFrame(volumeOrder, levelOf(percent, volumeMax))],
};
/** One order with its data bytes. */
export function dyFrame(order, ...values) {
    const bytes = [head, order, values.length, ...values];
    return Uint8Array.from([...bytes, lowSum(bytes)]);
}
function lowSum(bytes) {
    let sum = 0;
    for (const byte of bytes)
        sum += byte;
    return sum & 0xff;
}
function look(bytes) {
    const [first, what, count] = bytes;
    if (first !== head || (count !== undefined && (count === 0 || count > answerDataMaxBytes)))
        return 'stray';
    if (what === undefined || count === undefined || bytes.length < count + 4)
        return 'more';
    if (lowSum(bytes.subarray(0, count + 3)) !== bytes[count + 3])
        return 'stray';
    return { length: count + 4, reply: what === stateOrder ? stateReply(bytes[3]) : { kind: 'alive' } };
}
/** 0 stopped, 1 plays, 2 pauses. */
function stateReply(state) {
    return { kind: state === 1 ? 'sounding' : 'quiet' };
}
