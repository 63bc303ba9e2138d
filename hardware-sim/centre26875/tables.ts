/** Tables of GB/T 26875.3-2011 as this centre reads them: commands (Table 2), type flags and the fields of their objects (8.2, 8.3). */
import type { Words } from '../../config/vocabulary.js';

/** What an object is made of, in the order on the wire. */
export type Field =
  | 'system'
  | 'systemAddress'
  | 'component'
  | 'componentAddress'
  | 'state16'
  | 'state8'
  | 'description'
  | 'text'
  | 'analog'
  | 'value'
  | 'operation'
  | 'operator'
  | 'major'
  | 'minor'
  | 'time'
  | 'records'
  | 'reserved'
  | 'minutes';

export interface TypeRow {
  readonly words: Words;
  readonly fields: readonly Field[];
  /** Objects in one unit. */
  readonly countMax: number;
}

export const commandCodes = { control: 1, send: 2, confirm: 3, request: 4, answer: 5, deny: 6 } as const;
export type CommandName = keyof typeof commandCodes;

export const commandWords: ReadonlyMap<number, Words> = new Map([
  [1, { zh: '控制', en: 'control' }],
  [2, { zh: '发送', en: 'send' }],
  [3, { zh: '确认', en: 'confirm' }],
  [4, { zh: '请求', en: 'request' }],
  [5, { zh: '应答', en: 'answer' }],
  [6, { zh: '否认', en: 'deny' }],
]);

const inSystem = ['system', 'systemAddress'] as const;
const ofComponent = [...inSystem, 'component', 'componentAddress'] as const;
/** A read names no component type. */
const askedComponent = [...inSystem, 'componentAddress'] as const;

function row(zh: string, en: string, countMax: number, ...fields: readonly Field[]): TypeRow {
  return { words: { zh, en }, fields, countMax };
}

export const typeRows: ReadonlyMap<number, TypeRow> = new Map([
  [1, row('系统状态', 'system state', 102, ...inSystem, 'state16', 'time')],
  [2, row('部件状态', 'component state', 22, ...ofComponent, 'state16', 'description', 'time')],
  [3, row('模拟量', 'analog value', 63, ...ofComponent, 'analog', 'value', 'time')],
  [4, row('设施操作', 'facility operation', 102, ...inSystem, 'operation', 'operator', 'time')],
  [5, row('设施软件版本', 'facility version', 1, ...inSystem, 'major', 'minor')],
  [6, row('设施配置', 'facility configuration', 3, ...inSystem, 'text')],
  [7, row('部件配置', 'component configuration', 26, ...ofComponent, 'description')],
  [8, row('设施时间', 'facility time', 1, ...inSystem, 'time')],
  [21, row('传输装置状态', 'device state', 1, 'state8', 'time')],
  [24, row('传输装置操作', 'device operation', 127, 'operation', 'operator', 'time')],
  [25, row('传输装置版本', 'device version', 1, 'major', 'minor')],
  [26, row('传输装置配置', 'device configuration', 1, 'text')],
  [28, row('传输装置时间', 'device time', 1, 'time')],
  [61, row('读系统状态', 'read system state', 102, ...inSystem)],
  [62, row('读部件状态', 'read component state', 22, ...askedComponent)],
  [63, row('读模拟量', 'read analog values', 63, ...askedComponent)],
  [64, row('读设施操作', 'read facility operations', 1, ...inSystem, 'records', 'time')],
  [65, row('读设施版本', 'read facility version', 1, ...inSystem)],
  [66, row('读设施配置', 'read facility configuration', 3, ...inSystem)],
  [67, row('读部件配置', 'read component configuration', 26, ...askedComponent)],
  [68, row('读设施时间', 'read facility time', 1, ...inSystem)],
  [81, row('读装置状态', 'read device state', 1, 'reserved')],
  [84, row('读装置操作', 'read device operations', 1, 'records', 'time')],
  [85, row('读装置版本', 'read device version', 1, 'reserved')],
  [86, row('读装置配置', 'read device configuration', 1, 'reserved')],
  [88, row('读装置时间', 'read device time', 1, 'reserved')],
  [89, row('初始化', 'initialise', 1, 'reserved')],
  [90, row('校时', 'set the clock', 1, 'time')],
  [91, row('查岗', 'duty check', 1, 'minutes')],
]);

/** Which type answers a read (8.3: 61 → 1 … 88 → 28). */
export function answerTypeOf(type: number): number | null {
  return (type >= 61 && type <= 68) || (type >= 81 && type <= 88) ? type - 60 : null;
}

/** Types that only a centre sends, and in which command. */
export function commandOf(type: number): CommandName {
  return type >= 89 && type <= 91 ? 'control' : 'request';
}

/** Bits of a system's state, Figure 6; bit 8 of a component is its supply. */
const stateBits: readonly Words[] = [
  { zh: '正常', en: 'normal' },
  { zh: '火警', en: 'fire' },
  { zh: '故障', en: 'fault' },
  { zh: '屏蔽', en: 'disabled' },
  { zh: '监管', en: 'supervisory' },
  { zh: '启动', en: 'started' },
  { zh: '反馈', en: 'feedback' },
  { zh: '延时', en: 'delayed' },
  { zh: '主电故障', en: 'mains fault' },
  { zh: '备电故障', en: 'battery fault' },
  { zh: '总线故障', en: 'bus fault' },
  { zh: '手动', en: 'manual' },
  { zh: '配置改变', en: 'configuration changed' },
  { zh: '复位', en: 'reset' },
];
const deviceBits: readonly Words[] = [
  { zh: '正常监视', en: 'normal' },
  { zh: '火警', en: 'fire' },
  { zh: '故障', en: 'fault' },
  { zh: '主电故障', en: 'mains fault' },
  { zh: '备电故障', en: 'battery fault' },
  { zh: '通信信道故障', en: 'link fault' },
  { zh: '监测线路故障', en: 'line fault' },
];
const operationBits: readonly Words[] = [
  { zh: '复位', en: 'reset' },
  { zh: '消音', en: 'silence' },
  { zh: '手动报警', en: 'manual alarm' },
  { zh: '警情消除', en: 'all clear' },
  { zh: '自检', en: 'self-test' },
  { zh: '确认', en: 'acknowledge' },
  { zh: '测试', en: 'test' },
];

/** What the bits of a state or operation word say; empty for none. */
export function bitWords(type: number, word: number): readonly Words[] {
  const table = type === 21 ? deviceBits : type === 4 || type === 24 ? operationBits : stateBits;
  return table.flatMap((words, bit) => {
    if ((word & (1 << bit)) === 0) return [];
    if (type === 2 && bit === 8) return [{ zh: '电源故障', en: 'supply fault' }];
    if (type === 24 && bit === 5) return [{ zh: '查岗应答', en: 'duty answered' }];
    return [words];
  });
}
