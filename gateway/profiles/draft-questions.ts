/** Asks for what a table does not say: the model, how it is reached, and row after row for whoever has no table. */
import { describeProblem } from '../../config/problem.js';
import type { Table, Words } from '../../config/vocabulary.js';
import type { Question, Questioner } from '../asking/questioner.js';
import { pointsMax, withOwnKeys } from './draft-of-table.js';
import { paperAddress, wireAddress } from './paper-address.js';
import type { PaperCells } from './paper-cells.js';
import { type DraftPoint, draftPoint } from './paper-row.js';
import type { DraftHead } from './profile-draft.js';
import { offeredRoles, roleNamed } from './role-words.js';
import { addressText } from './trial-words.js';

/** What a unit gives at a wire address, in words; for a paper of which nobody knows whether it counts from 0 or 1. */
export type TryAddress = (table: Table, address: number) => Promise<Words>;

const bauds = ['1200', '2400', '4800', '9600', '19200', '38400', '57600', '115200'];
const firstWords: Words = {
  zh: '说明书的第一个寄存器编号是 0 还是 1（1：“PLC 地址 = Modbus 地址 + 1”）',
  en: 'is the first register of the paper number 0 or 1 (1: "PLC address = Modbus address + 1")',
};

/** Null: given up. What `known` says already is not asked. */
export async function askHead(
  asker: Questioner,
  known: Partial<DraftHead>,
): Promise<Omit<DraftHead, 'papersFirst'> | null> {
  const given: Partial<Record<string, string>> = {};
  const ask = async (key: string, question: Question): Promise<boolean> => {
    const answer = await asker.ask(question);
    if (answer !== null) given[key] = answer;
    return answer !== null;
  };
  const isText = (text: string): Words | null =>
    text === '' || [...text].length > 80 ? { zh: '1 至 80 字', en: '1 to 80 characters' } : null;
  const steps: readonly (readonly [isKnown: boolean, string, Question])[] = [
    [
      known.id !== undefined,
      'id',
      {
        words: {
          zh: '编号，小写字母、数字、短横线，例如 own-duct-smoke',
          en: 'id, small letters, digits and dashes, such as own-duct-smoke',
        },
        check: idCheck,
      },
    ],
    [known.names !== undefined, 'zh', { words: { zh: '中文名称', en: 'name in Chinese' }, check: isText }],
    [known.names !== undefined, 'en', { words: { zh: '英文名称', en: 'name in English' }, check: isText }],
    [
      known.vendor !== undefined,
      'vendor',
      { words: { zh: '厂家（没有就回车）', en: 'maker (enter: unknown)' }, usual: '' },
    ],
    [
      known.models !== undefined,
      'model',
      { words: { zh: '机身上的型号（没有就回车）', en: 'model on the label (enter: none)' }, usual: '' },
    ],
    [
      known.baud !== undefined,
      'baud',
      { words: { zh: '波特率', en: 'speed, bit/s' }, usual: '9600', check: oneOf(bauds) },
    ],
    [
      known.parity !== undefined,
      'parity',
      {
        words: { zh: '校验：none、even、odd', en: 'parity: none, even, odd' },
        usual: 'none',
        check: oneOf(['none', 'even', 'odd']),
      },
    ],
    [
      known.addresses !== undefined,
      'addresses',
      { words: { zh: '可设的地址', en: 'addresses it can have' }, usual: '1-247', check: rangeCheck },
    ],
    [
      known.paper !== undefined,
      'paper',
      {
        words: { zh: '说明书的名称和版本（没有就回车）', en: 'name and edition of the paper (enter: none)' },
        usual: '',
      },
    ],
  ];
  for (const [isKnown, key, question] of steps) if (!isKnown && !(await ask(key, question))) return null;
  const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);
  const model = orNull(given['model']);
  const parity = given['parity'];
  return {
    id: known.id ?? given['id'] ?? '',
    names: known.names ?? { zh: given['zh'] ?? '', en: given['en'] ?? '' },
    vendor: known.vendor === undefined ? orNull(given['vendor']) : known.vendor,
    models: known.models ?? (model === null ? [] : [model]),
    baud: known.baud ?? Number(given['baud']),
    parity: known.parity ?? (parity === 'even' || parity === 'odd' ? parity : 'none'),
    stopBits: known.stopBits ?? 1,
    addresses: known.addresses ?? rangeOf(given['addresses'] ?? '') ?? [1, 247],
    paper: known.paper === undefined ? orNull(given['paper']) : known.paper,
  };
}

/** Whether the paper counts from 0 or 1; with a unit at hand both are tried on one register. Null: given up. */
export async function askFirst(
  asker: Questioner,
  example: { readonly table: Table; readonly written: string } | null,
  tryAddress: TryAddress | null,
): Promise<0 | 1 | null> {
  const address = example === null ? null : paperAddress(example.written);
  // A number such as 40017 says it itself.
  if (address !== null && address.from !== null) return 0;
  if (tryAddress !== null && address !== null && example !== null) {
    for (const first of [0, 1] as const) {
      const wire = wireAddress(address, first);
      if (wire === null) continue;
      const { zh, en } = await tryAddress(address.table ?? example.table, wire);
      asker.tell({
        zh: `若从 ${first} 起：${example.written} 是 ${addressText(wire)}，读到 ${zh}`,
        en: `counted from ${first}: ${example.written} is ${addressText(wire)}, which gives ${en}`,
      });
    }
  }
  const answer = await asker.ask({ words: firstWords, usual: '0', check: oneOf(['0', '1']) });
  return answer === null ? null : answer === '1' ? 1 : 0;
}

const rowSteps: readonly (readonly [column: string, Words, usual: string | null])[] = [
  ['name_en', { zh: '英文名称', en: 'its name in English' }, null],
  [
    'table',
    {
      zh: '功能码或表：03 holding、04 input、01 coil、02 discrete',
      en: 'function or table: 03 holding, 04 input, 01 coil, 02 discrete',
    },
    '03',
  ],
  [
    'address',
    { zh: '地址，照说明书写：0x0010、16、40017', en: 'address as the paper writes it: 0x0010, 16, 40017' },
    null,
  ],
];
const numberSteps: typeof rowSteps = [
  [
    'type',
    {
      zh: '类型：u16、s16、u32、s32、f32…（回车为 u16，线圈和离散输入为 bool）',
      en: 'type: u16, s16, u32, s32, f32… (enter: u16, of coils and discrete inputs bool)',
    },
    '',
  ],
  ['scale', { zh: '倍率（值 = 原始值 × 倍率）', en: 'scale (value = raw × scale)' }, '1'],
  ['unit', { zh: '单位（没有就回车）', en: 'unit (enter: none)' }, ''],
  ['min', { zh: '可信的最小值（不知道就回车）', en: 'smallest believable value (enter: unknown)' }, ''],
  ['max', { zh: '可信的最大值（不知道就回车）', en: 'largest believable value (enter: unknown)' }, ''],
  ['low', { zh: '报警下限（没有就回车）', en: 'alarm at this value and below (enter: none)' }, ''],
  ['high', { zh: '报警上限（没有就回车）', en: 'alarm at this value and above (enter: none)' }, ''],
];

/** Row after row until nothing is typed for a name. Null: given up. `papersFirst` is asked with the first row. */
export async function askRows(
  asker: Questioner,
  tryAddress: TryAddress | null,
): Promise<{ readonly points: readonly DraftPoint[]; readonly papersFirst: 0 | 1 } | null> {
  const roleList = offeredRoles.map(([, { zh }], i) => `${i + 1} ${zh}`).join('  ');
  const roleListEn = offeredRoles.map(([, { en }], i) => `${i + 1} ${en}`).join('  ');
  asker.tell({ zh: `角色：${roleList}`, en: `roles: ${roleListEn}` });
  const points: DraftPoint[] = [];
  let papersFirst: 0 | 1 | null = null;
  while (points.length < pointsMax) {
    const number = points.length + 1;
    const name = await asker.ask({
      words: {
        zh: `第 ${number} 个测点的中文名称（回车结束）`,
        en: `point ${number}, its name in Chinese (enter: no more)`,
      },
      usual: '',
    });
    if (name === null) return null;
    if (name === '') break;
    const row = await askRow(asker, name);
    if (row === null) return null;
    if (papersFirst === null) {
      const example = { table: 'holding' as const, written: row.get('address')?.text ?? '' };
      papersFirst = await askFirst(asker, example, tryAddress);
      if (papersFirst === null) return null;
    }
    const made = draftPoint(row, number, papersFirst);
    if (made.ok) points.push(made.point);
    else {
      // The same point again: what is wrong has been told.
      for (const problem of made.problems)
        asker.tell({ zh: describeProblem(problem, 'zh'), en: describeProblem(problem, 'en') });
    }
  }
  return { points: withOwnKeys(points), papersFirst: papersFirst ?? 0 };
}

async function askRow(asker: Questioner, name: string): Promise<PaperCells | null> {
  const cells = new Map([['name_zh', name]]);
  const askAll = async (steps: typeof rowSteps): Promise<boolean> => {
    for (const [column, words, usual] of steps) {
      const answer = await asker.ask({ words, ...(usual === null ? {} : { usual }) });
      if (answer === null) return false;
      cells.set(column, answer);
    }
    return true;
  };
  const role = await asker.ask({
    words: { zh: '角色（编号或词，回车为测量值）', en: 'role (number or words; enter: measurement)' },
    usual: 'measurement',
    check: (text) => (roleNamed(text) === null ? { zh: '没有这个角色', en: 'there is no such role' } : null),
  });
  if (role === null || !(await askAll(rowSteps))) return null;
  cells.set('role', role);
  const states = await asker.ask({
    words: {
      zh: '状态，如 0=正常; 1=报警（数值就回车）',
      en: 'states, such as 0=normal; 1=alarm (enter: it is a number)',
    },
    usual: '',
  });
  if (states === null) return null;
  cells.set('states', states);
  if (states === '' && !(await askAll(numberSteps))) return null;
  return new Map([...cells].map(([column, text]) => [column, { text, at: { file: 'paper', line: 1, column: 1 } }]));
}

function idCheck(text: string): Words | null {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 40
    ? null
    : { zh: '小写字母、数字和短横线，最多 40 个', en: 'small letters, digits and dashes, 40 at most' };
}

function oneOf(values: readonly string[]): (text: string) => Words | null {
  return (text) => (values.includes(text) ? null : { zh: values.join('、'), en: values.join(', ') });
}

/** `1-247` */
export function rangeOf(text: string): readonly [number, number] | null {
  const [, from, to] = /^([0-9]{1,3})\s*[-–]\s*([0-9]{1,3})$/.exec(text) ?? [];
  const ends = [Number(from), Number(to)] as const;
  return from !== undefined && ends[0] >= 1 && ends[0] <= ends[1] && ends[1] <= 247 ? ends : null;
}

function rangeCheck(text: string): Words | null {
  return rangeOf(text) === null ? { zh: '如 1-247', en: 'such as 1-247' } : null;
}
