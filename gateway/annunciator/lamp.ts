/**
 * One lamp that shows something by itself. What it shows is told by entries of its own, so nothing about the lamp is
 * journaled but its fault: each entry would be a row on the SD card, and a report that makes the transmission lamp flash.
 *
 *   order ─▶ look ─▶ as ordered; or order again, and after 1 s it is a fault. Looked at every 10 s; flashing is not looked at
 *   change by change.
 */
import type { OutputConfig } from '../../config/site.js';
import { Backoff } from '../../drivers/backoff.js';
import { type Cancel, type Clock, pause } from '../../drivers/clock.js';
import type { OutputHandle } from '../../drivers/driver.js';
import type { LampState } from './lamp-states.js';
import { isKept } from './output-faults.js';
import type { OutputEvents } from './output-watch.js';

const lookEveryMs = 10_000;
const mismatchMs = 1000;
const retryFirstMs = 250;
const retryCapMs = 2000;
const stopMaxMs = 1000;

export interface LampOptions {
  readonly config: OutputConfig;
  /** Throws DriverError when the hardware is not there (yet). */
  readonly makeHandle: () => OutputHandle;
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: Pick<OutputEvents, 'onFault' | 'onLooked'>;
}

export class Lamp {
  /** Null before the first order: whatever it shows then is of another time. */
  #level: boolean | null = null;
  /** When it was last seen as ordered, monotonic ms. */
  #seenMono = Number.NEGATIVE_INFINITY;
  /** It was ordered steady and was not looked at since. */
  #isLookOwed = false;
  #badSinceMono: number | null = null;
  #isAtFault: boolean | null = null;
  #isBusy = false;
  #isStopped = false;
  #handle: OutputHandle | null = null;
  #timer: Cancel | null = null;
  readonly #retry: Backoff;

  constructor(private readonly options: LampOptions) {
    this.#retry = new Backoff(retryFirstMs, retryCapMs, options.random);
  }

  /** `isLit`: the bright half of the second, or a beep. A relay would wear out by flashing, and its line has better things to carry: it is
   * lit instead. A pin has changed when this returns. */
  show(state: LampState, isLit: boolean): void {
    const canFlash = this.options.config.target.kind === 'pin';
    const isFlashing = (state === 'flash' || state === 'beep') && canFlash;
    const level = isFlashing ? isLit : state !== 'off';
    if (level === this.#level) return;
    this.#level = level;
    if (!isFlashing) this.#isLookOwed = true;
    this.#run();
  }

  /** The listener has forgotten what it was told. */
  retell(): void {
    if (this.#isAtFault !== null) this.#tell(this.#isAtFault, null);
  }

  /** What can not be said without a gateway goes dark: all is well, reports are on their way, somebody is asked for. Within 1 s. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.();
    const { shows } = this.options.config;
    if (shows === 'fire' || shows === 'fault' || shows === 'service') return;
    if (this.#level !== true || this.#handle === null) return;
    await Promise.race([this.#handle.command(false), pause(this.options.clock, stopMaxMs)]);
  }

  #run(): void {
    if (this.#isBusy || this.#isStopped || this.#level === null) return;
    this.#timer?.();
    this.#timer = null;
    this.#isBusy = true;
    const ordered = this.#level;
    const isOld = this.options.clock.mono() - this.#seenMono >= lookEveryMs;
    const isLook = isOld || this.#isLookOwed || this.#badSinceMono !== null;
    // Both in one `then`: a mistake in our own judging must not be taken for a failure of the hardware.
    void this.#order(ordered, isLook).then(
      (seen) => this.#judge(ordered, seen, null),
      (error: unknown) => this.#judge(ordered, null, error instanceof Error ? error.message : String(error)),
    );
  }

  /** `unseen`: it was not looked at this time. */
  async #order(level: boolean, isLook: boolean): Promise<boolean | 'unseen'> {
    this.#handle ??= this.options.makeHandle();
    await this.#handle.command(level);
    return isLook ? this.#handle.readBack() : 'unseen';
  }

  #judge(ordered: boolean, seen: boolean | 'unseen' | null, got: string | null): void {
    const { clock, events } = this.options;
    this.#isBusy = false;
    if (seen !== 'unseen') events.onLooked();
    if (this.#isStopped) return;
    if (seen === ordered) {
      this.#seenMono = clock.mono();
      this.#isLookOwed = ordered !== this.#level;
      this.#badSinceMono = null;
      this.#retry.reset();
      if (this.#isAtFault !== false) this.#tell(false, null);
    } else if (seen !== 'unseen') {
      this.#badSinceMono ??= clock.mono();
      const isLong = clock.mono() - this.#badSinceMono >= mismatchMs;
      if (isLong && this.#isAtFault !== true) this.#tell(true, got ?? (seen === null ? null : seen ? 'on' : 'off'));
    }
    if (ordered !== this.#level) this.#run();
    else this.#again(this.#badSinceMono === null ? lookEveryMs : this.#retry.nextMs());
  }

  #again(delayMs: number): void {
    this.#timer?.();
    this.#timer = this.options.clock.after(delayMs, () => this.#run());
  }

  #tell(isAtFault: boolean, got: string | null): void {
    this.#isAtFault = isAtFault;
    const { config, events } = this.options;
    const isBroken = this.#handle !== null && !isKept(config, this.#handle.afterProcessEnd);
    events.onFault(config, isAtFault ? 'not-proven' : isBroken ? 'not-kept' : null, got);
  }
}
