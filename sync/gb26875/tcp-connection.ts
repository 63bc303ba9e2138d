/** A connection of the system. */
import { connect, type Socket } from 'node:net';
import type { Cancel, Clock } from '../../drivers/clock.js';
import { UplinkError } from '../uplink.js';
import type { GbConnection, GbConnectionEvents, GbLink, GbTarget } from './gb-link.js';

/** Where a platform has no sign of life, the system asks whether the other side is there: after so long without a word. */
const keepAliveMs = 60_000;
/** What a centre does not read; one that leaves more is no centre. */
const unsentMaxBytes = 64 * 1024;

export class TcpGbLink implements GbLink {
  constructor(private readonly clock: Clock) {}

  connect(target: GbTarget, events: GbConnectionEvents): GbConnection {
    return new TcpConnection(target, events, this.clock);
  }
}

class TcpConnection implements GbConnection {
  readonly #socket: Socket;
  readonly #ended: Promise<void>;
  #cancelTimeout: Cancel | null = null;
  #error: Error | null = null;
  #isOpen = false;
  #isDropped = false;

  constructor({ host, port, where, connectTimeoutMs }: GbTarget, events: GbConnectionEvents, clock: Clock) {
    // Small frames that each wait for an answer: Nagle's delay would add up.
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
    this.#socket = socket;
    this.#cancelTimeout = clock.after(connectTimeoutMs, () => socket.destroy(new Error('no answer')));
    socket.on('connect', () => {
      this.#cancelTimeout?.();
      this.#isOpen = true;
      if (!this.#isDropped) events.onOpen();
    });
    socket.on('data', (bytes) => {
      if (!this.#isDropped) events.onBytes(bytes);
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    this.#ended = new Promise((resolve) => {
      socket.on('close', () => {
        this.#cancelTimeout?.();
        resolve();
        if (this.#isDropped) return;
        this.#isDropped = true;
        const code = this.#isOpen ? 'UPLINK-003' : 'UPLINK-001';
        events.onClosed(new UplinkError(code, where, this.#error?.message ?? null, this.#error ?? undefined));
      });
    });
  }

  get bytes(): { readonly sent: number; readonly received: number } {
    return { sent: this.#socket.bytesWritten, received: this.#socket.bytesRead };
  }

  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  send(bytes: Uint8Array): void {
    if (!this.#isOpen || this.#isDropped || !this.#socket.writable) return;
    if (this.#socket.writableLength > unsentMaxBytes) this.#socket.destroy(new Error('it does not read'));
    else this.#socket.write(bytes);
  }

  end(): Promise<void> {
    this.#socket.end();
    return this.#ended;
  }

  drop(): void {
    this.#isDropped = true;
    this.#cancelTimeout?.();
    this.#socket.destroy();
  }
}
