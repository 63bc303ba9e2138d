/** A cellular modem without a network: remembers what was sent and when, and refuses or hangs when it is told to. */
import { type Clock, pause } from '../drivers/clock.js';
import type { Modem } from '../drivers/driver.js';
import { DriverError } from '../drivers/driver-error.js';

/** What the network does with a message. `hangs`: nobody is answered until this changes; then it is done as it is said then. */
export type SmsFate = 'accepted' | 'refused' | 'hangs';

export interface SentSms {
  readonly number: string;
  /** Whole, however many parts it took. */
  readonly text: string;
  readonly parts: number;
  /** When the network took its last part. */
  readonly atMono: number;
}

/** Messages that are remembered; the oldest goes. */
const sentMax = 1_000;
/** The air takes so long for each part. */
const partMs = 3_000;
/** UTF-16 units of one message, and of each part of a longer one (6 bytes of 140 say how they belong together). */
const wholeUnits = 70;
const partUnits = 67;

export class SimModem implements Modem {
  /** dBm; null: it does not know. */
  signal: number | null = -73;
  hasSim = true;
  /** The last 1,000 that the network took, in order. */
  readonly sent: SentSms[] = [];
  #fate: SmsFate = 'accepted';
  #changed: (() => void)[] = [];
  /** One after the other. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly where = 'simulated modem',
  ) {}

  get fate(): SmsFate {
    return this.#fate;
  }

  setFate(fate: SmsFate): void {
    this.#fate = fate;
    for (const changed of this.#changed.splice(0)) changed();
  }

  async signalDbm(): Promise<number | null> {
    await this.#awake();
    return this.signal;
  }

  /** Rejects with LINK-006 when there is no SIM card, or the network refuses it. */
  sendSms(number: string, text: string): Promise<void> {
    const sending = this.#tail.then(() => this.#send(number, text));
    this.#tail = sending.catch(() => undefined);
    return sending;
  }

  async #send(number: string, text: string): Promise<void> {
    const parts = text.length <= wholeUnits ? 1 : Math.ceil(text.length / partUnits);
    await this.#awake();
    if (!this.hasSim) throw new DriverError('LINK-006', this.where, 'no SIM card');
    await pause(this.clock, parts * partMs);
    await this.#awake();
    if (this.#fate === 'refused') throw new DriverError('LINK-006', this.where, 'the network refused the message');
    this.sent.push({ number, text, parts, atMono: this.clock.mono() });
    if (this.sent.length > sentMax) this.sent.shift();
  }

  async #awake(): Promise<void> {
    while (this.#fate === 'hangs') await new Promise<void>((resolve) => this.#changed.push(resolve));
  }
}
