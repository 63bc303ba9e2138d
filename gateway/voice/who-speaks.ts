/** Who is heard on which loudspeakers, of all who want to be. Pure. */
import type { SpeakerId } from '../../config/ids.js';
import { type Rank, ranks } from './announcement.js';

/** Somebody who speaks or wants to. */
export interface Wish {
  readonly id: string;
  readonly rank: Rank;
  /** A turn between two bursts of the siren, a person at a microphone: first of its rank, waits for nobody, takes what it gets. */
  readonly isLive: boolean;
  readonly isSpeaking: boolean;
  /** The smaller one came first. */
  readonly order: number;
  /** Of one that speaks: where it does so now. */
  readonly speakers: ReadonlySet<SpeakerId>;
  /** It belongs to what holds the loudspeakers. */
  readonly mayUseHeld: boolean;
}

/**
 * Who speaks now, and where. `held`: loudspeakers that an alarm has taken. Whoever is missing waits or is cut off. What is not
 * live is said on all of its loudspeakers that no alarm holds, or not yet; a loudspeaker that it waits for is kept free from
 * all that stands below it.
 */
export function whoSpeaks(
  wishes: Iterable<Wish>,
  held: ReadonlySet<SpeakerId>,
): ReadonlyMap<string, ReadonlySet<SpeakerId>> {
  const speaking = new Map<string, ReadonlySet<SpeakerId>>();
  const claimed = new Set<SpeakerId>();
  for (const wish of [...wishes].sort(byUrgency)) {
    const free = [...wish.speakers].filter((id) => wish.mayUseHeld || !held.has(id));
    const got = free.filter((id) => !claimed.has(id));
    if (got.length > 0 && (wish.isLive || got.length === free.length)) speaking.set(wish.id, new Set(got));
    for (const id of free) claimed.add(id);
  }
  return speaking;
}

function byUrgency(a: Wish, b: Wish): number {
  return (
    ranks.indexOf(a.rank) - ranks.indexOf(b.rank) ||
    Number(b.isLive) - Number(a.isLive) ||
    Number(b.isSpeaking) - Number(a.isSpeaking) ||
    a.order - b.order
  );
}
