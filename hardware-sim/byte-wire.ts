/**
 * One RS-485 pair: half duplex, in real time of the clock it is given. The master's bytes take their time on the wire;
 * units see a frame only after the silence that ends it; replies begin after the unit's turnaround and reach the master
 * at the pace of the wire. Whoever does not keep the silence, or talks over another, is not understood.
 */
import type { SerialFormat } from '../config/site.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import type { OpenByteLink } from '../drivers/driver.js';
import { AirTime } from './air-time.js';
import { hasGoodCrc } from './modbus/crc16.js';
import type { SimUnit, Utterance } from './modbus/sim-unit.js';
import { misread, type Speech, sameSpeech } from './speech.js';
import { type MasterEnd, openLinkOn } from './wire-link.js';
import { bitsPerChar, type WireTiming, wireTiming } from './wire-timing.js';

export interface ByteWireOptions {
  readonly clock: Clock;
  readonly baud: number;
  /** 10 for 8N1, 11 with parity or a second stop bit. */
  readonly bitsPerChar: number;
  /** How bytes reach the master: the whole reply as one event at its end, or every N bytes. Default `whole`. */
  readonly chunkBytes?: number | 'whole';
  /** What the tty is called in errors. */
  readonly path?: string;
  /** Serial number of the USB adapter, the same wherever it is plugged in. Default: made from the path. */
  readonly adapterId?: string;
  /** Silence is counted in the guide's characters of 11 bits; false: in those that the line has. Default true. */
  readonly guideBits?: boolean;
  /** Of units without a format of their own. Default none. */
  readonly parity?: Speech['parity'];
}

/** A device that speaks by itself (`say`) and hears whatever the master sends, without Modbus frames. */
export interface WireTalker {
  hear(bytes: Uint8Array): void;
}

export interface WireCounters {
  /** Frames the master put on the wire. */
  requests: number;
  /** Times a unit spoke. */
  replies: number;
  /** Requests that began less than 3.5 characters after somebody else's last bit, or paused for more than 1.5 characters
   * and went on: garbage to the units, dropped. */
  silenceViolations: number;
  /** Times two talked at once. */
  collisions: number;
  /** Requests that no unit could read, for whatever reason on the wire. */
  spoiltRequests: number;
  /** Time in which somebody talked, ms. */
  busyMs: number;
}

interface MasterFrame {
  bytes: Uint8Array;
  endMono: number;
  isSpoilt: boolean;
}

/** Longest RTU frame; what follows is counted in time but not kept. */
const frameMaxBytes = 256;
/** Times are sums of fractions; one microsecond is less than a hundredth of a bit. */
const toleranceMs = 0.001;
const noBytes = new Uint8Array(0);

export class ByteWire implements MasterEnd {
  /** Where the adapter was plugged in when the wire was made. */
  readonly firstPath: string;
  /** Under which the adapter would still be found by its serial number. */
  readonly adapterId: string;
  /** How the line's units speak, but for those that have a format of their own. */
  readonly speech: Speech;
  readonly units: SimUnit[] = [];
  readonly counters: WireCounters = {
    requests: 0,
    replies: 0,
    silenceViolations: 0,
    collisions: 0,
    spoiltRequests: 0,
    busyMs: 0,
  };
  /** The seam of drivers/driver.ts: the wire as a tty of its own. One link at a time. */
  readonly open: OpenByteLink;
  readonly #clock: Clock;
  readonly #guideBits: boolean;
  #timing: WireTiming;
  #masterSpeech: Speech;
  /** How the bytes that are in the air were sent; null: noise, which is the same at any speed. */
  #airSpeech: Speech | null = null;
  /** How bytes reach the master, as in the options; Infinity: whole. What is on its way already follows. */
  chunkBytes: number;
  readonly #masterListeners = new Set<(bytes: Uint8Array, atMono: number) => void>();
  readonly #talkers: WireTalker[] = [];
  readonly #plugListeners = new Set<(isPlugged: boolean) => void>();
  #path: string;
  #isPlugged = true;
  #isCut = false;
  #frame: MasterFrame | null = null;
  #cancelFrame: Cancel | null = null;
  #air: AirTime | null = null;
  #cancelAir: Cancel | null = null;
  #airEndMono = Number.NEGATIVE_INFINITY;

  constructor(options: ByteWireOptions) {
    this.#clock = options.clock;
    this.firstPath = options.path ?? 'simulated wire';
    this.#path = this.firstPath;
    this.adapterId = options.adapterId ?? `SIM${this.#path.replaceAll(/[^A-Za-z0-9]/g, '')}`;
    this.#guideBits = options.guideBits ?? true;
    this.#timing = wireTiming(options.baud, options.bitsPerChar, this.#guideBits);
    this.speech = { baud: options.baud, parity: options.parity ?? 'none' };
    this.#masterSpeech = this.speech;
    this.chunkBytes =
      options.chunkBytes === undefined || options.chunkBytes === 'whole' ? Infinity : options.chunkBytes;
    this.open = openLinkOn(this);
  }

  /** Of what the master speaks now. */
  get timing(): WireTiming {
    return this.#timing;
  }

  /** At which speed the master speaks now, bit/s. */
  get masterBaud(): number {
    return this.#masterSpeech.baud;
  }

  /** The master's adapter is set to another speed: only units that have the same understand, and are understood. */
  setMasterFormat(format: Pick<SerialFormat, 'baud' | 'parity' | 'stopBits' | 'dataBits'>): void {
    this.#masterSpeech = { baud: format.baud, parity: format.parity };
    this.#timing = wireTiming(format.baud, bitsPerChar(format), this.#guideBits);
  }

  /** The tty opened at a speed, as a program does that looks for units. */
  openAt(format: SerialFormat): OpenByteLink {
    return async (events) => {
      const link = await this.open(events);
      this.setMasterFormat(format);
      return link;
    };
  }

  attach(unit: SimUnit): void {
    this.units.push(unit);
    unit.model.place?.({ address: unit.address, baud: (unit.speech ?? this.speech).baud });
  }

  attachTalker(talker: WireTalker): void {
    this.#talkers.push(talker);
  }

  /** Where the adapter is plugged in now. */
  get path(): string {
    return this.#path;
  }

  /** True while both wires are interrupted: nothing passes, in either direction. */
  get isCut(): boolean {
    return this.#isCut;
  }

  setCut(isCut: boolean): void {
    this.#isCut = isCut;
    if (!isCut) return;
    if (this.#frame !== null) this.#frame.isSpoilt = true;
    this.#cancelAir?.();
    this.#air = null;
    this.#airEndMono = Math.min(this.#airEndMono, this.#clock.mono());
  }

  /** False while the adapter is out of its socket. */
  get isPlugged(): boolean {
    return this.#isPlugged;
  }

  /** Pulls the adapter: every open link goes down and the path does not exist until `replug`. */
  unplug(): void {
    this.#setPlugged(false);
  }

  /** Puts it back, into another socket when `path` says so: the old path stays empty. */
  replug(path = this.#path): void {
    this.#path = path;
    this.#setPlugged(true);
  }

  onPlug(listener: (isPlugged: boolean) => void): Cancel {
    this.#plugListeners.add(listener);
    return () => this.#plugListeners.delete(listener);
  }

  /** Bytes as they come in at the master's end. */
  onMasterBytes(listener: (bytes: Uint8Array, atMono: number) => void): Cancel {
    this.#masterListeners.add(listener);
    return () => this.#masterListeners.delete(listener);
  }

  /** Resolves when the last bit written so far has left the master. */
  sent(): Promise<void> {
    const endMono = this.#frame?.endMono ?? Number.NEGATIVE_INFINITY;
    if (endMono <= this.#clock.mono()) return Promise.resolve();
    return new Promise((resolve) => this.#clock.exactly(endMono, resolve));
  }

  /** Hands bytes to the master's transmitter; they follow what is still being sent. */
  masterWrite(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const now = this.#clock.mono();
    if (this.#frame !== null && now > this.#frame.endMono + this.timing.silenceMs + toleranceMs) this.#endFrame();
    this.#frame ??= this.#beginFrame(now);
    const frame = this.#frame;
    const fromMono = Math.max(now, frame.endMono);
    if (fromMono > frame.endMono + this.timing.pauseMs + toleranceMs) this.#markBroken(frame);
    if (frame.bytes.length + bytes.length <= frameMaxBytes) frame.bytes = joined(frame.bytes, bytes);
    else frame.isSpoilt = true;
    frame.endMono = fromMono + bytes.length * this.timing.charMs;
    this.counters.busyMs += bytes.length * this.timing.charMs;
    if (this.#isCut) frame.isSpoilt = true;
    if (this.#air !== null && fromMono < this.#air.endMono - toleranceMs) {
      this.counters.collisions++;
      frame.isSpoilt = true;
      this.#air.spoil(fromMono, frame.endMono);
    } else this.#tellTalkers(bytes, frame.endMono);
    this.#cancelFrame?.();
    this.#cancelFrame = this.#clock.exactly(frame.endMono + this.timing.silenceMs, () => this.#endFrame());
  }

  /** When the last of what was handed to the transmitter has left, or will have; in the past = idle. */
  get sentMono(): number {
    return this.#frame?.endMono ?? Number.NEGATIVE_INFINITY;
  }

  /** Noise, or a device that speaks by itself, beginning now. */
  inject(bytes: Uint8Array): void {
    this.#talk(bytes, this.#clock.mono(), null);
  }

  /** A device with a dialect of its own begins to speak now, at the line's speed. */
  say(bytes: Uint8Array): void {
    this.#talk(bytes, this.#clock.mono(), this.speech);
  }

  /** A second master's request, beginning now: our master hears it, the units hear and answer it. */
  injectRequest(bytes: Uint8Array): void {
    const startMono = this.#clock.mono();
    this.#talk(bytes, startMono, null);
    const air = this.#air;
    if (air === null) return;
    const endMono = startMono + bytes.length * this.timing.charMs;
    this.#clock.exactly(endMono + this.timing.silenceMs, () => {
      const isAlone = this.#frame === null && this.#airEndMono < endMono + toleranceMs;
      if (isAlone && !air.isSpoilt && !this.#isCut && hasGoodCrc(bytes)) this.#letUnitsHear(bytes, endMono);
    });
  }

  #beginFrame(nowMono: number): MasterFrame {
    const frame = { bytes: noBytes, endMono: nowMono, isSpoilt: false };
    if (nowMono < this.#airEndMono + this.timing.silenceMs - toleranceMs) this.#markBroken(frame);
    return frame;
  }

  #markBroken(frame: MasterFrame): void {
    this.counters.silenceViolations++;
    frame.isSpoilt = true;
  }

  #endFrame(): void {
    const frame = this.#frame;
    if (frame === null) return;
    this.#cancelFrame?.();
    this.#frame = null;
    this.counters.requests++;
    if (frame.isSpoilt || !hasGoodCrc(frame.bytes)) {
      this.counters.spoiltRequests++;
      return;
    }
    this.#letUnitsHear(frame.bytes, frame.endMono);
  }

  #letUnitsHear(frame: Uint8Array, endMono: number): void {
    const spoken = this.#masterSpeech;
    for (const unit of this.units) {
      // It answers as it was asked, and takes another speed only then.
      const speech = unit.speech ?? this.speech;
      if (!sameSpeech(speech, spoken)) continue;
      const said = unit.hear(frame);
      if (said.length === 0) continue;
      const startMono = endMono + Math.max(this.timing.silenceMs, unit.nextTurnaroundMs());
      for (const each of said) this.#plan(unit, each, startMono, speech);
    }
  }

  #tellTalkers(bytes: Uint8Array, endMono: number): void {
    if (this.#talkers.length === 0) return;
    this.#clock.exactly(endMono, () => {
      if (this.#isCut) return;
      for (const talker of this.#talkers) talker.hear(bytes);
    });
  }

  #plan(unit: SimUnit, said: Utterance, startMono: number, speech: Speech): void {
    const atMono = startMono + said.afterMs;
    this.#clock.exactly(atMono, () => {
      if (!unit.on) return;
      this.counters.replies++;
      this.#talk(said.bytes, atMono, speech);
    });
  }

  /** A unit (or noise) on the wire from `startMono` on. */
  #talk(bytes: Uint8Array, startMono: number, speech: Speech | null): void {
    if (this.#isCut || bytes.length === 0) return;
    this.counters.busyMs += bytes.length * this.timing.charMs;
    if (this.#air !== null && startMono < this.#air.endMono - toleranceMs) {
      this.counters.collisions++;
      this.#air.talkOver(bytes, startMono);
    } else {
      if (this.#air !== null) this.#deliver(this.#air, Infinity);
      this.#air = new AirTime(startMono, this.timing.charMs, bytes);
      this.#airSpeech = speech;
    }
    this.#airEndMono = this.#air.endMono;
    this.#disturbMaster(this.#air, startMono);
    this.#pace(this.#air);
  }

  /** A request that is not yet followed by its silence can not be read any more. */
  #disturbMaster(air: AirTime, startMono: number): void {
    if (this.#frame === null) return;
    this.#frame.isSpoilt = true;
    if (startMono >= this.#frame.endMono - toleranceMs) return;
    this.counters.collisions++;
    air.spoil(startMono, this.#frame.endMono);
  }

  #pace(air: AirTime): void {
    this.#cancelAir?.();
    this.#cancelAir = this.#clock.exactly(air.dueMono(this.chunkBytes), () => {
      this.#deliver(air, this.chunkBytes);
      if (!air.isDone) this.#pace(air);
      else if (this.#air === air) this.#air = null;
    });
  }

  #deliver(air: AirTime, count: number): void {
    const taken = air.take(count);
    if (taken.length === 0) return;
    const isReadable = this.#airSpeech === null || sameSpeech(this.#airSpeech, this.#masterSpeech);
    const bytes = isReadable ? taken : misread(taken);
    for (const listener of this.#masterListeners) listener(bytes, this.#clock.mono());
  }

  #setPlugged(isPlugged: boolean): void {
    if (isPlugged === this.#isPlugged) return;
    this.#isPlugged = isPlugged;
    for (const listener of [...this.#plugListeners]) listener(isPlugged);
  }
}

/** A copy of both: the master may use its own memory again. */
function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
