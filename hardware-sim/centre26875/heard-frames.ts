/** What the centre has heard, in order: frames, what they carried, what came twice, and which serials are missing. */
import type { Adu, AduObject } from './adu.js';
import type { Frame, FrameFault } from './frame.js';
import type { CentreAnswer } from './knobs.js';

/** `other`: commands that no device sends. */
export type HeardKind =
  | 'upload'
  | 'heartbeat'
  | 'handshake'
  | 'login'
  | 'confirm'
  | 'answer'
  | 'deny'
  | 'short'
  | 'spoilt'
  | 'other';

export interface HeardFrame {
  /** From 1, over all connections. */
  readonly order: number;
  readonly atMono: number;
  /** From 1. */
  readonly connection: number;
  readonly kind: HeardKind;
  /** Null for a short frame. Of a spoilt one believe nothing. */
  readonly frame: Frame | null;
  readonly fault: FrameFault | null;
  /** Null: no data unit, or none that was looked at. */
  readonly adu: Adu | null;
  /** Same source, serial and data unit as a frame before. */
  readonly isResend: boolean;
  /** What the centre made of it; null for what is never answered. */
  readonly answered: CentreAnswer | null;
}

/** One object of an upload. */
export interface HeardObject {
  readonly order: number;
  readonly atMono: number;
  readonly type: number;
  readonly object: AduObject;
  /** Everything in it, its time too, was told before: the centre can know it for the same. */
  readonly isRepeat: boolean;
  /** A confirmation was sent for it, for its frame or for one that tells it again. */
  isConfirmed: boolean;
}

/** Serials that one connection left out between two uploads. */
export interface SerialGap {
  readonly connection: number;
  readonly from: number;
  readonly to: number;
}

interface Known {
  readonly unit: string;
  readonly connection: number;
  readonly objects: readonly HeardObject[];
}

/** Objects that are remembered, and a quarter of it of frames; the oldest go. */
const objectsMax = 200_000;
const gapsMax = 1_000;
/** Serials by which a resend is known. */
const rememberedSerials = 1_024;
const serials = 65_536;

export class HeardFrames {
  readonly frames: HeardFrame[] = [];
  /** Of uploads that were not resent. */
  readonly objects: HeardObject[] = [];
  readonly gaps: SerialGap[] = [];
  readonly counts = {
    frames: 0,
    uploads: 0,
    resends: 0,
    /** One serial of one connection with two contents. */
    contradictions: 0,
    heartbeats: 0,
    spoilt: 0,
    noiseBytes: 0,
    objects: 0,
    repeats: 0,
    forgotten: 0,
  };
  readonly #bySource = new Map<string, Map<number, Known>>();
  readonly #lastSerial = new Map<number, number>();
  /** By what they say: the first that said it. */
  readonly #told = new Map<string, HeardObject>();

  constructor(private readonly max = objectsMax) {}

  /** Whether this frame came before; to be asked before `keep`. */
  isResend(frame: Frame): boolean {
    return this.#bySource.get(frame.source)?.get(frame.serial)?.unit === unitOf(frame);
  }

  keep(heard: Omit<HeardFrame, 'order'>): HeardFrame {
    this.counts.frames++;
    const kept: HeardFrame = { ...heard, order: this.counts.frames };
    this.frames.push(kept);
    if (this.frames.length > this.max / 4) {
      this.frames.shift();
      this.counts.forgotten++;
    }
    if (kept.kind === 'spoilt') this.counts.spoilt++;
    if (kept.kind === 'heartbeat') this.counts.heartbeats++;
    if (kept.isResend) this.counts.resends++;
    if (kept.frame !== null && ['upload', 'heartbeat', 'handshake', 'login'].includes(kept.kind))
      this.#learn(kept, kept.frame);
    return kept;
  }

  noise(bytes: number): void {
    this.counts.noiseBytes += bytes;
  }

  /** Objects of one type, or of all, oldest first, each once. */
  fresh(type?: number): readonly HeardObject[] {
    return this.objects.filter((each) => !each.isRepeat && (type === undefined || each.type === type));
  }

  /** Places where an object of the same type is older than the one told before it. */
  outOfOrder(type: number): readonly HeardObject[] {
    const told = this.fresh(type);
    return told.filter(({ object }, i) => (object.time ?? '') < (told[i - 1]?.object.time ?? ''));
  }

  #learn(heard: HeardFrame, frame: Frame): void {
    const { connection } = heard;
    const known = this.#bySource.get(frame.source) ?? new Map<number, Known>();
    this.#bySource.set(frame.source, known);
    const before = known.get(frame.serial);
    if (heard.isResend) {
      if (heard.answered === 'confirm') for (const each of before?.objects ?? []) each.isConfirmed = true;
      return;
    }
    if (before?.connection === connection) this.counts.contradictions++;
    known.delete(frame.serial);
    const objects = heard.kind === 'upload' ? this.#keepObjects(heard) : [];
    known.set(frame.serial, { unit: unitOf(frame), connection, objects });
    for (const oldest of known.keys()) {
      if (known.size <= rememberedSerials) break;
      known.delete(oldest);
    }
    const last = this.#lastSerial.get(connection);
    const wanted = last === undefined ? frame.serial : (last + 1) % serials;
    if (wanted !== frame.serial && this.gaps.length < gapsMax)
      this.gaps.push({ connection, from: wanted, to: (frame.serial + serials - 1) % serials });
    this.#lastSerial.set(connection, frame.serial);
  }

  #keepObjects({ order, atMono, adu, answered }: HeardFrame): readonly HeardObject[] {
    this.counts.uploads++;
    return (adu?.objects ?? []).map((object) => {
      const key = `${adu?.type} ${JSON.stringify(object)}`;
      const first = this.#told.get(key);
      const isRepeat = first !== undefined;
      this.counts.objects++;
      if (isRepeat) this.counts.repeats++;
      const isConfirmed = answered === 'confirm';
      const kept: HeardObject = { order, atMono, type: adu?.type ?? 0, object, isRepeat, isConfirmed };
      this.objects.push(kept);
      if (this.objects.length > this.max) this.objects.shift();
      if (first === undefined) this.#told.set(key, kept);
      for (const oldest of this.#told.keys()) {
        if (this.#told.size <= this.max) break;
        this.#told.delete(oldest);
      }
      if (first !== undefined && isConfirmed) first.isConfirmed = true;
      return kept;
    });
  }
}

function unitOf({ command, adu }: Frame): string {
  return `${command} ${Buffer.from(adu).toString('base64')}`;
}
