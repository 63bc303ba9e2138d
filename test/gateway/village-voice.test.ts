/** What the town hears in whole lives of a gateway: runtime, journal, sirens, horns and keys together. */
import { describe, expect, test } from 'vitest';
import { brandId, type SpeakerId } from '../../config/ids.js';
import type { Entry } from '../../sync/journal/entry.js';
import { device, kitchen, output, point, sharedDisk, streetSiren, townSiren, VillageRig } from './village-rig.js';

const hallHorn = brandId<SpeakerId>('horn-hall');
const amplifier = output('amplifier-hall');
const staff = { origin: 'cli:wang', level: 3 } as const;

async function press(rig: VillageRig, key: string, forMs = 300): Promise<void> {
  rig.village.setPoint(point(`${key}/contact`), 'pressed');
  await rig.clock.advance(forMs);
  rig.village.setPoint(point(`${key}/contact`), 'released');
}

function order(rig: VillageRig, kind: 'acknowledge' | 'silence' | 'reset'): void {
  expect(rig.runtime.command({ kind, upTo: rig.newestSeen, origin: 'panel', level: 2 }).accepted).toBe(true);
}

/** What was heard aloud of the horn in the hall. */
function heard(rig: VillageRig): readonly string[] {
  return rig.village.horns.heard
    .filter(({ speaker, isLoud }) => speaker === hallHorn && isLoud)
    .map(({ what }) => what);
}

const kinds = (entries: readonly Entry[], head: string): readonly string[] =>
  entries
    .filter(({ kind }) => kind.startsWith(head))
    .map(({ kind, detail }) => `${kind} ${String(detail['reason'] ?? '')}`.trim());

test('a fire sounds with its burst from the beginning after a kill, and speaks again', async () => {
  const first = await VillageRig.make();
  const disk = sharedDisk(first.clock);
  const { config, clock, village } = first;
  const rig = await VillageRig.make({ config, clock, village, store: disk() });
  await rig.start();
  village.setPoint(kitchen, 'alarm');
  await clock.until(() => heard(rig).length > 0, 30_000);
  await rig.durable();
  await rig.kill();
  const after = await VillageRig.make({ config, clock, village, store: disk() });
  const said = heard(after).length;
  await after.start();
  await clock.until(() => after.isOn(streetSiren) && after.isOn(townSiren), 2_000);
  await clock.until(() => heard(after).length > said, 20_000);
  expect(heard(after).at(-1)).toContain('老街 12 号厨房');
});

test('a fire whose detector was lost can be reset, and nobody is told that it is over', async () => {
  const rig = await VillageRig.watching();
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.entriesOf('alarm.raised').length > 0, 3_000);
  rig.village.switchUnit(device('smoke-kitchen'), false);
  await rig.clock.until(() => rig.faults.length > 0, 20_000);
  for (const kind of ['acknowledge', 'silence', 'reset'] as const) order(rig, kind);
  expect(rig.entriesOf('alarm.reset')[0]?.detail).toEqual({ as: 'detector-lost' });
  await rig.clock.advance(20_000);
  expect(heard(rig).filter((what) => what.includes('警报解除'))).toEqual([]);
});

test('the amplifier is on for a fire from its first moment to its silence, and goes off by itself when the gateway is gone', async () => {
  const rig = await VillageRig.watching();
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.isOn(amplifier), 3_000);
  await rig.clock.advance(100_000);
  expect(rig.isOn(amplifier)).toBe(true);
  await rig.kill();
  await rig.clock.advance(31_000);
  expect(rig.isOn(amplifier)).toBe(false);
});

test('a reset that ends the last fire is told once, one that leaves another is not', async () => {
  const rig = await VillageRig.watching();
  const second = point('smoke-10/smoke');
  for (const id of [kitchen, second]) rig.village.setPoint(id, 'alarm');
  await rig.clock.until(() => rig.entriesOf('alarm.raised').length === 2, 3_000);
  order(rig, 'silence');
  rig.village.setPoint(kitchen, 'normal');
  await rig.clock.until(() => rig.entriesOf('alarm.returned').length === 1, 3_000);
  order(rig, 'reset');
  await rig.clock.advance(20_000);
  expect(heard(rig).filter((what) => what.includes('警报解除'))).toEqual([]);
  rig.village.setPoint(second, 'normal');
  await rig.clock.until(() => rig.entriesOf('alarm.returned').length === 2, 3_000);
  order(rig, 'reset');
  await rig.clock.advance(20_000);
  expect(heard(rig).filter((what) => what.includes('警报解除'))).toHaveLength(1);
});

describe('a drill', () => {
  test('is marked in every entry, counts heads, and ends by itself', async () => {
    const rig = await VillageRig.watching();
    expect(rig.runtime.orders.submit({ ask: 'drill-begin', zones: null, forMs: 60_000 }, staff).accepted).toBe(true);
    await rig.clock.until(() => rig.isOn(townSiren), 40_000);
    expect(heard(rig)[0]).toContain('演练');
    const ordered = rig.entriesOf('output.commanded');
    expect(ordered.map(({ detail }) => detail['exercise'])).toEqual(ordered.map(() => 'drill'));
    await rig.clock.advance(60_000);
    expect(rig.isOn(townSiren)).toBe(false);
    expect(kinds(rig.entries, 'drill.')).toEqual(['drill.begun', 'drill.ended time']);
    const counted = { ask: 'drill-end', present: 118, missing: 2, note: '李家二人在外打工' } as const;
    expect(rig.runtime.orders.submit(counted, staff).accepted).toBe(true);
    expect(rig.entriesOf('drill.ended').at(-1)?.detail).toMatchObject({ present: 118, missing: 2 });
    // Names stay on the box.
    await rig.clock.advance(5_000);
    expect(JSON.stringify(rig.uplink.reports)).not.toContain('李家');
  });

  test('that was under way at a kill is over after the restart: its sirens fall silent and its end is told', async () => {
    const first = await VillageRig.make();
    const disk = sharedDisk(first.clock);
    const { config, clock, village } = first;
    const rig = await VillageRig.make({ config, clock, village, store: disk() });
    await rig.start();
    await clock.advance(2_000);
    await press(rig, 'key-drill');
    await clock.until(() => rig.isOn(townSiren) && rig.isOn(streetSiren), 40_000);
    await rig.durable();
    await rig.kill();
    const after = await VillageRig.make({ config, clock, village, store: disk() });
    await after.start();
    await clock.advance(5_000);
    expect([after.isOn(townSiren), after.isOn(streetSiren)]).toEqual([false, false]);
    expect(kinds(after.entries, 'drill.')).toEqual(['drill.ended restart']);
  });

  test('is refused while a fire stands, and over at once when one begins', async () => {
    const rig = await VillageRig.watching();
    await press(rig, 'key-drill');
    await rig.clock.until(() => rig.isOn(townSiren), 40_000);
    await rig.clock.advance(20_000);
    rig.village.setPoint(kitchen, 'alarm');
    await rig.clock.until(() => rig.entriesOf('drill.ended').length > 0, 3_000);
    expect([rig.isOn(townSiren), rig.entriesOf('alarm.raised').length]).toEqual([true, 1]);
    await rig.clock.advance(20_000);
    // The words of the drill are over in the journal before those of the fire begin.
    const said = rig.entries.filter(
      ({ kind, detail }) => kind.startsWith('voice.') && detail['announcement'] !== undefined,
    );
    expect(said.map(({ kind, detail }) => `${kind} ${String(detail['occasion'])}`).slice(-2)).toEqual([
      'voice.ended drill',
      'voice.begun alarm',
    ]);
    expect(rig.runtime.orders.submit({ ask: 'drill-begin', zones: null, forMs: null }, staff)).toMatchObject({
      accepted: false,
      reason: 'fire-stands',
    });
  });
});

test('a siren test rings every siren shortly, proves each on and off, and tells what it found', async () => {
  const rig = await VillageRig.watching();
  const rings: string[] = [];
  rig.village.onOutputChange((id, on) => {
    if (on && id !== amplifier) rings.push(id);
  });
  // A welded wire: what the relay of the pool siren says about itself never changes.
  rig.village.switchUnit(brandId('relay-1'), false);
  await rig.clock.advance(5_000);
  await press(rig, 'key-test');
  await rig.clock.until(() => rig.entriesOf('siren_test.ended').length > 0, 120_000);
  expect(rings.sort()).toEqual(['siren-pool', 'siren-street', 'siren-village']);
  expect(rig.entriesOf('siren_test.ended')[0]?.detail).toMatchObject({
    ok: false,
    outputs: {
      'siren-hall': 'not-proven',
      'siren-street': 'proven',
      'siren-village': 'proven',
      'siren-pool': 'proven',
    },
  });
  expect(rig.faults).toContain('raised fault:siren-test:siren-hall');
});

test('a broadcast and a microphone are heard by whose order it was, and a fire cuts them off', async () => {
  const rig = await VillageRig.watching();
  const ask = {
    ask: 'broadcast',
    message: null,
    text: '明天上午八点到中午十二点全镇停水，请大家提前把水缸蓄满',
    speakers: null,
    evacuation: false,
    times: 2,
  } as const;
  expect(rig.runtime.orders.submit(ask, staff).accepted).toBe(true);
  await rig.clock.advance(2_000);
  expect([heard(rig), rig.runtime.orders.status.saying[0]?.origin]).toEqual([
    ['明天上午八点到中午十二点全镇停水，请大家提前把水缸蓄满'],
    'cli:wang',
  ]);
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.entriesOf('alarm.raised').length > 0, 3_000);
  await rig.clock.advance(50);
  expect(rig.village.horns.soundOf(hallHorn)).toBeNull();
  order(rig, 'silence');
  await rig.clock.advance(3_000);
  // It does not begin again because somebody has silenced a fire.
  expect(heard(rig).filter((what) => what === '明天上午八点到中午十二点全镇停水，请大家提前把水缸蓄满')).toHaveLength(
    1,
  );
  rig.village.setPoint(point('key-microphone/contact'), 'pressed');
  await rig.clock.until(() => rig.isOn(amplifier), 3_000);
  await rig.clock.advance(5_000);
  expect(rig.isOn(amplifier)).toBe(true);
  rig.village.setPoint(point('key-microphone/contact'), 'released');
  await rig.clock.advance(3_000);
  expect(rig.isOn(amplifier)).toBe(false);
  const said = rig.entriesOf('voice.begun').map(({ origin, detail }) => `${origin} ${detail['occasion']}`);
  expect(said).toEqual(expect.arrayContaining(['cli:wang order', 'key:key-microphone/contact microphone']));
});

test('a horn that is well again after a restart says so', async () => {
  const first = await VillageRig.make();
  const disk = sharedDisk(first.clock);
  const { config, clock, village } = first;
  const rig = await VillageRig.make({ config, clock, village, store: disk() });
  village.horns.fail(hallHorn, 'VOICE-003');
  await rig.start();
  await clock.until(() => rig.faults.includes(`raised fault:speaker:${hallHorn}`), 90_000, 100);
  await rig.durable();
  await rig.stop();
  village.horns.fail(hallHorn, null);
  const after = await VillageRig.make({ config, clock, village, store: disk() });
  await after.start();
  await clock.until(() => after.faults.includes(`returned fault:speaker:${hallHorn}`), 90_000, 100);
});
