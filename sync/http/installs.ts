/** What a platform is told of each device when we start: behind all else, and no trouble with it stops a report. */
import type { Clock } from '../../drivers/clock.js';
import type { UplinkError } from '../uplink.js';
import type { HttpPart } from './http-preset.js';

/** After a no they are told again. */
const againMs = 10 * 60_000;

export class Installs {
  /** The first goes next. */
  #waiting: HttpPart[];
  /** Not taken in this round. */
  #refused: HttpPart[] = [];
  #fromMono = 0;
  #trouble: UplinkError | null = null;

  constructor(
    parts: readonly HttpPart[],
    private readonly clock: Clock,
    /** Told when it begins, and null when all is taken after all. */
    private readonly onTrouble: (error: UplinkError | null) => void,
  ) {
    this.#waiting = [...parts];
  }

  get next(): HttpPart | null {
    if (this.clock.mono() < this.#fromMono) return null;
    if (this.#waiting.length === 0) {
      this.#waiting = this.#refused;
      this.#refused = [];
    }
    return this.#waiting[0] ?? null;
  }

  took(): void {
    this.#waiting.shift();
    this.#ended(null);
  }

  /** It does not want this one. */
  refused(error: UplinkError): void {
    const part = this.#waiting.shift();
    if (part !== undefined) this.#refused.push(part);
    this.#ended(error);
  }

  /** It takes none now. @param waitMs null: it did not say how long */
  postponed(error: UplinkError, waitMs: number | null): void {
    this.#fromMono = this.clock.mono() + Math.max(againMs, waitMs ?? 0);
    this.#tell(error);
  }

  #ended(error: UplinkError | null): void {
    const isRoundOver = this.#waiting.length === 0;
    if (isRoundOver && this.#refused.length > 0) this.#fromMono = this.clock.mono() + againMs;
    if (error !== null || (isRoundOver && this.#refused.length === 0)) this.#tell(error);
  }

  #tell(error: UplinkError | null): void {
    const isNews = (error?.code ?? null) !== (this.#trouble?.code ?? null);
    this.#trouble = error;
    if (isNews) this.onTrouble(error);
  }
}
