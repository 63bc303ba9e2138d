/** A command that the centre has sent, or that somebody sent in its name. */
import type { HeardResult, ResultState } from './heard.js';
import type { CentreOrder } from './orders.js';

/** Messages that nobody may obey. */
export const hostileKinds = [
  /** A good command whose signature is spoilt. */
  'forged-signature',
  /** Signed by somebody else in the name of our key. */
  'foreign-key',
  /** Signed by somebody else in his own name. */
  'unknown-key',
  'unsigned',
  /** An earlier signature over another text. */
  'altered',
  /** Signed by our key, as a receipt. */
  'wrong-purpose',
  'expired',
  'not-yet-valid',
  'life-too-long',
  'other-site',
  /** The bytes of an earlier command. */
  'replayed',
  /** Well signed, with the id of an earlier command. */
  'same-id',
  'garbage',
  'deep',
  'huge',
] as const;
export type HostileKind = (typeof hostileKinds)[number];

export interface Answer {
  readonly state: ResultState;
  readonly reason: string | null;
  readonly detail: HeardResult['detail'];
  readonly atMono: number;
}

export interface SentCommand {
  /** Null: it is no command at all. */
  readonly id: string | null;
  readonly what: CentreOrder | null;
  /** Null: the centre means it. */
  readonly hostile: HostileKind | null;
  /** Wall times of the centre, ms since 1970; null where there is none. */
  readonly issuedWall: number | null;
  readonly expiresWall: number | null;
  readonly envelope: Uint8Array;
  /** Whenever it was published. */
  readonly sentMono: number[];
  /** Answers that name its id. */
  readonly results: Answer[];
}

export interface OrderOptions {
  /** Default: a new one by chance. */
  readonly id?: string;
  /** How long it is good for, ms. Default ten minutes. */
  readonly lifeMs?: number;
  /** Issued so much before (below 0: after) now, ms. Default 0. */
  readonly ageMs?: number;
  readonly site?: string;
}
