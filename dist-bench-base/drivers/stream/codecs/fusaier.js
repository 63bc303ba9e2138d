/**
 * Fusaier (福赛尔) electrical-fire hosts, CRT connection: ten bytes `66 F0 host command loop point hour minute second FD`, no
 * check sum. Several hosts may share a line, each with its own heartbeat. Facts: the maker's protocol paper of 2013-09-23.
 *
 * Events: the command as two hexadecimal digits; some with what they carry: `01-fire` or `01-electrical` (see options),
 * `10-mA`, `10-C`, `17-mA`, `17-C` (value in mA or °C), `12-01` mains, `13-01` battery, `20-00` this host was reset, `20-01`
 * the whole network. Object: `loop-point`, or `loop-point-channel`, decimal. Unknown commands pass as they came.
 */
import { z } from 'zod';
import { readOptions } from '../codec-options.js';
import { FrameCutter, more, stray } from '../frame-cutter.js';
import { hexByte, hexOf, streamEvent } from '../framer.js';
const head = [0x66, 0xf0];
const tail = 0xfd;
const frameBytes = 10;
/** Ten bytes take 10 ms at 9600. Without a check sum two halves with a pause between must not become one frame. */
const gapMs = 1000;
const commands = { alarm: 0x01, live: 0x10, mains: 0x12, battery: 0x13, atAlarm: 0x17, reset: 0x20 };
/** About the host itself: synchronisation, heartbeat. */
const wholeHost = new Set([0x25, 0x99]);
const valueUnits = new Map([
    [0, 'mA'],
    [1, 'C'],
]);
const optionsSchema = z.strictObject({
    /** What command 01 is: the same byte stands for a fire and for an alarm of current, temperature or gas detectors. */
    alarm_means: z.enum(['fire', 'electrical']),
    /** Leakage hosts: the top three bits of the loop byte are the channel of the detector. */
    channels: z.boolean().default(false),
});
export const codec = {
    name: 'fusaier',
    create(options) {
        const read = readOptions('fusaier', optionsSchema, options);
        return new FrameCutter({ maxBytes: frameBytes, gapMs, look: (bytes) => look(bytes, read) });
    },
};
function look(bytes, options) {
    if (bytes[0] !== head[0])
        return stray;
    if (bytes.length > 1 && bytes[1] !== head[1])
        return stray;
    if (bytes.length < frameBytes)
        return more;
    if (bytes[frameBytes - 1] !== tail)
        return stray;
    return { kind: 'frame', length: frameBytes, events: [eventOf(bytes.subarray(0, frameBytes), options)] };
}
function eventOf(frame, options) {
    const [, , address = 0, command = 0, loop = 0, point = 0, hour = 0, minute = 0, second = 0] = frame;
    const detail = { raw: hexOf(frame) };
    const code = hexByte(command);
    if (command === commands.live || command === commands.atAlarm) {
        // The time bytes are high, low, unit here.
        const unit = valueUnits.get(second) ?? hexByte(second);
        const value = hour * 256 + minute;
        return streamEvent(`${code}-${unit}`, { object: objectOf(loop, point, options), value, address, detail });
    }
    const isDoubtful = !isTime(hour, minute, second);
    if (wholeHost.has(command))
        return streamEvent(code, { address, isDoubtful, detail });
    if (command === commands.mains || command === commands.battery) {
        // One number without a place in the paper: loop or point byte, the other is 00 or the same.
        return streamEvent(`${code}-${hexByte(loop | point)}`, { address, isDoubtful, detail });
    }
    if (command === commands.reset)
        return resetOf(frame, isDoubtful);
    const odd = { object: objectOf(loop, point, options), address, isDoubtful, detail };
    return streamEvent(command === commands.alarm ? `${code}-${options.alarm_means}` : code, odd);
}
/** 00 00 resets this host, 01 01 the whole network; anything else is told as it came. */
function resetOf(frame, isDoubtful) {
    const [, , address = 0, , loop = 0, point = 0] = frame;
    const detail = { raw: hexOf(frame) };
    const isKnown = loop === point && loop <= 1;
    const code = isKnown ? `20-${hexByte(loop)}` : `20-${hexByte(loop)}${hexByte(point)}`;
    return streamEvent(code, { address, isForAll: isKnown && loop === 1, isDoubtful, detail });
}
/** The top two bits of each are flags. An impossible time speaks against the frame, which nothing else guards. */
function isTime(hour, minute, second) {
    return (hour & 0x3f) < 24 && (minute & 0x3f) < 60 && (second & 0x3f) < 60;
}
function objectOf(loop, point, { channels }) {
    return channels ? `${loop & 0x1f}-${point}-${loop >> 5}` : `${loop}-${point}`;
}
