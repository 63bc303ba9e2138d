import { replyShapeOf } from './frame.js';
import { encodeRequest } from './request-frame.js';
const tables = ['coil', 'discrete', 'input', 'holding'];
export class Questions {
    charMs;
    recordOf;
    /** Reads of each unit, by table, address and count. A device reads a few fixed blocks, so nothing is ever forgotten. */
    #reads = new WeakMap();
    /** `charMs` = time of one character on the wire, ms. */
    constructor(charMs, recordOf) {
        this.charMs = charMs;
        this.recordOf = recordOf;
    }
    of(unit, request) {
        if (request.kind === 'write')
            return this.#coded(unit, request);
        let known = this.#reads.get(unit);
        if (known === undefined) {
            known = new Map();
            this.#reads.set(unit, known);
        }
        const number = (tables.indexOf(request.table) * 0x1_0000 + request.address) * 0x1_0000 + request.count;
        let question = known.get(number);
        if (question === undefined) {
            question = this.#coded(unit, request);
            known.set(number, question);
        }
        return question;
    }
    #coded(unit, request) {
        const frame = encodeRequest(unit.address, request);
        return {
            ...{ unit, request, record: this.recordOf(unit.address) },
            key: Buffer.from(frame).toString('latin1'),
            wireMs: frame.length * this.charMs,
            shape: replyShapeOf(frame, unit.exceptionStyle),
        };
    }
}
