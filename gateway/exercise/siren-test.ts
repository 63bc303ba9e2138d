/**
 * A siren test 试鸣: each siren shortly, one after the other, proven on and proven off. Pure.
 *
 *   off ──begin──▶ announced ──said, or 30 s──▶ ringing(0) ─▶ quieting(0) ─▶ ringing(1) ─▶ … ─▶ off
 *
 * A siren rings for its time, and longer only as long as its proof is owed. Whatever burns or sounds ends the test at once.
 */
import type { OutputId } from '../../config/ids.js';
import { type ExerciseRefusal, type Standing, wordsMaxMs } from './exercise.js';

/** An order is proven within so long, or it is not, ms: a slow line needs a second. */
export const proofMaxMs = 5000;

export interface SirenTest {
  /** Never twice, over all starts. */
  readonly id: string;
  readonly outputs: readonly OutputId[];
  readonly soundsMs: number;
  readonly origin: string;
  readonly begunMono: number;
  readonly begunWall: number;
}

export type Outcome = 'proven' | 'not-proven' | 'skipped';

/** `done` all were tried, `order` somebody ended it, `fire` something burns, `alarm` something else sounds, `stop` the gateway
 * stops, `restart` it was away. */
export type SirenTestEnd = 'done' | 'order' | 'fire' | 'alarm' | 'stop' | 'restart';

export type SirenTestState =
  | { readonly is: 'off' }
  | { readonly is: 'announced'; readonly test: SirenTest; readonly untilMono: number }
  | Round;

/** One siren at its turn. */
interface Round {
  readonly is: 'ringing' | 'quieting';
  readonly test: SirenTest;
  readonly output: OutputId;
  /** When the present order went out. */
  readonly sinceMono: number;
  /** It was proven on. */
  readonly isProvenOn: boolean;
  readonly outcomes: ReadonlyMap<OutputId, Outcome>;
}

export const sirenTestOff: SirenTestState = { is: 'off' };

export type SirenTestInput =
  | {
      readonly kind: 'begin';
      readonly id: string;
      readonly outputs: readonly OutputId[];
      readonly soundsMs: number;
      readonly origin: string;
      readonly hasWords: boolean;
      readonly standing: Standing;
    }
  | { readonly kind: 'said' }
  /** Time goes by; `isOn`: how the siren at its turn was last seen, null when it could not be. */
  | { readonly kind: 'look'; readonly isOn: boolean | null }
  | { readonly kind: 'end'; readonly reason: 'order' | 'fire' | 'alarm' | 'stop' }
  | { readonly kind: 'restart'; readonly running: SirenTest | null };

export type SirenTestEffect =
  | { readonly do: 'refuse'; readonly reason: ExerciseRefusal }
  | { readonly do: 'begin'; readonly test: SirenTest }
  | { readonly do: 'words'; readonly test: SirenTest }
  | { readonly do: 'ring'; readonly test: SirenTest; readonly output: OutputId }
  | { readonly do: 'quiet' }
  | {
      readonly do: 'end';
      readonly test: SirenTest;
      readonly reason: SirenTestEnd;
      readonly outcomes: ReadonlyMap<OutputId, Outcome>;
      /** Null after a restart: nobody knows when it fell silent. */
      readonly lastedMs: number | null;
    };

export interface SirenTestStep {
  readonly state: SirenTestState;
  readonly effects: readonly SirenTestEffect[];
}

export function stepSirenTest(
  state: SirenTestState,
  input: SirenTestInput,
  now: { readonly mono: number; readonly wall: number },
): SirenTestStep {
  switch (input.kind) {
    case 'begin':
      return begin(state, input, now);
    case 'said':
      return state.is === 'announced' ? ring(state.test, 0, new Map(), now.mono) : same(state);
    case 'look':
      return look(state, input.isOn, now.mono);
    case 'end':
      return state.is === 'off' ? refuseEnd(state, input.reason) : end(state, input.reason, now.mono);
    case 'restart': {
      const { running } = input;
      if (running === null || (state.is !== 'off' && state.test.id === running.id)) return same(state);
      const outcomes = withSkipped(running, new Map());
      return { state, effects: [{ do: 'end', test: running, reason: 'restart', outcomes, lastedMs: null }] };
    }
    default: {
      const impossible: never = input;
      throw new Error(`impossible input ${String(impossible)}`);
    }
  }
}

/** It is over by then whatever happens, ms. */
export function sirenTestMaxMs({ outputs, soundsMs }: Pick<SirenTest, 'outputs' | 'soundsMs'>): number {
  return wordsMaxMs + outputs.length * (Math.max(soundsMs, proofMaxMs) + proofMaxMs);
}

function begin(
  state: SirenTestState,
  { id, outputs, soundsMs, origin, hasWords, standing }: Extract<SirenTestInput, { kind: 'begin' }>,
  { mono, wall }: { readonly mono: number; readonly wall: number },
): SirenTestStep {
  if (standing.hasFire) return refuse(state, 'fire-stands');
  if (state.is !== 'off' || standing.running !== null) return refuse(state, 'exercise-runs');
  // What an alarm has on can not be proven off.
  if (standing.hasSound) return refuse(state, 'alarm-sounds');
  if (outputs.length === 0) return refuse(state, 'nothing-sounds');
  const test: SirenTest = { id, outputs, soundsMs, origin, begunMono: mono, begunWall: wall };
  if (!hasWords) {
    const first = ring(test, 0, new Map(), mono);
    return { state: first.state, effects: [{ do: 'begin', test }, ...first.effects] };
  }
  return {
    state: { is: 'announced', test, untilMono: mono + wordsMaxMs },
    effects: [
      { do: 'begin', test },
      { do: 'words', test },
    ],
  };
}

function look(state: SirenTestState, isOn: boolean | null, mono: number): SirenTestStep {
  if (state.is === 'off') return same(state);
  if (state.is === 'announced') return mono < state.untilMono ? same(state) : ring(state.test, 0, new Map(), mono);
  const { test, output, sinceMono, outcomes } = state;
  const sinceMs = mono - sinceMono;
  if (state.is === 'ringing') {
    const isProvenOn = state.isProvenOn || isOn === true;
    const isOver = sinceMs >= test.soundsMs && (isProvenOn || sinceMs >= proofMaxMs);
    if (!isOver) return isProvenOn === state.isProvenOn ? same(state) : same({ ...state, isProvenOn });
    return { state: { ...state, is: 'quieting', isProvenOn, sinceMono: mono }, effects: [{ do: 'quiet' }] };
  }
  if (isOn !== false && sinceMs < proofMaxMs) return same(state);
  const outcome: Outcome = state.isProvenOn && isOn === false ? 'proven' : 'not-proven';
  return ring(test, test.outputs.indexOf(output) + 1, new Map(outcomes).set(output, outcome), mono);
}

/** The siren at this place, or the end behind the last one. */
function ring(test: SirenTest, place: number, outcomes: Round['outcomes'], mono: number): SirenTestStep {
  const output = test.outputs[place];
  if (output === undefined) {
    const lastedMs = mono - test.begunMono;
    return { state: sirenTestOff, effects: [{ do: 'end', test, reason: 'done', outcomes, lastedMs }] };
  }
  return {
    state: { is: 'ringing', test, output, sinceMono: mono, isProvenOn: false, outcomes },
    effects: [{ do: 'ring', test, output }],
  };
}

function end(state: Exclude<SirenTestState, { is: 'off' }>, reason: SirenTestEnd, mono: number): SirenTestStep {
  const { test } = state;
  const outcomes = withSkipped(test, state.is === 'announced' ? new Map() : state.outcomes);
  return {
    state: sirenTestOff,
    effects: [{ do: 'end', test, reason, outcomes, lastedMs: mono - test.begunMono }],
  };
}

/** What did not come to its turn, or not to the end of it, was not tested: neither good nor bad. */
function withSkipped({ outputs }: SirenTest, outcomes: Round['outcomes']): Round['outcomes'] {
  return new Map(outputs.map((output) => [output, outcomes.get(output) ?? 'skipped']));
}

function refuseEnd(state: SirenTestState, reason: SirenTestEnd): SirenTestStep {
  return reason === 'order' ? refuse(state, 'nothing-runs') : same(state);
}

function refuse(state: SirenTestState, reason: ExerciseRefusal): SirenTestStep {
  return { state, effects: [{ do: 'refuse', reason }] };
}

function same(state: SirenTestState): SirenTestStep {
  return { state, effects: [] };
}
