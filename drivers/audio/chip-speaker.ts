import type { Speaker, Utterance } from '../driver.js';
import { DriverError } from '../driver-error.js';
import type { ChipLink } from './chip-link.js';
import { isThere, quieten } from './chip-turn.js';
import { PlaySlot } from './play-slot.js';

/** How often a chip is told to be quiet, until it says that it is. */
const stopTriesMax = 3;

/** What all loudspeakers on a voice chip share: one utterance at a time, and the chip told to be quiet whenever it may be sounding. */
export abstract class ChipSpeaker implements Speaker {
  abstract readonly plays: Utterance['kind'];
  readonly #slot: PlaySlot;
  /** In which of its lives the chip is known to be quiet; null: it may be sounding. */
  #quietIn: number | null = null;

  constructor(protected readonly chip: ChipLink) {
    this.#slot = new PlaySlot(chip.where);
  }

  /** Why it can never be played; null: it can. */
  protected abstract whyNever(what: Utterance): DriverError | null;
  /** Plays it to its end; the chip is quiet. */
  protected abstract perform(what: Utterance, volume: number, signal: AbortSignal): Promise<void>;

  start(): void {
    this.chip.start();
  }

  async play(what: Utterance, volume: number): Promise<void> {
    if (!(volume >= 0 && volume <= 100)) throw new RangeError(`no volume: ${volume} %`);
    const never = this.whyNever(what);
    if (never !== null) throw never;
    return this.#slot.run((signal) => this.#orRenew(() => this.#play(what, volume, signal)));
  }

  stop(): Promise<void> {
    return this.#slot.runUnlessCut((signal) =>
      this.#orRenew(async () => {
        this.#quietIn = null;
        if (!(await quieten(this.chip, signal, stopTriesMax))) throw this.#noAnswer();
        this.#quietIn = this.chip.starts;
      }),
    );
  }

  async check(): Promise<void> {
    // Whoever plays is told by that.
    if (this.#slot.isTaken) return;
    await this.#slot.runUnlessCut((signal) =>
      this.#orRenew(async () => {
        if (!(await isThere(this.chip, signal))) throw this.#noAnswer();
      }),
    );
  }

  async close(): Promise<void> {
    this.#slot.cut();
    await this.chip.close();
  }

  async #play(what: Utterance, volume: number, signal: AbortSignal): Promise<void> {
    const { chip } = this;
    if (this.#quietIn !== chip.starts) {
      // The first try leaves at once; what the old text still says about itself is not waited for where nothing answers.
      if (chip.isMute) await chip.tell(chip.codec.stop, signal);
      else await quieten(chip, signal, chip.codec.isProvenByState ? stopTriesMax : 1);
    }
    this.#quietIn = null;
    await this.perform(what, volume, signal);
    this.#quietIn = chip.starts;
  }

  async #orRenew(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof DriverError && error.code === 'VOICE-003') this.chip.renew();
      throw error;
    }
  }

  #noAnswer(): DriverError {
    this.chip.markMute();
    return new DriverError('VOICE-003', this.chip.where);
  }
}
