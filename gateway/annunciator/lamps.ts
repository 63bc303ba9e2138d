/** All lamps of the site that show something by themselves, flashing in step. */
import type { OutputConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { AlarmState } from '../alarm/facets.js';
import { Lamp, type LampOptions } from './lamp.js';
import { lampStates, type Transmission } from './lamp-states.js';

/** A lamp test: each state for so long, ms. */
export const lampTestStepMs = 2_000;
const lampTestStates = ['on', 'flash', 'off'] as const;

/** Half a second lit, half a second dark. */
const halfFlashMs = 500;
/** A round of beeps in half seconds, and those of them in which it beeps. */
const beepRound = 8;
const beeps: readonly number[] = [0, 2];

export interface LampsOptions extends Pick<LampOptions, 'random' | 'events'> {
  readonly outputs: readonly OutputConfig[];
  readonly makeHandle: (output: OutputConfig) => LampOptions['makeHandle'];
  readonly clock: Clock;
  /** Asked again twice a second. */
  readonly transmission: () => Transmission;
  /** A duty check waits for an answer; asked again as often. Left out: nobody ever asks. */
  readonly isDutyAsked?: () => boolean;
}

export class Lamps {
  readonly #lamps: readonly Lamp[];
  readonly #shows: readonly NonNullable<OutputConfig['shows']>[];
  #state: AlarmState | null = null;
  #isScanned = false;
  /** Half seconds of the present round. */
  #half = 0;
  #wake: Cancel | null = null;
  /** When the lamp test began; null: none runs. */
  #testMono: number | null = null;

  constructor(private readonly options: LampsOptions) {
    const { makeHandle, clock, random, events } = options;
    const shown = options.outputs.flatMap((config) =>
      config.shows === undefined ? [] : [{ config, shows: config.shows }],
    );
    this.#shows = shown.map(({ shows }) => shows);
    this.#lamps = shown.map(
      ({ config }) => new Lamp({ ...{ config, clock, random, events }, makeHandle: makeHandle(config) }),
    );
  }

  /** The alarms as they are now. Shown at once, once `start` was called. */
  take(state: AlarmState): void {
    this.#state = state;
    if (this.#wake !== null) this.#show();
  }

  /** Everything was scanned once: from now on "normal" can be said. */
  explain(): void {
    this.#isScanned = true;
  }

  /** All of them show each state in turn, then what they have to show. False: there are none. */
  test(): boolean {
    if (this.#wake === null) return false;
    this.#testMono = this.options.clock.mono();
    this.#show();
    return true;
  }

  retell(): void {
    for (const lamp of this.#lamps) lamp.retell();
  }

  start(): void {
    if (this.#lamps.length === 0) return;
    this.#show();
    this.#wake = this.options.clock.after(halfFlashMs, () => {
      this.#half = (this.#half + 1) % beepRound;
      this.start();
    });
  }

  async stop(): Promise<void> {
    this.#wake?.();
    this.#wake = null;
    await Promise.allSettled(this.#lamps.map((lamp) => lamp.stop()));
  }

  #show(): void {
    const { transmission, isDutyAsked } = this.options;
    const subjects = this.#state?.subjects.values() ?? [];
    const states = lampStates(subjects, transmission(), this.#isScanned, isDutyAsked?.() ?? false);
    // A fire goes before a test.
    if (states.fire !== 'off') this.#testMono = null;
    const tested = this.#testState();
    for (const [i, lamp] of this.#lamps.entries()) {
      const shows = this.#shows[i];
      if (shows === undefined) continue;
      const state = tested ?? states[shows];
      lamp.show(state, state === 'beep' ? beeps.includes(this.#half) : this.#half % 2 === 0);
    }
  }

  /** What every lamp shows now for a test; null: none runs. */
  #testState(): (typeof lampTestStates)[number] | null {
    if (this.#testMono === null) return null;
    const state = lampTestStates[Math.floor((this.options.clock.mono() - this.#testMono) / lampTestStepMs)] ?? null;
    if (state === null) this.#testMono = null;
    return state;
  }
}
