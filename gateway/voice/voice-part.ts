/** Somebody who speaks on the loudspeakers, or waits to. */
import type { SpeakerId } from '../../config/ids.js';
import { type Announcement, type Rank, ranks } from './announcement.js';
import type { Rendition } from './rendition.js';
import type { Wish } from './who-speaks.js';

export interface Part {
  readonly announcement: Announcement;
  readonly kind: 'announcement' | 'turn' | 'microphone';
  readonly order: number;
  /** Null: it waits. */
  rendition: Rendition | null;
  /** Where it was first said; null: nowhere yet. */
  begunOn: ReadonlySet<SpeakerId> | null;
  readonly maxMs: number;
  onOver: (() => void) | null;
}

/** What sounds beside the voice and has some loudspeakers. */
export type HoldRank = 'fire' | 'drill';
export interface Hold {
  readonly speakers: ReadonlySet<SpeakerId>;
  readonly rank: HoldRank;
}

/** What it ends for good, wherever it is said. */
export const endedBy: Readonly<Record<HoldRank, ReadonlySet<Rank>>> = {
  fire: new Set<Rank>(['drill', 'programme']),
  drill: new Set<Rank>(['programme']),
};

/** There is one turn at a time. */
export const turnKey = 'turn';

export function keyOf({ id }: Pick<Announcement, 'id'>): string {
  return `said:${id}`;
}

export function isWaiting({ kind, rendition }: Part): boolean {
  return kind === 'announcement' && rendition === null;
}

/** The one that is left out first when too many wait stands first. */
export function byWorth(a: Part, b: Part): number {
  return ranks.indexOf(b.announcement.rank) - ranks.indexOf(a.announcement.rank) || b.order - a.order;
}

/** `known`: loudspeakers that there are. */
export function wishOf(
  id: string,
  { announcement, kind, order, rendition }: Part,
  hold: Hold | null,
  known: { has(speaker: SpeakerId): boolean },
): Wish {
  const { rank, sayings } = announcement;
  const all = [...sayings.keys()].filter((speaker) => known.has(speaker));
  return {
    ...{ id, rank, order, isLive: kind !== 'announcement', isSpeaking: rendition !== null },
    ...{ speakers: rendition?.speakers ?? new Set(all), mayUseHeld: mayUseHeld(kind, rank, hold) },
  };
}

function mayUseHeld(kind: Part['kind'], rank: Rank, hold: Hold | null): boolean {
  const holder = hold === null ? ranks.length : ranks.indexOf(hold.rank);
  const own = ranks.indexOf(rank);
  return own < holder || (own === holder && kind === 'turn');
}
