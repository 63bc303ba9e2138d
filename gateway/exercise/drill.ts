/**
 * A drill 演练: everything sounds, nothing burns. Pure.
 *
 *   off ──begin──▶ announced ──said, or 30 s──▶ sounding ──▶ off
 *                      └──── end, time, a real fire ────────▶ off
 *
 * It ends by itself when its time is over, counted from its beginning, words included; a drill of an earlier process is over.
 */
import { type ExerciseRefusal, type Standing, wordsMaxMs, type ZoneChoice } from './exercise.js';

/** Shorter ones would be over before the words are. */
export const drillMinMs = 60_000;
export const drillMaxMs = 2 * 3_600_000;
/** Heads are counted at the meeting place, and told later: so long after its end, ms. */
export const countsMaxMs = 24 * 3_600_000;

export interface Drill {
  /** Never twice, over all starts. */
  readonly id: string;
  readonly zones: ZoneChoice;
  /** All of it, ms. */
  readonly forMs: number;
  readonly origin: string;
  readonly begunMono: number;
  readonly begunWall: number;
}

export interface HeadCount {
  readonly present: number | null;
  readonly missing: number | null;
}

export const nobodyCounted: HeadCount = { present: null, missing: null };

/** `time` it was over, `order` somebody ended it, `fire` something really burns, `stop` the gateway stops, `restart` it
 * was away. */
export type DrillEnd = 'time' | 'order' | 'fire' | 'stop' | 'restart';

export interface EndedDrill {
  readonly drill: Drill;
  readonly reason: DrillEnd;
  /** Null after a restart: nobody knows when it fell silent. */
  readonly lastedMs: number | null;
  readonly endedWall: number;
  /** Head counts are taken until then, monotonic ms. */
  readonly countsUntilMono: number;
}

export type DrillState =
  | { readonly is: 'off'; readonly last: EndedDrill | null }
  | { readonly is: 'announced'; readonly drill: Drill; readonly soundsMono: number }
  | { readonly is: 'sounding'; readonly drill: Drill };

export const drillOff: DrillState = { is: 'off', last: null };

export type DrillInput =
  | {
      readonly kind: 'begin';
      readonly id: string;
      readonly zones: ZoneChoice;
      readonly forMs: number;
      readonly origin: string;
      /** Something is said before. */
      readonly hasWords: boolean;
      readonly standing: Standing;
    }
  /** The words before it were said. */
  | { readonly kind: 'said' }
  /** `note` may name people: it stays on the box. */
  | { readonly kind: 'end'; readonly counts: HeadCount; readonly note: string | null; readonly origin: string }
  | { readonly kind: 'fire' }
  /** The gateway stops. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'tick' }
  /** What the journal kept: a drill that ran when the gateway ended, and the last one that had ended before. */
  | { readonly kind: 'restart'; readonly running: Drill | null; readonly last: EndedDrill | null };

export type DrillEffect =
  | { readonly do: 'refuse'; readonly reason: ExerciseRefusal }
  | { readonly do: 'begin'; readonly drill: Drill }
  /** Say what comes; nothing sounds yet. */
  | { readonly do: 'words'; readonly drill: Drill }
  | { readonly do: 'sound'; readonly drill: Drill }
  | {
      readonly do: 'end';
      readonly ended: EndedDrill;
      readonly counts: HeadCount;
      readonly origin: string | null;
      /** It came so far that somebody heard the sirens. */
      readonly hasSounded: boolean;
    }
  | { readonly do: 'count'; readonly ended: EndedDrill; readonly counts: HeadCount; readonly origin: string }
  | { readonly do: 'note'; readonly drill: Drill; readonly note: string; readonly origin: string };

export interface DrillNow {
  readonly mono: number;
  readonly wall: number;
}

export interface DrillStep {
  readonly state: DrillState;
  readonly effects: readonly DrillEffect[];
}

export function stepDrill(state: DrillState, input: DrillInput, now: DrillNow): DrillStep {
  switch (input.kind) {
    case 'begin':
      return begin(state, input, now);
    case 'said':
      return state.is === 'announced' ? sound(state.drill) : same(state);
    case 'end':
      return state.is === 'off' ? count(state, input, now) : end(state, 'order', now, input);
    case 'fire':
    case 'stop':
      return state.is === 'off' ? same(state) : end(state, input.kind, now);
    case 'tick':
      if (state.is === 'off') return same(state);
      if (now.mono >= endOf(state.drill)) return end(state, 'time', now);
      return state.is === 'announced' && now.mono >= state.soundsMono ? sound(state.drill) : same(state);
    case 'restart':
      return restart(state, input, now);
    default: {
      const impossible: never = input;
      throw new Error(`impossible input ${String(impossible)}`);
    }
  }
}

/** When the next tick is needed, monotonic ms; null: none is. */
export function drillTick(state: DrillState): number | null {
  if (state.is === 'off') return null;
  return state.is === 'announced' ? Math.min(state.soundsMono, endOf(state.drill)) : endOf(state.drill);
}

export function endOf({ begunMono, forMs }: Drill): number {
  return begunMono + forMs;
}

function begin(state: DrillState, input: Extract<DrillInput, { kind: 'begin' }>, now: DrillNow): DrillStep {
  const { id, zones, forMs, origin, hasWords, standing } = input;
  if (standing.hasFire) return refuse(state, 'fire-stands');
  if (state.is !== 'off' || standing.running !== null) return refuse(state, 'exercise-runs');
  if (forMs < drillMinMs || forMs > drillMaxMs) return refuse(state, 'too-long');
  const drill: Drill = { id, zones, forMs, origin, begunMono: now.mono, begunWall: now.wall };
  if (!hasWords) return { state: { is: 'sounding', drill }, effects: [{ do: 'begin', drill }, soundOf(drill)] };
  return {
    state: { is: 'announced', drill, soundsMono: now.mono + wordsMaxMs },
    effects: [
      { do: 'begin', drill },
      { do: 'words', drill },
    ],
  };
}

function sound(drill: Drill): DrillStep {
  return { state: { is: 'sounding', drill }, effects: [soundOf(drill)] };
}

function soundOf(drill: Drill): DrillEffect {
  return { do: 'sound', drill };
}

type Ending = Pick<Extract<DrillInput, { kind: 'end' }>, 'counts' | 'note'> & { readonly origin: string | null };
const byItself: Ending = { counts: nobodyCounted, note: null, origin: null };

function end(
  state: Exclude<DrillState, { is: 'off' }>,
  reason: DrillEnd,
  now: DrillNow,
  { counts, note, origin }: Ending = byItself,
): DrillStep {
  const { drill } = state;
  // A tick may come late; the time that it lasts is a promise of its own.
  const lastedMs = now.mono - drill.begunMono;
  const ended: EndedDrill = {
    ...{ drill, reason, lastedMs, endedWall: now.wall },
    countsUntilMono: now.mono + countsMaxMs,
  };
  const noted = note === null || origin === null ? [] : [{ do: 'note', drill, note, origin } as const];
  const hasSounded = state.is === 'sounding';
  return {
    state: { is: 'off', last: ended },
    effects: [{ do: 'end', ended, counts, origin, hasSounded }, ...noted],
  };
}

function count(
  state: Extract<DrillState, { is: 'off' }>,
  { counts, note, origin }: Extract<DrillInput, { kind: 'end' }>,
  now: DrillNow,
): DrillStep {
  const { last } = state;
  const isCounted = counts.present !== null || counts.missing !== null;
  if (last === null || now.mono > last.countsUntilMono || (!isCounted && note === null)) {
    return refuse(state, 'nothing-runs');
  }
  return {
    state,
    effects: [
      ...(isCounted ? [{ do: 'count', ended: last, counts, origin } as const] : []),
      ...(note === null ? [] : [{ do: 'note', drill: last.drill, note, origin } as const]),
    ],
  };
}

/** The disk may answer late, when a drill of this start already runs: then what it kept is old. */
function restart(
  state: DrillState,
  { running, last }: Extract<DrillInput, { kind: 'restart' }>,
  now: DrillNow,
): DrillStep {
  const isOurs = state.is !== 'off' && state.drill.id === running?.id;
  const kept = state.is === 'off' ? (state.last ?? last) : null;
  if (running === null || isOurs) return { state: state.is === 'off' ? { is: 'off', last: kept } : state, effects: [] };
  const ended: EndedDrill = {
    ...{ drill: running, reason: 'restart', lastedMs: null, endedWall: now.wall },
    countsUntilMono: now.mono + countsMaxMs,
  };
  const effects: readonly DrillEffect[] = [
    { do: 'end', ended, counts: nobodyCounted, origin: null, hasSounded: false },
  ];
  return { state: state.is === 'off' ? { is: 'off', last: ended } : state, effects };
}

function refuse(state: DrillState, reason: ExerciseRefusal): DrillStep {
  return { state, effects: [{ do: 'refuse', reason }] };
}

function same(state: DrillState): DrillStep {
  return { state, effects: [] };
}
