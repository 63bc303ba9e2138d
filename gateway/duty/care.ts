/** Households with special care as the panel is told of them: doors for everybody at the box, the rest from level Ⅱ. Pure. */
import type { SiteConfig } from '../../config/site.js';
import type { Household, SiteInfo } from '../panel/api/site.js';

/** One row for each door, with how many households are behind it. */
export function careOf({ households }: Pick<SiteConfig, 'households'>): SiteInfo['care'] {
  const rows = new Map<string, SiteInfo['care'][number]>();
  for (const { zone, door, near } of households) {
    const key = JSON.stringify([zone, door.zh]);
    const before = rows.get(key);
    const devices = [...new Set([...(before?.near ?? []), ...near])];
    rows.set(key, { zone, place: door, households: (before?.households ?? 0) + 1, near: devices });
  }
  return [...rows.values()];
}

/** Personal data. */
export function householdsOf({ households }: Pick<SiteConfig, 'households'>): readonly Household[] {
  return households.map(({ care, near, ...rest }) => ({ ...rest, care: [...care], near: [...near] }));
}
