import { expect, test } from 'vitest';
import type { OutputConfig } from '../../config/site.js';
import {
  hallSiren,
  kitchen,
  output,
  point,
  speechlessTown,
  streetSiren,
  townConfig,
  townSiren,
  VillageRig,
} from './village-rig.js';

test('a kitchen fire sounds the siren of its zone and the town siren, and no other', async () => {
  const rig = await VillageRig.watching();
  rig.village.setPoint(kitchen, 'alarm');
  const tookMs = await rig.clock.until(() => rig.isOn(streetSiren) && rig.isOn(townSiren), 2_000);
  expect(tookMs).toBeLessThanOrEqual(2_000);
  expect(rig.isOn(hallSiren)).toBe(false);
});

test('sound comes first, then the record, then the report', async () => {
  const rig = await VillageRig.watching();
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(3_000);
  const raised = rig.entriesOf('alarm.raised')[0];
  const kinds = rig.observations.flatMap((seen) => {
    if (seen.kind === 'entry' && seen.entry.class === 'fire') return [`entry ${seen.entry.kind}`];
    if (seen.kind === 'entry.durable' && seen.entryId === raised?.id) return ['durable'];
    if (seen.kind === 'report.carried' && seen.entryId === raised?.id) return ['carried'];
    return [];
  });
  expect(kinds).toEqual(['entry alarm.raised', 'durable', 'carried']);
  expect(rig.entriesOf('output.proven').map(({ subject }) => subject)).toEqual([
    'output:siren-village',
    'output:siren-street',
  ]);
});

test('sirens of one zone are ordered on and off in the same moment [GB 50116-2013 4.8.5]', async () => {
  const rig = await VillageRig.watching();
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(3_000);
  rig.runtime.command({ kind: 'silence', level: 1, upTo: rig.newestSeen, origin: 'panel' });
  await rig.clock.advance(3_000);
  const orders = rig
    .entriesOf('output.commanded')
    .map(({ subject, mono, detail }) => ({ subject, mono, on: detail['on'] }));
  for (const on of [true, false]) {
    const together = orders.filter((each) => each.on === on);
    expect(together.map(({ subject }) => subject).sort()).toEqual(['output:siren-street', 'output:siren-village']);
    expect(new Set(together.map(({ mono }) => mono)).size).toBe(1);
  }
});

test('twenty detectors in alarm at once are twenty alarms within a minute, and the first stays the first [GB/T 45839-2025 load] [GB 4717-2024 5.4.1.7]', async () => {
  const rig = await VillageRig.watching({ config: await speechlessTown() });
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.entriesOf('alarm.raised').length > 0, 2_000);
  const fires = rig.config.points.filter((each) => each.class === 'fire' && each.source.kind === 'register');
  const others = fires.map(({ id }) => id).filter((id) => id !== kitchen);
  for (const id of others) rig.village.setPoint(point(id), 'alarm');
  await rig.clock.advance(60_000);
  const raised = rig.entriesOf('alarm.raised').filter((entry) => entry.class === 'fire');
  expect(others.length).toBeGreaterThanOrEqual(19);
  expect(raised).toHaveLength(others.length + 1);
  const byOrder = [...rig.runtime.alarms.subjects.values()].sort(
    (a, b) => (a.alarm?.order ?? 0) - (b.alarm?.order ?? 0),
  );
  expect(byOrder.find((each) => each.class === 'fire')?.subject).toBe(`point:${kitchen}`);
  expect(rig.isOn(output('siren-village'))).toBe(true);
});

test('ten more sirens on a relay module are all proven on within 10 s of the fire [GB/T 45839-2025 sounders]', async () => {
  const config = await townConfig();
  const relays = config.outputs.filter(({ kind, target }) => kind === 'siren' && target.kind === 'unit');
  // Eight relays on each of two modules; those that carry the town's own sirens are left to them.
  const more = relays.flatMap((siren) =>
    [2, 3, 4, 5, 6].flatMap((channel): OutputConfig[] => {
      const { target } = siren;
      if (target.kind !== 'unit') return [];
      const moved = <Step extends { readonly address: number }>(step: Step): Step => ({ ...step, address: channel });
      const { on, off, readBack } = target;
      const there = { ...target, on: moved(on), off: moved(off), readBack: moved(readBack) };
      return [{ ...siren, id: output(`${siren.id}-${channel}`), target: there }];
    }),
  );
  const sound = more.map(({ id }) => id);
  const plans = config.plans.map((plan) => ({ ...plan, steps: plan.steps.map((step) => ({ ...step, sound })) }));
  const rig = await VillageRig.watching({ config: { ...config, outputs: more, plans } });
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.entriesOf('alarm.raised').length > 0, 2_000);
  await rig.clock.advance(10_000);
  expect(sound.length).toBeGreaterThanOrEqual(10);
  expect(sound.filter((id) => rig.entriesOf('output.proven', `output:${id}`).length === 0)).toEqual([]);
});
