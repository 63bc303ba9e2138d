import type { Cancel, Clock } from '../../drivers/clock.js';
import type { ByteLink, ByteLinkEvents } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import type { Session, SimServer } from './sim-server.js';

/** Bytes of each direction that a stalled connection keeps; a full one takes no more (LINK-006). */
const heldMaxBytes = 16_384;
/** Between two pieces of one answer, if nothing else is said. */
const pieceGapMs = 1;

/** How the server's answers are cut into pieces: as they were sent, every N bytes (`gapMs` between them, default 1), or joined over
 * so many ms. */
export type Segments =
  | 'as-sent'
  | { readonly everyBytes: number; readonly gapMs?: number }
  | { readonly joinedOverMs: number };

/** Which bytes vanish. */
export type LostWay = 'both' | 'requests' | 'answers';

/** What a connection has to know about the network it runs through. */
export interface ConnectionWorld {
  /** `host:port`, as errors name it. */
  readonly where: string;
  /** One way, ms. */
  readonly latencyMs: number;
  readonly segments: Segments;
  readonly isStalled: boolean;
  readonly server: SimServer;
  /** So many bytes of this answer come, and then a reset; null: all of it comes. Asked once an answer. */
  takeCut(): number | null;
}

/** A way that is lost: its bytes vanish. `forgotten`: the server answers whatever comes with a reset. */
type Fate = 'sound' | LostWay | 'forgotten';

/** One TCP connection from both ends. */
export class SimConnection implements ByteLink {
  #isOpen = true;
  #isHungUp = false;
  #fate: Fate = 'sound';
  #isStalled: boolean;
  #toServer: Uint8Array[] = [];
  #toClient: Uint8Array[] = [];
  #joined: number[] = [];
  #cancelJoin: Cancel | null = null;
  /** Pieces keep their order. */
  #arrivesMono = Number.NEGATIVE_INFINITY;
  readonly #session: Session;

  constructor(
    private readonly network: ConnectionWorld,
    private readonly clock: Clock,
    private readonly events: ByteLinkEvents,
    private readonly gone: () => void,
  ) {
    this.#isStalled = network.isStalled;
    this.#session = network.server.accept({
      send: (bytes) => this.#answer(bytes),
      hangUp: () => this.hangUp('closed by the other side'),
      reset: () => this.hangUp('ECONNRESET'),
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const { where, latencyMs } = this.network;
    if (!this.#isOpen) throw new DriverError('LINK-005', where, 'closed');
    if (sizeOf(this.#toServer) + bytes.length > heldMaxBytes) throw new DriverError('LINK-006', where, 'unsent bytes');
    const sent = bytes.slice();
    if (this.#isStalled) this.#toServer.push(sent);
    else this.clock.after(latencyMs, () => this.#arrive(sent));
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#letGo();
  }

  /** The server's side ends it; `got` is what the client's system says. */
  hangUp(got: string): void {
    this.#isHungUp = true;
    this.#letGo();
    this.clock.exactly(Math.max(this.clock.mono() + this.network.latencyMs, this.#arrivesMono), () => {
      if (this.#isHeard) this.#goDown(got);
    });
  }

  loseBytes(way: LostWay): void {
    if (this.#fate === 'forgotten') return;
    this.#fate = this.#fate === 'sound' || this.#fate === way ? way : 'both';
  }

  forget(): void {
    this.#fate = 'forgotten';
    this.#session.end();
  }

  setStalled(isStalled: boolean): void {
    this.#isStalled = isStalled;
    if (isStalled) return;
    for (const bytes of this.#toServer.splice(0)) this.clock.after(this.network.latencyMs, () => this.#arrive(bytes));
    for (const bytes of this.#toClient.splice(0)) this.#deliver(bytes, pieceGapMs);
  }

  /** What the server sends comes to the client. */
  get #isHeard(): boolean {
    return this.#fate === 'sound' || this.#fate === 'requests';
  }

  #arrive(bytes: Uint8Array): void {
    if (!this.#isOpen || this.#isHungUp || this.#fate === 'both' || this.#fate === 'requests') return;
    if (this.#fate === 'forgotten') this.clock.after(this.network.latencyMs, () => this.#goDown('ECONNRESET'));
    else if (this.#isStalled) this.#toServer.push(bytes);
    else this.#session.receive(bytes);
  }

  #answer(bytes: Uint8Array): void {
    const { segments } = this.network;
    const cutAt = this.network.takeCut();
    if (cutAt !== null) {
      this.#send(bytes.subarray(0, cutAt), Number.POSITIVE_INFINITY, pieceGapMs);
      this.hangUp('ECONNRESET');
    } else if (segments === 'as-sent') this.#send(bytes, bytes.length, pieceGapMs);
    else if ('everyBytes' in segments) this.#send(bytes, segments.everyBytes, segments.gapMs ?? pieceGapMs);
    else {
      this.#joined.push(...bytes);
      this.#cancelJoin ??= this.clock.after(segments.joinedOverMs, () => {
        this.#cancelJoin = null;
        this.#send(Uint8Array.from(this.#joined.splice(0)), Number.POSITIVE_INFINITY, pieceGapMs);
      });
    }
  }

  #send(bytes: Uint8Array, pieceBytes: number, gapMs: number): void {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.slice(at, Math.min(bytes.length, at + pieceBytes));
      if (!this.#isStalled) this.#deliver(piece, at === 0 ? pieceGapMs : gapMs);
      else if (sizeOf(this.#toClient) < heldMaxBytes) this.#toClient.push(piece);
    }
  }

  #deliver(piece: Uint8Array, gapMs: number): void {
    const soonestMono = this.clock.mono() + this.network.latencyMs;
    this.#arrivesMono = Math.max(soonestMono, this.#arrivesMono + gapMs);
    this.clock.exactly(this.#arrivesMono, () => {
      if (this.#isOpen && this.#isHeard) this.events.onBytes(piece, this.clock.mono());
    });
  }

  #goDown(got: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#letGo();
    this.events.onDown(new DriverError('LINK-005', this.network.where, got));
  }

  #letGo(): void {
    this.#cancelJoin?.();
    this.#session.end();
    this.gone();
  }
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
