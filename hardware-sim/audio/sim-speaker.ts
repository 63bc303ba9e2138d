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

  constructor(private readonly options: SimSpeakerOptions) {
    this.plays = options.plays;
    this.#where = options.where ?? 'simulated speaker';
    this.#mouth = new Mouth(options.clock);
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

  start(): void {}

  async play(what: Utterance, volume: number): Promise<void> {
    if (!(volume >= 0 && volume <= 100)) throw new RangeError(`no volume: ${volume} %`);
    if (what.kind !== this.plays) throw this.#error('VOICE-008');
    this.#cut();
    if (this.#isClosed) throw this.#error('LINK-005');
    if (this.fault !== null) throw this.#error(this.fault);
    await new Promise<void>((resolve, reject) => {
      this.#reject = reject;
      this.#mouth.begin(wordsOf(what), volume, (this.options.lengthMs ?? usualMs)(what), resolve);
      const { now } = this;
      for (const listener of this.#listeners) if (now !== null) listener(now);
    });
  }

  async stop(): Promise<void> {
    this.#cut();
    await this.check();
  }

  async check(): Promise<void> {
    if (this.fault !== null) throw this.#error(this.fault);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cut();
  }

  #cut(): void {
    this.#mouth.cut();
    this.#reject?.(this.#error('VOICE-001'));
    this.#reject = null;
  }

  #error(code: DriverErrorCode): DriverError {
    return new DriverError(code, this.#where);
  }
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
