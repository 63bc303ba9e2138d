/** One connection to the centre, as frames: the bytes that come become frames, and a flood or a frame that never ends is noticed here. */
import type { GbUplinkConfig } from '../../config/site-telling.js';
import type { Clock } from '../../drivers/clock.js';
import type { Traffic } from '../traffic.js';
import { UplinkError } from '../uplink.js';
import { encodeFrame } from './encode-frame.js';
import { FloodGuard } from './flood-guard.js';
import type { GbTime } from './frame-types.js';
import { type GbFramed, GbFramer } from './framer.js';
import type { GbConnection, GbLink } from './gb-link.js';
import { GbLinkTraffic } from './gb-link-traffic.js';
import type { GbSent, GbShort } from './session-types.js';
import { encodeShort } from './short-frames.js';
import { UnfinishedWatch } from './unfinished-watch.js';

const connectTimeoutMs = 10_000;

export interface GbWireOptions {
  readonly config: GbUplinkConfig;
  /** For errors. */
  readonly where: string;
  readonly link: GbLink;
  readonly clock: Clock;
  readonly onOpen: () => void;
  readonly onFramed: (framed: GbFramed) => void;
  /** By itself, and not after `forget`. */
  readonly onClosed: (error: UplinkError) => void;
  /** It had better be given up. */
  readonly onFlood: (error: UplinkError) => void;
}

export class GbWire {
  readonly #framer: GbFramer;
  readonly #traffic = new GbLinkTraffic();
  readonly #flood: FloodGuard;
  readonly #unfinished: UnfinishedWatch;
  #connection: GbConnection | null = null;

  constructor(private readonly options: GbWireOptions) {
    const { config, clock } = options;
    this.#framer = new GbFramer(config.dialect);
    this.#flood = new FloodGuard(clock.mono());
    this.#unfinished = new UnfinishedWatch(clock, () => this.#cameAll(this.#framer.giveUp()));
  }

  get traffic(): Traffic {
    return this.#traffic.total;
  }

  /** Handed over and not yet taken by the system. */
  get waitingBytes(): number {
    return this.#connection?.waitingBytes ?? 0;
  }

  open(): void {
    const { config, link, where, onOpen, onClosed } = this.options;
    const { host, port } = config;
    const isThis = (): boolean => this.#connection === connection;
    const connection = link.connect(
      { host, port, where, connectTimeoutMs },
      {
        onOpen: () => {
          if (isThis()) onOpen();
        },
        onBytes: (bytes) => {
          if (isThis()) this.#take(bytes);
        },
        onClosed: (error) => {
          if (isThis()) onClosed(error);
        },
      },
    );
    this.#connection = connection;
    this.#framer.reset();
    this.#traffic.begin(connection);
  }

  /** @param time when it is sent; null: not to be written */
  send(frame: GbSent, time: GbTime | null): void {
    const { address: source, dialect } = this.options.config;
    this.#connection?.send(encodeFrame({ ...frame, version: dialect.version, time, source }, dialect));
    this.#flood.sent();
    this.#traffic.packet();
  }

  sendShort(short: GbShort): void {
    this.#connection?.send(encodeShort(short === 'alive' ? 'keepAlive' : 'reply'));
    this.#traffic.packet();
  }

  /** Nothing of it is heard any more. Returned for whoever ends it; null: there was none. */
  forget(): GbConnection | null {
    const connection = this.#connection;
    this.#traffic.end();
    this.#connection = null;
    this.#unfinished.stop();
    return connection;
  }

  #take(bytes: Uint8Array): void {
    const { clock, where, onFlood } = this.options;
    if (!this.#flood.allows(bytes.length, clock.mono())) {
      onFlood(new UplinkError('UPLINK-003', where, 'the centre sends far too much'));
      return;
    }
    const all = this.#framer.push(bytes);
    const hasEnded = all.some(({ kind }) => kind !== 'bad');
    this.#unfinished.look(this.#framer.heldBytes, hasEnded);
    this.#cameAll(all);
  }

  #cameAll(all: readonly GbFramed[]): void {
    const connection = this.#connection;
    for (const framed of all) if (this.#connection === connection) this.options.onFramed(framed);
  }
}
