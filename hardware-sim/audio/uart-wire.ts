/**
 * Two wires between a tty and one device, one for each direction: both may talk at once, bytes take their time, and a chunk
 * is heard when its last bit is through.
 */
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { OpenByteLink } from '../../drivers/driver.js';
import { type MasterEnd, openLinkOn } from '../wire-link.js';

export interface UartWireOptions {
  readonly clock: Clock;
  /** Default 9600. */
  readonly baud?: number;
  /** What the tty is called in errors. */
  readonly path?: string;
}

/** What hangs at the far end. `hear` is called when the last bit is through. */
export interface UartDevice {
  start(say: (bytes: Uint8Array) => void, clock: Clock): void;
  hear(bytes: Uint8Array): void;
}

const bitsPerChar = 10;

export class UartWire implements MasterEnd {
  readonly path: string;
  readonly charMs: number;
  /** The seam of drivers/driver.ts. One link at a time. */
  readonly open: OpenByteLink;
  /** Everything that the master sent, with the time of its first bit. */
  readonly sent: { readonly bytes: Uint8Array; readonly atMono: number }[] = [];
  readonly #clock: Clock;
  readonly #masterListeners = new Set<(bytes: Uint8Array, atMono: number) => void>();
  readonly #plugListeners = new Set<(isPlugged: boolean) => void>();
  #device: UartDevice | null = null;
  #isPlugged = true;
  #isCut = false;
  #masterFreeMono = 0;
  #deviceFreeMono = 0;

  constructor(options: UartWireOptions) {
    this.#clock = options.clock;
    this.path = options.path ?? 'simulated UART';
    this.charMs = (bitsPerChar * 1000) / (options.baud ?? 9600);
    this.open = openLinkOn(this);
  }

  get isPlugged(): boolean {
    return this.#isPlugged;
  }

  attach(device: UartDevice): void {
    this.#device = device;
    device.start((bytes) => this.#deviceWrite(bytes), this.#clock);
  }

  /** Nothing passes, in either direction, and nobody is told. */
  setCut(isCut: boolean): void {
    this.#isCut = isCut;
  }

  /** Pulls the adapter, or puts it back: every open link goes down. */
  setPlugged(isPlugged: boolean): void {
    this.#isPlugged = isPlugged;
    for (const listener of [...this.#plugListeners]) listener(isPlugged);
  }

  onPlug(listener: (isPlugged: boolean) => void): Cancel {
    this.#plugListeners.add(listener);
    return () => this.#plugListeners.delete(listener);
  }

  onMasterBytes(listener: (bytes: Uint8Array, atMono: number) => void): Cancel {
    this.#masterListeners.add(listener);
    return () => this.#masterListeners.delete(listener);
  }

  masterWrite(bytes: Uint8Array): void {
    const fromMono = Math.max(this.#clock.mono(), this.#masterFreeMono);
    this.#masterFreeMono = fromMono + bytes.length * this.charMs;
    const copy = bytes.slice();
    this.sent.push({ bytes: copy, atMono: fromMono });
    this.#clock.exactly(this.#masterFreeMono, () => {
      if (!this.#isCut && this.#isPlugged) this.#device?.hear(copy);
    });
  }

  /** Bytes that no device has said, on their way to the master. */
  noise(bytes: Uint8Array): void {
    this.#deviceWrite(bytes);
  }

  #deviceWrite(bytes: Uint8Array): void {
    const fromMono = Math.max(this.#clock.mono(), this.#deviceFreeMono);
    this.#deviceFreeMono = fromMono + bytes.length * this.charMs;
    const copy = bytes.slice();
    this.#clock.exactly(this.#deviceFreeMono, () => {
      if (this.#isCut || !this.#isPlugged) return;
      for (const listener of [...this.#masterListeners]) listener(copy, this.#clock.mono());
    });
  }
}
