import { fusaierFrame } from './dialect-frames.js';
import { Voice } from './talker.js';
/** From the maker's paper of 2013-09-23. */
const objectSignals = {
    fire: { on: { alarm: 0x01 }, off: null },
    warning: { on: { alarm: 0x01, low_limit: 0x70, high_limit: 0x71 }, off: null },
    supervisory: { on: { active: 0x68 }, off: null },
    device_fault: { on: { fault: 0x03 }, off: 0x04 },
    isolated: { on: { isolated: 0x0b }, off: 0x0c },
    started: { on: { started: 0x05 }, off: 0x06 },
    feedback: { on: { present: 0x69 }, off: 0x02 },
    // A command that the paper does not have.
    unknown_event: { on: { seen: 0x44 }, off: null },
};
/** One number: 01 fault, 00 sound. */
const supplySignals = { mains: 0x12, battery: 0x13 };
/** Last byte of a live value. */
const valueSignals = { told_current: 0, told_temp: 1 };
const heartbeat = 0x99;
const reset = 0x20;
const liveValue = 0x10;
const heartbeatMs = 5000;
const firstObject = '1-1';
/** One host on its line. Any state that it has no word for is rest. */
export class FusaierHost {
    address;
    #standing = new Map();
    #voice;
    /** `address` 0 to 255. */
    constructor(address) {
        this.address = address;
        this.#voice = new Voice([heartbeatMs], () => this.#voice.speak(fusaierFrame(address, heartbeat)));
    }
    start(say, clock) {
        this.#voice.start(say, clock);
    }
    hear() { }
    setSignal(signal, object, state) {
        const [loop = 0, point = 0, channel = 0] = (object ?? firstObject).split('-').map(Number);
        const loopByte = channel * 32 + loop;
        if (Object.hasOwn(valueSignals, signal)) {
            const unit = valueSignals[signal] ?? 0;
            const value = Number(state);
            if (!(Number.isInteger(value) && value >= 0 && value <= 0xffff))
                throw new RangeError(`fusaier-host: ${state}`);
            const words = [Math.floor(value / 256), value % 256, unit];
            this.#voice.speak(fusaierFrame(this.address, liveValue, loopByte, point, words));
            return;
        }
        if (Object.hasOwn(supplySignals, signal)) {
            const isAtFault = state === 'lost' || state === 'fault';
            this.#voice.speak(fusaierFrame(this.address, supplySignals[signal] ?? 0, isAtFault ? 1 : 0));
            return;
        }
        const told = Object.hasOwn(objectSignals, signal) ? objectSignals[signal] : undefined;
        if (told === undefined)
            throw new RangeError(`fusaier-host has no signal ${signal}`);
        this.#setObject(`${signal} ${loopByte}-${point}`, told, state, loopByte, point);
    }
    setPower(on) {
        if (this.#voice.setPower(on))
            this.#tellStanding();
    }
    stop() {
        this.#voice.stop();
    }
    #setObject(key, told, state, loop, point) {
        const on = Object.hasOwn(told.on, state) ? told.on[state] : undefined;
        if (on !== undefined) {
            const frame = fusaierFrame(this.address, on, loop, point);
            this.#standing.set(key, frame);
            this.#voice.speak(frame);
        }
        else if (this.#standing.delete(key)) {
            if (told.off !== null)
                this.#voice.speak(fusaierFrame(this.address, told.off, loop, point));
            else {
                this.#voice.speak(fusaierFrame(this.address, reset));
                this.#tellStanding();
            }
        }
    }
    #tellStanding() {
        for (const frame of this.#standing.values())
            this.#voice.speak(frame);
    }
}
