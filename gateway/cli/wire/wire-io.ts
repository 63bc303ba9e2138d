/** What the verbs of the wire are handed: where they write, whom they ask, and what leads to the wire. Tests hand in others. */
import type { LoadOutcome } from '../../../config/load-config.js';
import type { LineConfig, SiteConfig } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import type { Clock } from '../../../drivers/clock.js';
import type { BareLine } from '../../wire/bare-line.js';
import type { WireAnswer, WireRequest } from '../../wire/wire-request.js';
import type { Lang } from '../teller.js';

/** Exit statuses. */
export const exits = { done: 0, refused: 1, invalid: 2, held: 3, nobody: 4, unanswered: 5 } as const;
export type Exit = (typeof exits)[keyof typeof exits];

export interface WireIo {
  readonly lang: Lang;
  readonly isJson: boolean;
  readonly clock: Clock;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks for yes or no at the terminal; null: there is none. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
  /** Asks the gateway that runs on this data folder; `nobody`: none does. Rejects when it may not be asked. */
  readonly askGateway: (dataDir: string, request: WireRequest) => Promise<WireAnswer | 'nobody'>;
  /** Reads the site file. */
  readonly load: (file: string) => Promise<LoadOutcome>;
  readonly hold: (config: SiteConfig) => Promise<'held' | 'taken' | 'unknown'>;
  readonly make: (line: LineConfig) => BareLine;
  readonly user: string;
  /** Resolves when the person has pressed Ctrl-C. */
  readonly interrupted: () => Promise<void>;
}

export function say({ lang, err }: Pick<WireIo, 'lang' | 'err'>, words: Words): void {
  err(`${words[lang]}\n`);
}

/** What went wrong, for a person and for a program; returns the exit status. */
export function fail(io: WireIo, answer: WireAnswer): Exit {
  if (answer.wire !== 'failed' && answer.wire !== 'refused') return exits.done;
  if (io.isJson) io.out(`${JSON.stringify({ ok: false, ...answer })}\n`);
  else say(io, answer.why);
  return exitOf(answer);
}

export function exitOf(answer: WireAnswer): Exit {
  if (answer.wire === 'refused') return exits.refused;
  if (answer.wire !== 'failed') return exits.done;
  // Somebody else has the tty.
  if (answer.code === 'LINK-003') return exits.held;
  // A refusal is an answer.
  return answer.code === 'BUS-002' ? exits.refused : exits.unanswered;
}
