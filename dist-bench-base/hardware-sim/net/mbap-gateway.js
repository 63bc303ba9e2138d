import { hasGoodCrc } from '../modbus/crc16.js';
import { MbapReader, mbapFrame } from '../modbus/mbap.js';
import { pduOf, rtuFrame } from '../modbus/unit-codec.js';
import { exceptionPdu } from '../modbus/unit-pdu.js';
/** Requests of all clients that wait for the wire; later ones are refused as "busy". */
const waitingMax = 32;
/** From a request's last bit until the gateway gives its unit up. */
const answerMaxMs = 1000;
/** Exceptions of gateways (Modbus Application Protocol V1.1b3 §7): busy; the unit behind it did not answer. */
const busyException = 6;
const noAnswerException = 11;
/** Modbus TCP in front, RTU behind: one request at a time on the wire, and exception 0B for a unit that is silent. */
export class MbapGateway {
    wire;
    clock;
    #waiting = [];
    #job = null;
    #heard = [];
    #quietMono = Number.NEGATIVE_INFINITY;
    #cancelAnswer = null;
    #cancelGiveUp = null;
    constructor(wire, clock) {
        this.wire = wire;
        this.clock = clock;
        wire.onMasterBytes((bytes, atMono) => this.#hear(bytes, atMono));
    }
    accept(peer) {
        const reader = new MbapReader();
        let isOpen = true;
        return {
            receive: (bytes) => {
                if (!isOpen)
                    return;
                const requests = reader.push(bytes);
                if (requests === null) {
                    isOpen = false;
                    peer.hangUp();
                    return;
                }
                for (const request of requests) {
                    this.#take({
                        request,
                        answer: (pdu) => {
                            if (isOpen)
                                peer.send(mbapFrame({ ...request, pdu: Uint8Array.from(pdu) }));
                        },
                    });
                }
            },
            end: () => {
                isOpen = false;
            },
        };
    }
    #take(job) {
        if (this.#waiting.length >= waitingMax) {
            job.answer(exceptionPdu(functionOf(job), busyException));
            return;
        }
        this.#waiting.push(job);
        this.#next();
    }
    #next() {
        const job = this.#job === null ? this.#waiting.shift() : undefined;
        if (job === undefined)
            return;
        this.#job = job;
        this.clock.exactly(this.#quietMono, () => {
            this.#heard = [];
            this.wire.masterWrite(rtuFrame(job.request.unit, job.request.pdu));
            this.#cancelGiveUp = this.clock.exactly(this.wire.sentMono + answerMaxMs, () => this.#finish(exceptionPdu(functionOf(job), noAnswerException)));
        });
    }
    #hear(bytes, atMono) {
        this.#heard.push(...bytes);
        this.#quietMono = atMono + this.wire.timing.silenceMs;
        this.#cancelAnswer?.();
        this.#cancelAnswer = this.clock.exactly(this.#quietMono, () => this.#judge());
    }
    /** A frame has ended with its silence: is it the answer? */
    #judge() {
        const frame = Uint8Array.from(this.#heard);
        this.#heard = [];
        if (this.#cancelGiveUp === null || this.#job === null)
            return;
        const isAnswer = hasGoodCrc(frame) && frame[0] === this.#job.request.unit;
        if (isAnswer)
            this.#finish(pduOf(frame));
    }
    #finish(pdu) {
        this.#cancelGiveUp?.();
        this.#cancelGiveUp = null;
        this.#job?.answer(pdu);
        this.#job = null;
        // Without an answer the wire has been silent since the request left.
        this.#quietMono = Math.max(this.#quietMono, this.wire.sentMono + this.wire.timing.silenceMs);
        this.#next();
    }
}
function functionOf({ request }) {
    return request.pdu[0] ?? 0;
}
