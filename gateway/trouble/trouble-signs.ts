/** The fault lamp lit and the buzzer sounded while no gateway runs. Whatever can not be switched does not keep the rest from it. */
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { OutputPin, PinBoard } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import type { TroublePin, TroublePins } from './remembered-pins.js';

/** One second in ten: heard in the next room, and borne for a night. */
const buzzMs = 1000;
const buzzEveryMs = 10_000;

export interface TroubleSignsOptions {
  readonly board: PinBoard;
  readonly pins: Pick<TroublePins, 'lamps' | 'buzzers'>;
  readonly clock: Clock;
  readonly onError: (error: DriverError) => void;
}

export class TroubleSigns {
  readonly #buzzers: readonly OutputPin[];
  readonly #lamps: readonly OutputPin[];
  #wake: Cancel | null = null;

  constructor(private readonly options: TroubleSignsOptions) {
    const { pins } = options;
    this.#lamps = pins.lamps.flatMap((pin) => this.#open(pin));
    this.#buzzers = pins.buzzers.flatMap((pin) => this.#open(pin));
  }

  start(): void {
    this.#set(this.#lamps, true);
    if (this.#buzzers.length > 0) this.#buzz(true);
  }

  /** The buzzer goes off; the lamp stays lit until the gateway shows how it stands. */
  stop(): void {
    this.#wake?.();
    this.#set(this.#buzzers, false);
  }

  #buzz(on: boolean): void {
    this.#set(this.#buzzers, on);
    this.#wake = this.options.clock.after(on ? buzzMs : buzzEveryMs - buzzMs, () => this.#buzz(!on));
  }

  #open({ pin, activeLow }: TroublePin): OutputPin[] {
    return this.#safely(() => [this.options.board.openOutput(pin, activeLow)]) ?? [];
  }

  #set(outputs: readonly OutputPin[], on: boolean): void {
    for (const output of outputs) this.#safely(() => output.set(on));
  }

  #safely<T>(act: () => T): T | null {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      this.options.onError(error);
      return null;
    }
  }
}
