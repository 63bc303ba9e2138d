/**
 * Whether the path to one centre lives, in both directions, although its socket looks open: something was to be heard by then, or what
 * waits was to be confirmed by then. While the link is down the outage itself is the fault, and nothing is said here.
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
  #isTold = false;

  constructor(private readonly options: PathWatchOptions) {}

  up(): void {
    this.#upMono = this.options.clock.mono();
    this.#owedMono = null;
  }

  down(): void {
    this.#upMono = null;
    this.#owedMono = null;
    this.#tell(null);
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
    const heardByMono = this.#heardByMono;
    if (heardByMono !== null && nowMono > heardByMono + heardGraceMs) this.#tell('not-heard');
    else if (this.#owedMono !== null && nowMono > this.#owedMono + toldWithinMs) this.#tell('not-confirmed');
    else this.#tell(null);
  }

  /** The listener has forgotten what it was told. */
  retell(): void {
    if (this.#isTold) this.options.onFault(this.#dead);
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
    this.#isTold = true;
    this.options.onFault(dead);
  }
}
