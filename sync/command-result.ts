/** The answer to a command, as it is published and as it is remembered. Pure. */
import type { ClockTrust, Words } from '../config/vocabulary.js';
import type { JsonValue } from './journal/entry.js';
import type { CommandResult, resultStates } from './messages/command.js';
import { toRfc3339 } from './mqtt/rfc3339.js';

/** A longer answer is given once: when the command comes again, it is answered without what was asked for. */
const keptMaxBytes = 1024;

export interface Answered {
  /** Null: it had none, or none that could be believed. */
  readonly command: string | null;
  readonly state: (typeof resultStates)[number];
  readonly reason: string | null;
  readonly words: Words | null;
  readonly detail?: Readonly<Record<string, JsonValue>>;
}

export function resultOf(answered: Answered, wall: number, clock: ClockTrust): CommandResult {
  const { command, state, reason, words, detail = {} } = answered;
  return { version: 1, command, state, reason, words, at: toRfc3339(wall), clock, detail };
}

/** As it is kept with the command. */
export function keptAnswer(result: CommandResult): string {
  const whole = JSON.stringify(result);
  return whole.length <= keptMaxBytes ? whole : JSON.stringify({ ...result, detail: { omitted: true } });
}

/** A wall time as answers and commands write it. */
export function commandTime(wall: number): string {
  return toRfc3339(wall);
}
