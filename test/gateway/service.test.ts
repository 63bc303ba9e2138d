/** Shelved and out of service: by somebody, with an end, and nothing of it is forgotten. */
import { describe, expect, test } from 'vitest';
import type { AlarmClass } from '../../config/vocabulary.js';
import { emptyAlarmState } from '../../gateway/alarm/facets.js';
import { type ServiceOrder, serviceRefusal } from '../../gateway/alarm/service-order.js';
import { faultSubjectsOf } from '../../gateway/alarm/site-subjects.js';
import { NamedSubjects } from '../../gateway/command/named-subjects.js';
import { draftsOf, EngineRig, order, restore, see, type Timed, tick } from './engine-rig.js';
import { townConfig } from './village-rig.js';

const hourMs = 3_600_000;
const smoke = 'point:smoke';
const gas = 'point:gas';

const serve = (atMono: number, subject: string, to: ServiceOrder['to'], forMs = hourMs): Timed => [
  atMono,
  { kind: 'service', order: { subjects: [subject], to, forMs, origin: 'panel' } },
];

function told(rig: EngineRig, ...inputs: readonly Timed[]): readonly string[] {
  return inputs.flatMap((input) => draftsOf(rig.give(input)));
}

/** Sounder, who acknowledged, and whether it is in service. */
function stand(rig: EngineRig, id: string): readonly (string | null)[] {
  const facets = rig.of(id);
  return [facets?.sounder ?? null, facets?.acknowledged?.by ?? null, facets?.service?.is ?? null];
}

describe('what is out of service', () => {
  test('is watched and recorded, and makes no sound', () => {
    const rig = new EngineRig();
    told(rig, serve(0, smoke, 'out-of-service'));
    const raised = rig.give(see(100, 'smoke', 'alarm')).drafts[0];
    expect([raised?.kind, raised?.detail['service']]).toEqual(['alarm.raised', 'out-of-service']);
    expect(stand(rig, 'smoke')).toEqual(['quiet', null, 'out-of-service']);
  });

  test('falls silent as it is taken out', () => {
    const rig = new EngineRig();
    told(rig, see(0, 'smoke', 'alarm'), serve(100, smoke, 'out-of-service'));
    expect(stand(rig, 'smoke')).toEqual(['quiet', null, 'out-of-service']);
  });

  test('confirms nothing, nor is it confirmed', () => {
    const rig = new EngineRig();
    told(rig, serve(0, smoke, 'out-of-service'), see(100, 'smoke', 'alarm'));
    const drafts = told(rig, see(200, 'call', 'alarm'), tick(300));
    expect(drafts.filter((draft) => draft.includes('confirmed'))).toEqual(['confirmed call e3 reason:call-point']);
  });

  test('sounds and wants to be acknowledged when its time is over and it still burns', () => {
    const rig = new EngineRig();
    told(rig, see(0, 'smoke', 'alarm'), order(50, 'acknowledge', 1), serve(100, smoke, 'out-of-service'));
    expect(told(rig, tick(100 + hourMs - 1))).toEqual([]);
    expect(rig.give(tick(100 + hourMs)).drafts.map(({ kind, detail }) => [kind, detail['to']])).toEqual([
      ['service.changed', 'in-service'],
    ]);
    expect(stand(rig, 'smoke')).toEqual(['sounding', null, null]);
  });

  test('put back by a person sounds if it was raised meanwhile: nobody has seen it', () => {
    const rig = new EngineRig();
    told(rig, serve(0, gas, 'shelved'), see(100, 'gas', 'alarm'), serve(200, gas, 'in-service'));
    expect(stand(rig, 'gas')).toEqual(['sounding', null, null]);
  });

  test('put back by a person stays acknowledged and silent if it was, until it sounds again by itself', () => {
    const rig = new EngineRig();
    told(
      rig,
      see(0, 'gas', 'alarm'),
      order(50, 'acknowledge', 1),
      serve(100, gas, 'shelved'),
      serve(200, gas, 'in-service'),
    );
    expect(stand(rig, 'gas')).toEqual(['silenced', 'panel', null]);
    told(rig, tick(200 + 1_800_000));
    expect(stand(rig, 'gas')).toEqual(['sounding', 'panel', null]);
  });

  test('and was in no alarm leaves nothing behind', () => {
    const rig = new EngineRig();
    told(rig, serve(0, gas, 'shelved'), tick(hourMs));
    expect([rig.of('gas'), rig.savedOf('gas')]).toEqual([undefined, null]);
  });

  test('stays so whatever is reset [GB 4717-2024 5.4.4.7]', () => {
    const rig = new EngineRig();
    told(rig, see(0, 'smoke', 'alarm'), serve(100, smoke, 'out-of-service'), see(200, 'smoke', 'normal'));
    expect(told(rig, order(300, 'reset', 9))).toEqual(['reset smoke e1 by:panel']);
    expect(stand(rig, 'smoke')).toEqual(['quiet', null, 'out-of-service']);
  });

  test('asks for a tick at its end', () => {
    const rig = new EngineRig();
    expect(rig.give(serve(100, gas, 'shelved', 60_000)).nextTickMono).toBe(60_100);
  });

  test('is an operation and no fire, whatever it is', () => {
    const draft = new EngineRig().give(serve(0, smoke, 'out-of-service')).drafts[0];
    expect([draft?.kind, draft?.class, draft?.words]).toEqual([
      'service.changed',
      null,
      { zh: 'smoke 已屏蔽 60 分钟', en: 'smoke is out of service for 60 min' },
    ]);
  });
});

describe('after a restart', () => {
  function shelved(): EngineRig {
    const rig = new EngineRig();
    told(rig, see(0, 'gas', 'alarm'), serve(1000, gas, 'shelved', 60_000));
    return rig;
  }
  const rows = (rig: EngineRig) => [...rig.saved.values()];

  test('the rest of its time is counted from the wall clock', () => {
    const next = new EngineRig('n');
    // The rig's wall clock is the monotonic one and a constant: 30 s have passed.
    expect(next.give(restore(31_000, ...rows(shelved()))).nextTickMono).toBe(61_000);
    expect(stand(next, 'gas')).toEqual(['quiet', null, 'shelved']);
  });

  test('its time is over: it sounds at once', () => {
    const next = new EngineRig('n');
    told(next, restore(61_000, ...rows(shelved())));
    expect(stand(next, 'gas')).toEqual(['sounding', null, null]);
  });

  test.each([
    ['nobody can believe the wall clock', 31_000, 'untrusted'],
    ['the wall clock fell back by years', -1e11, 'trusted'],
  ] as const)('%s: it is over', (_, atMono, trust) => {
    const next = new EngineRig('n');
    next.trust = trust;
    told(next, restore(atMono, ...rows(shelved())));
    expect(stand(next, 'gas')).toEqual(['sounding', null, null]);
  });

  test('a service that ends with the restart ends in what is saved, too: the start after it says nothing of it', () => {
    const rig = new EngineRig();
    told(rig, serve(0, smoke, 'out-of-service', hourMs));
    const next = new EngineRig('n');
    next.trust = 'untrusted';
    for (const [subject, row] of rig.saved) next.saved.set(subject, row);
    told(next, restore(1000, ...rows(rig)));
    expect(rows(next)).toEqual([]);
  });
});

describe('what is refused', () => {
  const classes: Readonly<Record<string, AlarmClass>> = { 'point:smoke': 'fire', 'point:gas': 'warning' };
  test.each<readonly [promise: string, subject: string, to: ServiceOrder['to'], forMs: number, refusal: string | null]>(
    [
      ['a fire is never shelved', smoke, 'shelved', 1000, 'fire-not-shelvable'],
      ['it can be taken out of service', smoke, 'out-of-service', 7 * 24 * hourMs, null],
      ['but not for longer than a week', smoke, 'out-of-service', 7 * 24 * hourMs + 1, 'too-long'],
      ['a shelf lasts a day', gas, 'shelved', 24 * hourMs, null],
      ['and no longer', gas, 'shelved', 24 * hourMs + 1, 'too-long'],
      ['for no time is no time', gas, 'shelved', 0, 'too-long'],
      ['nor is a time that is no number', gas, 'shelved', Number.NaN, 'too-long'],
      ['nobody knows this one', 'point:x', 'in-service', 0, 'unknown-subject'],
      ['what is in service can be put back', gas, 'in-service', 0, null],
    ],
  )('%s', (_, subject, to, forMs, refusal) => {
    const asked = { subjects: [subject], to, forMs, origin: 'panel' };
    const classOf = (key: string): AlarmClass | null => classes[key] ?? null;
    expect(serviceRefusal(asked, classOf, () => false)).toBe(refusal);
  });

  test('a fire that nobody has acknowledged: it is perhaps not the one that the person wants to be rid of', () => {
    const refusalOf = (to: ServiceOrder['to']): string | null =>
      serviceRefusal(
        { subjects: [smoke], to, forMs: 1000, origin: 'panel' },
        () => 'fire',
        () => true,
      );
    expect([refusalOf('out-of-service'), refusalOf('in-service')]).toEqual(['not-acknowledged', null]);
  });
});

test('a device is named by its id, and takes its alarms and faults with it', async () => {
  const config = await townConfig();
  const named = new NamedSubjects(config.points, faultSubjectsOf(config));
  const keys = (name: string): readonly string[] => named.keysOf(name, emptyAlarmState);
  expect(keys('smoke-1')).toEqual(expect.arrayContaining(['point:smoke-1/smoke', 'fault:unit:smoke-1']));
  expect(keys('smoke-1').filter((key) => !key.includes(':smoke-1'))).toEqual([]);
  expect(keys('smoke-1/smoke')).toEqual(['point:smoke-1/smoke', 'fault:point:smoke-1/smoke']);
  expect(keys('fault:line:east')).toEqual(['fault:line:east']);
  expect(keys('smoke-99').map((key) => named.classOf(key, emptyAlarmState))).toEqual([null]);
});
