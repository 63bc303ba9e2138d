/** Who hears a fire: plans from the style of the preset and from what sounds where. Every zone is covered, and every plan sounds. Pure. */
import { freeId } from './line-names.js';
import type { PlannedOutput, PlannedPlan, PlannedZone } from './planned-site.js';
import type { PlanStyle } from './preset.js';

/** Where something watches of which nobody has said yet where it is: a fire there sounds everything. */
export const unassignedZone = {
  id: 'unassigned',
  name: { zh: '未分区', en: 'not assigned' },
} as const satisfies PlannedZone;

/** An id has 40 characters. */
const zonePartMaxChars = 35;

/** None without anything that sounds. */
export function planResponse(
  style: PlanStyle,
  zones: readonly PlannedZone[],
  outputs: readonly PlannedOutput[],
): readonly PlannedPlan[] {
  const all = outputs.map(({ id }) => id);
  if (all.length === 0) return [];
  const isInZone = outputs.some(({ zone }) => zone !== null);
  if (style === 'together' || !isInZone || all.length === 1) {
    return [{ id: 'fire', zones: 'all', sound: all, preset: null, village: [] }];
  }
  const village = outputs.filter(({ zone }) => zone === null).map(({ id }) => id);
  const taken = new Set<string>();
  return zones.map(({ id }) => {
    const own = outputs.filter(({ zone }) => zone === id).map((output) => output.id);
    const planId = freeId(`${id.slice(0, zonePartMaxChars)}-fire`, taken);
    taken.add(planId);
    // What is in no zone yet may burn anywhere.
    const elsewhere = id === unassignedZone.id || village.length === 0 ? all : village;
    return { id: planId, zones: [id], ...sounds(style, own, village, elsewhere, all) };
  });
}

function sounds(
  style: Exclude<PlanStyle, 'together'>,
  own: readonly string[],
  village: readonly string[],
  elsewhere: readonly string[],
  all: readonly string[],
): Pick<PlannedPlan, 'sound' | 'preset' | 'village'> {
  // Nothing of its own sounds there: whoever is elsewhere has to hear it at once.
  if (own.length === 0) return { sound: elsewhere, preset: null, village: [] };
  if (style === 'place-and-village') return { sound: [...own, ...village], preset: null, village: [] };
  const later = all.filter((id) => !own.includes(id));
  return later.length === 0 ? { sound: own, preset: null, village: [] } : { sound: own, preset: style, village: later };
}
