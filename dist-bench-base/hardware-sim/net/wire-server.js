/** A serial server's memory for what still waits to leave on the wire; more is lost, as on the real ones. */
const unsentMaxBytes = 1024;
/** A transparent serial server: bytes of the network go out on the wire as they come, and those of the wire to every client. */
export class WireServer {
    wire;
    clock;
    /** Bytes of clients that were lost because the wire was too slow. */
    lostBytes = 0;
    #peers = new Set();
    constructor(wire, clock) {
        this.wire = wire;
        this.clock = clock;
        wire.onMasterBytes((bytes) => {
            for (const peer of [...this.#peers])
                peer.send(bytes);
        });
    }
    accept(peer) {
        this.#peers.add(peer);
        return {
            receive: (bytes) => {
                if (this.#peers.has(peer))
                    this.#forward(bytes);
            },
            end: () => void this.#peers.delete(peer),
        };
    }
    #forward(bytes) {
        const waitingMs = Math.max(0, this.wire.sentMono - this.clock.mono());
        const room = Math.max(0, unsentMaxBytes - Math.ceil(waitingMs / this.wire.timing.charMs));
        const taken = bytes.subarray(0, room);
        this.lostBytes += bytes.length - taken.length;
        this.wire.masterWrite(taken);
    }
}
