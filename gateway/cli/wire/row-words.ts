/** Points and raw values as lines of text. Pure. */
import { badReasonWords } from '../../profiles/reason-words.js';
import { hexWord, type RawRow } from '../../wire/raw-view.js';
import type { WirePoint } from '../../wire/wire-request.js';
import type { Lang } from '../teller.js';

export function describePoint(row: WirePoint, lang: Lang): string {
  return `${row.point}  ${row.name[lang]}  ${valueText(row, lang)}  ${ageOf(row, lang)}`;
}

export function valueText({ value, state, unit, quality, reason }: WirePoint, lang: Lang): string {
  if (quality === 'unseen')
    return lang === 'zh' ? '未读到（不在线路上，或网关没运行）' : 'not seen (no line tells it, or no gateway runs)';
  if (value === null)
    return `${lang === 'zh' ? '坏值：' : 'bad: '}${reason === null ? '?' : badReasonWords[reason][lang]}`;
  if (state !== null) return `${state[lang]} (${value})`;
  return unit === null ? String(value) : `${value} ${unit}`;
}

function ageOf({ ageMs }: WirePoint, lang: Lang): string {
  if (ageMs === null) return '';
  const seconds = (ageMs / 1000).toFixed(1);
  return lang === 'zh' ? `${seconds} 秒前` : `${seconds} s ago`;
}

/** One line a register: address, hex, decimal, signed; with the next one as 32 bits in each order. */
export function describeRaw({ address, raw, hex, signed, pair }: RawRow): string {
  const head = `${hexWord(address)} ${String(address).padStart(5)}  `;
  if (signed === null) return `${head}${raw}`;
  const own = `${hex}  ${String(raw).padStart(5)}  ${String(signed).padStart(6)}`;
  if (pair === null) return head + own;
  const floats = Object.entries(pair.f32).map(([order, float]) => `${order} ${float === null ? '-' : short(float)}`);
  const { u32, s32 } = pair;
  const whole = `u32 ABCD ${u32.ABCD} CDAB ${u32.CDAB}  s32 ABCD ${s32.ABCD} CDAB ${s32.CDAB}`;
  return `${head}${own}  │ f32 ${floats.join(' ')}  ${whole}`;
}

function short(float: number): string {
  return float === 0 ? '0' : String(Number(float.toPrecision(6)));
}
