/** The seam to the network: one object is one connection. `net` is behind tcp-connection.ts; tests put a centre on the virtual clock. */
import type { UplinkError } from '../uplink.js';

export interface GbTarget {
  readonly host: string;
  readonly port: number;
  /** For errors. */
  readonly where: string;
  readonly connectTimeoutMs: number;
}

export interface GbConnectionEvents {
  onOpen(): void;
  onBytes(bytes: Uint8Array): void;
  /** At most once, and never after drop(). UPLINK-001 before onOpen, UPLINK-003 after it. */
  onClosed(error: UplinkError): void;
}

export interface GbConnection {
  /** Of the socket, since it was opened. */
  readonly bytes: { readonly sent: number; readonly received: number };
  /** Handed over and not yet taken by the system: nothing can overtake them. */
  readonly waitingBytes: number;
  /** Does nothing when it is not open. */
  send(bytes: Uint8Array): void;
  /** Says goodbye after what was sent; resolves when it is closed. */
  end(): Promise<void>;
  /** At once. */
  drop(): void;
}

export interface GbLink {
  connect(target: GbTarget, events: GbConnectionEvents): GbConnection;
}
