/** How a request is refused: a status for programs, a problem for people in both languages. */
import type { Words } from '../../../config/vocabulary.js';
import type { PanelProblem } from '../api/routes.js';

/** Outside text is cut to this, characters. */
const gotMax = 60;

export interface Refusal {
  readonly kind: 'refused';
  readonly status: number;
  readonly problem: PanelProblem;
  /** Told as `Retry-After`, s. */
  readonly retryAfterS: number | null;
}

export interface RefusalMore {
  /** Part of the request that is meant: `body.pins[3].x`. */
  readonly where?: string;
  readonly expected?: string;
  /** What came; cut, since it is outside text. */
  readonly got?: string;
  readonly hint?: Words;
  readonly retryAfterS?: number;
}

/** A refusal with its code (a key for programs) and its words. */
export function refused(status: number, code: string, words: Words, more: RefusalMore = {}): Refusal {
  const { where = null, expected = null, got, hint = null, retryAfterS = null } = more;
  return {
    kind: 'refused',
    status,
    problem: { code, words, where, expected, got: got === undefined ? null : cut(got), hint },
    retryAfterS,
  };
}

function cut(text: string): string {
  return text.length > gotMax ? `${text.slice(0, gotMax - 1)}…` : text;
}
