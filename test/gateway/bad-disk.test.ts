/** Disks as villages have them, under a gateway that watches: the siren never waits for one, and what was seen is kept in the end. */
import { describe, expect, test } from 'vitest';
import type { Report } from '../../sync/uplink.js';
import { hallSiren, hallSmoke, line, onlyUnits, point, speechlessTown, VillageRig } from './village-rig.js';

const journalFault = 'fault:journal:main';
const second = point('smoke-2/smoke');

async function watching(): Promise<VillageRig> {
  const config = onlyUnits(await speechlessTown(), line('east'), 'smoke-1', 'smoke-2', 'relay-1');
  return await VillageRig.watching({ config });
}

/** Two fires, one after the other: how long it took until the siren was on, and until the second was raised. */
async function burn(rig: VillageRig, restMs: number): Promise<readonly number[]> {
  rig.village.setPoint(hallSmoke, 'alarm');
  const siren = await rig.clock.until(() => rig.isOn(hallSiren), 2_000);
  await rig.clock.advance(restMs);
  rig.village.setPoint(second, 'alarm');
  const raised = await rig.clock.until(() => rig.entriesOf('alarm.raised', `point:${second}`).length === 1, 2_000);
  await rig.clock.advance(restMs);
  return [siren, raised];
}

const durableIds = (rig: VillageRig) =>
  rig.observations.flatMap((seen) => (seen.kind === 'entry.durable' ? [seen.entryId] : []));

async function expectAllKept(rig: VillageRig): Promise<void> {
  const ids = rig.entries.map(({ id }) => id);
  expect(durableIds(rig).toSorted()).toEqual(ids.toSorted());
  const { journal } = rig.runtime;
  const rows = [...(await journal.readAfter('fire', 0, 1000)), ...(await journal.readAfter('journal', 0, 1000))];
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(ids));
  // In the order in which it happened, without holes.
  const placed = rows.toSorted((one, other) => one.sequence - other.sequence);
  expect(placed.map(({ sequence }) => sequence)).toEqual(placed.map((_, i) => i + 1));
  expect(rig.entriesOf('journal.lost')).toEqual([]);
}

const ofFire = (reports: readonly Report[]) =>
  reports.filter(({ entry }) => entry.class === 'fire' && entry.kind === 'alarm.raised');

describe('a stalled disk (an fsync of 5 s)', () => {
  test('holds up no siren; a fire is told from memory after 2 s, and again once it is kept; nothing is lost; the fault comes and goes', async () => {
    const rig = await watching();
    rig.store.setMode({ slowMs: 5_000 });
    for (const tookMs of await burn(rig, 8_000)) expect(tookMs).toBeLessThanOrEqual(2_000);
    const stalled = ofFire(rig.uplink.reports);
    expect(stalled.filter(({ durable }) => !durable).map(({ entry }) => entry.subject)).toEqual([
      'point:smoke-1/smoke',
      'point:smoke-2/smoke',
    ]);
    for (const { entry } of stalled) {
      const carried = rig.observations.find((seen) => seen.kind === 'report.carried' && seen.entryId === entry.id);
      expect(carried?.kind === 'report.carried' && Number(carried.tookMs)).toBeLessThan(3_000);
    }
    expect(rig.faults).toContain(`raised ${journalFault}`);
    rig.store.setMode('works');
    await rig.clock.advance(30_000);
    expect(rig.faults.filter((fault) => fault.endsWith(journalFault)).at(-1)).toBe(`returned ${journalFault}`);
    await expectAllKept(rig);
    const kept = ofFire(rig.uplink.reports).filter(({ durable }) => durable);
    expect(new Set(kept.map(({ entry }) => entry.id))).toEqual(new Set(stalled.map(({ entry }) => entry.id)));
  });

  test('that never gets quicker, and reads as slowly, keeps every row of a village within a minute', async () => {
    const rig = await watching();
    rig.store.setMode({ slowMs: 5_000 });
    for (const tookMs of await burn(rig, 20_000)) expect(tookMs).toBeLessThanOrEqual(2_000);
    rig.store.setMode('works');
    await rig.clock.advance(10_000);
    await expectAllKept(rig);
    const slowest = rig.observations.map((seen) => (seen.kind === 'entry.durable' ? seen.tookMs : 0));
    expect(Math.max(...slowest)).toBeLessThan(60_000);
  });
});

describe('a full disk', () => {
  test('holds up no siren; a fire is told from memory; when there is room again all of it is kept; the fault says full and goes', async () => {
    const rig = await watching();
    rig.store.setMode('refuses', 'STORE-003');
    for (const tookMs of await burn(rig, 40_000)) expect(tookMs).toBeLessThanOrEqual(2_000);
    const fromMemory = ofFire(rig.uplink.reports);
    expect(fromMemory.map(({ durable }) => durable)).toEqual([false, false]);
    const [fault] = rig.entriesOf('alarm.raised', journalFault);
    expect(fault?.words.zh).toContain('磁盘已满');
    expect(fault?.words.en).toContain('the disk is full');
    expect(durableIds(rig)).not.toContain(fault?.id);
    rig.store.setMode('works');
    // The longest rest between two tries is half a minute.
    await rig.clock.advance(60_000);
    expect(rig.faults.filter((told) => told.endsWith(journalFault))).toEqual([
      `raised ${journalFault}`,
      `returned ${journalFault}`,
    ]);
    await expectAllKept(rig);
    const kept = ofFire(rig.uplink.reports).filter(({ durable }) => durable);
    expect(kept.map(({ entry }) => entry.id).toSorted()).toEqual(fromMemory.map(({ entry }) => entry.id).toSorted());
  });
});
