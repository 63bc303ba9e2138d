/** `sinceMono`: when the newest reason to sound began. */
export function sirenPhase(sinceMono, nowMono, { soundsMs, restsMs }) {
    if (restsMs === 0)
        return { isResting: false, nextMono: Number.POSITIVE_INFINITY };
    const cycleMs = soundsMs + restsMs;
    const counted = Math.floor((nowMono - sinceMono) / cycleMs);
    // Fractions of a millisecond may put the end of a cycle a hair before the quotient sees it. Each moment is the same sum, whether it
    // is waited for or come.
    const cycle = sinceMono + (counted + 1) * cycleMs <= nowMono ? counted + 1 : counted;
    const endMono = sinceMono + (cycle + 1) * cycleMs;
    const restMono = sinceMono + cycle * cycleMs + soundsMs;
    const isResting = nowMono >= restMono;
    return { isResting, nextMono: isResting ? endMono : restMono };
}
