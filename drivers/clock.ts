/** The only file that touches Date and timers. Everything else is handed a Clock. */
import { existsSync } from 'node:fs';
import type { ClockTrust } from '../config/vocabulary.js';
import { loadLibc } from './native/libc.js';

export type Cancel = () => void;

export interface Clock {
  /** Monotonic ms (with fractions) since this process started: for "how long". */
  mono(): number;
  /** Wall time in ms since 1970: for "when". May jump; nothing may be decided on it. */
  wall(): number;
  trust(): ClockTrust;
  /** Somebody outside says that it is this late. Sets no clock: one that nobody vouches for, and that is right by this word, is `hinted`.
   * Left out by a clock that takes no hints. */
  hint?(wall: number): void;
  /** Runs `run` once, never before `delayMs` have passed. Good to about 1 ms. */
  after(delayMs: number, run: () => void): Cancel;
  /** Runs `run` once, never before the monotonic time `atMono` and as soon after it as the event loop allows (0.1 ms). */
  exactly(atMono: number, run: () => void): Cancel;
  /** Of clocks in real time: work that must end in a deed at an exact moment may begin so much sooner. */
  readonly headStart?: HeadStart;
  /** What has to be added to `mono()` so that all threads of this process agree, ms; left out: they agree already. */
  readonly threadOffsetMs?: number;
}

export interface HeadStart {
  /** How much sooner, ms. */
  readonly ms: number;
  /** Returns at the moment, or at once when it is over. Holds the event loop up, at most for `ms`. */
  until(atMono: number): void;
}

/** Resolves after `delayMs` of the clock. */
export function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve));
}

/** Monotonic ms by which threads of one process can tell each other when something was. */
export function sharedMono(clock: Clock): number {
  return clock.mono() + (clock.threadOffsetMs ?? 0);
}

const dayMin = 24 * 60;

/** How far the local time of this machine is ahead of UTC at that wall time, minutes: 480 in China; changes with summer time. */
export function localOffsetMin(wall: number): number {
  return -new Date(wall).getTimezoneOffset();
}

/** The local time comes for the second time: summer time has just ended. */
export function isLocalTimeRepeated(wall: number): boolean {
  const first = new Date(wall);
  // Where a local time means two moments, setting any part of it chooses the first.
  first.setMilliseconds(first.getMilliseconds());
  return first.getTime() !== wall;
}

/** Minute of the local day at that wall time, 0 to 1439. */
export function localMinuteOf(wall: number): number {
  const minute = (Math.floor(wall / 60_000) + localOffsetMin(wall)) % dayMin;
  return (minute + dayMin) % dayMin;
}

/** The last stretch before a deadline is waited out turn by turn of the event loop: Node's timers fire up to 1 ms early
 * or late (measured: a 2 ms timer broke a 1.75 ms gap in 26 of 500 cases). */
const spinMs = 1.2;

/** Coding a request takes 0.1 ms here and more on a box; it is done while the silence before it still lasts. */
const headStartMs = 0.25;

/** Node fires a longer timer at once. */
const timerMaxMs = 2 ** 31 - 1;

const trustCheckMs = 60_000;

/** What a word from outside, minutes on its way, may differ by and still agree. */
const hintMaxMs = 2 * 60_000;

/** Whether somebody keeps the system's clock right. */
export interface ClockKeeping {
  /** systemd-timesyncd has set the clock from a server. */
  isMarked(): boolean;
  /** Whether any NTP program (chrony, ntpd, systemd-timesyncd) keeps it; null when nobody can say. Resolves with null where the
   * kernel can not be asked at all. */
  askKernel(): Promise<(() => boolean | null) | null>;
}

/** systemd-timesyncd touches this file when, and only when, it has set the clock from a server. */
const ntpMark = '/run/systemd/timesync/synchronized';

const systemKeeping: ClockKeeping = {
  isMarked: () => existsSync(ntpMark),
  askKernel: () =>
    loadLibc().then(
      (libc) => () => libc.isClockKept(),
      () => null,
    ),
};

export class SystemClock implements Clock {
  #trust: ClockTrust = 'untrusted';
  #trustCheckedMono = Number.NEGATIVE_INFINITY;
  #isKernelAsked = false;
  #isKept: (() => boolean | null) | null = null;

  constructor(private readonly keeping: ClockKeeping = systemKeeping) {}

  readonly headStart: HeadStart = {
    ms: headStartMs,
    until: (atMono) => {
      const endMono = Math.min(atMono, this.mono() + headStartMs);
      while (this.mono() < endMono);
    },
  };

  /** Each thread counts from its own start; the system's monotonic clock is one for all. */
  readonly threadOffsetMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();

  mono(): number {
    return performance.now();
  }

  wall(): number {
    return Date.now();
  }

  trust(): ClockTrust {
    if (this.#trust !== 'trusted' && this.mono() - this.#trustCheckedMono > trustCheckMs) {
      this.#trustCheckedMono = this.mono();
      this.#lookAtTrust();
    }
    return this.#trust;
  }

  hint(wall: number): void {
    if (this.trust() === 'untrusted' && Math.abs(wall - this.wall()) <= hintMaxMs) this.#trust = 'hinted';
  }

  /** A clock that was right once drifts by seconds a week: it stays trusted. */
  #lookAtTrust(): void {
    if (this.keeping.isMarked() || this.#isKept?.() === true) {
      this.#trust = 'trusted';
      return;
    }
    // The C library is loaded only on a box where the mark is missing.
    if (this.#isKernelAsked) return;
    this.#isKernelAsked = true;
    void this.keeping.askKernel().then((isKept) => {
      this.#isKept = isKept;
      if (isKept?.() === true) this.#trust = 'trusted';
    });
  }

  after(delayMs: number, run: () => void): Cancel {
    const dueMono = this.mono() + delayMs;
    const fire = (): void => {
      const leftMs = dueMono - this.mono();
      if (leftMs <= 0) run();
      else timer = setTimeout(fire, Math.min(timerMaxMs, Math.ceil(leftMs)));
    };
    let timer = setTimeout(fire, Math.max(0, Math.min(timerMaxMs, Math.ceil(delayMs))));
    return () => clearTimeout(timer);
  }

  exactly(atMono: number, run: () => void): Cancel {
    let isCancelled = false;
    let timer: NodeJS.Timeout | null = null;
    const spin = (): void => {
      if (isCancelled) return;
      if (this.mono() >= atMono) run();
      else setImmediate(spin);
    };
    const sleep = (): void => {
      const sleepMs = Math.floor(atMono - this.mono() - spinMs);
      if (sleepMs < 1) setImmediate(spin);
      else if (sleepMs > timerMaxMs) timer = setTimeout(sleep, timerMaxMs);
      else timer = setTimeout(spin, sleepMs);
    };
    sleep();
    return () => {
      isCancelled = true;
      if (timer !== null) clearTimeout(timer);
    };
  }
}
