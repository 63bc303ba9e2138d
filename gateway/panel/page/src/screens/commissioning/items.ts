/** Which items a step is about, and what comes next: pure. */
import type { CommissioningItem, CommissioningView } from '../../../../api/commissioning.js';
import type { ShapeName } from '../../design/shape.js';

export type Step = 'walk' | 'outputs' | 'wire';

const stepOf: Readonly<Record<CommissioningItem['kind'], Step>> = {
  ...{ detector: 'walk', 'call-point': 'walk', contact: 'walk', value: 'walk', key: 'walk', power: 'walk' },
  ...{ output: 'outputs', speaker: 'outputs' },
  ...{ line: 'wire', link: 'wire', uplink: 'wire', clock: 'wire' },
};

export const stateShapes: Readonly<Record<CommissioningItem['state'], ShapeName>> = {
  open: 'connecting',
  passed: 'normal',
  failed: 'lost',
  'not-applicable': 'technical',
};

export function itemsOf(view: CommissioningView, step: Step): readonly CommissioningItem[] {
  return view.items.filter(({ kind }) => stepOf[kind] === step);
}

/** Neither tried out nor excused. */
export function isLeft({ state, reason }: CommissioningItem): boolean {
  return state === 'open' && reason === null;
}

/** Of the zone that is walked now, else the first of the list. */
export function nextItem(items: readonly CommissioningItem[], walking: readonly string[]): CommissioningItem | null {
  const left = items.filter(isLeft);
  return left.find(({ zone }) => zone !== null && walking.includes(zone)) ?? left[0] ?? null;
}

/** A walk test spares the village its sirens; a call point ends it. */
export function wantsWalk({ kind }: CommissioningItem): boolean {
  return kind === 'detector';
}
