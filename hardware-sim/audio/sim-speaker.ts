/** A loudspeaker without any chip: keeps a record of what was played, and fails when it is told to. For scenarios and the demo. */
import type { Clock } from '../../drivers/clock.js';
import type { Speaker, Utterance } from '../../drivers/driver.js';
import { DriverError, type DriverErrorCode } from '../../drivers/driver-error.js';
import { type Heard, Mouth } from './mouth.js';

export interface SimSpeakerOptions {
  readonly clock: Clock;
  readonly plays: Utterance['kind'];
  /** What it is called in errors. */
  readonly where?: string;
  /** How long something takes, ms. Default: text at four and a half characters a second, all else 10 s. */
  readonly lengthMs?: (what: Utterance) => number;
  /** What it sounds through, when that outlives the process that plays. Default: one of its own. */
  readonly mouth?: Mouth;
}

const perCharMs = 222;
const otherMs = 10_000;

export class SimSpeaker implements Speaker {
  readonly plays: Utterance['kind'];
  /** Every play fails so, and check too; null: it is well. */
  fault: DriverErrorCode | null = null;
  readonly #mouth: Mouth;
  readonly #where: string;
  readonly #listeners = new Set<(heard: Heard) => void>();
  #reject: ((error: DriverError) => void) | null = null;
  #isClosed = false;
  #isKilled = false;
  /** Null: it does not hang. */
  #hang: Hang | null = null;

  constructor(private readonly options: SimSpeakerOptions) {
    this.plays = options.plays;
    this.#where = options.where ?? 'simulated speaker';
    this.#mouth = options.mouth ?? new Mouth(options.clock);
  }

  /** Everything that was heard, in order. */
  get heard(): readonly Heard[] {
    return this.#mouth.heard;
  }

  /** What sounds now; null: nothing. */
  get now(): Heard | null {
    return this.#mouth.now;
  }

  /** Told when something begins to sound. */
  onHeard(listener: (heard: Heard) => void): void {
    this.#listeners.add(listener);
  }

  /** Hanging it answers nothing: a play that begins sounds without an end (one that sounds already ends as ever), a stop does not stop
   * it, a check waits. Mended it is silent; the play that hung rejects with VOICE-009, and the others are answered. */
  setHangs(hangs: boolean): void {
    if (hangs === (this.#hang !== null)) return;
    const hang = this.#hang;
    this.#hang = hangs ? makeHang() : null;
    if (!hangs) this.#cut('VOICE-009');
    hang?.end();
  }

  /** Its process is killed: nothing is answered any more. A player program dies with it; a chip plays on to the end of what it has. */
  kill(): void {
    this.#isKilled = true;
    this.#reject = null;
    if (this.plays === 'file') this.#mouth.cut();
  }

  start(): void {}

  async play(what: Utterance, volume: number): Promise<void> {
    if (this.#isKilled) return never();
    if (!(volume >= 0 && volume <= 100)) throw new RangeError(`no volume: ${volume} %`);
    if (what.kind !== this.plays) throw this.#error('VOICE-008');
    this.#cut('VOICE-001');
    if (this.#isClosed) throw this.#error('LINK-005');
    if (this.fault !== null) throw this.#error(this.fault);
    await new Promise<void>((resolve, reject) => {
      this.#reject = reject;
      const lengthMs = this.#hang === null ? (this.options.lengthMs ?? usualMs)(what) : null;
      this.#mouth.begin(wordsOf(what), volume, lengthMs, () => {
        if (!this.#isKilled) resolve();
      });
      const { now } = this;
      for (const listener of this.#listeners) if (now !== null) listener(now);
    });
  }

  async stop(): Promise<void> {
    if (this.#hang !== null) await this.#hang.over;
    if (this.#isKilled) return never();
    this.#cut('VOICE-001');
    await this.check();
  }

  async check(): Promise<void> {
    if (this.#hang !== null) await this.#hang.over;
    if (this.#isKilled) return never();
    if (this.fault !== null) throw this.#error(this.fault);
  }

  async close(): Promise<void> {
    if (this.#isKilled) return;
    this.#isClosed = true;
    this.#cut('VOICE-001');
  }

  #cut(why: DriverErrorCode): void {
    this.#mouth.cut();
    this.#reject?.(this.#error(why));
    this.#reject = null;
  }

  #error(code: DriverErrorCode): DriverError {
    return new DriverError(code, this.#where);
  }
}

interface Hang {
  readonly over: Promise<void>;
  readonly end: () => void;
}

function makeHang(): Hang {
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

function usualMs(what: Utterance): number {
  return what.kind === 'text' ? [...what.text].length * perCharMs : otherMs;
}

function wordsOf(what: Utterance): string {
  switch (what.kind) {
    case 'text':
      return what.text;
    case 'file':
      return `file ${what.path}`;
    case 'track':
      return `track ${what.track}`;
  }
}
