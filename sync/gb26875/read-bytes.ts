/** The answer to a read as bytes: whatever the site says of itself, a read of a centre ends in an answer or in a denial. */
import type { GbDialect } from '../../config/site-telling.js';
import { encodeAdu } from './encode-adu.js';
import type { GbAdu } from './frame-types.js';
import { answerRead, emptyAnswer, type GbSite, type ReadMoment } from './reads.js';

/** `adu` null: it is denied. `isBroken`: because the site can not be written in this language. Never throws. */
export function readBytes(
  asked: GbAdu,
  site: GbSite,
  now: ReadMoment,
  dialect: Pick<GbDialect, 'readUnknown' | 'timeCoding'>,
): { readonly adu: Uint8Array | null; readonly isBroken: boolean } {
  try {
    const answer = answerRead(asked, site, now) ?? (dialect.readUnknown === 'empty' ? emptyAnswer(asked) : null);
    return { adu: answer === null ? null : encodeAdu(answer, dialect), isBroken: false };
  } catch {
    return { adu: null, isBroken: true };
  }
}
