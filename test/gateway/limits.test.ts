/** Numbers and their limits: when one is in alarm, what the alarm tells, and which numbers never raise one. */
import { describe, expect, test } from 'vitest';
import { type BootId, brandId, type EntryId, type PointId, type ZoneId } from '../../config/ids.js';
import type { PointConfig, PointLimits } from '../../config/site.js';
import { classOfRole, type PointRole } from '../../config/vocabulary.js';
import { makeStep } from '../../gateway/alarm/engine.js';
import { type AlarmState, emptyAlarmState } from '../../gateway/alarm/facets.js';
import { isBeyond } from '../../gateway/alarm/limits.js';
import type { EngineInput, StepResult } from '../../gateway/alarm/step.js';
import { checkAsJson, describeCheck } from '../../gateway/cli/check-table.js';
import { townConfig } from './village-rig.js';

const current: PointLimits = { low: null, high: 300, deadband: 30 };
const pool: PointLimits = { low: 0.5, high: 4, deadband: 0.1 };

describe('a number is in alarm', () => {
  test.each<readonly [promise: string, limits: PointLimits, value: number, wasActive: boolean, isIn: boolean]>([
    ['not below its high limit', current, 299.9, false, false],
    ['at its high limit', current, 300, false, true],
    ['above it', current, 30_000, false, true],
    ['not within the deadband while no alarm is active', current, 290, false, false],
    ['within the deadband of an active alarm', current, 290, true, true],
    ['at the very end of the deadband', current, 270, true, true],
    ['no longer beyond the deadband', current, 269.9, true, false],
    ['far from the limit it never had', current, -5000, true, false],
    ['not above its low limit', pool, 0.51, false, false],
    ['at its low limit', pool, 0.5, false, true],
    ['below it', pool, -0.2, false, true],
    ['up to the end of the deadband of a low limit', pool, 0.6, true, true],
    ['not when it has left both deadbands', pool, 0.61, true, false],
    ['at the other limit of the same point', pool, 4, false, true],
    ['without a deadband only as long as it is at the limit', { ...current, deadband: 0 }, 299.9, true, false],
    // 0.7 is the end of the deadband, whatever binary fractions make of 0.8 - 0.1.
    ['whatever binary fractions do', { low: null, high: 0.8, deadband: 0.1 }, 0.7, true, true],
  ])('%s', (_promise, limits, value, wasActive, isIn) => {
    expect(isBeyond(limits, value, wasActive)).toBe(isIn);
  });
});

function numberPoint(id: string, role: PointRole, odd: Partial<PointConfig>): PointConfig {
  return {
    id: brandId<PointId>(id),
    name: { zh: '剩余电流', en: 'residual current' },
    role,
    class: classOfRole[role],
    zone: brandId<ZoneId>('street'),
    place: null,
    source: { kind: 'pin', pin: 1, low: 'low', high: 'high' },
    severities: {},
    physicalUnit: 'mA',
    onDelayMs: 0,
    offDelayMs: 0,
    ...odd,
  };
}

const points = [
  numberPoint('leak', 'residual_current', { limits: current }),
  numberPoint('slow', 'residual_current', { limits: current, onDelayMs: 5000, offDelayMs: 3000 }),
  numberPoint('level', 'water.level', { limits: pool, physicalUnit: 'm' }),
  numberPoint('free', 'residual_current', {}),
];

/** The engine on these points; each call is one input and answers with what is journaled, in short words. */
function engine(): {
  readonly give: (mono: number, input: EngineInput) => StepResult;
  readonly state: () => AlarmState;
} {
  const step = makeStep(points, []);
  let state = emptyAlarmState;
  let entries = 0;
  return {
    give(mono, input) {
      const boot = brandId<BootId>('boot-1');
      const entryId = (n: number): EntryId => brandId<EntryId>(`e${entries + n + 1}`);
      const result = step(state, input, { boot, mono, wall: 0, trust: 'trusted', entryId });
      state = result.state;
      entries += result.drafts.length;
      return result;
    },
    state: () => state,
  };
}

type Timed = readonly [mono: number, input: EngineInput];

const see = (mono: number, id: string, value: number): Timed => {
  const stamp = { pointId: brandId<PointId>(id), sampledMono: mono, frame: 1, confirmed: true };
  return [mono, { kind: 'reading', reading: { ...stamp, quality: 'good', value, reason: null } }];
};
const lose = (mono: number, id: string): Timed => {
  const stamp = { pointId: brandId<PointId>(id), sampledMono: mono, frame: 1, confirmed: true };
  return [mono, { kind: 'reading', reading: { ...stamp, quality: 'bad', value: null, reason: 'silent' } }];
};
const tick = (mono: number): Timed => [mono, { kind: 'tick' }];

/** `raised leak above-limit 512/300 mA`. */
function told({ drafts }: StepResult): readonly string[] {
  return drafts.map(({ kind, class: of, subject, detail }) => {
    const { reason, value, limit, unit, latched } = detail;
    const words = [kind.slice('alarm.'.length), of, subject.slice('point:'.length)];
    if (reason !== undefined) words.push(String(reason));
    if (value !== undefined) words.push(limit === undefined ? `${value} ${unit}` : `${value}/${limit} ${unit}`);
    return [...words, ...(latched === true ? ['latched'] : [])].join(' ');
  });
}

describe('a step of the engine', () => {
  const rising = see(0, 'leak', 512);
  test.each<readonly [promise: string, before: readonly Timed[], input: Timed, entries: readonly string[]]>([
    [
      'a value beyond its limit raises the class of the role',
      [],
      rising,
      ['raised warning leak above-limit 512/300 mA'],
    ],
    ['a value below a low limit says so', [], see(0, 'level', 0.3), ['raised supervisory level below-limit 0.3/0.5 m']],
    ['a normal value raises nothing', [], see(0, 'leak', 12), []],
    ['a number without limits raises nothing', [], see(0, 'free', 30_000), []],
    ['a value that goes on rising raises nothing new', [rising], see(1, 'leak', 900), []],
    ['a value within the deadband keeps the alarm', [rising], see(1, 'leak', 290), []],
    [
      'beyond the deadband it returns and is latched',
      [rising],
      see(1, 'leak', 12),
      ['returned warning leak 12 mA latched'],
    ],
    [
      'a latched alarm is raised anew at the limit, not within the deadband',
      [rising, see(1, 'leak', 12), see(2, 'leak', 290)],
      see(3, 'leak', 300),
      ['raised warning leak above-limit 300/300 mA'],
    ],
    [
      'one that has gone over to the other limit unseen is raised anew',
      [see(0, 'level', 4.2), lose(1, 'level')],
      see(2, 'level', 0.3),
      ['raised supervisory level below-limit 0.3/0.5 m'],
    ],
    ['and once only', [see(0, 'level', 4.2), lose(1, 'level'), see(2, 'level', 0.3)], see(3, 'level', 0.2), []],
    ['a silent sensor keeps its alarm', [rising], lose(1, 'leak'), []],
    ['a value that has to last raises nothing at once', [], see(0, 'slow', 512), []],
    ['one that does not last leaves nothing', [see(0, 'slow', 512), see(1000, 'slow', 290)], tick(5000), []],
    [
      'one that lasts is raised with the value seen last, without another look',
      [see(0, 'slow', 512), see(4000, 'slow', 430)],
      tick(5000),
      ['raised warning slow above-limit 430/300 mA'],
    ],
    [
      'and so when its sensor has fallen silent meanwhile',
      [see(0, 'slow', 512), lose(4000, 'slow')],
      tick(5000),
      ['raised warning slow above-limit 512/300 mA'],
    ],
    [
      'a clearing alarm whose value comes back into the deadband does not return',
      [see(0, 'slow', 512), tick(5000), see(6000, 'slow', 12), see(7000, 'slow', 290)],
      tick(9000),
      [],
    ],
  ])('%s', (_promise, before, input, entries) => {
    const { give } = engine();
    for (const each of before) give(...each);
    expect(told(give(...input))).toEqual(entries);
  });

  test('what changes nothing leaves the very same state', () => {
    const { give, state } = engine();
    give(...see(0, 'leak', 12));
    expect(state()).toBe(emptyAlarmState);
    give(...rising);
    const active = state();
    for (const value of [512, 300, 290, 30_000]) give(...see(1, 'leak', value));
    expect(state()).toBe(active);
  });

  test('the sentence names value, limit and unit, in both languages', () => {
    const words = (...input: Timed) => engine().give(...input).drafts[0]?.words;
    expect(words(...rising)).toEqual({
      zh: '预警：剩余电流 512 mA，高于报警值 300 mA',
      en: 'WARNING: residual current: 512 mA, above the alarm limit of 300 mA',
    });
    expect(words(...see(0, 'level', 0.5))?.zh).toContain('0.5 m，达到报警值 0.5 m');
    expect(words(...see(0, 'level', 0.3))?.zh).toContain('0.3 m，低于报警值 0.5 m');
  });
});

describe('gengfu check', () => {
  test('names numbers that never alarm, at most five of them, and tells all to machines', async () => {
    const town = await townConfig();
    expect(describeCheck(town, [], 'zh')).not.toContain('不会报警');
    expect(JSON.parse(checkAsJson(town, []))).toMatchObject({ neverAlarms: [] });
    const devices = town.points.filter(({ source }) => source.kind !== 'box');
    const bare = { ...town, points: devices.map(({ limits: _limits, ...point }) => point) };
    const silent = ['pool-level/value', 'hydrant-pressure/value', 'pool-gauge/level', 'gas-1/gas', 'gas-2/gas'];
    expect(describeCheck(bare, [], 'zh')).toContain(
      `不会报警：8 个数值没有报警值，只显示\n  ${silent.join('，')} … (8)`,
    );
    expect(describeCheck(bare, [], 'en')).toContain('never alarms: 8 numbers without limits');
    const breaker = ['residual', 'temp_n', 'temp_a'].map((key) => `breaker-inn/${key}`);
    expect(JSON.parse(checkAsJson(bare, []))).toMatchObject({ neverAlarms: [...silent, ...breaker] });
  });
});
