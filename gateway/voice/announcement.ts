/** What is to be said on which loudspeakers, and how much it matters. */
import type { EntryId, MessageId, SpeakerId, ZoneId } from '../../config/ids.js';
import type { Words } from '../../config/vocabulary.js';

/** Who is heard when two want to speak, the most urgent first: whoever comes cuts off whoever stands below. */
export const ranks = ['fire', 'evacuation', 'district', 'drill', 'programme'] as const;
export type Rank = (typeof ranks)[number];

/** Why something is said; told in the journal. */
export type Occasion =
  | 'alarm'
  | 'all-clear'
  | 'drill'
  | 'siren-test'
  | 'walk-test'
  | 'programme'
  | 'order'
  /** The amplifier is keyed for a person at a microphone. */
  | 'microphone';

/** A message with everything filled in; a loudspeaker takes the one of text, file and track that it can play. */
export interface Saying {
  /** Null: the text stands in no site file. */
  readonly message: MessageId | null;
  readonly text: string | null;
  /** A WAV file, absolute. */
  readonly file: string | null;
  /** Of the player's card, from 1. */
  readonly track: number | null;
}

export interface Announcement {
  /** Made by whoever wants it said; a second one with the same id takes the place of the first. */
  readonly id: string;
  readonly rank: Rank;
  readonly occasion: Occasion;
  /** What is said where; several sayings on one loudspeaker are said one after the other. */
  readonly sayings: ReadonlyMap<SpeakerId, readonly Saying[]>;
  /** All of it so many times. */
  readonly times: number;
  /** Not begun by then, or cut off and not begun again by then: it is left out, monotonic ms. */
  readonly untilMono: number;
  /** Percent; null: by the rank and the time of day. */
  readonly volume: number | null;
  /** Who ordered it (`cli:wang`, `key:…`, `calendar`); null: an alarm did. */
  readonly origin: string | null;
  readonly alarm: EntryId | null;
  readonly zone: ZoneId | null;
  /** What it is, for the journal: `祠堂火警`. */
  readonly words: Words;
}
