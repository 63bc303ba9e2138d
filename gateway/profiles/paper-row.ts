/** One row of a paper's table → one point of a draft, or what is wrong with its cells. Pure. */
import { didYouMean } from '../../config/did-you-mean.js';
import type { Problem } from '../../config/problem.js';
import type { ByteOrder, RegisterType, Table } from '../../config/site.js';
import { classOfRole, type PointRole, type Severity, type Words } from '../../config/vocabulary.js';
import { paperAddress, tableNamed, wireAddress } from './paper-address.js';
import type { PaperCells } from './paper-cells.js';
import { type PaperProblemCode, paperProblem } from './paper-problems.js';
import { offeredRoles, roleNamed } from './role-words.js';

export interface DraftState {
  readonly raw: number;
  readonly key: string;
  readonly names: Words;
  readonly severity: Severity;
}

export interface DraftPoint {
  readonly key: string;
  readonly names: Words;
  readonly role: PointRole;
  readonly table: Table;
  readonly addr: number;
  /** As the paper writes it. */
  readonly docAddress: string;
  readonly type: RegisterType;
  readonly order: ByteOrder;
  readonly bits: readonly [number, number] | null;
  readonly scale: number;
  readonly offset: number;
  readonly unit: string | null;
  readonly states: readonly DraftState[];
  readonly validRange: readonly [number, number] | null;
  readonly limits: { readonly low: number | null; readonly high: number | null } | null;
}

export type RowOutcome =
  | { readonly ok: true; readonly point: DraftPoint }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** `number`: of the row, from 1. `papersFirst`: the number that the paper gives its first register. */
export function draftPoint(cells: PaperCells, number: number, papersFirst: 0 | 1): RowOutcome {
  const problems: Problem[] = [];
  const textOf = (column: string): string => cells.get(column)?.text ?? '';
  const bad = (code: PaperProblemCode, column: string, expected: string | null = null): void => {
    const cell = cells.get(column) ?? cells.get('address');
    problems.push(paperProblem(code, cell?.at ?? null, `row ${number} ${column}`, textOf(column), expected));
  };
  const numberIn = (column: string): number | null => {
    const text = textOf(column);
    if (text === '') return null;
    const value = Number(text.replace(/^[×xX*]/, ''));
    if (Number.isFinite(value)) return value;
    bad('PAPER-006', column);
    return null;
  };
  const address = paperAddress(textOf('address'));
  const addr = address === null ? null : wireAddress(address, papersFirst);
  if (addr === null) bad('PAPER-002', 'address');
  const named = textOf('table') === '' ? null : tableNamed(textOf('table'));
  const table = named ?? address?.table ?? null;
  const isContrary = named !== null && address?.table != null && named !== address.table;
  if (table === null || isContrary) bad('PAPER-003', 'table', address?.table ?? null);
  const states = statesOf(textOf('states'));
  if (states === null) bad('PAPER-007', 'states');
  const role = roleOf(textOf('role'), (states ?? []).length > 0);
  if (role === null) {
    const names = offeredRoles.flatMap(([id, { zh, en }]) => [id, zh, en]);
    bad('PAPER-004', 'role', didYouMean(textOf('role').toLowerCase(), names));
  }
  const type = textOf('type') === '' ? usualType(table) : typeNamed(textOf('type'));
  if (type === null) bad('PAPER-005', 'type');
  const order = orderNamed(textOf('order'));
  if (order === null) bad('PAPER-005', 'order', 'ABCD, CDAB, BADC, DCBA');
  const bits = bitsOf(textOf('bits'));
  if (bits === undefined) bad('PAPER-006', 'bits', '7-0');
  const [scale, offset, min, max, low, high] = ['scale', 'offset', 'min', 'max', 'low', 'high'].map(numberIn);
  if (problems.length > 0 || addr === null || table === null || role === null || type === null)
    return { ok: false, problems };
  const names = namesOf(textOf('name_zh'), textOf('name_en'), textOf('address'));
  const isRange = min !== null && min !== undefined && max !== null && max !== undefined;
  const hasLimits = (low ?? null) !== null || (high ?? null) !== null;
  return {
    ok: true,
    point: {
      ...{ key: keyOf(textOf('key'), names.en, number), names, role, table, addr, docAddress: textOf('address'), type },
      ...{ order: order ?? 'ABCD', bits: bits ?? null, scale: scale ?? 1, offset: offset ?? 0 },
      unit: textOf('unit') === '' ? null : textOf('unit'),
      states: apart((states ?? []).map((state) => withSeverity(state, role))),
      validRange: isRange ? [min, max] : null,
      limits: hasLimits ? { low: low ?? null, high: high ?? null } : null,
    },
  };
}

function namesOf(zh: string, en: string, address: string): Words {
  const any = zh || en || `register ${address}`;
  return { zh: zh || any, en: en || any };
}

/** `Import active energy (kWh)` → `import_active_energy`. */
function keyOf(written: string, en: string, number: number): string {
  const plain = (written || en.replace(/[(（].*$/, ''))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 32)
    .replace(/_+$/, '');
  return plain === '' || plain === 'register' ? `point_${number}` : plain;
}

function roleOf(text: string, hasStates: boolean): PointRole | null {
  // A number without a role is only shown; what a state means nobody can guess.
  if (text === '') return hasStates ? null : 'measurement';
  return roleNamed(text);
}

function usualType(table: Table | null): RegisterType {
  return table === 'coil' || table === 'discrete' ? 'bool' : 'u16';
}

const typeNames: Readonly<Record<string, RegisterType>> = {
  ...{ bit: 'bool', bool: 'bool', u16: 'u16', uint16: 'u16', word: 'u16', ushort: 'u16', 'unsigned int': 'u16' },
  ...{
    s16: 's16',
    int16: 's16',
    short: 's16',
    'signed int': 's16',
    u32: 'u32',
    uint32: 'u32',
    dword: 'u32',
    ulong: 'u32',
  },
  ...{
    s32: 's32',
    int32: 's32',
    long: 's32',
    f32: 'f32',
    float: 'f32',
    float32: 'f32',
    real: 'f32',
    f64: 'f64',
    double: 'f64',
  },
  ...{ u64: 'u64', uint64: 'u64', bcd: 'bcd16', bcd16: 'bcd16', bcd32: 'bcd32' },
  ...{ 无符号: 'u16', 无符号整型: 'u16', 有符号: 's16', 有符号整型: 's16', 浮点: 'f32', 浮点数: 'f32' },
};

function typeNamed(text: string): RegisterType | null {
  return typeNames[text.toLowerCase()] ?? null;
}

function orderNamed(text: string): ByteOrder | null {
  const plain = text.toUpperCase();
  if (plain === '') return 'ABCD';
  return (['ABCD', 'CDAB', 'BADC', 'DCBA'] as const).find((each) => each === plain) ?? null;
}

/** `7-0` or `3`; null: all of them; undefined: not understood. */
function bitsOf(text: string): readonly [number, number] | null | undefined {
  if (text === '') return null;
  const [, one, other] = /^([0-9]{1,2})(?:\s*[-–:]\s*([0-9]{1,2}))?$/.exec(text) ?? [];
  if (one === undefined) return undefined;
  const ends = [Number(one), Number(other ?? one)];
  return [Math.max(...ends), Math.min(...ends)];
}

interface WrittenState {
  readonly raw: number;
  readonly severity: Severity | null;
  readonly names: Words;
}

/** `0=正常; 1=报警/alarm; 3=info:预热/warming up`; null: not understood. */
function statesOf(text: string): readonly WrittenState[] | null {
  const parts = text.split(/[;；]/).filter((part) => part.trim() !== '');
  const states = parts.map((part): WrittenState | null => {
    const [, raw, severity, words] =
      /^\s*(0x[0-9a-f]{1,8}|-?[0-9]{1,10})\s*[=＝:：]\s*(?:(normal|info|fault|fire|warning|supervisory|technical)\s*[:：]\s*)?(.{1,80}?)\s*$/iu.exec(
        part,
      ) ?? [];
    if (raw === undefined || words === undefined) return null;
    const [zh = '', en] = words.split('/').map((each) => each.trim());
    return {
      raw: Number(raw),
      severity: (severity?.toLowerCase() as Severity | undefined) ?? null,
      names: { zh, en: en ?? zh },
    };
  });
  return states.every((state) => state !== null) ? states : null;
}

/** Two alarms of one point have two keys. */
function apart(states: readonly DraftState[]): readonly DraftState[] {
  return states.map((state, i) => {
    const isFirst = states.findIndex(({ key }) => key === state.key) === i;
    return isFirst ? state : { ...state, key: `${state.key}_${state.raw}` };
  });
}

/** Words that say how a state counts. An alarm has the class of its role. */
function withSeverity({ raw, severity, names }: WrittenState, role: PointRole): DraftState {
  const text = `${names.zh} ${names.en}`.toLowerCase();
  const own: Severity = classOfRole[role] ?? 'info';
  const meant: readonly [RegExp, string, Severity][] = [
    [/正常|无报警|normal|no alarm|\bok\b/, 'normal', 'normal'],
    [/故障|失效|fault|error|fail/, 'fault', 'fault'],
    [/报警|火警|动作|跳闸|alarm|fire|tripped/, 'alarm', own],
  ];
  const [, key, guessed] = meant.find(([pattern]) => pattern.test(text)) ?? [
    null,
    `state_${raw}`.replace('-', 'm'),
    'info' as const,
  ];
  const isPlain = raw >= 0 && key !== `state_${raw}`;
  return { raw, key: isPlain ? key : `state_${raw}`.replace('-', 'm'), names, severity: severity ?? guessed };
}
