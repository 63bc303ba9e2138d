/** What is being practised now: pure. */
import type { PanelState } from '../../../../api/state.js';

type Sounding = PanelState['soundings'][string];

export interface Practised {
  readonly drill: Sounding | null;
  readonly sirenTest: Sounding | null;
  readonly walkTests: readonly Sounding[];
}

export function practisedIn(state: PanelState | null): Practised {
  const soundings = Object.values(state?.soundings ?? {});
  const of = (exercise: Sounding['exercise']): Sounding | null =>
    soundings.find((each) => each.kind === 'exercise' && each.exercise === exercise) ?? null;
  return {
    drill: of('drill'),
    sirenTest: of('siren-test'),
    walkTests: soundings.filter(({ kind }) => kind === 'walk-test'),
  };
}
