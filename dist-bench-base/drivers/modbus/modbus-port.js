import { EventEmitter } from 'node:events';
/**
 * The port that modbus-serial is given in place of its own. It hands on nothing but whole frames, each matched to the
 * request under way; modbus-serial's own matching (which takes the last request's answer for this one's) never sees
 * anything else.
 */
export class ModbusPort extends EventEmitter {
    link;
    framing;
    onWriteFailed;
    waitOut;
    /** modbus-serial looks a transaction up under these. */
    _transactionIdRead = 1;
    _transactionIdWrite = 1;
    #shape = null;
    #unwritten = 0;
    constructor(link, framing, onWriteFailed, 
    /** Returns when the bytes may leave. */
    waitOut = () => undefined) {
        super();
        this.link = link;
        this.framing = framing;
        this.onWriteFailed = onWriteFailed;
        this.waitOut = waitOut;
    }
    get isOpen() {
        return this.link.isOpen;
    }
    /** The system has not taken the last request yet. */
    get isWriting() {
        return this.#unwritten > 0;
    }
    open(callback) {
        callback(null);
    }
    close(callback) {
        callback(null);
    }
    /** The next `write` of modbus-serial belongs to this slot and wants such an answer. */
    prepare(slot, shape) {
        this._transactionIdWrite = slot;
        this.#shape = shape;
    }
    write(request) {
        const shape = this.#shape;
        if (shape === null)
            throw new Error('a request that nobody prepared');
        this.#shape = null;
        const bytes = this.framing.send({ slot: this._transactionIdWrite, shape }, request);
        this.#unwritten++;
        this.waitOut();
        this.link.write(bytes).then(() => {
            this.#unwritten--;
        }, (error) => this.onWriteFailed(error));
    }
    /** Takes bytes from the link and hands on the answers in them; `before` is called in front of each. */
    receive(bytes, before) {
        for (const found of this.framing.receive(bytes)) {
            before(found);
            this._transactionIdRead = found.slot;
            const { frame } = found;
            this.emit('data', Buffer.isBuffer(frame) ? frame : Buffer.from(frame.buffer, frame.byteOffset, frame.length));
        }
    }
}
