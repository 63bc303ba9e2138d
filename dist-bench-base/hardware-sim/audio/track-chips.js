/**
 * The two kinds of players as their papers describe them, written without a look at the driver. DFPlayer Mini: fixed frames
 * of ten bytes, forgets an order that comes less than 100 ms after another. DY: AA frames of any length, answers questions
 * only, says nothing when a track does not exist.
 */
import { SimChip } from './sim-chip.js';
const steps = 30;
export class DfPlayerChip extends SimChip {
    card;
    /** A clone pays no attention to the wish for an answer, and knows no state. */
    isClone = false;
    #step = 30;
    #lastMono = Number.NEGATIVE_INFINITY;
    constructor(card) {
        super();
        this.card = card;
        this.bootMs = 2000;
    }
    forget() {
        this.#step = 30;
    }
    greeting() {
        return tenBytes(0x3f, 2);
    }
    obey(bytes) {
        const sum = bytes.slice(1, 7).reduce((total, byte) => total + byte, 0);
        const told = (bytes[7] ?? 0) * 256 + (bytes[8] ?? 0);
        const isSound = bytes.length === 10 && bytes[0] === 0x7e && bytes[9] === 0xef && (sum + told) % 65_536 === 0;
        const pauseMs = this.clock.mono() - (bytes.length * 10_000) / 9600 - this.#lastMono;
        this.#lastMono = this.clock.mono();
        if (pauseMs < 100 - 0.001) {
            this.spoilt++;
            return;
        }
        if (!isSound) {
            this.spoilt++;
            this.#refuse(2);
            return;
        }
        const parameter = (bytes[5] ?? 0) * 256 + (bytes[6] ?? 0);
        const order = bytes[3];
        if (bytes[4] === 1 && !this.isClone && !(order === 0x12 && this.manners.refusals > 0))
            this.answer(tenBytes(0x41, 0));
        if (order === 0x06)
            this.#step = Math.min(steps, parameter);
        if (order === 0x12)
            this.#play(parameter);
        if (order === 0x16)
            this.hush();
        if (order === 0x42 && !this.isClone)
            this.answer(tenBytes(0x42, 0x0200 + (this.now === null ? 0 : 1)));
    }
    #play(track) {
        const lengthMs = this.card.get(track);
        if (this.refusesNow())
            this.#refuse(0);
        else if (lengthMs === undefined)
            this.#refuse(6);
        else
            this.sound(`track ${track}`, percentOf(this.#step), lengthMs, () => this.#ended(track));
    }
    /** Often said twice. */
    #ended(track) {
        this.answer(tenBytes(0x3d, track));
        this.answer(tenBytes(0x3d, track));
    }
    #refuse(code) {
        this.answer(tenBytes(0x40, code));
    }
}
export class DyChip extends SimChip {
    card;
    #step = 20;
    #playsOne = false;
    constructor(card) {
        super();
        this.card = card;
    }
    forget() {
        this.#step = 20;
        this.#playsOne = false;
    }
    greeting() {
        return new Uint8Array();
    }
    obey(bytes) {
        const body = bytes.slice(0, -1);
        const isSound = bytes[0] === 0xaa && bytes[2] === bytes.length - 4 && total(body) === bytes.at(-1);
        if (!isSound) {
            this.spoilt++;
            return;
        }
        const [first = 0, second = 0] = bytes.slice(3, -1);
        if (bytes[1] === 0x01)
            this.answer(withTotal([0xaa, 0x01, 1, this.now === null ? 0 : 1]));
        if (bytes[1] === 0x04)
            this.hush();
        if (bytes[1] === 0x07 && !this.refusesNow())
            this.#play(first * 256 + second);
        if (bytes[1] === 0x13)
            this.#step = Math.min(steps, first);
        if (bytes[1] === 0x18)
            this.#playsOne = first === 2;
    }
    /** From the factory it goes on with the next track. */
    #play(track) {
        const lengthMs = this.card.get(track);
        if (lengthMs === undefined)
            return;
        this.sound(`track ${track}`, percentOf(this.#step), lengthMs, () => {
            if (!this.#playsOne)
                this.#play(track + 1);
        });
    }
}
function percentOf(step) {
    return Math.round((step / steps) * 100);
}
function tenBytes(what, parameter) {
    const body = [255, 6, what, 0, Math.floor(parameter / 256), parameter % 256];
    const sum = 65_536 - body.reduce((all, byte) => all + byte, 0);
    return Uint8Array.from([0x7e, ...body, Math.floor(sum / 256), sum % 256, 0xef]);
}
function total(bytes) {
    let sum = 0;
    for (const byte of bytes)
        sum += byte;
    return sum % 256;
}
function withTotal(bytes) {
    return Uint8Array.from([...bytes, total(bytes)]);
}
