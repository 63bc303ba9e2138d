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

export interface LampsOptions extends Pick<LampOptions, 'random' | 'events'> {
  readonly outputs: readonly OutputConfig[];
  readonly makeHandle: (output: OutputConfig) => LampOptions['makeHandle'];
  readonly clock: Clock;
  /** Asked again twice a second. */
  readonly transmission: () => Transmission;
}

export class Lamps {
  readonly #lamps: readonly Lamp[];
  readonly #shows: readonly NonNullable<OutputConfig['shows']>[];
  #state: AlarmState | null = null;
  #isScanned = false;
  #isLit = true;
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
      this.#isLit = !this.#isLit;
      this.start();
    });
  }

  async stop(): Promise<void> {
    this.#wake?.();
    this.#wake = null;
    await Promise.allSettled(this.#lamps.map((lamp) => lamp.stop()));
  }

  #show(): void {
    const states = lampStates(this.#state?.subjects.values() ?? [], this.options.transmission(), this.#isScanned);
    // A fire goes before a test.
    if (states.fire !== 'off') this.#testMono = null;
    const tested = this.#testState();
    for (const [i, lamp] of this.#lamps.entries()) {
      const shows = this.#shows[i];
      if (shows !== undefined) lamp.show(tested ?? states[shows], this.#isLit);
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
