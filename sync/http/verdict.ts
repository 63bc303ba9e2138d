/** What an answer means for what was sent. Pure. */
import { quoteOutside } from '../../config/problem.js';
import { UplinkError } from '../uplink.js';
import type { HttpAnswer } from './http-link.js';
import { retryAfterMs } from './retry-after.js';

export type Verdict =
  | { readonly kind: 'ok' }
  /** This message will not do; the path works. `isTooLarge`: a shorter one might. */
  | { readonly kind: 'refused'; readonly isTooLarge: boolean; readonly got: string }
  /** Nothing goes now; `waitMs` null: by the own back-off. `status` null: there was no answer. `isLoad`: it asks for patience, and so
   * means all of them; any other failure one message could have caused. */
  | {
      readonly kind: 'down';
      readonly error: UplinkError;
      readonly waitMs: number | null;
      readonly status: number | null;
      readonly isLoad: boolean;
    };

/** @param wall to compare a date with, when the answer has none of its own. */
export function verdictOf(where: string, answer: HttpAnswer, wall: number): Verdict {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'ok' };
  const got = `HTTP ${status}`;
  const down = (code: UplinkError['code'], more = '', waitMs: number | null = null): Verdict => ({
    // 429 speaks of a rate by itself (RFC 6585 §4); 503 may be one message that breaks it, unless it names a time.
    ...{ kind: 'down', waitMs, status, isLoad: status === 429 || (status === 503 && waitMs !== null) },
    error: new UplinkError(code, where, `${got}${more}`),
  });
  if (status === 401 || status === 403) return down('UPLINK-030');
  if (status === 404 || status === 405 || status === 410) return down('UPLINK-031');
  if (status >= 300 && status < 400) return down('UPLINK-032', locationOf(answer));
  if ([409, 425, 429, 503].includes(status))
    return down('UPLINK-033', '', retryAfterMs(answer.retryAfter, answer.date, wall));
  if (status === 408 || status < 200 || status >= 500) return down('UPLINK-034');
  return { kind: 'refused', isTooLarge: status === 413, got };
}

/** Whether the answer to a HEAD, or to a sign of life, shows that somebody is there who would take a report: many serve nothing but POST. */
export function isAlive(method: 'POST' | 'HEAD', { status }: HttpAnswer, verdict: Verdict): boolean {
  if (verdict.kind !== 'down') return true;
  return method === 'HEAD' && ((status >= 300 && status < 400) || [403, 404, 405, 501].includes(status));
}

/** Whoever hangs up on an expired certificate of ours says so in many ways. */
export function ownFault(
  where: string,
  error: UplinkError,
  certificate: { readonly beginsWall: number; readonly endsWall: number } | null,
  wall: number,
): UplinkError {
  if (certificate === null || !['UPLINK-003', 'UPLINK-015'].includes(error.code)) return error;
  const isGood = certificate.beginsWall <= wall && wall < certificate.endsWall;
  return isGood ? error : new UplinkError('UPLINK-022', where, error.got, error);
}

function locationOf({ location }: HttpAnswer): string {
  return location === null ? '' : ` → ${quoteOutside(location)}`;
}
