/**
 * A fault that comes and goes is told once in five minutes, with how often it came. Pure; one state per subject.
 * The first fault is told at once, and its return too; what begins again within the window is told when it has stood for a
 * minute (a line: ten seconds; silence must be a fault within 100 s, design.md §1), or at the window's end. Only for faults of units and lines:
 * nothing of class fire passes here.
 *
 *   quiet ──begins──▶ told ──ends──▶ returned (window open) ──begins──▶ kept back ──ends──▶ returned
 *     ▲                                   │ window over                    │ a minute, or window over: told
 *     └───────────────────────────────────┘                                ▼ (a new window)
 */
export const flapWindowMs = 300_000;
/** What stands for so long is no flapping. A line carries many points: its fault may not be kept back for long. */
export const flapStandsMs = { unit: 60_000, line: 10_000 };
export const quietFlap = {
    told: null,
    actual: false,
    sinceMono: 0,
    windowEndsMono: Number.NEGATIVE_INFINITY,
    flaps: 0,
};
export function stepFlap(before, isActive, nowMono, kind = 'unit') {
    if (!isActive) {
        const state = { ...before, told: false, actual: false };
        return { state, tell: before.told === false ? null : { isActive, flaps: before.flaps }, dueMono: null };
    }
    if (before.told === true)
        return { state: { ...before, actual: true }, tell: null, dueMono: null };
    const flaps = before.actual ? before.flaps : before.flaps + 1;
    const sinceMono = before.actual ? before.sinceMono : nowMono;
    const dueMono = Math.min(before.windowEndsMono, sinceMono + flapStandsMs[kind]);
    if (nowMono < dueMono) {
        return { state: { ...before, actual: true, sinceMono, flaps }, tell: null, dueMono };
    }
    const state = { told: true, actual: true, sinceMono, windowEndsMono: nowMono + flapWindowMs, flaps: 0 };
    return { state, tell: { isActive, flaps: flaps - 1 }, dueMono: null };
}
