/**
 * The condition of a subject as a machine of its own. Pure.
 *
 *   normal ─▶ pending ─▶ active ─▶ clearing ─▶ normal
 *      ▲─────────┘          ▲───────────┘
 */
export const conditions = ['normal', 'pending', 'active', 'clearing'] as const;
export type Condition = (typeof conditions)[number];

export interface ConditionState {
  readonly condition: Condition;
  /** When `pending` or `clearing` began, monotonic ms. */
  readonly sinceMono: number;
}

/** How long a change must last before it counts, ms. */
export interface Delays {
  readonly onDelayMs: number;
  readonly offDelayMs: number;
}

export interface ConditionStep {
  /** The very state that was given when nothing changed. */
  readonly state: ConditionState;
  readonly event: 'raised' | 'returned' | null;
}

export function stepCondition(
  state: ConditionState,
  isActive: boolean,
  { onDelayMs, offDelayMs }: Delays,
  nowMono: number,
): ConditionStep {
  // The same sum as the planned tick's: a difference of fractions could fall a hair short of the delay.
  const hasLasted = (delayMs: number): boolean => nowMono >= state.sinceMono + delayMs;
  const same: ConditionStep = { state, event: null };
  const to = (condition: Condition, event: ConditionStep['event'] = null): ConditionStep => ({
    state: { condition, sinceMono: event === null ? nowMono : state.sinceMono },
    event,
  });
  switch (state.condition) {
    case 'normal':
      if (!isActive) return same;
      return onDelayMs > 0 ? to('pending') : to('active', 'raised');
    case 'pending':
      if (!isActive) return to('normal');
      return hasLasted(onDelayMs) ? to('active', 'raised') : same;
    case 'active':
      if (isActive) return same;
      return offDelayMs > 0 ? to('clearing') : to('normal', 'returned');
    case 'clearing':
      if (isActive) return to('active');
      return hasLasted(offDelayMs) ? to('normal', 'returned') : same;
  }
}
