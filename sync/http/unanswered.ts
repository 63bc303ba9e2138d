/**
 * What went and was never answered: it may be there all the same. 409 says that something conflicts (RFC 9110 §15.5.10): the same key is
 * being worked on, and that work may still fail, or it is there already. Only a 409 that still stands when any work is over says the latter.
 *
 *   sent ──no answer──▶ may be there ──409──▶ in conflict ──409, `standsMs` after the first──▶ there
 *                            ▲                    │
 *                            └── no answer again, or any other one: work may have begun anew
 */
import type { Group } from './outbox.js';
import { idempotencyKey } from './request-of.js';

/** Keys that are remembered; of more the oldest is forgotten, and its 409 is a refusal. */
const rememberedMax = 1_000;
/** A platform that works longer than this on one request is taken to have what it has not. */
const standsMs = 60_000;

export class Unanswered {
  /** Of lists, and of each message of theirs: when its first 409 came, of those in a row; null: none has. */
  readonly #conflictMono = new Map<string, number | null>();

  /** It went out whole, and nobody knows whether it came there. */
  lost(group: Group): void {
    for (const key of keysOf(group)) {
      this.#conflictMono.delete(key);
      this.#conflictMono.set(key, null);
    }
    for (const oldest of this.#conflictMono.keys()) {
      if (this.#conflictMono.size <= rememberedMax) break;
      this.#conflictMono.delete(oldest);
    }
  }

  taken(group: Group): void {
    for (const key of keysOf(group)) this.#conflictMono.delete(key);
  }

  /** It was answered by this. True: it is there. */
  isThere(group: Group, status: number, mono: number): boolean {
    const key = keyOf(group);
    const firstMono = this.#conflictMono.get(key);
    if (firstMono === undefined) return false;
    this.#conflictMono.set(key, status === 409 ? (firstMono ?? mono) : null);
    return status === 409 && firstMono !== null && mono - firstMono >= standsMs;
  }

  /** Its 409 does not stand long enough to say anything, so it is no refusal either. */
  isOpen(id: string): boolean {
    return typeof this.#conflictMono.get(id) === 'number';
  }
}

function keyOf(group: Group): string {
  return idempotencyKey(group.map(({ id }) => id));
}

function keysOf(group: Group): readonly string[] {
  return [keyOf(group), ...group.map(({ id }) => id)];
}
