/**
 * Pins for a watchdog relay, driven by progress: each reading that went through the alarm engine may change their level, once
 * a second at most, and only while no loop of the gateway is overdue. Whatever hangs, they stand still. A site where nothing
 * is ever asked (only devices that speak by themselves) has no steady readings: there the clock does, with the same condition.
 */
import type { HeartbeatConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { OutputPin } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';

const beatMs = 1000;

export interface HeartbeatOptions {
  readonly heartbeats: readonly HeartbeatConfig[];
  /** Something is asked all the time, and gives readings whether it answers or not. */
  readonly hasInputs: boolean;
  /** Throws DriverError when the pins are not there (yet). */
  readonly openPin: (target: HeartbeatConfig['target']) => OutputPin;
  readonly clock: Clock;
  /** A loop of the gateway has made no progress for too long. */
  readonly isOverdue: () => boolean;
  /** Whether a pin can be switched, when that changes; `got` = why not. */
  readonly onFault: (heartbeat: HeartbeatConfig, isAtFault: boolean, got: string | null) => void;
}

export class Heartbeat {
  readonly #pins: readonly Pin[];
  #isRunning = false;
  #beatMono = Number.NEGATIVE_INFINITY;
  #isHigh = false;
  #wake: Cancel | null = null;

  constructor(private readonly options: HeartbeatOptions) {
    this.#pins = options.heartbeats.map((config) => ({ config, open: null, isAtFault: null }));
  }

  start(): void {
    if (this.#pins.length === 0) return;
    this.#isRunning = true;
    if (!this.options.hasInputs) this.#tick();
  }

  /** The engine took a step with a reading. */
  step(): void {
    if (!this.#isRunning) return;
    const nowMono = this.options.clock.mono();
    if (nowMono - this.#beatMono < beatMs || this.options.isOverdue()) return;
    this.#beatMono = nowMono;
    this.#isHigh = !this.#isHigh;
    for (const pin of this.#pins) this.#set(pin);
  }

  /** The listener has forgotten what it was told: the next beat tells it again. */
  retell(): void {
    for (const pin of this.#pins) pin.isAtFault = null;
  }

  /** It simply stands still. */
  stop(): void {
    this.#isRunning = false;
    this.#wake?.();
  }

  #tick(): void {
    this.step();
    this.#wake = this.options.clock.after(beatMs, () => this.#tick());
  }

  #set(pin: Pin): void {
    let got: string | null = null;
    try {
      pin.open ??= this.options.openPin(pin.config.target);
      pin.open.set(this.#isHigh);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      got = error.message;
    }
    const isAtFault = got !== null;
    if (isAtFault === pin.isAtFault) return;
    pin.isAtFault = isAtFault;
    this.options.onFault(pin.config, isAtFault, got);
  }
}

interface Pin {
  readonly config: HeartbeatConfig;
  open: OutputPin | null;
  /** As it was told; null: not yet. */
  isAtFault: boolean | null;
}
