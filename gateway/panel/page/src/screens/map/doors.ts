/** Doors of households with special care, as they stand on the plan: pure. Who lives behind one is asked for from level Ⅱ. */
import type { Household, SiteInfo } from '../../../../api/site.js';
import type { PanelState } from '../../../../api/state.js';
import { concerns } from '../../first/steps.js';

export type Door = SiteInfo['care'][number];

/** As long as a pin may be called, characters. */
const keyMax = 200;

/** What a pin names: nothing of a person. Null: a zone without a door has no place. */
export function doorKey({ zone, place }: Pick<Door, 'zone' | 'place'>): string | null {
  return place === null ? null : `${zone ?? ''}/${place.zh}`.slice(0, keyMax);
}

export function isBehind({ zone, door }: Household, at: Door): boolean {
  return zone === at.zone && door.zh === at.place?.zh;
}

/** It burns, or may, in the zone of the door or at a device beside it. */
export function isInDanger(door: Door, { alarms }: Pick<PanelState, 'alarms'>): boolean {
  return Object.values(alarms).some((row) => (row.class === 'fire' || row.class === 'warning') && concerns(row, door));
}
