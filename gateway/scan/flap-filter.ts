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
export const flapStandsMs = { unit: 60_000, line: 10_000 } as const;
export type FlapKind = keyof typeof flapStandsMs;

export interface FlapState {
  /** What was told last; null before anything was. */
  readonly told: boolean | null;
  /** How it stands. */
  readonly actual: boolean;
  /** Since when, while it does. */
  readonly sinceMono: number;
  /** Nothing that begins before this is told. */
  readonly windowEndsMono: number;
  /** Times it began since it was told to have, without being told. */
  readonly flaps: number;
}

export const quietFlap: FlapState = {
  told: null,
  actual: false,
  sinceMono: 0,
  windowEndsMono: Number.NEGATIVE_INFINITY,
  flaps: 0,
};

export interface FlapStep {
  readonly state: FlapState;
  /** What is to be told now, and how often it began untold before; null for nothing. */
  readonly tell: { readonly isActive: boolean; readonly flaps: number } | null;
  /** When to step again with `actual` unchanged; null for never. */
  readonly dueMono: number | null;
}

export function stepFlap(before: FlapState, isActive: boolean, nowMono: number, kind: FlapKind = 'unit'): FlapStep {
  if (!isActive) {
    const state = { ...before, told: false, actual: false };
    return { state, tell: before.told === false ? null : { isActive, flaps: before.flaps }, dueMono: null };
  }
  if (before.told === true) return { state: { ...before, actual: true }, tell: null, dueMono: null };
  const flaps = before.actual ? before.flaps : before.flaps + 1;
  const sinceMono = before.actual ? before.sinceMono : nowMono;
  const dueMono = Math.min(before.windowEndsMono, sinceMono + flapStandsMs[kind]);
  if (nowMono < dueMono) {
    return { state: { ...before, actual: true, sinceMono, flaps }, tell: null, dueMono };
  }
  const state = { told: true, actual: true, sinceMono, windowEndsMono: nowMono + flapWindowMs, flaps: 0 };
  return { state, tell: { isActive, flaps: flaps - 1 }, dueMono: null };
}
