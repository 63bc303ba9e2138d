/**
 * Whether the path to one centre lives, in both directions, although its socket looks open: something was to be heard by then, or what
 * waits was to be confirmed by then. While the link is down the outage itself is the fault, and nothing new is said here; a path that was
 * dead before stays so, over links and restarts, until the other side has said something.
 *
 *   lives ──nothing heard──▶ dead ──heard──▶ lives        up and down change neither, but a link that an answer made is a word
 *      └────nothing confirmed──▶ dead ──confirmed, or nothing waits──▶ lives
 */
import type { Clock } from '../drivers/clock.js';
import type { Uplink } from '../sync/uplink.js';

/** Later than the other side promised: its clock, our look every 10 s, a slow network. */
const heardGraceMs = 15_000;
/** What waits while the link is up is carried within this, or at least something is. */
export const toldWithinMs = 300_000;

/** All monotonic ms; null: never since the start, or nothing is expected. */
export interface PathState {
  readonly isDead: boolean;
  /** When anything came from there last. */
  readonly heardMono: number | null;
  readonly heardByMono: number | null;
  /** When anything was confirmed there last. */
  readonly toldMono: number | null;
  readonly toldByMono: number | null;
}

export type DeadPath = 'not-heard' | 'not-confirmed';

export interface PathWatchOptions {
  readonly clock: Clock;
  readonly uplink: Pick<Uplink, 'lastHeardMono' | 'expectsHeardWithinMs'>;
  /** False: what waits there may wait for hours (short messages in quiet hours). */
  readonly mustConfirm: boolean;
  readonly onFault: (dead: DeadPath | null) => void;
}

export class PathWatch {
  #upMono: number | null = null;
  #toldMono: number | null = null;
  /** Since when something waits without anything having been confirmed. */
  #owedMono: number | null = null;
  #dead: DeadPath | null = null;
  /** Since when it is dead; at first the start: an earlier one may have left it dead. */
  #deadMono: number;
  #isTold = false;

  constructor(private readonly options: PathWatchOptions) {
    this.#deadMono = options.clock.mono();
  }

  up(): void {
    this.#upMono = this.options.clock.mono();
    this.#owedMono = null;
  }

  down(): void {
    this.#upMono = null;
    this.#owedMono = null;
  }

  /** Something was confirmed. */
  carried(): void {
    this.#toldMono = this.options.clock.mono();
    if (this.#owedMono !== null) this.#owedMono = this.#toldMono;
  }

  get state(): PathState {
    return {
      isDead: this.#dead !== null,
      heardMono: this.#heardMono,
      heardByMono: this.#heardByMono,
      toldMono: this.#toldMono,
      toldByMono: this.#owedMono === null ? null : this.#owedMono + toldWithinMs,
    };
  }

  /** Asked every 10 s. `isOwed`: something waits that the centre does not refuse. */
  look(isOwed: boolean): void {
    if (this.#upMono === null) return;
    const nowMono = this.options.clock.mono();
    if (!isOwed || !this.options.mustConfirm) this.#owedMono = null;
    else this.#owedMono ??= nowMono;
    const found = this.#find(nowMono);
    if (found !== null || this.#isAlive(isOwed)) this.#tell(found);
  }

  /** The listener has forgotten what it was told. */
  retell(): void {
    if (this.#isTold) this.options.onFault(this.#dead);
  }

  #find(nowMono: number): DeadPath | null {
    const heardByMono = this.#heardByMono;
    if (heardByMono !== null && nowMono > heardByMono + heardGraceMs) return 'not-heard';
    return this.#owedMono !== null && nowMono > this.#owedMono + toldWithinMs ? 'not-confirmed' : null;
  }

  /** Nothing is found that speaks against it; what was dead, or may have been in an earlier start, has to have said something. */
  #isAlive(isOwed: boolean): boolean {
    if (this.#dead === null && this.#isTold) return true;
    if (this.#dead === 'not-confirmed') return !isOwed || (this.#toldMono ?? -1) >= this.#deadMono;
    return this.#hasHeard;
  }

  /** Since it is dead, or since the start. Who tells nothing of what it hears is up only by an answer of the other side. */
  get #hasHeard(): boolean {
    const { lastHeardMono } = this.options.uplink;
    const heardMono =
      lastHeardMono === undefined ? Math.max(this.#toldMono ?? -1, this.#upMono ?? -1) : this.#heardMono;
    return heardMono !== null && heardMono >= this.#deadMono;
  }

  /** A confirmation is heard, too. */
  get #heardMono(): number | null {
    const heard = this.options.uplink.lastHeardMono ?? null;
    if (heard === null || this.#toldMono === null) return heard ?? this.#toldMono;
    return Math.max(heard, this.#toldMono);
  }

  get #heardByMono(): number | null {
    const withinMs = this.options.uplink.expectsHeardWithinMs ?? null;
    if (withinMs === null || this.#upMono === null) return null;
    return Math.max(this.#heardMono ?? 0, this.#upMono) + withinMs;
  }

  #tell(dead: DeadPath | null): void {
    if (this.#isTold && this.#dead === dead) return;
    this.#dead = dead;
    this.#deadMono = this.options.clock.mono();
    this.#isTold = true;
    this.options.onFault(dead);
  }
}
