/** From the table of a paper to a profile that reads the unit. */
import { describe, expect, test } from 'vitest';
import { describeProblem } from '../../../config/problem.js';
import { ownProfileIds } from '../../../config/user-profiles.js';
import { questionerOf } from '../../../gateway/asking/questioner.js';
import { yesOrNo } from '../../../gateway/asking/yes-or-no.js';
import { draftOfTable } from '../../../gateway/profiles/draft-of-table.js';
import { askHead, askRows } from '../../../gateway/profiles/draft-questions.js';
import { paperAddress, wireAddress } from '../../../gateway/profiles/paper-address.js';
import { type DraftHead, placeProblem, profileText } from '../../../gateway/profiles/profile-draft.js';
import { valueWords } from '../../../gateway/profiles/trial-words.js';
import { personSaying } from '../setup/rig.js';
import { readerOf, trialOf, wireRig } from './wire-rig.js';

const head: DraftHead = {
  ...{ id: 'own-meter', names: { zh: '电能表', en: 'meter' }, vendor: 'Eastron', models: ['SDM120'], baud: 9600 },
  ...{ parity: 'none', stopBits: 1, addresses: [1, 247], papersFirst: 0, paper: 'SDM120 manual' },
};
const taken = await ownProfileIds();

function draft(text: string, changes: Partial<DraftHead> = {}) {
  const own = { ...head, ...changes };
  return draftOfTable({ file: 'paper.csv', text }, own, `/etc/gengfu/profiles/${own.id}.yaml`, taken);
}

// The rows of the maker's paper as they are printed: 30001-style numbers, and hexadecimal ones for the last two.
const sdm120 = `名称,name_en,功能码,地址,类型,单位,最小,最大
电压,Voltage (V),04,30001,float,V,0,300
电流,Current,04,30007,float,A,-100,100
有功功率,Active power,04,30013,float,W,-30000,30000
功率因数,Power factor,04,30031,float,1,-1,1
 "频率, 电网",Frequency,04,0x0046,float,Hz,40,70
正向电能,Import active energy,04,0048H,float,kWh,0,999999
`;

test('the rows of a real paper give a profile that reads the simulated unit right', async () => {
  const outcome = draft(sdm120);
  if (!outcome.ok) throw new Error(outcome.problems.map((problem) => describeProblem(problem, 'en')).join('\n'));
  const text = profileText(outcome.draft);
  const { ask, config, wait } = await wireRig('sdm120');
  const { reader } = readerOf(trialOf(text, 'own-meter', config), ask, config);
  const { rows } = await wait(reader.round());
  expect(rows.map((row) => `${row.point.key} ${row.point.docAddress} ${valueWords(row).en}`)).toEqual([
    'voltage 30001 230.5 V',
    'current 30007 1.25 A',
    'active_power 30013 281 W',
    'power_factor 30031 0.97',
    'frequency 0x0046 50 Hz',
    'import_active_energy 0048H 123.5 kWh',
  ]);
  expect(text).toContain('status: draft');
  expect(text).toContain('source: "paper in hand: SDM120 manual"');
});

test('states are typed in words, in Chinese or English, and count as their role says', () => {
  const states = '"0=正常; 1=报警/alarm; 2=fault:污染/dirty; 0x10=预热/warming up"';
  const outcome = draft(`name_zh;role;table;address;states\n烟雾;烟雾报警;holding;1;${states}\n`, { papersFirst: 1 });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const [point] = outcome.draft.points;
  expect(point).toMatchObject({ role: 'smoke.alarm', addr: 0, docAddress: '1', table: 'holding', type: 'u16' });
  expect(point?.states.map(({ raw, key, severity }) => [raw, key, severity])).toEqual([
    [0, 'normal', 'normal'],
    [1, 'alarm', 'fire'],
    [2, 'state_2', 'fault'],
    [16, 'state_16', 'info'],
  ]);
  expect(profileText(outcome.draft)).toContain('safety: life_safety');
});

test.each<[string, string | null]>([
  ['0x0010', 'null 16'],
  ['0010H', 'null 16'],
  ['000C', 'null 12'],
  ['16', 'null 16'],
  ['0', 'null 0'],
  ['40001', 'holding 0'],
  ['40017', 'holding 16'],
  ['400017', 'holding 16'],
  ['40000', 'holding 0'],
  ['30001', 'input 0'],
  ['10001', 'discrete 0'],
  ['00001', 'coil 0'],
  // Ten, or sixteen?
  ['0010', null],
  ['70000', null],
  ['1.5', null],
  ['', null],
  ['-1', null],
])('the address %s is %s', (written, expected) => {
  const address = paperAddress(written);
  const wire = address === null ? null : wireAddress(address, 0);
  expect(wire === null ? null : `${address?.table} ${wire}`).toBe(expected);
});

test('whoever has no table is asked for the rows: what can not be is asked again, and an empty name ends it', async () => {
  const person = personSaying(
    ...['own-duct', '风管烟感', 'duct smoke', '', '', '9601', '4800', 'none', '', ''],
    ...['烟雾', '1', 'smoke', '03', '', '0x0010', '0=正常; 1=报警', '0', ''],
  );
  const asker = questionerOf(person, 'zh');
  const asked = await askHead(asker, {});
  const rows = await askRows(asker, async () => ({ zh: '7', en: '7' }));
  if (asked === null || rows === null) throw new Error(person.heard.join('\n'));
  expect(asked).toMatchObject({ id: 'own-duct', baud: 4800, parity: 'none', addresses: [1, 247] });
  expect(rows).toMatchObject({ papersFirst: 0, points: [{ role: 'smoke.alarm', addr: 16, table: 'holding' }] });
  const heard = person.heard.join('\n');
  expect(heard.match(/波特率 \[9600\]：/g)).toHaveLength(2);
  expect(heard).toContain('不能空着');
  expect(heard).toContain('若从 1 起：0x0010 是 0x000F');
  expect(await askHead(questionerOf(personSaying('own-duct'), 'en'), {})).toBeNull();
});

test.each([
  ['', 'yes', true],
  ['', 'no', false],
  ['是', 'no', true],
  ['n', 'yes', false],
  [null, 'yes', null],
] as const)('%j where %s is usual means %s', async (typed, usual, expected) => {
  expect(await yesOrNo(personSaying(...(typed === null ? [] : [typed])), 'now', 'en', usual)).toBe(expected);
});

test('what is neither yes nor no is asked again, and is no answer when nothing else comes', async () => {
  const person = personSaying('maybe', 'n');
  expect(await yesOrNo(person, 'now', 'en', 'yes')).toBe(false);
  expect(person.heard).toContain('please answer y or n');
  expect(await yesOrNo(personSaying('maybe'), 'now', 'en', 'yes')).toBeNull();
});

test('an id that the file name contradicts, or that the program has, is known before any row', () => {
  expect(placeProblem('own-meter', '/etc/gengfu/profiles/own-meter.yaml', taken)).toBeNull();
  expect(placeProblem('own-meter', '/root/draft.yaml', taken)?.code).toBe('CONF-060');
  expect(placeProblem('sdm120', '/root/sdm120.yaml', taken)?.code).toBe('CONF-087');
});

describe('what is wrong with a typed table is told at its cell', () => {
  const rows: readonly (readonly [string, string, string, RegExp])[] = [
    ['no column of addresses', 'name_en,typ\nx,u16\n', 'PAPER-001 1:9', /第一行写列名/],
    ['no rows', 'address,table\n', 'PAPER-008 1:1', /64/],
    ['a quote without an end', 'name,address\n"a, b,1\n', 'SETUP-004 2:1', /引号/],
    ['an address with two meanings', 'address,table\n0010,3\n', 'PAPER-002 2:1', /0x0010/],
    ['no table', 'address\n16\n', 'PAPER-003 2:1', /holding/],
    ['two tables that contradict each other', 'address,table\n40001,input\n', 'PAPER-003 2:7', /holding/],
    ['a role that is none', 'address,table,role\n16,3,smoke\n', 'PAPER-004 2:6', /smoke\.alarm/],
    ['states without a role', 'address,table,states\n16,3,0=normal;1=alarm\n', 'PAPER-004 2:1', /角色/],
    ['a type that is none', 'address,table,type\n16,3,int24\n', 'PAPER-005 2:6', /u16/],
    ['words for a number', 'address,table,scale\n16,3,tenth\n', 'PAPER-006 2:6', /数字/],
    ['states that say nothing', 'address,table,role,states\n16,3,fault,on/off\n', 'PAPER-007 2:12', /0=正常/],
    [
      'a fire without an alarm state',
      'address,table,role,states\n16,3,smoke alarm,0=normal\n',
      'PAPER-009 2:1',
      /fire/,
    ],
    ['a level without a unit', 'address,table,role\n16,3,water.level\n', 'PAPER-009 2:1', /单位|unit/],
  ];

  test.each(rows)('%s', (_, text, expected, zh) => {
    const outcome = draft(text);
    const problems = outcome.ok ? [] : outcome.problems;
    expect(problems.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`)).toContain(expected);
    expect(problems.map((problem) => describeProblem(problem, 'zh')).join('\n')).toMatch(zh);
    for (const problem of problems) expect(describeProblem(problem, 'en')).not.toMatch(/[\u4e00-\u9fff]/);
  });

  test('an id of the program is refused, and so is one that is none', () => {
    const codes = (id: string): readonly string[] => {
      const outcome = draft(sdm120, { id });
      return outcome.ok ? [] : outcome.problems.map(({ code }) => code);
    };
    expect([codes('sdm120'), codes('Own Meter')]).toEqual([['CONF-087'], ['CONF-014']]);
  });
});
