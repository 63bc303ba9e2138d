import type { PointId } from './ids.js';

/** Why a reading has no usable value. The list is closed: the engine and the panel know a sentence for each. */
export type BadReason =
  | 'silent' // the unit did not answer
  | 'line-down' // the line itself can not be opened
  | 'exception' // the unit answered with a Modbus exception
  | 'sentinel' // the device's own "no value"
  | 'unknown-state' // a raw value that the profile does not name
  | 'out-of-range'
  | 'bad-encoding' // a BCD digit above 9, a float that is no number
  | 'signal-low' // below what a sound sensor sends: a broken wire (NAMUR NE 43: below 3.6 mA)
  | 'signal-high' // above it: a short circuit (above 21 mA)
  | 'step' // further from the last value than the quantity can move; believed when the next look agrees
  | 'not-valid' // another register of the device says that this one does not count
  | 'not-ready' // warming up, or the register that tells how to read this one was not seen yet
  | 'wrong-unit' // the device counts in a unit that does not fit
  | 'wrong-scale' // the device's own range and the label on its housing disagree
  | 'pair' // two contacts say what can not be true at once
  | 'pin-error'; // the GPIO line could not be read

/**
 * One look at one point. A value from outside is never a bare number: it is good and says when it was true,
 * or it is bad and says why. Nothing is clamped, guessed or repeated as if it were new.
 */
export type Reading = GoodReading | BadReading;

interface ReadingStamp {
  readonly pointId: PointId;
  /** Monotonic ms before which the unit can not have looked: after time-outs, when the oldest unanswered request left. */
  readonly sampledMono: number;
  /** The frame that carried it; two readings of one frame are one observation (coincidence needs two frames). */
  readonly frame: number;
  /** False within 10 s after a time-out or CRC error on the line: the engine looks twice at a first alarm. */
  readonly confirmed: boolean;
}

export interface GoodReading extends ReadingStamp {
  readonly quality: 'good';
  /** A number in the point's unit, or the key of a state. */
  readonly value: number | string;
  readonly reason: null;
}

export interface BadReading extends ReadingStamp {
  readonly quality: 'bad';
  readonly value: null;
  readonly reason: BadReason;
}
