import type { Clock } from '../drivers/clock.js';

/** What `answer` resolves to, or null when it rejects or has not answered after `limitMs`. Never rejects. */
export function withinMs<T>(clock: Clock, limitMs: number, answer: Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const cancel = clock.after(limitMs, () => resolve(null));
    const settle = (result: T | null): void => {
      cancel();
      resolve(result);
    };
    answer.then(settle, () => settle(null));
  });
}
