/** A profile tried on one unit: what it reads, which point moves when somebody presses, and what is said about it in the end. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Look, lookAsTable, lookFor } from '../../../gateway/profiles/look.js';
import { runTrial } from '../../../gateway/profiles/trial-run.js';
import { trialVerdict } from '../../../gateway/profiles/trial-verdict.js';
import { hexText, valueWords } from '../../../gateway/profiles/trial-words.js';
import type { BankMap } from '../../../hardware-sim/modbus/register-bank.js';
import { readerOf, trialOf, wireRig } from './wire-rig.js';

const profile = (id: string): string => readFileSync(`config/profiles/${id}.yaml`, 'utf8');
const duct = readFileSync('config/examples/profiles/own-duct-smoke.yaml', 'utf8');

const ductUnit: BankMap = {
  profileId: 'own-duct-smoke',
  functions: [3, 4],
  ranges: [{ table: 'input', at: 0, values: [0, 12], world: true }],
};

interface Press {
  readonly unit: string | BankMap;
  readonly text: string;
  readonly id: string;
  /** What the person does to the unit, by phase. */
  readonly onPhase?: (phase: string, set: (address: number, raw: number) => void) => void;
  readonly table?: 'input' | 'holding';
  readonly turnaroundMs?: number;
  readonly isGuided?: boolean;
  readonly isOff?: boolean;
}

/** Runs a trial to its end. */
async function tried({
  unit,
  text,
  id,
  onPhase,
  table = 'input',
  turnaroundMs,
  isGuided = true,
  isOff = false,
}: Press) {
  const rig = await wireRig(unit, turnaroundMs);
  const trial = trialOf(text, id, rig.config);
  const { reader, book } = readerOf(trial, rig.ask, rig.config);
  rig.simulated.on = !isOff;
  const phases: string[] = [];
  const set = (address: number, raw: number): void => rig.model.setRaw(table, address, raw);
  const run = runTrial({
    ...{ clock: rig.clock, reader, book, minScanMs: 0, forMs: 3_000, isGuided },
    isEnded: () => false,
    onRound: () => undefined,
    onPhase: (phase) => {
      phases.push(phase);
      if (onPhase !== undefined) rig.clock.after(1_500, () => onPhase(phase, set));
    },
  });
  await rig.wait(run);
  const timing = trial.unit.model?.slowestReplyMs ?? 0;
  const verdict = trialVerdict(book, trial.unit, timing, isGuided);
  const told = verdict.findings.map(({ kind, is, point }) => `${kind} ${is}${point === null ? '' : ` ${point}`}`);
  return { ...rig, book, phases, verdict, told };
}

const press =
  (raw: number, back = 0) =>
  (phase: string, set: (address: number, raw: number) => void) => {
    if (phase === 'pressed') set(0, raw);
    if (phase === 'released') set(0, back);
  };

describe('a trial of a profile', () => {
  test('reads a meter: each register in hexadecimal beside what it means, with the time of its slowest answer', async () => {
    const { book, verdict, told } = await tried({
      unit: 'sdm120',
      text: profile('sdm120'),
      id: 'sdm120',
      isGuided: false,
    });
    const voltage = book.stands.find(({ point }) => point.key === 'voltage');
    if (voltage === undefined) throw new Error('no voltage');
    expect([hexText(voltage), valueWords(voltage).en]).toEqual(['4366 8000', '230.5 V']);
    expect(book.slowestMs).toBeGreaterThanOrEqual(10);
    expect(book.slowestMs).toBeLessThan(20);
    expect([verdict.outcome, told]).toEqual(['good', ['answers good', 'times good']]);
  });

  test('guided, tells which point moved and that its severity is the one of its role, and that it came back', async () => {
    const { book, phases, verdict, told } = await tried({
      unit: ductUnit,
      text: duct,
      id: 'own-duct-smoke',
      onPhase: press(1),
    });
    expect(phases).toEqual(['quiet', 'pressed', 'released']);
    expect([verdict.outcome, told]).toEqual(['good', ['answers good', 'times good', 'moved good smoke']]);
    expect(verdict.findings.at(-1)?.words).toEqual({
      zh: 'smoke：正常 → 火警，等级 fire，与角色 smoke.alarm 相符',
      en: 'smoke: normal → fire alarm, severity fire, as its role smoke.alarm asks',
    });
    expect(book.stands.map(({ point, movedSincePress }) => [point.key, movedSincePress])).toEqual([
      ['smoke', true],
      ['density', false],
    ]);
  });

  const rows: readonly (readonly [string, Press, string, readonly string[]])[] = [
    [
      'a state that the profile has no name for',
      { unit: ductUnit, text: duct, id: 'own-duct-smoke', onPhase: press(7) },
      'wrong',
      ['answers good', 'times good', 'moved wrong smoke', 'not-moved wrong'],
    ],
    [
      'a fault where an alarm was to be',
      { unit: ductUnit, text: duct, id: 'own-duct-smoke', onPhase: press(2) },
      'wrong',
      ['answers good', 'times good', 'moved look smoke', 'not-moved wrong'],
    ],
    [
      'an alarm that is held after letting go',
      { unit: ductUnit, text: duct, id: 'own-duct-smoke', onPhase: press(1, 1) },
      'good',
      ['answers good', 'times good', 'moved good smoke'],
    ],
    [
      'nothing that moves',
      { unit: ductUnit, text: duct, id: 'own-duct-smoke' },
      'wrong',
      ['answers good', 'times good', 'not-moved wrong'],
    ],
    [
      'a unit slower than the profile says',
      { unit: ductUnit, text: duct, id: 'own-duct-smoke', turnaroundMs: 260, isGuided: false },
      'wrong',
      ['answers good', 'times wrong'],
    ],
    [
      'an address that the unit does not have',
      { unit: ductUnit, text: duct.replace('addr: 0x0001', 'addr: 0x0002'), id: 'own-duct-smoke', isGuided: false },
      'wrong',
      ['answers good', 'times good', 'refused wrong'],
    ],
    [
      'a limit that is too high: refused together, answered apart',
      { unit: { ...ductUnit, maxRead: 1 }, text: duct, id: 'own-duct-smoke', isGuided: false },
      'look',
      ['answers good', 'times good', 'refused look'],
    ],
    [
      'a value that can not be',
      {
        ...{ unit: { ...ductUnit, ranges: [{ table: 'input', at: 0, values: [0, 900] }] } as BankMap, text: duct },
        ...{ id: 'own-duct-smoke', isGuided: false },
      },
      'wrong',
      ['answers good', 'times good', 'value wrong density'],
    ],
    [
      'a unit that is not there',
      { unit: ductUnit, text: duct, id: 'own-duct-smoke', isOff: true },
      'no-answer',
      ['answers wrong'],
    ],
  ];

  test.each(rows)('finds %s', async (_, what, outcome, expected) => {
    const { verdict, told } = await tried(what);
    expect([verdict.outcome, told]).toEqual([outcome, expected]);
    for (const { words } of verdict.findings) expect(words.zh).toMatch(/[\u4e00-\u9fff]|→/);
  });
});

test('a raw look finds the register that moves when it is pressed, leaves aside what moves by itself, and writes it down', async () => {
  const unknown: BankMap = {
    profileId: 'unknown',
    functions: [3],
    ranges: [
      { table: 'holding', at: 0x0005, values: [7, 0, 100], world: true },
      { table: 'holding', at: 0x0100, values: [1, 3] },
    ],
  };
  const { ask, asked, clock, model, wait } = await wireRig(unknown);
  const look = new Look(ask);
  let restless = 100;
  const jitter = (): void => {
    model.setRaw('holding', 7, ++restless);
    clock.after(200, jitter);
  };
  jitter();
  await wait(lookFor(look, clock, 5_000, () => false));
  // What was refused to its last register is not asked for again.
  expect(new Set(asked.slice(-20).map((block) => block.split(' ')[0]))).toEqual(new Set(['holding']));
  look.phase = 'pressed';
  clock.after(1_000, () => model.setRaw('holding', 6, 1));
  await wait(lookFor(look, clock, 5_000, () => false));
  const told = look.rows.map(({ table, address, isMoved, isRestless }) => [table, address, isMoved, isRestless]);
  expect(told).toEqual([
    ['holding', 5, false, false],
    ['holding', 6, true, false],
    ['holding', 7, true, true],
    ['holding', 256, false, false],
    ['holding', 257, false, false],
  ]);
  expect(lookAsTable(look.rows).split('\n')).toEqual([
    'name_zh,name_en,key,role,table,address,type,scale,unit,states',
    '寄存器 0x0006,register 0x0006,r_h0006,,holding,0x0006,u16,,,0=正常/normal; 1=报警/alarm',
    '',
  ]);
});
