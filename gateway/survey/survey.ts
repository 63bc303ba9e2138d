/** What `gengfu find` learns: which units answer on which line, how they speak, and which models they may be. Also its `--json`. */
import type { Words } from '../../config/vocabulary.js';

export interface Survey {
  readonly survey: 1;
  readonly lines: readonly SurveyLine[];
  /** How long the search took, ms. */
  readonly tookMs: number;
  /** Every question was asked; false: it was broken off, and what was found until then stands here. */
  readonly isWhole: boolean;
}

export interface SurveyLine {
  /** As the site file names it: a tty (its stable name where there is one), or a server on the network. */
  readonly at:
    | { readonly kind: 'serial'; readonly path: string }
    | {
        readonly kind: 'tcp';
        readonly host: string;
        readonly port: number;
        readonly transport: 'tcp' | 'rtu_over_tcp';
      };
  /** `held`: another program has it; `failed`: it could not be opened, or went away. Left out: it was asked. */
  readonly state?: 'held' | 'failed';
  /** What the system says of the adapter; null: nothing. */
  readonly adapter: string | null;
  /** Why nothing could be asked, or what was heard that nobody can read; empty: nothing to say. */
  readonly troubles: readonly Words[];
  /** By address. Two entries of one address: units that speak differently. */
  readonly units: readonly SurveyUnit[];
}

/** How a unit speaks; on a server of Modbus TCP nobody can know it. */
export interface SurveyFormat {
  readonly baud: number;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
}

export interface SurveyUnit {
  readonly address: number;
  readonly format: SurveyFormat | null;
  /** Likeliest first; empty: it answers, and no profile knows it. A weak one is never taken without a person. */
  readonly candidates: readonly SurveyCandidate[];
  /** Ms from the request's last byte to the answer's first, the slowest of what was asked. */
  readonly answerMs: number;
  /** Two units seem to answer with one address, or an answer broke. Null: nothing odd. */
  readonly trouble: Words | null;
}

export interface SurveyCandidate {
  readonly profile: string;
  readonly strength: 'weak' | 'strong';
  /** What was asked and what came: "holding 0x0010 = 0". */
  readonly because: Words;
}
