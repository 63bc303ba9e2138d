/** Does what stands in a unit's registers fit what a profile expects there, and how much does that say? Pure. */
import type { ProbeExpectation, ProbeYaml } from '../../config/identify-schema.js';
import type { Table } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';

/** Who answered. */
export interface Answering {
  readonly address: number;
  /** Null: not known. */
  readonly baud: number | null;
}

/** How much a fit says. Zeros stand in most registers of most devices, and so say next to nothing. */
const weights = { zeros: 1, readable: 1, value: 3, code: 4, own: 6, text: 10 } as const;

export interface Fit {
  readonly weight: number;
  /** `holding 0x0010 = 0` */
  readonly because: Words;
}

/** Null: it does not fit. `values` = as many registers or bits as the probe reads. */
export function fitOf(probe: ProbeYaml, values: readonly number[], who: Answering): Fit | null {
  const weight = weightOf(probe.expect, values, who);
  return weight === null ? null : { weight, because: becauseOf(probe, values) };
}

function weightOf(expect: ProbeExpectation, values: readonly number[], who: Answering): number | null {
  const isZero = values.every((value) => value === 0);
  if ('range' in expect) {
    const [low, high] = expect.range;
    if (!values.every((value) => value >= low && value <= high)) return null;
    return isZero ? weights.zeros : high - low >= 0xffff ? weights.readable : weights.value;
  }
  if ('set' in expect) {
    if (!values.every((value) => expect.set.includes(value))) return null;
    return isZero ? weights.zeros : weights.value;
  }
  if ('mask' in expect) {
    if (!values.every((value) => expect.equals.includes(value & expect.mask))) return null;
    return isZero ? weights.zeros : weights.code;
  }
  if ('text' in expect) return textOf(values).startsWith(expect.text) ? weights.text : null;
  if ('f32' in expect) {
    const [low, high] = expect.f32;
    const floats = floatsOf(values);
    return floats.every((value) => value >= low && value <= high) ? (isZero ? weights.zeros : weights.code) : null;
  }
  const [value] = values;
  if (expect.own === 'address') return value === who.address ? weights.own : null;
  const told = expect.codes.find(({ raw }) => raw === value);
  if (told === undefined) return null;
  if (who.baud === null) return weights.readable;
  return told.baud === who.baud ? weights.code : null;
}

const tableWords: Readonly<Record<Table, Words>> = {
  coil: { zh: '线圈', en: 'coil' },
  discrete: { zh: '离散输入', en: 'discrete' },
  input: { zh: '输入寄存器', en: 'input' },
  holding: { zh: '保持寄存器', en: 'holding' },
};

function becauseOf({ table, addr, expect }: ProbeYaml, values: readonly number[]): Words {
  const where = `0x${addr.toString(16).toUpperCase().padStart(4, '0')}`;
  const shown =
    'text' in expect ? expect.text : 'f32' in expect ? floatsOf(values).map(brief).join(' ') : values.join(' ');
  const own = 'own' in expect ? ownWords[expect.own] : { zh: '', en: '' };
  const { zh, en } = tableWords[table];
  return { zh: `${zh} ${where} = ${shown}${own.zh}`, en: `${en} ${where} = ${shown}${own.en}` };
}

const ownWords = {
  address: { zh: '（与其地址相同）', en: ' (its own address)' },
  baud: { zh: '（与其波特率相符）', en: ' (its own speed)' },
} as const;

function brief(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** High word first. */
function floatsOf(values: readonly number[]): readonly number[] {
  const view = new DataView(new ArrayBuffer(4));
  return Array.from({ length: Math.floor(values.length / 2) }, (_, i) => {
    view.setUint16(0, values[2 * i] ?? 0);
    view.setUint16(2, values[2 * i + 1] ?? 0);
    return view.getFloat32(0);
  });
}

/** High byte first. */
function textOf(values: readonly number[]): string {
  return String.fromCharCode(...values.flatMap((value) => [value >>> 8, value & 0xff]));
}
