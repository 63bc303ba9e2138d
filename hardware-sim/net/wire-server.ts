import type { Clock } from '../../drivers/clock.js';
import type { ByteWire } from '../byte-wire.js';
import type { Peer, Session, SimServer } from './sim-server.js';

/** A serial server's memory for what still waits to leave on the wire; more is lost, as on the real ones. */
const unsentMaxBytes = 1024;

/** A transparent serial server: bytes of the network go out on the wire as they come, and those of the wire to every client. */
export class WireServer implements SimServer {
  /** Bytes of clients that were lost because the wire was too slow. */
  lostBytes = 0;
  readonly #peers = new Set<Peer>();

  constructor(
    readonly wire: ByteWire,
    private readonly clock: Clock,
  ) {
    wire.onMasterBytes((bytes) => {
      for (const peer of [...this.#peers]) peer.send(bytes);
    });
  }

  accept(peer: Peer): Session {
    this.#peers.add(peer);
    return {
      receive: (bytes) => {
        if (this.#peers.has(peer)) this.#forward(bytes);
      },
      end: () => void this.#peers.delete(peer),
    };
  }

  #forward(bytes: Uint8Array): void {
    const waitingMs = Math.max(0, this.wire.sentMono - this.clock.mono());
    const room = Math.max(0, unsentMaxBytes - Math.ceil(waitingMs / this.wire.timing.charMs));
    const taken = bytes.subarray(0, room);
    this.lostBytes += bytes.length - taken.length;
    this.wire.masterWrite(taken);
  }
}
