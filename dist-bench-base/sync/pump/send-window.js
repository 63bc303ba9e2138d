import { ByteWindow } from './byte-window.js';
/** Of the window, kept free for the fire lane. */
const fireReserve = 4;
/** What is on its way and not confirmed: so many reports, and of other lanes so many bytes. */
export class SendWindow {
    max;
    #bytes = new ByteWindow();
    #inFlight = 0;
    #others = 0;
    /** @param max reports that the uplink allows at once, now. */
    constructor(max) {
        this.max = max;
    }
    get isFull() {
        return this.#inFlight >= this.max();
    }
    /** A report that is not of the fire lane may go, whatever its size. */
    get hasRoomForOthers() {
        return this.#others < Math.max(1, this.max() - fireReserve);
    }
    fits(bytes) {
        return this.#bytes.fits(bytes);
    }
    /** @param otherBytes null: it is of the fire lane. */
    take(otherBytes) {
        this.#inFlight += 1;
        if (otherBytes === null)
            return;
        this.#others += 1;
        this.#bytes.take(otherBytes);
    }
    giveBack(otherBytes) {
        this.#inFlight -= 1;
        if (otherBytes === null)
            return;
        this.#others -= 1;
        this.#bytes.giveBack(otherBytes);
    }
    /** A confirmation came after so long. */
    learn(tookMs) {
        this.#bytes.learn(tookMs);
    }
    restart() {
        this.#bytes.restart();
    }
}
