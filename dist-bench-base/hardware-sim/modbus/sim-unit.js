import { mbapFrame } from './mbap.js';
import { obey } from './obey.js';
import { parseRequest, rtuFrame } from './unit-codec.js';
import { parsePdu } from './unit-pdu.js';
const defaultTurnaroundMs = 10;
const broadcastAddress = 0;
/** One unit on a line: hears a frame, does what it says and tells what it would say when. */
export class SimUnit {
    address;
    model;
    turnaroundMs;
    /** Added to each turnaround, ms; see `jitter` in mischief.ts. */
    extraMs = null;
    mischief = null;
    #isOn = true;
    constructor(options) {
        this.address = options.address;
        this.model = options.model;
        this.turnaroundMs = options.turnaroundMs ?? defaultTurnaroundMs;
    }
    /** False = no supply: silent, and its relays have fallen off. */
    get on() {
        return this.#isOn;
    }
    set on(on) {
        if (on === this.#isOn)
            return;
        this.#isOn = on;
        this.model.setPower(on);
    }
    /** How long it takes for the reply that comes next, ms. */
    nextTurnaroundMs() {
        return this.turnaroundMs + (this.extraMs?.() ?? 0);
    }
    /** What the unit says to one frame on its line; nothing to a broken frame, a foreign one or a broadcast. */
    hear(frame) {
        if (!this.#isOn)
            return [];
        const request = parseRequest(frame);
        if (request === null)
            return [];
        if (request.unit === broadcastAddress) {
            obey(this.address, this.model, request);
            return [];
        }
        if (request.unit !== this.address)
            return [];
        return this.#answer(request, frame, rtuFrame(request.unit, obey(request.unit, this.model, request)));
    }
    /** The same for a request that came over the network, where no address is a broadcast. */
    hearMbap(mbap) {
        const { unit, transaction } = mbap;
        if (!this.#isOn || unit !== this.address)
            return [];
        const request = parsePdu(mbap.pdu);
        if (request === null)
            return [];
        const reply = mbapFrame({ transaction, unit, pdu: obey(unit, this.model, request) });
        return this.#answer({ unit, ...request }, mbapFrame(mbap), reply);
    }
    #answer(request, requestFrame, reply) {
        return this.mischief?.({ request, requestFrame, reply }) ?? [{ afterMs: 0, bytes: reply }];
    }
}
