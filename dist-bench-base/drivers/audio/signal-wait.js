/** Resolves after `delayMs`; rejects with the signal's reason as soon as that is told. */
export function pauseUnless(clock, delayMs, signal) {
    return unlessAborted(signal, (resolve) => clock.after(delayMs, resolve));
}
/** A promise that somebody settles later, or the signal before him. `begin` returns what ends its own waiting; that is called
 * once, however the promise ends. */
export function unlessAborted(signal, begin) {
    if (signal.aborted)
        return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
        let isSettled = false;
        let endWaiting = null;
        const settle = (how) => {
            if (isSettled)
                return;
            isSettled = true;
            signal.removeEventListener('abort', onAbort);
            endWaiting?.();
            how();
        };
        const onAbort = () => settle(() => reject(signal.reason));
        signal.addEventListener('abort', onAbort, { once: true });
        endWaiting = begin((value) => settle(() => resolve(value)), (error) => settle(() => reject(error)));
        if (isSettled)
            endWaiting();
    });
}
