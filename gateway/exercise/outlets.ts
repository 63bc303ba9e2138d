/** What exercises need from the rest of the gateway. */
import type { OutputId, SpeakerId, ZoneId } from '../../config/ids.js';
import type { MessageConfig, Say } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { ExerciseWish } from '../annunciator/exercise-wish.js';
import type { Announcement, Saying } from '../voice/announcement.js';

/** What a message is filled in with; places in its text that have no word here stay empty. */
export interface ExerciseFacts {
  readonly zone?: Words;
  readonly minutes?: number;
}

/** A fact that outlives restarts, by name; the journal keeps it together with the entries that it came with. */
export interface Mark {
  readonly name: string;
  /** Wall time of the fact, ms since 1970. */
  readonly wall: number;
  /** JSON; empty: it is over. */
  readonly detail: string;
}

export interface Marks {
  /** False until the disk has told what it had saved: until then nothing is known to be absent. */
  isRead(): boolean;
  get(name: string): Mark | null;
}

export interface ExerciseOutlets {
  /** What shall sound for practice; null: nothing. Pins have changed when this returns; answers what is to be journaled. An
   * alarm that sounds takes the place of any wish by itself. */
  sound(wish: ExerciseWish | null): readonly EntryDraft[];
  /** An exercise of the process before had these on: those found on at start go off, unless an alarm wants them. */
  release(outputs: ReadonlySet<OutputId>): readonly EntryDraft[];
  announce(announcement: Announcement): void;
  /** Whatever is said or waits under this id is over; an unknown id changes nothing. */
  withdraw(id: string): void;
  /** How the output was last seen; null: it could not be seen. */
  proofOf(output: OutputId): boolean | null;
  /** It was found on at start, and no alarm and no person has decided about it. */
  isUndecided(output: OutputId): boolean;
  /** A test found the output at fault, or sound. */
  fault(output: OutputId, isAtFault: boolean): void;
  /** Entries and marks, in one transaction. */
  record(drafts: readonly EntryDraft[], marks: readonly Mark[]): void;
  /** The message with everything filled in. */
  render(message: MessageConfig, facts: ExerciseFacts): Saying;
}

/** What is said on each loudspeaker of `say`. An unknown message is a broken promise of the site file's check: nothing is said. */
export function sayingsOf(
  say: Say | null,
  messages: readonly MessageConfig[],
  render: (message: MessageConfig) => readonly Saying[],
): ReadonlyMap<SpeakerId, readonly Saying[]> {
  const message = messages.find(({ id }) => id === say?.message);
  if (say === null || message === undefined) return new Map();
  const sayings = render(message);
  return new Map(say.speakers.map((speaker) => [speaker, sayings]));
}

/** A text that stands in no site file. */
export function plainText(text: string): Saying {
  return { message: null, text, file: null, track: null };
}

/** The zone of an entry about several: only one of its own can stand there. */
export function onlyZone(zones: readonly ZoneId[] | 'all'): ZoneId | null {
  return zones !== 'all' && zones.length === 1 ? (zones[0] ?? null) : null;
}
