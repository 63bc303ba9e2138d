import { ultrasonicFrame } from './dialect-frames.js';
import { Voice } from './talker.js';
/** The makers say 100 to 300 ms. */
const pausesMs = [100, 200, 300];
/** Time from the request byte to the answer: the echo of a few metres and some computing. */
const measureMs = 40;
const request = 0x55;
/** A sensor above the water. Signals: `level` in m (needs the mounting height), `distance` in mm. */
export class UltrasonicSensor {
    model;
    mountingHeightM;
    #distanceMm;
    #voice;
    #isAsked;
    /** `mountingHeightM`: null when only distances are set. Without a signal set, the water is half-way up. */
    constructor(model, mountingHeightM) {
        this.model = model;
        this.mountingHeightM = mountingHeightM;
        this.#isAsked = model === 'jsn' || model === 'aj';
        this.#distanceMm = Math.round((mountingHeightM ?? 2) * 500);
        this.#voice = new Voice(this.#isAsked ? [] : pausesMs, () => this.#voice.speak(this.#frame()));
    }
    start(say, clock) {
        this.#voice.start(say, clock);
    }
    hear(bytes) {
        if (!this.#isAsked || !this.#voice.isOn)
            return;
        for (const byte of bytes)
            if (byte === request)
                this.#voice.speakAfter(measureMs, () => this.#frame());
    }
    setSignal(signal, _object, state) {
        if (typeof state !== 'number')
            throw new RangeError(`uart-ultrasonic: ${signal} is a number, not ${state}`);
        let mm = state;
        if (signal === 'level') {
            if (this.mountingHeightM === null)
                throw new RangeError('uart-ultrasonic: a level needs the mounting height');
            mm = (this.mountingHeightM - state) * 1000;
        }
        else if (signal !== 'distance')
            throw new RangeError(`uart-ultrasonic has no signal ${signal}`);
        const rounded = Math.round(mm);
        if (!(rounded >= 0 && rounded <= 0xfeff))
            throw new RangeError(`uart-ultrasonic: no distance of ${mm} mm`);
        this.#distanceMm = rounded;
    }
    setPower(on) {
        this.#voice.setPower(on);
    }
    stop() {
        this.#voice.stop();
    }
    #frame() {
        return ultrasonicFrame(this.#distanceMm, this.model !== 'aj');
    }
}
