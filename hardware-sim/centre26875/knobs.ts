/** How a centre behaves; each can be turned while it runs. */

export interface CentreKnobs {
  /** What uploads and signs of life are answered, once the counts below are used up. */
  answers: 'confirm' | 'deny' | 'silent';
  /** So many more are denied, then so many are not answered, then so many are confirmed with another serial. */
  denyNext: number;
  silentNext: number;
  wrongNext: number;
  /** Answers come so much later, ms. */
  lateMs: number;
  /** A spoilt frame is denied (6.5). */
  deniesSpoilt: boolean;
  /** 赋安: the short reply in the place of each confirmation, and a sign of life of the centre. */
  hasShortReplies: boolean;
  /** Name and password of `USER=…;PWD=…`; null: any. */
  accounts: ReadonlyMap<string, string> | null;
  /** Uploads before the handshake are denied, in a preset that has one. */
  wantsHandshake: boolean;
  /** Source addresses that are served, twelve hex digits each; null: all. */
  knownSources: ReadonlySet<string> | null;
}

export function restingKnobs(): CentreKnobs {
  return {
    answers: 'confirm',
    denyNext: 0,
    silentNext: 0,
    wrongNext: 0,
    lateMs: 0,
    deniesSpoilt: true,
    hasShortReplies: true,
    accounts: null,
    wantsHandshake: true,
    knownSources: null,
  };
}

export type CentreAnswer = 'confirm' | 'deny' | 'wrong_serial' | 'silent';

/** Takes one from the counts. */
export function nextAnswer(knobs: CentreKnobs): CentreAnswer {
  if (knobs.denyNext > 0) {
    knobs.denyNext--;
    return 'deny';
  }
  if (knobs.silentNext > 0) {
    knobs.silentNext--;
    return 'silent';
  }
  if (knobs.wrongNext > 0) {
    knobs.wrongNext--;
    return 'wrong_serial';
  }
  return knobs.answers;
}
