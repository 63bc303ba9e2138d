/** What a text names: places and devices of the site whose names or ids have it in them. */
import type { Words } from '../../../config/vocabulary.js';
import type { SiteInfo } from '../api/site.js';

export interface Named {
  readonly zones: readonly string[];
  /** Ids of devices, points, outputs, loudspeakers, lines, uplinks. */
  readonly devices: readonly string[];
}

export function namedInSite(site: SiteInfo, text: string): Named {
  const sought = text.trim().toLowerCase();
  const has = (value: string): boolean => value.toLowerCase().includes(sought);
  const isNamed = (id: string, ...names: readonly (Words | null)[]): boolean =>
    has(id) || names.some((name) => name !== null && (has(name.zh) || has(name.en)));
  const zones = site.zones.filter(({ id, name }) => isNamed(id, name)).map(({ id }) => id);
  const placed = [...site.devices, ...site.points].filter(({ id, name, place }) => isNamed(id, name, place));
  const others = [...site.outputs, ...site.speakers, ...site.lines, ...site.uplinks].filter(({ id, name }) =>
    isNamed(id, name),
  );
  return { zones, devices: [...new Set([...placed, ...others].map(({ id }) => id))] };
}
