/**
 * The condition of a subject as a machine of its own. Pure.
 *
 *   normal ─▶ pending ─▶ active ─▶ clearing ─▶ normal
 *      ▲─────────┘          ▲───────────┘
 */
export const conditions = ['normal', 'pending', 'active', 'clearing'];
export function stepCondition(state, isActive, { onDelayMs, offDelayMs }, nowMono) {
    // The same sum as the planned tick's: a difference of fractions could fall a hair short of the delay.
    const hasLasted = (delayMs) => nowMono >= state.sinceMono + delayMs;
    const same = { state, event: null };
    const to = (condition, event = null) => ({
        state: { condition, sinceMono: event === null ? nowMono : state.sinceMono },
        event,
    });
    switch (state.condition) {
        case 'normal':
            if (!isActive)
                return same;
            return onDelayMs > 0 ? to('pending') : to('active', 'raised');
        case 'pending':
            if (!isActive)
                return to('normal');
            return hasLasted(onDelayMs) ? to('active', 'raised') : same;
        case 'active':
            if (isActive)
                return same;
            return offDelayMs > 0 ? to('clearing') : to('normal', 'returned');
        case 'clearing':
            if (isActive)
                return to('active');
            return hasLasted(offDelayMs) ? to('normal', 'returned') : same;
    }
}
