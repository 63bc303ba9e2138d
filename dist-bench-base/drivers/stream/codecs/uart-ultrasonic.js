/**
 * Ultrasonic distance on a UART: DYP A02YYUW and A01NYUB, JSN-SR04T mode 2, AJ-SR04M. A frame is `FF high low sum`; the
 * distance stands in mm. Facts: the open components a02yyuw, a01nyub and jsn_sr04t of github.com/esphome/esphome.
 * Event: `distance`, value in mm.
 */
import { z } from 'zod';
import { readOptions } from '../codec-options.js';
import { FrameCutter, more, stray } from '../frame-cutter.js';
import { streamEvent } from '../framer.js';
const models = {
    a02: { blindMm: 30, isAsked: false, sumsHead: true },
    a01: { blindMm: 280, isAsked: false, sumsHead: true },
    jsn: { blindMm: 250, isAsked: true, sumsHead: true },
    aj: { blindMm: 250, isAsked: true, sumsHead: false },
};
const head = 0xff;
const frameBytes = 4;
const request = Uint8Array.of(0x55);
const askEveryMs = 500;
const optionsSchema = z.strictObject({ model: z.enum(['a02', 'a01', 'jsn', 'aj']) });
export const codec = {
    name: 'uart-ultrasonic',
    create(options) {
        const model = models[readOptions('uart-ultrasonic', optionsSchema, options).model];
        const poll = model.isAsked ? { bytes: request, everyMs: askEveryMs } : null;
        return new FrameCutter({ maxBytes: frameBytes, gapMs: null, look: (bytes) => look(bytes, model) }, poll);
    },
};
function look(bytes, model) {
    if (bytes[0] !== head)
        return stray;
    // A high byte FF would be more than 65 m, beyond all of these sensors: it is the head of the next frame.
    if (bytes[1] === head)
        return stray;
    const [, high, low, sum] = bytes;
    if (high === undefined || low === undefined || sum === undefined)
        return more;
    const wanted = ((model.sumsHead ? head : 0) + high + low) & 0xff;
    if (sum !== wanted)
        return { kind: 'bad-sum', events: [] };
    return { kind: 'frame', length: frameBytes, events: [distance(high * 256 + low, model.blindMm)] };
}
function distance(mm, blindMm) {
    return mm > blindMm
        ? streamEvent('distance', { value: mm })
        : streamEvent('distance', { bad: 'out-of-range', detail: { distance_mm: mm } });
}
