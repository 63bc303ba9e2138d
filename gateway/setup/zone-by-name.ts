import type { WordsYaml } from '../../config/site-schema.js';

export interface NamedZone {
  readonly id: string;
  readonly name?: WordsYaml | undefined;
}

/** By its id or one of its names, as people write it in a table; null: there is none. */
export function zoneByName(written: string, zones: readonly NamedZone[]): string | null {
  const wanted = written.trim().toLowerCase();
  const found = zones.find(({ id, name }) => {
    const names = name === undefined ? [] : typeof name === 'string' ? [name] : [name.zh, name.en];
    return [id, ...names].some((each) => each.toLowerCase() === wanted);
  });
  return found?.id ?? null;
}

/** All of them, for a message: `hall (祠堂)`. */
export function zoneList(zones: readonly NamedZone[]): string {
  return zones
    .map(({ id, name }) => (name === undefined ? id : `${id} (${typeof name === 'string' ? name : name.zh})`))
    .join(', ');
}
