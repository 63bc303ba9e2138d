/** The only file that touches Date and timers. Everything else is handed a Clock. */
import { existsSync } from 'node:fs';
import { loadLibc } from './native/libc.js';
/** Resolves after `delayMs` of the clock. */
export function pause(clock, delayMs) {
    return new Promise((resolve) => clock.after(delayMs, resolve));
}
const dayMin = 24 * 60;
/** How far the local time of this machine is ahead of UTC at that wall time, minutes: 480 in China; changes with summer time. */
export function localOffsetMin(wall) {
    return -new Date(wall).getTimezoneOffset();
}
/** The local time comes for the second time: summer time has just ended. */
export function isLocalTimeRepeated(wall) {
    const first = new Date(wall);
    // Where a local time means two moments, setting any part of it chooses the first.
    first.setMilliseconds(first.getMilliseconds());
    return first.getTime() !== wall;
}
/** Minute of the local day at that wall time, 0 to 1439. */
export function localMinuteOf(wall) {
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
/** systemd-timesyncd touches this file when, and only when, it has set the clock from a server. */
const ntpMark = '/run/systemd/timesync/synchronized';
const systemKeeping = {
    isMarked: () => existsSync(ntpMark),
    askKernel: () => loadLibc().then((libc) => () => libc.isClockKept(), () => null),
};
export class SystemClock {
    keeping;
    #trust = 'untrusted';
    #trustCheckedMono = Number.NEGATIVE_INFINITY;
    #isKernelAsked = false;
    #isKept = null;
    constructor(keeping = systemKeeping) {
        this.keeping = keeping;
    }
    headStart = {
        ms: headStartMs,
        until: (atMono) => {
            const endMono = Math.min(atMono, this.mono() + headStartMs);
            while (this.mono() < endMono)
                ;
        },
    };
    mono() {
        return performance.now();
    }
    wall() {
        return Date.now();
    }
    trust() {
        if (this.#trust !== 'trusted' && this.mono() - this.#trustCheckedMono > trustCheckMs) {
            this.#trustCheckedMono = this.mono();
            this.#lookAtTrust();
        }
        return this.#trust;
    }
    hint(wall) {
        if (this.trust() === 'untrusted' && Math.abs(wall - this.wall()) <= hintMaxMs)
            this.#trust = 'hinted';
    }
    /** A clock that was right once drifts by seconds a week: it stays trusted. */
    #lookAtTrust() {
        if (this.keeping.isMarked() || this.#isKept?.() === true) {
            this.#trust = 'trusted';
            return;
        }
        // The C library is loaded only on a box where the mark is missing.
        if (this.#isKernelAsked)
            return;
        this.#isKernelAsked = true;
        void this.keeping.askKernel().then((isKept) => {
            this.#isKept = isKept;
            if (isKept?.() === true)
                this.#trust = 'trusted';
        });
    }
    after(delayMs, run) {
        const dueMono = this.mono() + delayMs;
        const fire = () => {
            const leftMs = dueMono - this.mono();
            if (leftMs <= 0)
                run();
            else
                timer = setTimeout(fire, Math.min(timerMaxMs, Math.ceil(leftMs)));
        };
        let timer = setTimeout(fire, Math.min(timerMaxMs, Math.ceil(delayMs)));
        return () => clearTimeout(timer);
    }
    exactly(atMono, run) {
        let isCancelled = false;
        let timer = null;
        const spin = () => {
            if (isCancelled)
                return;
            if (this.mono() >= atMono)
                run();
            else
                setImmediate(spin);
        };
        const sleep = () => {
            const sleepMs = Math.floor(atMono - this.mono() - spinMs);
            if (sleepMs < 1)
                setImmediate(spin);
            else if (sleepMs > timerMaxMs)
                timer = setTimeout(sleep, timerMaxMs);
            else
                timer = setTimeout(spin, sleepMs);
        };
        sleep();
        return () => {
            isCancelled = true;
            if (timer !== null)
                clearTimeout(timer);
        };
    }
}
