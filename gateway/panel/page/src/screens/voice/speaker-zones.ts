/** Loudspeakers by zone: pure. */
import type { SiteInfo } from '../../../../api/site.js';

export interface SpeakerZone {
  readonly zone: SiteInfo['zones'][number];
  /** More than one: a zone with a single one is that one. */
  readonly speakers: readonly string[];
}

export function speakerZones({ speakers, zones }: Pick<SiteInfo, 'speakers' | 'zones'>): readonly SpeakerZone[] {
  return zones
    .map((zone) => ({ zone, speakers: speakers.filter((each) => each.zone === zone.id).map(({ id }) => id) }))
    .filter((each) => each.speakers.length > 1);
}

/** All of them, or, where all of them were chosen, none. */
export function turned(chosen: readonly string[], all: readonly string[]): readonly string[] {
  const others = chosen.filter((id) => !all.includes(id));
  return all.every((id) => chosen.includes(id)) ? others : [...others, ...all];
}
