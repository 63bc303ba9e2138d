/** One request at a time: its time limit, and how it is broken off for something that may not wait. */
import type { Cancel, Clock } from '../../drivers/clock.js';
import { UplinkError } from '../uplink.js';
import type { HttpAnswer, HttpRequest } from './http-link.js';

export interface ExchangesOptions<P> {
  readonly where: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly ask: (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>;
  readonly onAnswer: (purpose: P, request: HttpRequest, answer: HttpAnswer) => void;
  readonly onError: (purpose: P, error: UplinkError) => void;
  /** It was broken off for something more urgent: nobody knows whether it came there. */
  readonly onBroken: (purpose: P) => void;
  /** The next one may begin. */
  readonly onIdle: () => void;
}

interface Exchange<P> {
  readonly purpose: P;
  readonly abort: AbortController;
  readonly beganMono: number;
  readonly cancelLate: Cancel;
  readonly ended: Promise<void>;
}

export class Exchanges<P> {
  #current: Exchange<P> | null = null;
  #cancelBreak: Cancel | null = null;

  constructor(private readonly options: ExchangesOptions<P>) {}

  /** What the request under way is for; null: there is none. */
  get purpose(): P | null {
    return this.#current?.purpose ?? null;
  }

  /** Resolves when the request under way is over. */
  get ended(): Promise<void> {
    return this.#current?.ended ?? Promise.resolve();
  }

  begin(request: HttpRequest, purpose: P): void {
    const { where, clock, timeoutMs, ask, onAnswer, onError } = this.options;
    const abort = new AbortController();
    const late = new UplinkError('UPLINK-004', where, `no answer for ${timeoutMs / 1000} s`);
    const ended = ask(request, abort.signal).then(
      (answer) => this.#settle(exchange, () => onAnswer(purpose, request, answer)),
      (error: unknown) => this.#settle(exchange, () => onError(purpose, this.#toError(error))),
    );
    const exchange: Exchange<P> = {
      ...{ purpose, abort, ended, beganMono: clock.mono() },
      cancelLate: clock.after(timeoutMs, () => {
        this.#settle(exchange, () => onError(purpose, late));
        abort.abort();
      }),
    };
    this.#current = exchange;
  }

  /** Unless it is over by then, it is broken off so long after it began. */
  breakAfter(ms: number): void {
    const exchange = this.#current;
    if (exchange === null || this.#cancelBreak !== null) return;
    const { clock, onBroken, onIdle } = this.options;
    this.#cancelBreak = clock.after(Math.max(0, exchange.beganMono + ms - clock.mono()), () => {
      this.breakOff();
      onBroken(exchange.purpose);
      onIdle();
    });
  }

  /** At once, and nobody is told. */
  breakOff(): void {
    const exchange = this.#current;
    if (exchange === null) return;
    this.#end(exchange);
    exchange.abort.abort();
  }

  /** What was broken off before is settled already. */
  #settle(exchange: Exchange<P>, then: () => void): void {
    if (this.#current !== exchange) return;
    this.#end(exchange);
    then();
    this.options.onIdle();
  }

  #end({ cancelLate }: Exchange<P>): void {
    cancelLate();
    this.#cancelBreak?.();
    this.#cancelBreak = null;
    this.#current = null;
  }

  #toError(error: unknown): UplinkError {
    return error instanceof UplinkError
      ? error
      : new UplinkError('UPLINK-001', this.options.where, String(error), error);
  }
}
