import { describe, expect, test } from 'vitest';
import { brandId, type EntryId, type OutputId, type PlanId, type ZoneId } from '../../config/ids.js';
import type { PlanConfig } from '../../config/site.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import { type Alarm, type AlarmState, emptyAlarmState, type Facets } from '../../gateway/alarm/facets.js';
import { desiredOutputs } from '../../gateway/annunciator/desired-outputs.js';

const hall = brandId<ZoneId>('hall');
const street = brandId<ZoneId>('street');
const siren = brandId<OutputId>('siren');
const lamp = brandId<OutputId>('lamp');
const entryId = (text: string): EntryId => brandId<EntryId>(text);

describe('what the plans want', () => {
  const plan = (alarmClass: AlarmClass, zones: PlanConfig['when']['zones'], ...sound: OutputId[]): PlanConfig => ({
    id: brandId<PlanId>('plan'),
    when: { class: alarmClass, zones },
    steps: [{ start: [{ kind: 'at-once' }], sound }],
  });
  const hallFire = plan('fire', [hall], siren);

  function alarmOf(id: string, odd: Partial<Alarm> = {}): Alarm {
    return {
      id: entryId(id),
      order: 1,
      raisedMono: 0,
      raisedWall: 0,
      waitingMono: 0,
      frames: [],
      confirmed: null,
      ...odd,
    };
  }

  function alarm(id: string, odd: Partial<Facets> = {}): Facets {
    return {
      subject: `point:${id}`,
      class: 'fire',
      zone: hall,
      name: { zh: id, en: id },
      condition: 'active',
      sinceMono: 0,
      alarm: alarmOf(id),
      acknowledged: null,
      sounder: 'sounding',
      sounderMono: 0,
      service: null,
      isLost: false,
      ...odd,
    };
  }

  interface Row {
    readonly promise: string;
    readonly alarms: readonly Facets[];
    readonly plans: readonly PlanConfig[];
    readonly wants: Readonly<Record<string, string>>;
  }

  const rows: readonly Row[] = [
    { promise: 'no alarm wants nothing', alarms: [], plans: [hallFire], wants: {} },
    {
      promise: 'a fire sounds the siren of its zone',
      alarms: [alarm('a')],
      plans: [hallFire],
      wants: { siren: 'on a' },
    },
    { promise: 'a fire elsewhere does not', alarms: [alarm('a', { zone: street })], plans: [hallFire], wants: {} },
    { promise: 'another class does not', alarms: [alarm('a', { class: 'warning' })], plans: [hallFire], wants: {} },
    {
      promise: 'a plan for all zones means those without one too',
      alarms: [alarm('a', { zone: null })],
      plans: [plan('fire', 'all', siren)],
      wants: { siren: 'on a' },
    },
    {
      promise: 'a plan for a zone does not mean an alarm without one',
      alarms: [alarm('a', { zone: null })],
      plans: [hallFire],
      wants: {},
    },
    {
      promise: 'a fire that waits for its on-delay wants nothing yet',
      alarms: [alarm('a', { condition: 'pending', alarm: null, sounder: 'quiet' })],
      plans: [hallFire],
      wants: {},
    },
    {
      promise: 'a latched fire still sounds after its return',
      alarms: [alarm('a', { condition: 'normal' })],
      plans: [hallFire],
      wants: { siren: 'on a' },
    },
    {
      promise: 'an acknowledged fire still sounds',
      alarms: [alarm('a', { acknowledged: { by: 'panel', wall: 0, afterMs: 5 } })],
      plans: [hallFire],
      wants: { siren: 'on a' },
    },
    {
      promise: 'a fire of a lost detector still sounds',
      alarms: [alarm('a', { isLost: true })],
      plans: [hallFire],
      wants: { siren: 'on a' },
    },
    {
      promise: 'a silenced fire wants quiet, and says so',
      alarms: [alarm('a', { sounder: 'silenced' })],
      plans: [hallFire],
      wants: { siren: 'off a' },
    },
    {
      promise: 'one silenced fire does not quiet another, in either order',
      alarms: [alarm('a', { sounder: 'silenced' }), alarm('b'), alarm('c', { sounder: 'silenced' })],
      plans: [hallFire],
      wants: { siren: 'on a,b,c' },
    },
    {
      promise: 'several plans add up',
      alarms: [alarm('a'), alarm('w', { class: 'warning' })],
      plans: [hallFire, plan('warning', 'all', lamp), plan('fire', 'all', lamp)],
      wants: { siren: 'on a', lamp: 'on a,w' },
    },
  ];
  test.each(rows.map((row) => [row.promise, row] as const))('%s', (_, { alarms, plans, wants }) => {
    expect(wantsOf(alarms, plans, 0)).toEqual({ wants, nextMono: null });
  });

  /** `on alarm,alarm` per output, and when that changes by itself. */
  function wantsOf(alarms: readonly Facets[], plans: readonly PlanConfig[], nowMono: number) {
    const subjects = new Map(alarms.map((each) => [each.subject, each]));
    const state: AlarmState = { ...emptyAlarmState, subjects, lastOrder: 9 };
    const { outputs, nextMono } = desiredOutputs(state, plans, nowMono);
    const told = [...outputs].map(([id, { on, because }]) => [id, `${on ? 'on' : 'off'} ${because.join(',')}`]);
    return { wants: Object.fromEntries(told) as Readonly<Record<string, string>>, nextMono };
  }

  const village = brandId<OutputId>('village');
  const neighbours = brandId<OutputId>('neighbours');
  const night: PlanConfig = {
    ...hallFire,
    steps: [
      ...hallFire.steps,
      { start: [{ kind: 'confirmed' }, { kind: 'unacknowledged', afterMs: 60_000 }], sound: [village] },
      { start: [{ kind: 'after', afterMs: 180_000 }], sound: [neighbours] },
    ],
  };
  const restored = { raisedMono: Number.NEGATIVE_INFINITY, waitingMono: Number.NEGATIVE_INFINITY, order: 0 };
  const steps: readonly (readonly [
    promise: string,
    facets: Partial<Facets>,
    nowMono: number,
    on: string,
    nextMono: number | null,
  ])[] = [
    ['one detector wakes its own siren, and the village later', {}, 0, 'siren', 60_000],
    [
      'a fire that is confirmed wakes the village at once',
      { alarm: alarmOf('a', { confirmed: 'call-point' }) },
      0,
      'siren village',
      180_000,
    ],
    ['nobody acknowledged: the village is woken', {}, 60_000, 'siren village', 180_000],
    ['a hair before that it is not', {}, 59_999.9, 'siren', 60_000],
    [
      'somebody acknowledged in time: the village sleeps',
      { acknowledged: { by: 'p', wall: 0, afterMs: 59_999 } },
      70_000,
      'siren',
      180_000,
    ],
    [
      'somebody acknowledged too late: what sounds goes on',
      { acknowledged: { by: 'p', wall: 0, afterMs: 60_000 } },
      70_000,
      'siren village',
      180_000,
    ],
    [
      'the neighbours are woken whoever acknowledged',
      { acknowledged: { by: 'p', wall: 0, afterMs: 5 } },
      180_000,
      'siren neighbours',
      null,
    ],
    [
      'an alarm of an earlier boot has waited long enough',
      { alarm: alarmOf('a', restored) },
      20,
      'siren village neighbours',
      null,
    ],
    [
      'one that was acknowledged in time in an earlier boot has not woken the village',
      { alarm: alarmOf('a', restored), acknowledged: { by: 'p', wall: 0, afterMs: 9 } },
      20,
      'siren neighbours',
      null,
    ],
  ];
  const rests: readonly (readonly [
    promise: string,
    facets: Partial<Facets>,
    nowMono: number,
    isOn: boolean,
    nextMono: number,
  ])[] = [
    ['a siren sounds for three minutes', {}, 179_999, true, 180_000],
    ['then it rests for one', {}, 180_000, false, 240_000],
    ['and sounds again, for as long as nobody silences it', {}, 240_000, true, 420_000],
    ['a confirmation in the midst of a rest is heard at once', { sounderMono: 200_000 }, 200_000, true, 380_000],
  ];
  test.each(rests)('rests: %s', (_, odd, nowMono, isOn, nextMono) => {
    const subjects = new Map([['point:a', alarm('a', odd)]]);
    const state: AlarmState = { ...emptyAlarmState, subjects, lastOrder: 1 };
    const { outputs, nextMono: next } = desiredOutputs(
      state,
      [plan('fire', 'all', siren, lamp)],
      nowMono,
      new Set([siren]),
    );
    // A lamp does not rest.
    expect([outputs.get(siren)?.on, outputs.get(lamp)?.on, next]).toEqual([isOn, true, nextMono]);
  });

  test('rests: a step that begins while the others rest is heard at once', () => {
    const subjects = new Map([['point:a', alarm('a')]]);
    const state: AlarmState = { ...emptyAlarmState, subjects, lastOrder: 1 };
    const late: PlanConfig = {
      ...hallFire,
      steps: [...hallFire.steps, { start: [{ kind: 'after', afterMs: 200_000 }], sound: [village] }],
    };
    const { outputs } = desiredOutputs(state, [late], 200_000, new Set([siren, village]));
    expect([outputs.get(siren)?.on, outputs.get(village)?.on]).toEqual([true, true]);
  });

  test.each(steps)('steps: %s', (_, odd, nowMono, on, nextMono) => {
    const wants = Object.fromEntries(on.split(' ').map((id) => [id, 'on a']));
    expect(wantsOf([alarm('a', odd)], [night], nowMono)).toEqual({ wants, nextMono });
  });
});
