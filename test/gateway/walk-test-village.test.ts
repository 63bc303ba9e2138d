/** A walk test through the whole gateway, and what the person who walks hears. */
import { expect, test } from 'vitest';
import {
  type BootId,
  brandId,
  type EntryId,
  type EpochId,
  type OutputId,
  type SpeakerId,
  type ZoneId,
} from '../../config/ids.js';
import { WalkTestKeeper } from '../../gateway/exercise/walk-test-keeper.js';
import type { Announcement } from '../../gateway/voice/announcement.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { Entry } from '../../sync/journal/entry.js';
import { hallSmoke, VillageRig } from './village-rig.js';

async function underTest(): Promise<{ rig: VillageRig; zone: ZoneId }> {
  const rig = await VillageRig.watching();
  const zone = rig.config.points.find(({ id }) => id === hallSmoke)?.zone ?? brandId<ZoneId>('?');
  const ask = { ask: 'walk-test-begin', zone, forMs: null } as const;
  const refused = rig.runtime.orders.submit(ask, { level: 2, origin: 'panel' });
  expect(refused).toMatchObject({ accepted: false, reason: 'level-too-low' });
  expect(rig.runtime.orders.submit(ask, { level: 3, origin: 'panel' }).accepted).toBe(true);
  return { rig, zone };
}

test('no siren sounds for a detector that is tried out, and the district hears the summary and nothing else', async () => {
  const { rig, zone } = await underTest();
  const before = rig.uplink.reports.length;
  rig.village.setPoint(hallSmoke, 'alarm');
  await rig.clock.advance(20_000);
  rig.village.setPoint(hallSmoke, 'normal');
  await rig.clock.advance(20_000);
  rig.runtime.orders.submit({ ask: 'walk-test-end', zone }, { level: 3, origin: 'panel' });
  await rig.clock.advance(10_000);
  const heard = rig.uplink.reports.slice(before).map((report) => JSON.stringify(report));
  const kinds = heard.map((report) => /(walk_test|voice|alarm|output|service|command)\.\w+/.exec(report)?.[0]);
  expect(kinds.filter((kind) => kind !== 'command.refused')).toEqual(['walk_test.begun', 'walk_test.ended']);
  expect(rig.entriesOf('walk_test.ended')[0]?.detail['seen']).toEqual([hallSmoke]);
  expect(rig.entriesOf('walk_test.seen')).toHaveLength(1);
  // The person who walks has heard it.
  expect(rig.village.horns.heard.map(({ what, isLoud }) => [what, isLoud])).toEqual([['正厅 烟感 正常', true]]);
  expect([rig.entriesOf('output.commanded'), rig.entriesOf('alarm.raised')]).toEqual([[], []]);
});

test('an alarm that lasts is a fire after a minute: the sirens sound, with no reading needed to say so', async () => {
  const { rig } = await underTest();
  rig.village.setPoint(hallSmoke, 'alarm');
  await rig.clock.until(() => rig.entriesOf('walk_test.seen').length > 0, 5_000);
  await rig.clock.advance(59_000);
  expect(rig.entriesOf('output.commanded')).toEqual([]);
  await rig.clock.advance(1_500);
  expect(rig.entriesOf('alarm.raised', `point:${hallSmoke}`)).toHaveLength(1);
  expect(rig.entriesOf('output.commanded').length).toBeGreaterThan(0);
});

function listening() {
  const clock = new SimClock();
  const heard: string[] = [];
  const said: Announcement[] = [];
  const hall = brandId<ZoneId>('hall');
  const keeper = new WalkTestKeeper({
    config: { speakers: [brandId<SpeakerId>('horn')], chirpMs: 500 },
    outputs: [
      { id: brandId<OutputId>('siren'), kind: 'siren', zone: hall },
      { id: brandId<OutputId>('strobe'), kind: 'strobe', zone: hall },
      { id: brandId<OutputId>('far'), kind: 'siren', zone: brandId<ZoneId>('street') },
    ],
    clock,
    outlets: {
      sound: (wish) => void heard.push(`${clock.mono()} ${wish === null ? '-' : [...wish.sound].join(' ')}`),
      announce: (announcement) => void said.push(announcement),
      withdraw: (id) => void heard.push(`${clock.mono()} withdraw ${id}`),
    },
  });
  const entry = (kind: Entry['kind'], id: string, detail: Entry['detail'] = {}): Entry => ({
    ...{ kind, subject: `point:${id}`, zone: hall, origin: 'panel', detail, class: null, alarm: null },
    ...{ id: brandId<EntryId>(id), epoch: brandId<EpochId>('e'), boot: brandId<BootId>('b'), lane: 'local' },
    ...{ mono: 0, wall: 0, clock: 'trusted', words: { zh: `祠堂 ${id} 正常`, en: `hall, ${id}: works` } },
  });
  return { clock, keeper, heard, said, entry };
}

test('of each detector the sirens of the zone chirp, one after the other, and its name is said', async () => {
  const { clock, keeper, heard, said, entry } = listening();
  keeper.see([entry('walk_test.seen', '12号')]);
  await clock.advance(100);
  keeper.see([entry('walk_test.seen', '13号'), entry('alarm.raised', 'x')]);
  await clock.advance(5_000);
  expect(heard).toEqual(['0 siren', '500 -', '1000 siren', '1500 -']);
  expect(
    said.map(({ rank, occasion, sayings }) => [rank, occasion, [...sayings].map(([id, [say]]) => [id, say?.text])]),
  ).toEqual([
    ['drill', 'walk-test', [['horn', '祠堂 12号 正常']]],
    ['drill', 'walk-test', [['horn', '祠堂 13号 正常']]],
  ]);
});

test('a fire ends chirps and words at once', async () => {
  const { clock, keeper, heard, entry } = listening();
  keeper.see([entry('walk_test.seen', 'a'), entry('walk_test.seen', 'b')]);
  await clock.advance(100);
  keeper.see([entry('walk_test.ended', 'a', { reason: 'fire' })]);
  await clock.advance(5_000);
  expect(heard).toEqual(['0 siren', '100 withdraw walk-test/point:a', '100 withdraw walk-test/point:b', '100 -']);
});
