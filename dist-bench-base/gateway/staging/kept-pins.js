/** The box's pins over several runtimes: what was opened once stays open, at its level, because a line of the chip that is let go
 * may drop and can not be taken twice by one process. */
import { isDeepStrictEqual } from 'node:util';
export class KeptPins {
    openBoard;
    #outputs = new Map();
    #inputs = new Map();
    #opening = null;
    #board = null;
    constructor(openBoard) {
        this.openBoard = openBoard;
    }
    /** The board as one runtime sees it: closing it lets nothing go. Rejects as the board does, and is then asked anew. */
    async open() {
        this.#opening ??= this.openBoard();
        try {
            this.#board = await this.#opening;
        }
        catch (error) {
            this.#opening = null;
            throw error;
        }
        const board = this.#board;
        return {
            afterProcessEnd: board.afterProcessEnd,
            openOutput: (pin, activeLow) => this.#output(board, pin, activeLow),
            openInput: (pin) => {
                const input = this.#inputs.get(pin) ?? board.openInput(pin);
                this.#inputs.set(pin, input);
                return input;
            },
            close: () => undefined,
        };
    }
    /** Pins that this site switches no more go quiet: nobody would ever do it. */
    quietAllBut({ outputs, heartbeats }) {
        const wanted = new Set([...outputs, ...heartbeats].flatMap(({ target }) => pinOf(target)));
        for (const [number, { pin }] of this.#outputs)
            if (!wanted.has(number))
                pin.set(false);
    }
    close() {
        this.#board?.close();
    }
    #output(board, number, activeLow) {
        const kept = this.#outputs.get(number) ?? { pin: board.openOutput(number, activeLow), activeLow };
        this.#outputs.set(number, kept);
        if (kept.activeLow === activeLow)
            return kept.pin;
        return { set: (on) => kept.pin.set(!on), read: () => !kept.pin.read() };
    }
}
/** Pins that are outputs in one of both and inputs in the other, or another way to the pins or the battery: this takes a new
 * process. */
export function needsNewProcess(before, after) {
    if (!isDeepStrictEqual(before.ups, after.ups))
        return true;
    if (before.gpio !== null && after.gpio !== null && before.gpio.driver !== after.gpio.driver)
        return true;
    const [old, next] = [directionsOf(before), directionsOf(after)];
    return [...next].some(([pin, direction]) => old.has(pin) && old.get(pin) !== direction);
}
function directionsOf({ outputs, heartbeats, points }) {
    const out = [...outputs, ...heartbeats].flatMap(({ target }) => pinOf(target));
    const inputs = points.flatMap(({ source }) => (source.kind === 'pin' ? [source.pin] : []));
    return new Map([...inputs.map((pin) => [pin, 'in']), ...out.map((pin) => [pin, 'out'])]);
}
function pinOf(target) {
    return target.kind === 'pin' ? [target.pin] : [];
}
