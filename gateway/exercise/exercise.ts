/** The words that all exercises share: what is run for practice, and why it may not be. */
import type { ZoneId } from '../../config/ids.js';

export type ExerciseKind = 'drill' | 'siren-test' | 'walk-test';

export type ZoneChoice = readonly ZoneId[] | 'all';

/** Words are said before anything sounds; whoever says them has so long, then it sounds all the same, ms. */
export const wordsMaxMs = 30_000;

/** What an exercise must know of the site when somebody wants to begin it. */
export interface Standing {
  /** A fire that nobody has reset, of a point that is in service. */
  readonly hasFire: boolean;
  /** Some alarm, of whatever class, makes something sound now. */
  readonly hasSound: boolean;
  /** What runs already. */
  readonly running: ExerciseKind | null;
}

export type ExerciseRefusal =
  | 'fire-stands'
  | 'alarm-sounds'
  | 'exercise-runs'
  | 'nothing-runs'
  | 'nothing-sounds'
  | 'just-tested'
  | 'unknown-zone'
  | 'too-long';
