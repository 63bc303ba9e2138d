/** How values, registers and addresses are written for people. Pure. */
import type { Words } from '../../config/vocabulary.js';
import { badReasonWords } from './reason-words.js';
import type { TrialRow } from './trial-reader.js';

const shownDigits = 7;

/** `0x0010` */
export function addressText(address: number): string {
  return `0x${address.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** `0102 0304`; bits as 0 and 1; `–` when nothing came. */
export function hexText({ words, point }: Pick<TrialRow, 'words' | 'point'>): string {
  if (words === null) return '–';
  const isBit = point.source.type === 'bool';
  return words.map((word) => (isBit ? String(word) : word.toString(16).toUpperCase().padStart(4, '0'))).join(' ');
}

/** `火警`, `0.35 MPa`, or why there is none. */
export function valueWords({ value, reason, raw, point }: Omit<TrialRow, 'words'>): Words {
  if (reason !== null) {
    const { zh, en } = badReasonWords[reason];
    const got = reason === 'unknown-state' && raw !== null ? ` ${raw}` : '';
    return { zh: `${zh}${got}`, en: `${en}${got}` };
  }
  if (typeof value === 'string') return point.stateNames[value] ?? { zh: value, en: value };
  // A float has seven digits; what follows is noise of its binary form.
  const text = `${Number((value ?? 0).toPrecision(shownDigits))}${point.unit === null || point.unit === '1' ? '' : ` ${point.unit}`}`;
  return { zh: text, en: text };
}
