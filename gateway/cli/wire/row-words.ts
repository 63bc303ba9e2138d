/** Points and raw values as lines of text. Pure. */
import type { BadReason } from '../../../config/reading.js';
import type { Words } from '../../../config/vocabulary.js';
import { hexWord, type RawRow } from '../../wire/raw-view.js';
import type { WirePoint } from '../../wire/wire-request.js';
import type { Lang } from '../teller.js';

const reasons: Readonly<Record<BadReason, Words>> = {
  silent: { zh: '无应答', en: 'the unit does not answer' },
  'line-down': { zh: '线路打不开', en: 'the line is down' },
  exception: { zh: '设备拒绝', en: 'the unit refuses' },
  sentinel: { zh: '设备自称无值', en: 'the unit says that it has no value' },
  'unknown-state': { zh: '未知的值', en: 'a value that the profile does not name' },
  'out-of-range': { zh: '超出可信范围', en: 'outside of what can be' },
  'bad-encoding': { zh: '编码错误', en: 'not encoded as the profile says' },
  'signal-low': { zh: '信号过低，断线', en: 'signal too low: a broken wire' },
  'signal-high': { zh: '信号过高，短路', en: 'signal too high: a short circuit' },
  step: { zh: '跳变过大', en: 'a jump too large' },
  'not-valid': { zh: '设备称此值无效', en: 'another register says that it does not count' },
  'not-ready': { zh: '尚未就绪', en: 'not ready yet' },
  'wrong-unit': { zh: '单位不符', en: 'the device counts in another unit' },
  'wrong-scale': { zh: '量程与铭牌不符', en: 'its range and the label disagree' },
  pair: { zh: '两个触点矛盾', en: 'two contacts contradict each other' },
  'pin-error': { zh: '引脚读不出', en: 'the pin can not be read' },
};

export function describePoint(row: WirePoint, lang: Lang): string {
  return `${row.point}  ${row.name[lang]}  ${valueText(row, lang)}  ${ageOf(row, lang)}`;
}

export function valueText({ value, state, unit, quality, reason }: WirePoint, lang: Lang): string {
  if (quality === 'unseen')
    return lang === 'zh' ? '未读到（不在线路上，或网关没运行）' : 'not seen (no line tells it, or no gateway runs)';
  if (value === null) return `${lang === 'zh' ? '坏值：' : 'bad: '}${reason === null ? '?' : reasons[reason][lang]}`;
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
