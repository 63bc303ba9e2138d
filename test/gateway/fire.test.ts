import { expect, test } from 'vitest';
import { hallSiren, kitchen, streetSiren, townSiren, VillageRig } from './village-rig.js';

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
