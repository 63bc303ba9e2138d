import type { Clock } from '../clock.js';

/** Resolves after `delayMs`; rejects with the signal's reason as soon as that is told. */
export function pauseUnless(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return unlessAborted(signal, (resolve) => clock.after(delayMs, resolve));
}

/** A promise that somebody settles later, or the signal before him. `begin` returns what ends its own waiting; that is called
 * once, however the promise ends. */
export function unlessAborted<T>(
  signal: AbortSignal,
  begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    let isSettled = false;
    let endWaiting: (() => void) | null = null;
    const settle = (how: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      signal.removeEventListener('abort', onAbort);
      endWaiting?.();
      how();
    };
    const onAbort = (): void => settle(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    endWaiting = begin(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
    if (isSettled) endWaiting();
  });
}
