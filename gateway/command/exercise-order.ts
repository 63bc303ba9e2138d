/** Orders for everything that sounds or speaks by somebody's will, as they come over the control socket. */
import { z } from 'zod';
import type { Words } from '../../config/vocabulary.js';
import type { WalkTestRefusal } from '../alarm/walk-test-order.js';
import type { ExerciseRefusal } from '../exercise/exercise.js';
import type { RunningExercise } from '../exercise/exercises.js';
import type { LastSirenTest } from '../exercise/siren-test-run.js';
import type { Level } from './command.js';

/** What people may ask to be said, characters. */
export const textMax = 200;
export const noteMax = 500;
const timesMax = 10;
const headsMax = 1_000_000;
/** Longer than any the desk takes, so that the desk can say what is wrong with it. */
const textReadMax = 1000;
const listMax = 64;
const forMaxMs = 1e10;

export const userName = z.string().regex(/^[\w.-]{1,32}$/);
const id = z.string().min(1).max(200);
const ids = z.array(id).min(1).max(listMax);
const forMs = z.number().min(0).max(forMaxMs);
const heads = z.int().min(0).max(headsMax).nullable();
const text = z.string().max(textReadMax).nullable();

/** What is ordered, without who did. */
export const exerciseAsks = [
  z.strictObject({
    ask: z.literal('drill-begin'),
    /** Null: all of them. */
    zones: ids.nullable(),
    /** Null: as long as the site file says, ms. */
    forMs: forMs.nullable(),
  }),
  z.strictObject({ ask: z.literal('drill-end'), present: heads, missing: heads, note: text }),
  z.strictObject({ ask: z.enum(['siren-test', 'siren-test-end', 'broadcast-stop']) }),
  z.strictObject({
    ask: z.literal('broadcast'),
    /** One of both. */
    message: id.nullable(),
    text,
    /** Null: all that play something. */
    speakers: ids.nullable(),
    evacuation: z.boolean(),
    times: z.int().min(1).max(timesMax),
  }),
  z.strictObject({ ask: z.literal('microphone'), speakers: ids, forMs }),
  z.strictObject({ ask: z.literal('walk-test-begin'), zone: id, forMs: forMs.nullable() }),
  z.strictObject({ ask: z.literal('walk-test-end'), zone: id }),
  /** A siren, strobe or lamp that plans switch: on shortly, proven on and off. */
  z.strictObject({ ask: z.literal('output-test'), output: id }),
  /** Lamps that show something by themselves: each state in turn. */
  z.strictObject({ ask: z.literal('lamp-test') }),
  /** An entry that is there to be told: how long it takes until the centre has it. */
  z.strictObject({ ask: z.literal('uplink-test'), uplink: id }),
  /** What a person has heard or seen of a test. */
  z.strictObject({ ask: z.literal('test-note'), what: z.enum(['siren', 'speaker', 'lamp']), id, isGood: z.boolean() }),
] as const;
export type ExerciseAsk = z.infer<(typeof exerciseAsks)[number]>;

const [drillBegin, drillEnd, plain, broadcast, microphone, walkBegin, walkEnd, ...tests] = exerciseAsks;
const [outputTest, lampTest, uplinkTest, testNote] = tests;
const by = { user: userName };
export const exerciseRequests = [
  drillBegin.extend(by),
  drillEnd.extend(by),
  plain.extend(by),
  broadcast.extend(by),
  microphone.extend(by),
  walkBegin.extend(by),
  walkEnd.extend(by),
  outputTest.extend(by),
  lampTest.extend(by),
  uplinkTest.extend(by),
  testNote.extend(by),
] as const;
export type ExerciseRequest = z.infer<(typeof exerciseRequests)[number]>;

export interface Orderer {
  /** `cli:<user>`, `key:<point>`. */
  readonly origin: string;
  readonly level: Level;
}

/** What of all this goes on, for `gengfu status`. */
export interface OrdersStatus {
  readonly exercise: RunningExercise | null;
  /** What is being said now. */
  readonly saying: readonly SaidNow[];
  /** An alarm that nobody has silenced makes something sound, now or between two bursts. */
  readonly isSounding: boolean;
  /** How the last test of sirens or of one output since the start ended; left out: there was none. */
  readonly lastTest?: LastSirenTest;
}

export interface SaidNow {
  readonly words: Words;
  /** Names of the loudspeakers. */
  readonly where: readonly Words[];
  /** Who ordered it; null: an alarm did. */
  readonly origin: string | null;
}

/** Whoever takes these orders. */
export interface ExerciseOrders {
  submit(ask: ExerciseAsk, orderer: Orderer): OrderAnswer;
  readonly status: OrdersStatus;
}

export type OrderRefusal =
  | ExerciseRefusal
  | WalkTestRefusal
  | 'level-too-low'
  | 'not-here'
  | 'not-now'
  | 'unknown-message'
  | 'unknown-speaker'
  | 'unknown-output'
  | 'no-lamps'
  | 'unknown-uplink'
  | 'bad-text'
  | 'unspeakable'
  | 'bad-note';

export type OrderAnswer =
  | {
      readonly accepted: true;
      /** What was begun or ended. */
      readonly done: Words;
    }
  | ({ readonly accepted: false } & Refused);

export interface Refused {
  readonly reason: OrderRefusal;
  /** The reason for people, with what stands in the way. */
  readonly why: Words;
  /** Ids that would have been taken, where an unknown one was given. */
  readonly known?: readonly string[];
}

/** Design.md §6: drill, broadcast and tests are duty staff's, a walk test the installer's. */
export const orderLevel: Readonly<Record<ExerciseAsk['ask'], Level>> = {
  'drill-begin': 2,
  'drill-end': 2,
  'siren-test': 2,
  'siren-test-end': 2,
  broadcast: 2,
  'broadcast-stop': 2,
  microphone: 2,
  'walk-test-begin': 3,
  'walk-test-end': 3,
  'output-test': 2,
  'lamp-test': 2,
  'uplink-test': 2,
  'test-note': 2,
};

/** Short enough, not blank, and without anything that steers a terminal or a chip. What a chip can not speak its driver tells. */
export function isPlain(given: string, max: number): boolean {
  return [...given].length <= max && given.trim() !== '' && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(given);
}
