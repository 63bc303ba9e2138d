import type { DeviceId, LineId } from '../../config/ids.js';
import type { Clock } from '../clock.js';
import type { StreamEvent } from './framer.js';

/** A code that no profile names, a host that no device stands for, or a broken frame: told as it came. */
export interface UnknownCode {
  readonly line: LineId;
  /** Null: a host of the line that the site file does not list. */
  readonly device: DeviceId | null;
  /** Not sound: a frame with a wrong check sum (`bad-sum`). */
  readonly event: StreamEvent;
  /** How often it came since it was told last, this time counted. */
  readonly times: number;
}

/** The same thing is told once in this time; a panel may say it every second. */
const tellEveryMs = 10 * 60_000;
const keysMax = 200;
/** On one line, whatever it is about: a line gone mad must not fill the journal. What is held back is counted in `times`. */
const tellMaxPerMinute = 20;

/** Tells each unknown thing at once when it is new, then at most every ten minutes with the number of times. */
export class UnknownCodes {
  #minuteMono = Number.NEGATIVE_INFINITY;
  #toldInMinute = 0;
  readonly #seen = new Map<string, { toldMono: number; times: number }>();

  constructor(
    private readonly line: LineId,
    private readonly clock: Clock,
    private readonly tell: (unknown: UnknownCode) => void,
  ) {}

  add(device: DeviceId | null, event: StreamEvent): void {
    const key = `${device} ${event.address} ${event.code} ${event.object}`;
    const nowMono = this.clock.mono();
    const seen = this.#seen.get(key) ?? { toldMono: Number.NEGATIVE_INFINITY, times: 0 };
    seen.times++;
    this.#seen.delete(key);
    this.#seen.set(key, seen);
    if (this.#seen.size > keysMax) {
      const [oldest] = this.#seen.keys();
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
    if (nowMono - seen.toldMono < tellEveryMs || !this.#mayTell(nowMono)) return;
    this.tell({ line: this.line, device, event, times: seen.times });
    seen.toldMono = nowMono;
    seen.times = 0;
  }

  #mayTell(nowMono: number): boolean {
    if (nowMono - this.#minuteMono >= 60_000) {
      this.#minuteMono = nowMono;
      this.#toldInMinute = 0;
    }
    if (this.#toldInMinute >= tellMaxPerMinute) return false;
    this.#toldInMinute++;
    return true;
  }
}
