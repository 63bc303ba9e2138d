/**
 * A trial at work: round after round until its time is over or somebody has seen enough; guided, it asks for a press.
 *
 *   quiet (5 s) ──"press now"──▶ pressed (until something moves, 60 s at most) ──"let go"──▶ released (10 s) ──▶ over
 */
import { type Clock, pause } from '../../drivers/clock.js';
import type { TrialBook } from './trial-book.js';
import type { TrialReader } from './trial-reader.js';

/** Nobody touches the device for so long, ms: what moves by itself is told apart by it. */
export const quietMs = 5_000;
/** A press that has moved nothing by then moves nothing, ms. */
export const pressMaxMs = 60_000;
/** More may follow what moved first, ms. */
const settleMs = 2_000;
/** A detector needs a moment to be normal again, ms. */
export const releaseMs = 10_000;
/** Pause between two rounds, ms: values that a person can follow. */
const roundPauseMs = 500;

export interface TrialRunOptions {
  readonly clock: Clock;
  readonly reader: TrialReader;
  readonly book: TrialBook;
  /** Shortest pause between two rounds that the profile allows, ms. */
  readonly minScanMs: number;
  /** Ends by itself after so long, ms; null: only when told to. Of a guided one: nothing. */
  readonly forMs: number | null;
  readonly isGuided: boolean;
  /** Somebody has seen enough. */
  readonly isEnded: () => boolean;
  /** After each round. */
  readonly onRound: () => void;
  /** The person is told what to do now. */
  readonly onPhase: (phase: TrialBook['phase']) => void;
}

/** Resolves when it is over. Never rejects. */
export async function runTrial(options: TrialRunOptions): Promise<void> {
  const { book, isGuided, forMs } = options;
  if (!isGuided) return rounds(options, forMs, () => false);
  await phase(options, 'quiet', quietMs, () => false);
  // Who does not answer is not to be pressed.
  if (book.answered === 0) return;
  let movedMono: number | null = null;
  await phase(options, 'pressed', pressMaxMs, () => {
    const { clock } = options;
    const hasMoved = book.moves.some((move) => move.phase === 'pressed' && !book.isRestless(move.row.point.key));
    if (hasMoved) movedMono ??= clock.mono();
    return movedMono !== null && clock.mono() - movedMono >= settleMs;
  });
  if (movedMono === null) return;
  await phase(options, 'released', releaseMs, () => pressedAreBack(book));
}

async function phase(
  options: TrialRunOptions,
  is: TrialBook['phase'],
  forMs: number,
  isOver: () => boolean,
): Promise<void> {
  if (options.isEnded()) return;
  options.book.phase = is;
  options.onPhase(is);
  await rounds(options, forMs, isOver);
}

async function rounds(options: TrialRunOptions, forMs: number | null, isOver: () => boolean): Promise<void> {
  const { clock, reader, book, minScanMs, isEnded, onRound } = options;
  const beganMono = clock.mono();
  for (;;) {
    const round = await reader.round();
    if (isEnded() && book.rounds > 0) return;
    book.take(round, clock.mono());
    onRound();
    if (isOver() || isEnded()) return;
    if (forMs !== null && clock.mono() - beganMono >= forMs) return;
    await pause(clock, Math.max(roundPauseMs, minScanMs));
    if (isEnded()) return;
  }
}

/** Everything that a press has moved is as it was first. */
function pressedAreBack(book: TrialBook): boolean {
  const moved = new Set(book.moves.flatMap(({ phase: in_, row }) => (in_ === 'pressed' ? [row.point.key] : [])));
  return book.stands.every(({ point, words }) => {
    if (!moved.has(point.key) || book.isRestless(point.key)) return true;
    return JSON.stringify(words) === JSON.stringify(book.firstOf(point.key)?.words);
  });
}
