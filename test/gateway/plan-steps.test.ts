/** A plan with steps in a whole village: whose siren wakes whom, when, and that no restart puts it off. */
import { describe, expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { PlanConfig, PlanStep, SiteConfig } from '../../config/site.js';
import {
  hallSiren,
  kitchen,
  line,
  output,
  point,
  quietAll,
  sharedDisk,
  streetSiren,
  townConfig,
  townSiren,
  VillageRig,
} from './village-rig.js';

/** Another detector of the kitchen's zone, on the same line and on the other one. */
const neighbour = point('smoke-10/smoke');

/** At first the street's own siren; the town's when the fire is confirmed or nobody acknowledged for a minute. */
async function nightTown(): Promise<SiteConfig> {
  const config = await townConfig();
  const steps: readonly PlanStep[] = [
    { start: [{ kind: 'at-once' }], sound: [streetSiren] },
    { start: [{ kind: 'confirmed' }, { kind: 'unacknowledged', afterMs: 60_000 }], sound: [townSiren] },
  ];
  const plans = config.plans.map((plan) => (plan.id === 'street-fire' ? { ...plan, steps } : plan));
  return { ...config, plans };
}

async function burning(): Promise<VillageRig> {
  const rig = await VillageRig.watching({ config: await nightTown() });
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.isOn(streetSiren), 2_000);
  return rig;
}

function press(rig: VillageRig, kind: 'acknowledge' | 'silence'): void {
  rig.runtime.command({ kind, level: 1, upTo: rig.newestSeen, origin: 'panel' });
}

describe('one detector', () => {
  test('wakes its street; the town only after a minute in which nobody acknowledged, and says which alarm it is for', async () => {
    const rig = await burning();
    await rig.clock.advance(57_000);
    expect(rig.isOn(townSiren)).toBe(false);
    await rig.clock.until(() => rig.isOn(townSiren), 3_000);
    const raised = rig.entriesOf('alarm.raised', `point:${kitchen}`)[0];
    const commanded = rig.entriesOf('output.commanded', `output:${townSiren}`);
    expect(commanded.map(({ alarm, detail }) => [alarm, detail['on']])).toEqual([[raised?.id, true]]);
    expect((commanded[0]?.mono ?? 0) - (raised?.mono ?? 0)).toBe(60_000);
  });

  test('does not wake the town when somebody acknowledged in time', async () => {
    const rig = await burning();
    press(rig, 'acknowledge');
    await rig.clock.advance(300_000);
    expect([rig.isOn(streetSiren), rig.isOn(townSiren)]).toEqual([true, false]);
  });

  test('acknowledged too late, goes on waking the town until somebody silences it', async () => {
    const rig = await burning();
    await rig.clock.advance(61_000);
    press(rig, 'acknowledge');
    await rig.clock.advance(60_000);
    expect(rig.isOn(townSiren)).toBe(true);
    press(rig, 'silence');
    await rig.clock.advance(1_000);
    expect([rig.isOn(streetSiren), rig.isOn(townSiren)]).toEqual([false, false]);
  });
});

describe('a second detector of the zone', () => {
  test('wakes the town at once, also after somebody acknowledged the first', async () => {
    const rig = await burning();
    press(rig, 'acknowledge');
    rig.village.setPoint(neighbour, 'alarm');
    await rig.clock.until(() => rig.isOn(townSiren), 2_000);
    expect(rig.entriesOf('alarm.confirmed').map(({ detail }) => detail['reason'])).toEqual([
      'second-detector',
      'second-detector',
    ]);
  });

  test('lost with its line before anybody acknowledged wakes the town, too', async () => {
    const rig = await burning();
    rig.village.cutLine(line('east'), true);
    await rig.clock.until(() => rig.isOn(townSiren), 10_000);
    expect(rig.entriesOf('alarm.confirmed').map(({ detail }) => detail['reason'])).toEqual(['second-lost']);
  });
});

test('a detector that flickers does not put the town to sleep again', async () => {
  const rig = await burning();
  await rig.clock.until(() => rig.isOn(townSiren), 62_000, 100);
  for (const state of ['normal', 'alarm', 'normal'] as const) {
    rig.village.setPoint(kitchen, state);
    await rig.clock.advance(5_000);
    expect([state, rig.isOn(townSiren)]).toEqual([state, true]);
  }
});

test('a step that explains a siren found on leaves no other output as it was ordered before', async () => {
  const town = await townConfig();
  const atOnce = { kind: 'at-once' } as const;
  const planOf = (alarmClass: 'fire' | 'fault', ...steps: readonly PlanStep[]): PlanConfig => ({
    id: brandId(alarmClass),
    when: { class: alarmClass, zones: 'all' },
    steps,
  });
  const before = await VillageRig.watching({
    config: { ...town, plans: [planOf('fire', { start: [atOnce], sound: [hallSiren] })] },
  });
  before.village.setPoint(kitchen, 'alarm');
  await before.clock.until(() => before.isOn(hallSiren), 3_000);
  await before.kill();
  before.village.setPoint(kitchen, 'normal');
  // A siren of the fault plan sounds because the other one was found on; the fire's step explains that one.
  const later: PlanStep = { start: [{ kind: 'after', afterMs: 60_000 }], sound: [hallSiren] };
  const plans = [
    planOf('fire', { start: [atOnce], sound: [streetSiren] }, later),
    planOf('fault', { start: [atOnce], sound: [townSiren] }),
  ];
  const { clock, village } = before;
  const rig = await VillageRig.watching({ config: { ...town, plans }, clock, village });
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(70_000);
  const faults = [...rig.runtime.alarms.subjects.values()].filter(
    (each) => each.class === 'fault' && each.alarm !== null,
  );
  expect([faults.map(({ subject }) => subject), rig.isOn(townSiren), rig.isOn(hallSiren)]).toEqual([[], false, true]);
});

test('restarts every 20 s put nothing off: the town is woken within a minute', async () => {
  const first = await VillageRig.make({ config: await nightTown() });
  const { config, clock, village } = first;
  const disk = sharedDisk(clock);
  const next = (): Promise<VillageRig> => VillageRig.make({ config, clock, village, store: disk() });
  let rig = await next();
  await rig.start();
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.entriesOf('alarm.raised', `point:${kitchen}`).length > 0, 10_000);
  const raisedMono = clock.mono();
  for (let i = 0; i < 3 && !rig.isOn(output('siren-village')); i++) {
    await rig.clock.advance(20_000 - ((clock.mono() - raisedMono) % 20_000));
    await rig.kill();
    quietAll(rig);
    rig = await next();
    await rig.start();
    await rig.clock.advance(2_000);
  }
  expect(rig.isOn(townSiren)).toBe(true);
  expect(clock.mono() - raisedMono).toBeLessThanOrEqual(62_000);
});
