/** One loudspeaker and its only owner: its amplifier, what plays on it, and what is wrong with it. */
import type { SpeakerConfig } from '../../config/sounding.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Speaker, Utterance } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import type { Saying } from './announcement.js';
import {
  noSpeakerFaults,
  type SpeakerFaults,
  type SpeakerInput,
  standingFault,
  stepSpeakerFaults,
} from './speaker-faults.js';

/** The amplifier stays on so long behind the last word: chips say that they are over a little before they are. */
const tailMs = 500;
/** A player that plays although it did not answer is asked again so soon. */
const askAgainMs = 1000;
/** Told to stop, or asked whether it is there, a player answers within this or does not answer: the slowest, a chip whose every
 * write hangs, has failed by then. */
const answerMaxMs = 20_000;
/** At the end of the gateway a player that does not stop is let go after so long, which ends a player program. */
const stopMaxMs = 700;

export interface LoudspeakerEvents {
  /** Its amplifier is wanted now, or no longer. */
  onKeyed(): void;
  /** It failed, fails in another way, or is well (null); told when that changes, and once when it is first known. */
  onFault(error: DriverError | null): void;
}

export class Loudspeaker {
  #isHeld = false;
  #isTaken = false;
  #isStopped = false;
  /** Since when its amplifier has been wanted; null: it is not. */
  #keyedMono: number | null = null;
  #tail: Cancel | null = null;
  #askAgain: Cancel | null = null;
  /** Counts the plays: what an older one comes to is history. */
  #plays = 0;
  #isPlaying = false;
  #isChecking = false;
  /** Limits of what it was asked and has not answered. */
  readonly #waits = new Set<Cancel>();
  #faults: SpeakerFaults = noSpeakerFaults;
  /** Undefined: nothing was told yet, and a fault of an earlier start may stand. */
  #toldCode: string | null | undefined = undefined;

  constructor(
    readonly config: SpeakerConfig,
    private readonly speaker: Speaker,
    private readonly clock: Clock,
    private readonly events: LoudspeakerEvents,
  ) {}

  /** Its amplifier must be on. */
  get isKeyed(): boolean {
    return this.#keyedMono !== null;
  }

  get fault(): DriverError | null {
    return standingFault(this.#faults);
  }

  start(): void {
    this.speaker.start();
  }

  /** An alarm keeps its amplifier on between its turns, so that no turn loses its first words. */
  hold(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.#rekey();
  }

  /** Somebody will speak here: the amplifier goes on. Returns how long it warms up from now, ms. */
  take(): number {
    if (this.#isTaken) throw new Error(`${this.config.id} is taken`);
    this.#isTaken = true;
    this.#rekey();
    if (this.config.amplifier === null) return 0;
    return Math.max(0, (this.#keyedMono ?? 0) + this.config.warmUpMs - this.clock.mono());
  }

  /** Nobody speaks here any longer; what plays is cut off. */
  release(): void {
    this.#isTaken = false;
    if (this.#isPlaying) this.#cut();
    this.#rekey();
  }

  /** Is there something in it for this player? */
  canPlay(saying: Saying): boolean {
    return this.#utterance(saying) !== null;
  }

  /** Resolves with null when it was said to its end, else with what went wrong; VOICE-001: it was cut off. */
  async play(saying: Saying, volume: number): Promise<DriverError | null> {
    const own = ++this.#plays;
    this.#isPlaying = true;
    const error = await this.#play(saying, volume);
    const content = saying.message;
    if (own === this.#plays) {
      this.#isPlaying = false;
      this.#note(error === null ? { kind: 'played', content } : { kind: 'play-failed', content, error });
      if (error === null && this.#faults.answer !== null) this.#checkSoon();
    }
    return error;
  }

  /** Asks whether it is there; not while it speaks. */
  check(): void {
    if (this.#isTaken || this.#isChecking || this.#isStopped) return;
    const own = this.#plays;
    this.#isChecking = true;
    void this.#errorWithin(answerMaxMs, this.speaker.check()).then((error) => {
      this.#isChecking = false;
      // A check that a play took the place of has seen nothing.
      if (own !== this.#plays) return;
      this.#note(error === null ? { kind: 'answered' } : { kind: 'check-failed', error });
    });
  }

  /** The listener has forgotten what it was told. */
  retell(): void {
    if (this.#toldCode !== undefined) this.events.onFault(this.fault);
  }

  /** Silent, its amplifier off; nothing is said afterwards. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#plays++;
    this.#isTaken = false;
    this.#isHeld = false;
    this.#askAgain?.();
    for (const cancel of this.#waits) cancel();
    const wasPlaying = this.#isPlaying;
    this.#isPlaying = false;
    this.#unkey();
    if (wasPlaying) await this.#errorWithin(stopMaxMs, this.speaker.stop());
    await errorOf(this.speaker.close());
  }

  async #play(saying: Saying, volume: number): Promise<DriverError | null> {
    const what = this.#utterance(saying);
    if (what === null) return new DriverError('VOICE-008', this.config.id, saying.message);
    return errorOf(this.speaker.play(what, volume));
  }

  #utterance({ text, file, track }: Saying): Utterance | null {
    if (this.config.player.kind === 'line') return null;
    switch (this.speaker.plays) {
      case 'text':
        return text === null ? null : { kind: 'text', text };
      case 'file':
        return file === null ? null : { kind: 'file', path: file };
      case 'track':
        return track === null ? null : { kind: 'track', track };
    }
  }

  #cut(): void {
    const own = ++this.#plays;
    this.#isPlaying = false;
    void this.#errorWithin(answerMaxMs, this.speaker.stop()).then((error) => {
      if (own === this.#plays && error !== null) this.#note({ kind: 'play-failed', content: null, error });
    });
  }

  /** Its error, or that it did not answer in time; what it answers later is nobody's. */
  #errorWithin(maxMs: number, work: Promise<void>): Promise<DriverError | null> {
    return new Promise((resolve, reject) => {
      const late = new DriverError('VOICE-003', this.config.id, `no answer within ${maxMs / 1000} s`);
      const cancel = this.clock.after(maxMs, () => resolve(late));
      this.#waits.add(cancel);
      errorOf(work)
        .finally(() => {
          cancel();
          this.#waits.delete(cancel);
        })
        .then(resolve, reject);
    });
  }

  #checkSoon(): void {
    this.#askAgain?.();
    this.#askAgain = this.clock.after(askAgainMs, () => this.check());
  }

  #note(input: SpeakerInput): void {
    if (this.#isStopped) return;
    this.#faults = stepSpeakerFaults(this.#faults, input);
    const { fault } = this;
    const code = fault?.code ?? null;
    if (code === this.#toldCode) return;
    this.#toldCode = code;
    this.events.onFault(fault);
  }

  #rekey(): void {
    this.#tail?.();
    this.#tail = null;
    if (this.#isHeld || this.#isTaken) {
      if (this.#keyedMono !== null) return;
      this.#keyedMono = this.clock.mono();
      this.events.onKeyed();
    } else if (this.#keyedMono !== null) this.#tail = this.clock.after(tailMs, () => this.#unkey());
  }

  #unkey(): void {
    this.#tail?.();
    this.#tail = null;
    if (this.#keyedMono === null) return;
    this.#keyedMono = null;
    this.events.onKeyed();
  }
}

/** What a promise of a driver was rejected with; our own bugs are not caught. */
async function errorOf(work: Promise<void>): Promise<DriverError | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof DriverError) return error;
    throw error;
  }
}
