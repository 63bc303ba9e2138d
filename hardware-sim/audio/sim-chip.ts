import type { Clock } from '../../drivers/clock.js';
import { type Heard, Mouth } from './mouth.js';
import type { UartDevice } from './uart-wire.js';

/** Ways of a chip to be difficult; all can be changed at any time. */
export interface Manners {
  /** Does what it is told and says nothing (its way back is broken). */
  isMute: boolean;
  /** Every answer comes so much later, ms. */
  lateMs: number;
  /** How often each answer is said; 2 = twice. */
  times: number;
  /** Bits of every answer that are wrong; 0 = none. */
  garble: number;
  /** It refuses so many orders, then behaves. */
  refusals: number;
  /** Powered and dead: hears nothing, sounds nothing, says nothing. */
  isDead: boolean;
}

/** Time from the last bit of an order to the first of its answer. */
const answerAfterMs = 2;

/** What all simulated voice chips share: a supply, a loudspeaker, and manners. On a `UartWire`, or as a talker of a `ByteWire`. */
export abstract class SimChip implements UartDevice {
  readonly manners: Manners = { isMute: false, lateMs: 0, times: 1, garble: 0, refusals: 0, isDead: false };
  /** Orders that were lost: broken, in pieces, or too soon after another. */
  spoilt = 0;
  /** From power to the first word, ms. */
  bootMs = 800;
  #mouth: Mouth | null = null;
  #say: ((bytes: Uint8Array) => void) | null = null;
  #clock: Clock | null = null;
  #isOn = true;
  /** Grows with each power-up, so that a start that was interrupted does not go on. */
  #life = 0;

  /** Everything it was heard to say, in order. */
  get heard(): readonly Heard[] {
    return this.#mouth?.heard ?? [];
  }

  /** What it says now; null when it is silent. */
  get now(): Heard | null {
    return this.#mouth?.now ?? null;
  }

  start(say: (bytes: Uint8Array) => void, clock: Clock): void {
    this.#say = say;
    this.#clock = clock;
    this.#mouth = new Mouth(clock);
  }

  hear(bytes: Uint8Array): void {
    if (this.#isOn && !this.manners.isDead) this.obey(bytes);
  }

  /** Its supply. Off: silent at once. On again: it starts, forgets its settings, and tells so when it is ready. */
  setPower(on: boolean): void {
    const life = ++this.#life;
    this.#isOn = false;
    this.#mouth?.cut();
    this.forget();
    if (!on) return;
    this.#clock?.after(this.bootMs, () => {
      if (life !== this.#life) return;
      this.#isOn = true;
      this.answer(this.greeting());
    });
  }

  /** A dip of its supply: off and on again. */
  restart(): void {
    this.setPower(true);
  }

  protected abstract obey(bytes: Uint8Array): void;
  /** Back to what it leaves the factory with. */
  protected abstract forget(): void;
  /** What it says when it has started. */
  protected abstract greeting(): Uint8Array;

  protected get clock(): Clock {
    if (this.#clock === null) throw new Error('a chip must be attached first');
    return this.#clock;
  }

  /** True when this order is to be refused. */
  protected refusesNow(): boolean {
    if (this.manners.refusals <= 0) return false;
    this.manners.refusals--;
    return true;
  }

  protected sound(what: string, volume: number, lengthMs: number, ended: () => void): void {
    this.#mouth?.begin(what, volume, lengthMs, ended);
  }

  protected hush(): void {
    this.#mouth?.cut();
  }

  protected answer(bytes: Uint8Array): void {
    const { isMute, isDead, lateMs, times, garble } = this.manners;
    if (isMute || isDead || !this.#isOn || bytes.length === 0) return;
    this.clock.after(answerAfterMs + lateMs, () => {
      for (let i = 0; i < times; i++) this.#say?.(bytes.map((byte) => byte ^ garble));
    });
  }
}
