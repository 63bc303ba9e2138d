/**
 * A siren that nobody silences rests now and then, so that neither its battery nor anybody's ear is used up, and goes on until
 * somebody does. All sirens rest at the same time, so that the silence is heard as one (GB 50116-2013 4.8.5: they start and stop
 * together). Pure.
 */
import type { Cadence } from '../../config/site.js';

type Rhythm = Pick<Cadence, 'soundsMs' | 'restsMs'>;

export interface SirenPhase {
  readonly isResting: boolean;
  /** When that changes, monotonic ms; Infinity: it does not. */
  readonly nextMono: number;
}

/** `sinceMono`: when the newest reason to sound began. */
export function sirenPhase(sinceMono: number, nowMono: number, { soundsMs, restsMs }: Rhythm): SirenPhase {
  if (restsMs === 0) return { isResting: false, nextMono: Number.POSITIVE_INFINITY };
  const cycleMs = soundsMs + restsMs;
  const counted = Math.floor((nowMono - sinceMono) / cycleMs);
  // Fractions of a millisecond may put the end of a cycle a hair before the quotient sees it. Each moment is the same sum, whether it
  // is waited for or come.
  const cycle = sinceMono + (counted + 1) * cycleMs <= nowMono ? counted + 1 : counted;
  const endMono = sinceMono + (cycle + 1) * cycleMs;
  const restMono = sinceMono + cycle * cycleMs + soundsMs;
  const isResting = nowMono >= restMono;
  return { isResting, nextMono: isResting ? endMono : restMono };
}
