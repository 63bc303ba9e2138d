/**
 * What went and was never answered: it may be there all the same. 409 says that something conflicts (RFC 9110 §15.5.10): the same key is
 * being worked on, or it is there already. So it is asked once more; if the conflict stays, what went before without an answer is there.
 */
import type { Group } from './outbox.js';
import { idempotencyKey } from './request-of.js';

/** Keys that are remembered; of more the oldest is forgotten, and its 409 is a refusal. */
const rememberedMax = 1_000;

export class Unanswered {
  /** Of lists, and of each message of theirs. */
  readonly #keys = new Set<string>();
  #conflicting: string | null = null;

  /** Nobody knows whether it came there. */
  lost(group: Group): void {
    for (const key of [keyOf(group), ...group.map(({ id }) => id)]) this.#keys.add(key);
    for (const oldest of this.#keys) {
      if (this.#keys.size <= rememberedMax) break;
      this.#keys.delete(oldest);
    }
  }

  taken(group: Group): void {
    for (const key of [keyOf(group), ...group.map(({ id }) => id)]) this.#keys.delete(key);
    this.#conflicting = null;
  }

  /** It was answered by 409. True: it is there. */
  isThere(group: Group): boolean {
    const key = keyOf(group);
    const isSecond = this.#conflicting === key;
    this.#conflicting = key;
    return isSecond && this.#keys.has(key);
  }
}

function keyOf(group: Group): string {
  return idempotencyKey(group.map(({ id }) => id));
}
