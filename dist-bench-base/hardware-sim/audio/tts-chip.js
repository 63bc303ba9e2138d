/**
 * The two Chinese TTS chips as their papers describe them, written without a look at the driver.
 * SYN6288: FD, length, order, parameter, text, XOR over all; more than 8 ms of pause ends a frame and must lie between two;
 * text of more than 200 bytes is refused; tags of volume count only from the next frame on. XFS5152CE: the same head, no
 * check sum. What no paper says: whether a text that is cut off is reported as ended; here it is not.
 */
import { SimChip } from './sim-chip.js';
const answers = { ready: 0x4a, accepted: 0x41, refused: 0x45, speaking: 0x4e, idle: 0x4f };
const frameGapMs = 8;
const textMaxBytes = 200;
/** Highest step of the volume tag, and the step after power-up. */
const volumeSteps = { syn6288: [16, 10], xfs5152: [10, 5] };
/** Four and a half characters a second. */
const perCharMs = 222;
export class TtsChip extends SimChip {
    model;
    baud;
    #step;
    #lastEndMono = Number.NEGATIVE_INFINITY;
    #partial = [];
    /** `baud` tells how long a frame took on the wire. */
    constructor(model, baud = 9600) {
        super();
        this.model = model;
        this.baud = baud;
        this.#step = volumeSteps[model][1];
    }
    forget() {
        this.#step = volumeSteps[this.model][1];
        this.#partial = [];
    }
    greeting() {
        return Uint8Array.of(answers.ready);
    }
    obey(bytes) {
        const nowMono = this.clock.mono();
        const pauseMs = nowMono - (bytes.length * 10_000) / this.baud - this.#lastEndMono;
        this.#lastEndMono = nowMono;
        if (this.#partial.length > 0 && pauseMs > frameGapMs) {
            this.spoilt++;
            this.#partial = [];
        }
        if (this.#partial.length === 0 && pauseMs < frameGapMs - 0.001) {
            this.spoilt++;
            return;
        }
        this.#partial.push(...bytes);
        const [head, high = 0, low = 0] = this.#partial;
        const wanted = 3 + high * 256 + low;
        if (head !== 0xfd || this.#partial.length > wanted) {
            this.spoilt++;
            this.#partial = [];
        }
        else if (this.#partial.length === wanted) {
            const frame = this.#partial;
            this.#partial = [];
            this.#take(frame);
        }
    }
    #take(frame) {
        const hasSum = this.model === 'syn6288';
        if (hasSum && frame.reduce((xor, byte) => xor ^ byte, 0) !== 0) {
            this.spoilt++;
            this.#reply(answers.refused);
            return;
        }
        const [order, parameter, ...text] = frame.slice(3, hasSum ? -1 : undefined);
        switch (order) {
            case 0x01:
                this.#speak(parameter ?? 0, Uint8Array.from(text));
                break;
            case 0x02:
                this.hush();
                this.#reply(answers.accepted);
                break;
            case 0x21:
                this.#reply(this.now === null ? answers.idle : answers.speaking);
                break;
            default:
                this.#reply(answers.refused);
        }
    }
    #speak(parameter, gbk) {
        const isGbk = (parameter & 7) === 1;
        if (!isGbk || gbk.length === 0 || gbk.length > textMaxBytes || this.refusesNow()) {
            this.#reply(answers.refused);
            return;
        }
        this.#reply(answers.accepted);
        const text = new TextDecoder('gbk', { fatal: true }).decode(gbk);
        const tag = /\[v(\d+)\]/.exec(text)?.[1];
        const spoken = text.replaceAll(/\[\w+\]/g, '');
        const [top] = volumeSteps[this.model];
        const percent = Math.round((this.#step / top) * 100);
        if (tag !== undefined)
            this.#step = Math.min(top, Number(tag));
        if (spoken === '') {
            this.hush();
            this.clock.after(1, () => this.#reply(answers.idle));
        }
        else
            this.sound(spoken, percent, [...spoken].length * perCharMs, () => this.#reply(answers.idle));
    }
    #reply(byte) {
        this.answer(Uint8Array.of(byte));
    }
}
