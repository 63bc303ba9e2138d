/**
 * One open line on which unknown units are looked for: one question at a time, each with a wait of its own, and everything that is
 * heard is told, also what is no answer. It only reads (read-only-link.ts) and keeps no memory of units: that is the searcher's.
 */
import type { SerialFormat, Table } from '../../config/site.js';
import type { Clock } from '../clock.js';
import type { ByteLink, OpenByteLink } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { replyShapeOf } from './frame.js';
import type { Framing } from './framing.js';
import { charMs, guideSilenceMs } from './line-timing.js';
import { MbapFraming } from './mbap-framing.js';
import { overheard } from './overheard.js';
import { readOnly } from './read-only-link.js';
import { encodeRequest } from './request-frame.js';
import { RtuFraming } from './rtu-framing.js';

/** Bytes kept of what is no answer; more is counted only. */
const heardMaxBytes = 600;
/** An adapter on USB hands bytes over in pieces up to 16 ms apart: so long nothing more comes, then it was all. */
const pieceMs = 20;
/** So many characters without a bit end whatever was said. */
const endChars = 5;
/** A line that is never silent is talked over after this time, ms. */
const noisyMaxMs = 500;
/** Somebody who never stops talking is not listened to for longer, ms. */
const talkMaxMs = 1500;
const slot = 1;

export interface ReadQuestion {
  readonly table: Table;
  readonly address: number;
  readonly count: number;
}

/** What came of one question. `others` = units that were heard instead of, before or after the one that was asked: their late
 * answers, or a second one of the same address. */
export type Heard = {
  /** Ms from the request's last byte to the answer's first; of garbage and silence: how long was waited. */
  readonly answerMs: number;
  readonly others: readonly number[];
} & (
  | { readonly kind: 'values'; readonly values: readonly number[] }
  /** The unit refuses; it is there. */
  | { readonly kind: 'refusal'; readonly code: number }
  /** Bytes came, and no answer in them. */
  | { readonly kind: 'garbage'; readonly bytes: number }
  | { readonly kind: 'silence' }
);

export interface ProberOptions {
  readonly open: OpenByteLink;
  readonly clock: Clock;
  readonly framing: 'rtu' | 'mbap';
  /** Null where it is not known, or nobody needs to know. */
  readonly format: SerialFormat | null;
}

export interface AskOptions {
  /** From the request's last byte to the answer's first, at most, ms. */
  readonly waitMs: number;
  /** How long is listened on behind a good answer, for a second one, ms. */
  readonly lingerMs?: number;
}

export class LineProber {
  readonly #clock: Clock;
  readonly #framing: Framing;
  readonly #charMs: number;
  readonly #silenceMs: number;
  readonly #isRtu: boolean;
  #link: ByteLink | null = null;
  #activeMono: number;
  #heard: number[] = [];
  #heardBytes = 0;
  #found: { readonly frame: Uint8Array; readonly atMono: number } | null = null;
  #wake: (() => void) | null = null;
  #failure: DriverError | null = null;

  private constructor({ clock, format, framing }: ProberOptions) {
    this.#clock = clock;
    this.#isRtu = framing === 'rtu';
    this.#framing = this.#isRtu ? new RtuFraming() : new MbapFraming(1);
    this.#charMs = charMs(format);
    this.#silenceMs = this.#isRtu ? guideSilenceMs(format) : 0;
    this.#activeMono = clock.mono();
  }

  /** Rejects with the DriverError of the link. */
  static async open(options: ProberOptions): Promise<LineProber> {
    const prober = new LineProber(options);
    const link = await options.open({
      onBytes: (bytes, atMono) => prober.#receive(bytes, atMono),
      onDown: (error) => prober.#fail(error),
    });
    prober.#link = readOnly(link, options.framing);
    return prober;
  }

  async close(): Promise<void> {
    await this.#link?.close();
  }

  /** Listens without asking. Tells how many bytes somebody said. */
  async listen(ms: number): Promise<number> {
    this.#forget();
    await this.#sleepUntil(this.#clock.mono() + ms);
    const bytes = this.#heardBytes;
    this.#forget();
    return bytes;
  }

  /** Asks one unit. Rejects with LINK-005 or LINK-006 when the link is gone. */
  async ask(unit: number, question: ReadQuestion, { waitMs, lingerMs = 0 }: AskOptions): Promise<Heard> {
    await this.#waitForSilence();
    // What came since the last question was late, and says who is slow.
    const before = overheard(Uint8Array.from(this.#heard));
    this.#forget();
    const request = encodeRequest(unit, { kind: 'read', ...question });
    const shape = replyShapeOf(request, 'byte80');
    const bytes = this.#framing.send({ slot, shape }, request);
    const sentMono = this.#clock.mono();
    const leftMono = sentMono + request.length * this.#charMs;
    this.#activeMono = Math.max(this.#activeMono, leftMono);
    await this.#write(bytes);
    // Adapters hand an answer over in one piece, at its end.
    await this.#waitForAnswer(leftMono + waitMs + shape.length * this.#charMs);
    const found = this.#found;
    if (found !== null && lingerMs > 0) await this.#sleepUntil(found.atMono + lingerMs);
    this.#framing.forget(slot);
    const heard = Uint8Array.from(this.#heard);
    // Its own request came back: an adapter that leaves its receiver on.
    const count = this.#heardBytes - (this.#framing.hearsItself ? Math.min(request.length, this.#heardBytes) : 0);
    this.#forget();
    if (found === null) {
      const others = [...before, ...overheard(heard)];
      const answerMs = this.#clock.mono() - leftMono;
      return count === 0 ? { kind: 'silence', answerMs, others } : { kind: 'garbage', bytes: count, answerMs, others };
    }
    const answerMs = Math.max(0, found.atMono - leftMono - found.frame.length * this.#charMs);
    const others = [...before, ...withoutOne(overheard(heard), unit)];
    const isRefusal = ((found.frame[1] ?? 0) & 0x80) !== 0;
    return isRefusal
      ? { kind: 'refusal', code: found.frame[2] ?? 0, answerMs, others }
      : { kind: 'values', values: valuesOf(found.frame, question), answerMs, others };
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    await this.#link?.write(bytes);
  }

  /** Until the answer is whole, or `untilMono` has passed and nobody speaks any more. */
  async #waitForAnswer(untilMono: number): Promise<void> {
    const lastMono = untilMono + talkMaxMs;
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      const nowMono = this.#clock.mono();
      const quietMono = this.#heardBytes === 0 ? untilMono : this.#activeMono + pieceMs + endChars * this.#charMs;
      const endMono = Math.min(lastMono, Math.max(untilMono, quietMono));
      if (this.#found !== null || nowMono >= endMono) return;
      await this.#sleepUntil(endMono, true);
    }
  }

  async #waitForSilence(): Promise<void> {
    const giveUpMono = this.#clock.mono() + noisyMaxMs;
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      const readyMono = Math.min(giveUpMono, this.#activeMono + this.#silenceMs);
      if (this.#clock.mono() >= readyMono) return;
      await this.#sleepUntil(readyMono);
    }
  }

  /** `orWoken`: an answer or the end of the link cuts it short. */
  #sleepUntil(mono: number, orWoken = false): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.exactly(mono, () => {
        this.#wake = null;
        resolve();
      });
      if (!orWoken) return;
      this.#wake = () => {
        this.#wake = null;
        cancel();
        resolve();
      };
    });
  }

  #receive(bytes: Uint8Array, atMono: number): void {
    this.#activeMono = Math.max(this.#activeMono, atMono);
    const room = heardMaxBytes - this.#heard.length;
    if (this.#isRtu) this.#heard.push(...bytes.subarray(0, Math.max(0, room)));
    const found = this.#framing.receive(bytes)[0];
    this.#heardBytes += bytes.length;
    if (this.#framing.isBroken) this.#fail(new DriverError('BUS-007', 'line', 'a header that can not be'));
    else if (found !== undefined && this.#found === null) {
      this.#found = { frame: found.frame, atMono };
      this.#wake?.();
    }
  }

  #fail(error: DriverError): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  #forget(): void {
    this.#heard = [];
    this.#heardBytes = 0;
    this.#found = null;
  }
}

/** Registers 0 to 65535, bits 0 or 1. */
function valuesOf(frame: Uint8Array, { table, count }: ReadQuestion): readonly number[] {
  const isBits = table === 'coil' || table === 'discrete';
  return Array.from({ length: count }, (_, i) =>
    isBits ? ((frame[3 + (i >> 3)] ?? 0) >>> (i & 7)) & 1 : ((frame[3 + 2 * i] ?? 0) << 8) | (frame[4 + 2 * i] ?? 0),
  );
}

function withoutOne(addresses: readonly number[], own: number): readonly number[] {
  const at = addresses.indexOf(own);
  return addresses.filter((_, index) => index !== at);
}
