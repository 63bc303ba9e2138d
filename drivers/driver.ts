/**
 * The contracts between the physical world and everything above. The simulator implements the same ones.
 * Rule for all of them: a failure is a DriverError, a late answer is an error, and no call blocks the event loop.
 */

import type { DeviceId, PointId } from '../config/ids.js';
import type { BadReason, Reading } from '../config/reading.js';
import type { BoxFigure, ScanRate, SetupCheck } from '../config/site.js';
import type { AfterProcessEnd } from '../config/vocabulary.js';
import type { Cancel } from './clock.js';
import type { DriverError } from './driver-error.js';

/** A two-way stream of bytes: a tty, a pseudo-terminal, a TCP connection, a simulated wire. One object is one life: after `close` or
 * `onDown` it is never opened again, a new one is made (reopened serial ports are known to stay deaf). */
export interface ByteLink {
  /** False from the moment `close` was called or `onDown` was told. */
  readonly isOpen: boolean;
  /** Resolves when the bytes were handed to the system (not: when the last bit left). Rejects with LINK-005 or LINK-006. */
  write(bytes: Uint8Array): Promise<void>;
  /** Idempotent; resolves when the system has let go of the device, or after 1 s. */
  close(): Promise<void>;
}

export interface ByteLinkEvents {
  /** `atMono` = when these bytes were seen, in ms of the clock. Chunks of any size, cut anywhere. */
  onBytes(bytes: Uint8Array, atMono: number): void;
  /** At most once, and never after `close`. */
  onDown(error: DriverError): void;
}

/** Opens one life of a link. Rejects with LINK-001 … LINK-004; a rejected open leaves nothing behind. */
export type OpenByteLink = (events: ByteLinkEvents) => Promise<ByteLink>;

/** Something that is scanned: one unit on a line, the box's own pins. */
export interface Device {
  readonly id: DeviceId;
  /** Its points by how often they are read, the most urgent first; that one is asked while the device is silent. Empty for a
   * unit that only carries outputs. */
  readonly parts: readonly ScanPart[];
  /** A bad reading of every point, for a device that can not be seen. */
  unseen(reason: BadReason): readonly Reading[];
  /** Reads the settings that must stand in it. Null when it has none; never rejects. */
  readonly checkSetup: (() => Promise<SetupOutcome>) | null;
}

export interface ScanPart {
  readonly rate: ScanRate;
  readonly pointIds: readonly PointId[];
  /** One round over the points of this part. Never rejects: a failed look gives bad readings and the error. `second` = a
   * second look at a first alarm: goes before all other looks. */
  scan(look: 'routine' | 'second'): Promise<Scan>;
}

export type SetupOutcome =
  | { readonly kind: 'sound' }
  | { readonly kind: 'unanswered'; readonly error: DriverError }
  | { readonly kind: 'wrong'; readonly check: SetupCheck; readonly got: number };

export interface Scan {
  /** Null when every request was answered well. */
  readonly error: DriverError | null;
  readonly readings: readonly Reading[];
}

/** One switched thing (siren, strobe, lamp), whatever drives it. */
export interface OutputHandle {
  readonly afterProcessEnd: AfterProcessEnd;
  /** It goes off by itself so long after each order on, ms, so that it must be ordered again before; left out: it does not. */
  readonly onForMs?: number;
  /** Sets it. For a pin the level has changed when this returns; for a coil the write is queued first on its line and the
   * promise tells whether the unit confirmed it. */
  command(on: boolean): Promise<void>;
  /** Looks at the real thing: the pin's level, the coil's read-back. Rejects when that can not be seen. */
  readBack(): Promise<boolean>;
}

/** GPIO lines by the chip's own numbers (GPIO17 is 17, whatever the kernel's base). */
export interface PinBoard {
  readonly afterProcessEnd: AfterProcessEnd;
  /** Takes the pin over **at the level it has** (a running siren is not interrupted). Throws PIN-001 or PIN-002. */
  openOutput(pin: number, activeLow: boolean): OutputPin;
  openInput(pin: number): InputPin;
  /** Lets every pin go without changing any level. */
  close(): void;
}

export interface OutputPin {
  /** Synchronous: the level has changed when it returns. Throws PIN-003. */
  set(on: boolean): void;
  /** The real level, not the last one set. Throws PIN-003. */
  read(): boolean;
}

export interface InputPin {
  /** True = electrically high. Throws PIN-003. */
  read(): boolean;
  /** Tells that something moved; the level must then be read. Edges can be lost, so the owner also reads every 50 ms. */
  onEdge(moved: () => void): Cancel;
}

/** What a loudspeaker can be asked to play. */
export type Utterance =
  | { readonly kind: 'text'; readonly text: string }
  /** A WAV file of the box, absolute path. */
  | { readonly kind: 'file'; readonly path: string }
  /** A number on the player's own card, from 1. */
  | { readonly kind: 'track'; readonly track: number };

/** A loudspeaker with its amplifier. It plays one thing at a time. */
export interface Speaker {
  /** The one kind that it can play. */
  readonly plays: Utterance['kind'];
  /** Opens what it needs, and again whenever that went away, until `close`. Called once. */
  start(): void;
  /** Resolves when `what` was played to its end. A new call cuts the running one off at once: that one rejects with VOICE-001,
   * which is no fault. Something that it can never play (VOICE-005, VOICE-008) rejects and cuts nothing off. A speaker that
   * says nothing back is played on blindly, and the promise rejects at the end. `volume` 0 to 100 %; rejects with RangeError for
   * anything else. Rejects with VOICE-… or LINK-…, always within a bounded time. */
  play(what: Utterance, volume: number): Promise<void>;
  /** Cuts off what is playing. Resolves when the speaker has confirmed it, or when a newer call took its place. */
  stop(): Promise<void>;
  /** Asks whether it is there, without a sound and without disturbing what is playing. Rejects with the fault. */
  check(): Promise<void>;
  /** Lets go; what a chip was told it finishes by itself, a player program is ended. Nothing is played afterwards. */
  close(): Promise<void>;
}

/** One figure that the box tells about itself. */
export interface BoxSensor {
  readonly what: BoxFigure;
  /** A number in the unit of its point, or the key of a state. Rejects when it can not be read now; may take for ever, so
   * that whoever asks sets a limit, and asks again only when this has ended. */
  read(): Promise<number | string>;
}

/** What was written so far; each null where the system does not tell. */
export interface DiskWrites {
  /** By this process, since its start, bytes. */
  readonly processBytes: number | null;
  /** To the disk of the data folder, by whomever, since the system's start, bytes. */
  readonly deviceBytes: number | null;
}
