/** Who has signed in, in memory: ids nobody can guess, an end when nobody touches anything, an end in any case. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../../../drivers/clock.js';
import type { Random } from './password-hash.js';
import { isSameUser } from './user-file.js';

/** Overflow: the one that was not touched for longest ends. */
const sessionsMax = 64;
/** Of one person: nobody drives the others out. */
const perUserMax = 16;
/** Of a session above level Ⅰ, in any case. */
const lifeMs = 12 * 3_600_000;
const idBytes = 32;
const idForm = /^[\w-]{43}$/;

export interface Session {
  /** Digest of the id: may be held and compared, and signs nobody in. */
  readonly key: string;
  readonly user: string;
  readonly level: 1 | 2 | 3;
  readonly csrf: string;
  /** At the box's own screen, where others stand too. */
  readonly isOwnScreen: boolean;
}

interface Held extends Session {
  readonly beganMono: number;
  touchedMono: number;
}

export interface SessionOf {
  readonly user: string;
  readonly level: 1 | 2 | 3;
  readonly isOwnScreen: boolean;
}

export class Sessions {
  readonly #held = new Map<string, Held>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    /** Of a session above level Ⅰ, and of every one at the own screen, where level Ⅰ needs no name. */
    private readonly idleMs: number,
  ) {}

  /** A new one, whatever the browser sent before: nobody chooses the id of a session. */
  begin({ user, level, isOwnScreen }: SessionOf): { readonly id: string; readonly session: Session } {
    this.#endOld();
    const id = this.#word();
    const now = this.clock.mono();
    const session: Held = {
      ...{ key: keyOf(id), user, level, isOwnScreen, csrf: this.#word() },
      ...{ beganMono: now, touchedMono: now },
    };
    const ofUser = [...this.#held.values()].filter((each) => each.user === user);
    if (ofUser.length >= perUserMax) this.#endLongestIdle(ofUser);
    if (this.#held.size >= sessionsMax) this.#endLongestIdle([...this.#held.values()]);
    this.#held.set(session.key, session);
    return { id, session };
  }

  /** The one with the id that a cookie carries. */
  find(id: string | null): Session | null {
    return id !== null && idForm.test(id) ? this.withKey(keyOf(id)) : null;
  }

  withKey(key: string): Session | null {
    const held = this.#held.get(key);
    if (held === undefined) return null;
    if (this.#leftMs(held) > 0) return held;
    this.#held.delete(key);
    return null;
  }

  touch({ key }: Session): void {
    const held = this.#held.get(key);
    if (held !== undefined) held.touchedMono = this.clock.mono();
  }

  end({ key }: Session): void {
    this.#held.delete(key);
  }

  /** He is another one now, or gone. */
  endOf(user: string): void {
    for (const { key, user: of } of this.#held.values()) if (isSameUser(of, user)) this.#held.delete(key);
  }

  /** When it ends if nobody touches anything; null: never. */
  endsWall({ key }: Session): number | null {
    const held = this.#held.get(key);
    const leftMs = held === undefined ? 0 : this.#leftMs(held);
    return Number.isFinite(leftMs) ? this.clock.wall() + leftMs : null;
  }

  /** For tests and measurements. */
  size(): number {
    return this.#held.size;
  }

  /** How long it lasts, ms. A display of level Ⅰ away from the box shows alarms for months: it has no end. */
  #leftMs({ level, isOwnScreen, beganMono, touchedMono }: Held): number {
    const now = this.clock.mono();
    if (level === 1 && !isOwnScreen) return Number.POSITIVE_INFINITY;
    return Math.min(touchedMono + this.idleMs - now, beganMono + lifeMs - now);
  }

  #endOld(): void {
    for (const held of this.#held.values()) if (this.#leftMs(held) <= 0) this.#held.delete(held.key);
  }

  #endLongestIdle(among: readonly Held[]): void {
    const [first, ...others] = among;
    if (first === undefined) return;
    const idle = others.reduce((best, each) => (each.touchedMono < best.touchedMono ? each : best), first);
    this.#held.delete(idle.key);
  }

  #word(): string {
    return this.random(idBytes).toString('base64url');
  }
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
