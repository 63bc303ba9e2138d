import type { OutputId, SpeakerId } from '../../config/ids.js';
import type { Cadence } from '../../config/site.js';
import type { Saying } from '../voice/announcement.js';

/** What shall sound although nothing is in alarm. An alarm that sounds takes its place at once. */
export interface ExerciseWish {
  readonly kind: 'drill' | 'siren-test' | 'walk-test';
  readonly sound: ReadonlySet<OutputId>;
  /** Null: what sounds does so without a gap. */
  readonly cadence: Cadence | null;
  /** Said in turn with the sirens; empty: nothing is. */
  readonly sayings: ReadonlyMap<SpeakerId, readonly Saying[]>;
  /** Said in front of a fire that breaks it off: whoever took the sirens for practice must know. Left out: nothing is. */
  readonly brokenOff?: Saying;
  readonly origin: string;
}
