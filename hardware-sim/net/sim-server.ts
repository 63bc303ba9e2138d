/** Whatever answers at the other end of a TCP connection; in memory (sim-network.ts) or behind a real socket
 * (tcp-server.ts). */

/** One client as the server sees it. */
export interface Peer {
  send(bytes: Uint8Array): void;
  /** The server has had enough of this client. */
  hangUp(): void;
  /** As `hangUp`, without a goodbye: the client hears a reset. Left out where that can not be done. */
  reset?(): void;
}

export interface Session {
  /** Bytes of the client, cut anywhere. Never throws, whatever they are. */
  receive(bytes: Uint8Array): void;
  /** The client is gone: nothing is sent to it any more. */
  end(): void;
}

export interface SimServer {
  accept(peer: Peer): Session;
}
