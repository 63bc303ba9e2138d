/**
 * A centre of GB/T 26875.3-2011, on any clock and behind any transport (net/sim-network.ts in memory, net/tcp-server.ts for real): it
 * confirms what comes, asks and orders, keeps to what a preset says beyond the standard, and breaks the rules when told to.
 */

import { gbPresetDialects } from '../../config/uplinks/gb-presets.js';
import { type GbPreset, gbPresets } from '../../config/uplinks/gb-uplink-schema.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Peer, Session, SimServer } from '../net/sim-server.js';
import { type AduObject, readAdu, writeAdu } from './adu.js';
import { type AskedOrder, AskedOrders } from './asked-orders.js';
import { type AttackKind, planAttack } from './attacks.js';
import { type Found, type Frame, type FrameDialect, FrameReader, shortBytes, writeFrame } from './frame.js';
import { type HeardFrame, HeardFrames, type HeardKind } from './heard-frames.js';
import { type CentreAnswer, type CentreKnobs, nextAnswer, restingKnobs } from './knobs.js';
import { type CommandName, commandCodes, commandOf } from './tables.js';
import { localText } from './wire-time.js';

export type { GbPreset };
export { gbPresets };

export type CentreDialect = Pick<
  (typeof gbPresetDialects)[GbPreset],
  'timeCoding' | 'serialOrder' | 'version' | 'heartbeat' | 'heartbeatMs' | 'handshake'
>;

export interface GbCentreOptions {
  readonly clock: Clock;
  /** Default `standard`. */
  readonly preset?: GbPreset;
  /** Replaces a part of the preset. */
  readonly dialect?: Partial<CentreDialect>;
  /** Of the centre: twelve hex digits in the order on the wire. Default zeros. */
  readonly address?: string;
  /** How far its local time is ahead of UTC, minutes. Default 480. */
  readonly zoneMin?: number;
  /** Objects that it remembers; default 200,000. */
  readonly heardMax?: number;
  /** 0 to 1, for garbage. Default: always the same. */
  readonly chance?: () => number;
  readonly knobs?: Partial<CentreKnobs>;
}

/** What the centre said, or did to a connection. */
export type Said =
  | { readonly kind: 'frame'; readonly connection: number; readonly frame: Frame }
  | { readonly kind: 'raw'; readonly connection: number; readonly what: string; readonly bytes: number }
  | { readonly kind: 'connected' | 'gone'; readonly connection: number };

const china = 480;
const zeros = '000000000000';
/** What 泛海三江 says first, and hears. */
const sanjiangAsks = 0x16;
const sanjiangAnswers = 0x17;
const logInText = /^USER=(.*);PWD=(.*)$/;

interface Connection {
  readonly id: number;
  readonly peer: Peer;
  readonly reader: FrameReader;
  isOpen: boolean;
  hasShakenHands: boolean;
  /** Whom it serves; zeros until it has spoken. */
  device: string;
  alive: Cancel;
}

export class GbCentre implements SimServer {
  readonly knobs: CentreKnobs;
  readonly dialect: CentreDialect;
  readonly address: string;
  readonly heard: HeardFrames;
  readonly #orders: AskedOrders;
  readonly #clock: Clock;
  readonly #zoneMin: number;
  readonly #chance: () => number;
  readonly #connections = new Map<number, Connection>();
  readonly #hearers = new Set<(heard: HeardFrame) => void>();
  readonly #watchers = new Set<(said: Said) => void>();
  #connectionsSeen = 0;
  #serial = 0;

  constructor(options: GbCentreOptions) {
    this.#clock = options.clock;
    this.heard = new HeardFrames(options.heardMax);
    this.dialect = { ...gbPresetDialects[options.preset ?? 'standard'], ...options.dialect };
    this.address = options.address ?? zeros;
    this.#zoneMin = options.zoneMin ?? china;
    this.#chance = options.chance ?? (() => 0.5);
    this.knobs = { ...restingKnobs(), ...options.knobs };
    this.#orders = new AskedOrders(options.clock);
  }

  /** What was asked and ordered, oldest first, and what became of it. */
  get asked(): readonly AskedOrder[] {
    return this.#orders.all;
  }

  /** Connections that stand. */
  get connectionCount(): number {
    return this.#connections.size;
  }

  /** Connections that there ever were. */
  get connectionsSeen(): number {
    return this.#connectionsSeen;
  }

  onHeard(listener: (heard: HeardFrame) => void): Cancel {
    this.#hearers.add(listener);
    return () => this.#hearers.delete(listener);
  }

  onSaid(listener: (said: Said) => void): Cancel {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  accept(peer: Peer): Session {
    const id = ++this.#connectionsSeen;
    const connection: Connection = {
      ...{ id, peer, device: zeros, isOpen: true },
      reader: new FrameReader(this.dialect, this.dialect.heartbeat === 'fuan'),
      hasShakenHands: this.dialect.handshake === 'none',
      alive: () => undefined,
    };
    this.#connections.set(id, connection);
    this.#tell({ kind: 'connected', connection: id });
    if (this.dialect.heartbeat === 'fuan' && this.knobs.hasShortReplies) this.#keepAlive(connection);
    return {
      receive: (bytes) => {
        if (!connection.isOpen) return;
        for (const found of connection.reader.take(bytes)) this.#take(connection, found);
      },
      end: () => this.#forget(connection),
    };
  }

  /** Asks or orders something of the device on the newest connection; null: nobody is connected. `count`: what the unit says, true or
   * not; `command`: another one than the standard has for the type. */
  ask(
    type: number,
    objects: readonly AduObject[] = [{}],
    { count, command }: { readonly count?: number; readonly command?: CommandName } = {},
  ): AskedOrder | null {
    const adu = writeAdu(type, objects, this.dialect.timeCoding, count);
    return this.#order(adu, type, commandCodes[command ?? commandOf(type)]);
  }

  /** Type 90; default: the time of the clock. `wall`: ms since 1970. */
  setClock(wall = this.#clock.wall()): AskedOrder | null {
    return this.ask(90, [{ time: localText(wall, this.#zoneMin) }]);
  }

  /** Type 89. */
  initialise(): AskedOrder | null {
    return this.ask(89);
  }

  /** Type 91: whether somebody is on duty, within so many minutes. */
  checkPost(minutes: number): AskedOrder | null {
    return this.ask(91, [{ minutes }]);
  }

  /** The same bytes of an order again, as after a time-out; its serial stays. */
  repeat(order: AskedOrder): void {
    const connection = this.#newest();
    if (connection !== null) this.#send(connection, { ...order.frame, time: this.#now() });
  }

  attack(kind: AttackKind): void {
    const connection = this.#newest();
    if (connection === null) return;
    const { pieces, gapMs } = planAttack(kind, {
      head: this.#head(connection, this.#nextSerial()),
      ...{ dialect: this.dialect as FrameDialect, chance: this.#chance },
    });
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    this.#tell({ kind: 'raw', connection: connection.id, what: kind, bytes });
    if (gapMs === 0) for (const piece of pieces) connection.peer.send(piece);
    else this.#dribble(connection, pieces, gapMs);
  }

  #dribble(connection: Connection, [piece, ...more]: readonly Uint8Array[], gapMs: number): void {
    if (piece === undefined || !connection.isOpen) return;
    connection.peer.send(piece);
    this.#clock.after(gapMs, () => this.#dribble(connection, more, gapMs));
  }

  /** Any bytes, to the newest connection. */
  sendRaw(bytes: Uint8Array): void {
    const connection = this.#newest();
    if (connection === null) return;
    this.#tell({ kind: 'raw', connection: connection.id, what: 'bytes', bytes: bytes.length });
    connection.peer.send(bytes);
  }

  /** Ends every connection: in order, or with a reset where the transport can. */
  hangUp(how: 'close' | 'reset' = 'close'): void {
    for (const connection of [...this.#connections.values()]) {
      this.#forget(connection);
      if (how === 'reset' && connection.peer.reset !== undefined) connection.peer.reset();
      else connection.peer.hangUp();
    }
  }

  #newest(): Connection | null {
    return [...this.#connections.values()].at(-1) ?? null;
  }

  #order(adu: Uint8Array, type: number, command: number): AskedOrder | null {
    const connection = this.#newest();
    if (connection === null) return null;
    const frame = { ...this.#head(connection, this.#nextSerial()), command, adu };
    const order = this.#orders.add(type, frame, readAdu(adu, this.dialect.timeCoding)?.objects[0]?.minutes ?? null);
    this.#send(connection, frame);
    return order;
  }

  #take(connection: Connection, found: Found): void {
    if (found.kind === 'noise') {
      this.heard.noise(found.bytes);
      return;
    }
    const frame = found.kind === 'short' ? null : found.frame;
    const adu = found.kind === 'frame' ? readAdu(found.frame.adu, this.dialect.timeCoding) : null;
    const kind = found.kind === 'frame' ? this.#kindOf(found.frame, adu?.type ?? null) : found.kind;
    const isResend = found.kind === 'frame' && this.heard.isResend(found.frame);
    const answered = this.#answerFor(connection, kind, found);
    const { id } = connection;
    const fault = found.kind === 'spoilt' ? found.fault : null;
    const heard = this.heard.keep({
      ...{ atMono: this.#clock.mono(), connection: id, kind, frame, fault, adu, isResend, answered },
    });
    for (const hearer of [...this.#hearers]) hearer(heard);
    if (found.kind === 'frame') {
      this.#isNow(connection, found.frame.source);
      if (kind === 'confirm' || kind === 'answer' || kind === 'deny')
        this.#orders.settle(kind, found.frame.serial, adu);
      if (kind === 'upload' && adu !== null) this.#orders.noteDuty(adu);
    }
    if (answered !== null && answered !== 'silent') this.#answer(connection, frame, kind, answered);
  }

  /** Whoever comes again has left his earlier connection, though nobody said so. */
  #isNow(connection: Connection, device: string): void {
    if (connection.device === device) return;
    connection.device = device;
    for (const other of [...this.#connections.values()]) {
      if (other.device !== device || other.id >= connection.id) continue;
      this.#forget(other);
      other.peer.hangUp();
    }
  }

  #kindOf({ command, adu }: Frame, type: number | null): HeardKind {
    switch (command) {
      case commandCodes.send:
        if (adu.length === 0) return 'heartbeat';
        if (adu.length === 1 && adu[0] === sanjiangAsks) return 'handshake';
        return type === 26 && this.dialect.handshake === 'login' ? 'login' : 'upload';
      case commandCodes.confirm:
        return 'confirm';
      case commandCodes.answer:
        return 'answer';
      case commandCodes.deny:
        return 'deny';
      default:
        return 'other';
    }
  }

  /** Null: nothing is owed. */
  #answerFor(connection: Connection, kind: HeardKind, found: Found): CentreAnswer | null {
    const { knobs } = this;
    switch (kind) {
      case 'confirm':
      case 'answer':
      case 'deny':
        return null;
      case 'spoilt':
        return knobs.deniesSpoilt ? 'deny' : 'silent';
      case 'other':
        return 'deny';
      default:
        break;
    }
    const source = found.kind === 'frame' ? found.frame.source : null;
    if (source !== null && knobs.knownSources?.has(source) === false) return 'deny';
    if (kind === 'login' && found.kind === 'frame' && !this.#isKnown(found.frame)) return 'deny';
    if (kind !== 'login' && kind !== 'handshake' && !connection.hasShakenHands && knobs.wantsHandshake) return 'deny';
    const answer = nextAnswer(knobs);
    if ((kind === 'login' || kind === 'handshake') && answer === 'confirm') connection.hasShakenHands = true;
    return answer;
  }

  #isKnown({ adu }: Frame): boolean {
    const text = readAdu(adu, this.dialect.timeCoding)?.objects[0]?.text ?? '';
    const [, user, password] = logInText.exec(text) ?? [];
    if (user === undefined) return false;
    return this.knobs.accounts === null || this.knobs.accounts.get(user) === password;
  }

  #answer(connection: Connection, frame: Frame | null, kind: HeardKind, answer: CentreAnswer): void {
    const isShort = this.dialect.heartbeat === 'fuan' && this.knobs.hasShortReplies;
    const say = (): void => {
      if (!connection.isOpen) return;
      if (answer === 'confirm' && (frame === null || isShort)) this.#sendShort(connection, 'reply');
      if (frame === null || (answer === 'confirm' && isShort)) return;
      const isHandshake = kind === 'handshake' && answer === 'confirm';
      this.#send(connection, {
        ...this.#head(connection, answer === 'wrong_serial' ? (frame.serial + 1_000) & 65_535 : frame.serial),
        destination: frame.source,
        source: frame.destination,
        command: answer === 'deny' ? commandCodes.deny : commandCodes.confirm,
        adu: isHandshake ? Uint8Array.of(sanjiangAnswers) : new Uint8Array(0),
      });
    };
    if (this.knobs.lateMs > 0) this.#clock.after(this.knobs.lateMs, say);
    else say();
  }

  #keepAlive(connection: Connection): void {
    connection.alive = this.#clock.after(this.dialect.heartbeatMs, () => {
      this.#sendShort(connection, 'alive');
      this.#keepAlive(connection);
    });
  }

  #sendShort(connection: Connection, what: keyof typeof shortBytes): void {
    this.#tell({ kind: 'raw', connection: connection.id, what, bytes: shortBytes[what].length });
    connection.peer.send(shortBytes[what]);
  }

  #send(connection: Connection, frame: Frame): void {
    this.#tell({ kind: 'frame', connection: connection.id, frame });
    connection.peer.send(writeFrame(frame, this.dialect));
  }

  #head(connection: Connection, serial: number): Omit<Frame, 'command' | 'adu'> {
    const { version } = this.dialect;
    return { serial, version, time: this.#now(), source: this.address, destination: connection.device };
  }

  #now(): string {
    return localText(this.#clock.wall(), this.#zoneMin);
  }

  #nextSerial(): number {
    const serial = this.#serial;
    this.#serial = (serial + 1) & 65_535;
    return serial;
  }

  #tell(said: Said): void {
    for (const watcher of [...this.#watchers]) watcher(said);
  }

  #forget(connection: Connection): void {
    if (!connection.isOpen) return;
    connection.isOpen = false;
    connection.alive();
    this.#connections.delete(connection.id);
    this.#tell({ kind: 'gone', connection: connection.id });
  }
}
