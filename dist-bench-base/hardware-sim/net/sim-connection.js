import { DriverError } from '../../drivers/driver-error.js';
/** Bytes of each direction that a stalled connection keeps; a full one takes no more (LINK-006). */
const heldMaxBytes = 16_384;
/** Between two pieces of one answer. */
const pieceGapMs = 1;
/** One TCP connection from both ends. */
export class SimConnection {
    network;
    clock;
    events;
    gone;
    #isOpen = true;
    #isHungUp = false;
    #fate = 'sound';
    #isStalled;
    #toServer = [];
    #toClient = [];
    #joined = [];
    #cancelJoin = null;
    /** Pieces keep their order. */
    #arrivesMono = Number.NEGATIVE_INFINITY;
    #session;
    constructor(network, clock, events, gone) {
        this.network = network;
        this.clock = clock;
        this.events = events;
        this.gone = gone;
        this.#isStalled = network.isStalled;
        this.#session = network.server.accept({
            send: (bytes) => this.#answer(bytes),
            hangUp: () => this.hangUp('closed by the other side'),
        });
    }
    get isOpen() {
        return this.#isOpen;
    }
    async write(bytes) {
        const { where, latencyMs } = this.network;
        if (!this.#isOpen)
            throw new DriverError('LINK-005', where, 'closed');
        if (sizeOf(this.#toServer) + bytes.length > heldMaxBytes)
            throw new DriverError('LINK-006', where, 'unsent bytes');
        const sent = bytes.slice();
        if (this.#isStalled)
            this.#toServer.push(sent);
        else
            this.clock.after(latencyMs, () => this.#arrive(sent));
    }
    async close() {
        if (!this.#isOpen)
            return;
        this.#isOpen = false;
        this.#letGo();
    }
    /** The server's side ends it; `got` is what the client's system says. */
    hangUp(got) {
        this.#isHungUp = true;
        this.#letGo();
        this.clock.exactly(Math.max(this.clock.mono() + this.network.latencyMs, this.#arrivesMono), () => {
            if (this.#fate === 'sound')
                this.#goDown(got);
        });
    }
    loseBytes() {
        if (this.#fate === 'sound')
            this.#fate = 'lost';
    }
    forget() {
        this.#fate = 'forgotten';
        this.#session.end();
    }
    setStalled(isStalled) {
        this.#isStalled = isStalled;
        if (isStalled)
            return;
        for (const bytes of this.#toServer.splice(0))
            this.clock.after(this.network.latencyMs, () => this.#arrive(bytes));
        for (const bytes of this.#toClient.splice(0))
            this.#deliver(bytes);
    }
    #arrive(bytes) {
        if (!this.#isOpen || this.#isHungUp || this.#fate === 'lost')
            return;
        if (this.#fate === 'forgotten')
            this.clock.after(this.network.latencyMs, () => this.#goDown('ECONNRESET'));
        else if (this.#isStalled)
            this.#toServer.push(bytes);
        else
            this.#session.receive(bytes);
    }
    #answer(bytes) {
        const { segments } = this.network;
        if (segments === 'as-sent')
            this.#send(bytes, bytes.length);
        else if ('everyBytes' in segments)
            this.#send(bytes, segments.everyBytes);
        else {
            this.#joined.push(...bytes);
            this.#cancelJoin ??= this.clock.after(segments.joinedOverMs, () => {
                this.#cancelJoin = null;
                this.#send(Uint8Array.from(this.#joined.splice(0)), Number.POSITIVE_INFINITY);
            });
        }
    }
    #send(bytes, pieceBytes) {
        for (let at = 0; at < bytes.length; at += pieceBytes) {
            const piece = bytes.slice(at, Math.min(bytes.length, at + pieceBytes));
            if (!this.#isStalled)
                this.#deliver(piece);
            else if (sizeOf(this.#toClient) < heldMaxBytes)
                this.#toClient.push(piece);
        }
    }
    #deliver(piece) {
        const soonestMono = this.clock.mono() + this.network.latencyMs;
        this.#arrivesMono = Math.max(soonestMono, this.#arrivesMono + pieceGapMs);
        this.clock.exactly(this.#arrivesMono, () => {
            if (this.#isOpen && this.#fate === 'sound')
                this.events.onBytes(piece, this.clock.mono());
        });
    }
    #goDown(got) {
        if (!this.#isOpen)
            return;
        this.#isOpen = false;
        this.#letGo();
        this.events.onDown(new DriverError('LINK-005', this.network.where, got));
    }
    #letGo() {
        this.#cancelJoin?.();
        this.#session.end();
        this.gone();
    }
}
function sizeOf(pieces) {
    return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
