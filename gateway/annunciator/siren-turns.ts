/**
 * Siren and voice in turn, as a machine of its own. Pure.
 *
 *   burst ──its time is over──▶ voice (somebody has something to say) ──all have said it──▶ burst
 *     │ ▲
 *     ▼ │ nobody speaks, and the cadence has gaps
 *    pause
 *
 * GB 50116-2013 4.8.6: one burst of 8 to 20 s, then one or two times the voice, 10 to 30 s, and so on in a loop [V*]. It begins
 * with the siren, always: whoever is woken must first know that something is the matter.
 */
import type { Cadence } from '../../config/site.js';

export interface Turn {
  readonly phase: 'burst' | 'voice' | 'pause';
  readonly sinceMono: number;
}

export interface TurnInput {
  /** Null: nothing sounds, or all of it rests. */
  readonly cadence: Cadence | null;
  /** Something sounds that did not a moment ago, or an alarm of a higher class does: it is heard at once. */
  readonly isNew: boolean;
  /** Somebody has something to say, and a loudspeaker to say it on. */
  readonly canSpeak: boolean;
  /** The voice of this turn has ended. */
  readonly isSaid: boolean;
}

export interface TurnStep {
  readonly turn: Turn | null;
  /** When time alone moves it, monotonic ms; null: it does not. */
  readonly nextMono: number | null;
}

export function stepTurn(turn: Turn | null, input: TurnInput, nowMono: number): TurnStep {
  const { cadence } = input;
  if (cadence === null) return { turn: null, nextMono: null };
  const next = turn === null || input.isNew ? burst(nowMono) : moved(turn, cadence, input, nowMono);
  return { turn: next, nextMono: dueMono(next, cadence, input.canSpeak) };
}

function burst(sinceMono: number): Turn {
  return { phase: 'burst', sinceMono };
}

function moved(turn: Turn, cadence: Cadence, { canSpeak, isSaid }: TurnInput, nowMono: number): Turn {
  const { phase, sinceMono } = turn;
  // The same sum as the one that is waited for: a difference of fractions could fall a hair short of it.
  const hasLasted = (ms: number): boolean => nowMono >= sinceMono + ms;
  switch (phase) {
    case 'burst':
      if (!hasLasted(cadence.burstMs)) return turn;
      if (canSpeak) return { phase: 'voice', sinceMono: nowMono };
      return cadence.pauseMs > 0 ? { phase: 'pause', sinceMono: nowMono } : turn;
    case 'voice':
      return isSaid || !canSpeak || hasLasted(cadence.voiceMs) ? burst(nowMono) : turn;
    case 'pause':
      return hasLasted(cadence.pauseMs) ? burst(nowMono) : turn;
  }
}

function dueMono({ phase, sinceMono }: Turn, { burstMs, voiceMs, pauseMs }: Cadence, canSpeak: boolean): number | null {
  switch (phase) {
    case 'burst':
      return canSpeak || pauseMs > 0 ? sinceMono + burstMs : null;
    case 'voice':
      return sinceMono + voiceMs;
    case 'pause':
      return sinceMono + pauseMs;
  }
}
