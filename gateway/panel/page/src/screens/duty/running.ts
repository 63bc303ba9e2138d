/** What is being practised now: pure. */
import type { PanelState } from '../../../../api/state.js';

type Sounding = PanelState['soundings'][string];

export interface Practised {
  /** A drill or a siren test; `isDrill` null: an alarm stands before it, and the state does not say which. */
  readonly exercise: (Sounding & { readonly isDrill: boolean | null }) | null;
  readonly walkTests: readonly Sounding[];
}

export function practisedIn(state: PanelState | null): Practised {
  const soundings = Object.values(state?.soundings ?? {});
  const exercise = soundings.find(({ kind }) => kind === 'exercise');
  const big = state?.head.state;
  const isDrill = big === 'drill' ? true : big === 'test' ? false : null;
  return {
    exercise: exercise === undefined ? null : { ...exercise, isDrill },
    walkTests: soundings.filter(({ kind }) => kind === 'walk-test'),
  };
}
