import { describe, expect, test } from 'vitest';
import { brandId, type EpochId } from '../../config/ids.js';
import type { Entry } from '../../sync/journal/entry.js';
import type { FacetRow, Store } from '../../sync/journal/store.js';
import {
  device,
  hallSiren,
  hallSmoke,
  kitchen,
  line,
  quietAll,
  type RigOptions,
  sharedDisk,
  speechlessTown,
  streetSiren,
  townSiren,
  VillageRig,
} from './village-rig.js';

const sirens = [streetSiren, townSiren];
const kitchenKey = `point:${kitchen}`;
const hallKey = `point:${hallSmoke}`;

/** A gateway on a disk that outlives it. `next` is the one that is started after it was killed, on the same village. */
async function lived() {
  const first = await VillageRig.make({ config: await speechlessTown() });
  const { config, clock, village } = first;
  const disk = sharedDisk(clock);
  const next = (options: RigOptions = {}): Promise<VillageRig> =>
    VillageRig.make({ config, clock, village, store: disk(), ...options });
  const rig = await next();
  await rig.start();
  await scanned(rig);
  return { rig, next, disk };
}

async function scanned(rig: VillageRig): Promise<void> {
  await rig.clock.until(() => rig.observations.some(({ kind }) => kind === 'site.scanned'), 10_000, 10);
}

async function burn(rig: VillageRig, place = kitchen): Promise<Entry> {
  rig.village.setPoint(place, 'alarm');
  await rig.clock.until(() => rig.entriesOf('alarm.raised', `point:${place}`).length > 0, 2_000);
  const raised = rig.entriesOf('alarm.raised', `point:${place}`)[0];
  if (raised === undefined) throw new Error('raised');
  return raised;
}

function facetsOf(rig: VillageRig, key = kitchenKey) {
  return rig.runtime.alarms.subjects.get(key);
}

function areOn(rig: VillageRig): readonly boolean[] {
  return sirens.map((siren) => rig.isOn(siren));
}

/** Leaves active faults on a disk, as a process that was killed in the middle of them. */
async function saveFaults(store: Store, subjects: readonly string[]): Promise<void> {
  await store.open(brandId<EpochId>('unused'));
  const facets = subjects.map((subject) => ({ subject, row: savedFault(subject) }));
  await store.append({ entries: [], facets });
  await store.close();
}

const savedFault = (subject: string): FacetRow => ({
  subject,
  class: 'fault',
  zone: null,
  name: { zh: subject, en: subject },
  condition: 'active',
  alarm: brandId<Entry['id']>('old-old-1'),
  raisedWall: 0,
  acknowledgedBy: null,
  acknowledgedWall: null,
  sounder: 'sounding',
  service: 'in-service',
  serviceUntilWall: null,
  serviceBy: null,
  acknowledgedAfterMs: null,
  frames: '',
  confirmed: null,
  silencedWall: null,
  untold: null,
});

describe('after a kill', () => {
  test('a fire is latched under the same id, sounds again before the first scan, and is not raised twice', async () => {
    const { rig, next } = await lived();
    const raised = await burn(rig);
    await rig.durable();
    await rig.kill();
    quietAll(rig);
    const after = await next();
    let hadScanned: boolean | null = null;
    after.village.onOutputChange((id, on) => {
      if (id !== townSiren || !on) return;
      hadScanned = after.observations.some(({ kind }) => kind === 'point.changed');
    });
    await after.start();
    await scanned(after);
    await after.clock.advance(2_000);
    expect(hadScanned).toBe(false);
    expect(areOn(after)).toEqual([true, true]);
    expect(facetsOf(after)).toMatchObject({ condition: 'active', sounder: 'sounding', alarm: { id: raised.id } });
    expect(after.entriesOf('alarm.raised')).toEqual([]);
    expect(after.faults).toEqual([]);
  });

  test('what was silenced and acknowledged stays so, and its sirens go quiet if the crash left them on', async () => {
    const { rig, next } = await lived();
    await burn(rig);
    for (const kind of ['acknowledge', 'silence'] as const) {
      rig.runtime.command({ kind, level: 1, upTo: rig.newestSeen, origin: 'panel' });
    }
    await rig.clock.advance(1_000);
    await rig.durable();
    await rig.kill();
    rig.village.board.drive(17, true);
    const after = await next();
    await after.start();
    await scanned(after);
    await after.clock.advance(2_000);
    expect(facetsOf(after)).toMatchObject({ sounder: 'silenced', acknowledged: { by: 'panel' } });
    expect(areOn(after)).toEqual([false, false]);
  });

  test('a fire whose smoke has gone meanwhile returns and stays latched; an order of the new boot resets it', async () => {
    const { rig, next } = await lived();
    const raised = await burn(rig);
    await rig.durable();
    await rig.kill();
    rig.village.setPoint(kitchen, 'normal');
    const after = await next();
    await after.start();
    await scanned(after);
    expect(after.entriesOf('alarm.returned').map(({ alarm }) => alarm)).toEqual([raised.id]);
    expect(areOn(after)).toEqual([true, true]);
    const upTo = after.newestSeen;
    expect(after.runtime.command({ kind: 'reset', level: 2, upTo, origin: 'panel' })).toMatchObject({
      touched: [kitchenKey],
    });
    await after.clock.advance(1_000);
    expect(areOn(after)).toEqual([false, false]);
  });

  test('a siren that was ordered on before anything was durable is left on, and explained by the first scan', async () => {
    const { rig, next } = await lived();
    rig.store.setMode('hangs');
    await burn(rig);
    await rig.clock.until(() => areOn(rig).every((on) => on), 1_000);
    await rig.kill();
    const after = await next();
    let isQuiet = false;
    after.village.onOutputChange((id, on) => {
      isQuiet ||= sirens.includes(id) && !on;
    });
    await after.start();
    await scanned(after);
    await after.clock.advance(15_000);
    expect(after.entriesOf('output.found_on').map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['output:siren-street', 'output:siren-village']),
    );
    expect(after.entriesOf('alarm.raised', kitchenKey)).toHaveLength(1);
    expect([isQuiet, ...areOn(after)]).toEqual([false, true, true]);
    expect(after.faults).toEqual([]);
  });

  // only a change is told, so nobody returns what an earlier process said.
  test('a saved fault of a loop that runs well now returns', async () => {
    const { rig, next, disk } = await lived();
    await rig.kill();
    await saveFaults(disk(), ['fault:loop:scan:east']);
    const after = await next();
    await after.start();
    await after.clock.advance(15_000);
    expect(after.faults).toEqual(['returned fault:loop:scan:east']);
  });
});

// the found-on fault returns inside the step that raises the fire and takes its id.
test('a fire that explains a siren found on is told under its own id', async () => {
  const rig = await VillageRig.make();
  rig.village.board.drive(17, true);
  await rig.start();
  await rig.clock.until(() => rig.faults.includes('raised fault:output:siren-village'), 10_000, 10);
  const raised = await burn(rig);
  expect(raised.alarm).toBe(raised.id);
  expect(facetsOf(rig)?.alarm?.id).toBe(raised.id);
});

describe('a disk that hangs at start', () => {
  async function startedWithoutDisk() {
    const { rig, next, disk } = await lived();
    const saved = await burn(rig, hallSmoke);
    await rig.durable();
    await rig.kill();
    rig.village.setPoint(hallSmoke, 'normal');
    quietAll(rig);
    const store = disk();
    store.setMode('hangs');
    const after = await next({ store });
    const beganMono = after.clock.mono();
    await after.start();
    await scanned(after);
    return { after, saved, next, scannedMs: after.clock.mono() - beganMono };
  }

  test('does not keep the village unwatched: scanning starts, a fire sounds and is at the centre, and the fault is shown', async () => {
    const { after, scannedMs } = await startedWithoutDisk();
    expect(scannedMs).toBeLessThanOrEqual(5_000);
    expect(after.faults).toContain('raised fault:state:restore');
    const raised = await burn(after);
    await after.clock.until(() => areOn(after).every((on) => on), 1_000);
    await after.clock.until(() => after.uplink.reports.some((report) => report.entry.id === raised.id), 10_000, 10);
    expect(after.uplink.reports.find((report) => report.entry.id === raised.id)?.durable).toBe(false);
  });

  test('that comes back adds what was latched before to what is in alarm now, and all of it survives the next kill', async () => {
    const { after, saved, next } = await startedWithoutDisk();
    const raised = await burn(after);
    after.store.setMode('works');
    await after.clock.advance(5_000);
    const latched = { [hallKey]: saved.id, [kitchenKey]: raised.id };
    const alarmsOf = (rig: VillageRig): Record<string, string | undefined> =>
      Object.fromEntries([hallKey, kitchenKey].map((key) => [key, facetsOf(rig, key)?.alarm?.id]));
    expect(alarmsOf(after)).toEqual(latched);
    expect([...areOn(after), after.isOn(hallSiren)]).toEqual([true, true, true]);
    expect(after.faults).toContain('returned fault:state:restore');
    expect(after.faults).toContain('returned fault:journal:main');
    await after.kill();
    const third = await next();
    await third.start();
    await scanned(third);
    expect(alarmsOf(third)).toEqual(latched);
  });

  // what onRestored says before the first record is not heard, and what is told after it is old.
  test('that comes back while the hardware is still being looked at leaves no fault behind', async () => {
    const { rig, next, disk } = await lived();
    await rig.kill();
    const store = disk();
    store.setMode('hangs');
    rig.village.switchUnit(device('relay-1'), false);
    const after = await next({
      store,
      // The first opening of one line takes long, as of an adapter that is just being enumerated.
      wrapLine: (id, open) => async (events) => {
        if (id === line('west')) await new Promise<void>((resolve) => rig.clock.after(5_000, resolve));
        return open(events);
      },
    });
    after.clock.after(2_200, () => store.setMode('works'));
    await after.start();
    await after.clock.advance(30_000);
    expect(facetsOf(after, 'fault:state:restore')).toBeUndefined();
  });

  // faults that are only told when they change are never told again after a late restore.
  test('that comes back with saved faults of things that are sound now returns them', async () => {
    const { rig, next, disk } = await lived();
    await rig.kill();
    const saved = ['fault:output:siren-hall', 'fault:uplink:district', 'fault:lock:data', 'fault:gpio:board'];
    await saveFaults(disk(), saved);
    const store = disk();
    store.setMode('hangs');
    const after = await next({ store });
    await after.start();
    await scanned(after);
    store.setMode('works');
    await after.clock.advance(35_000);
    expect(saved.filter((subject) => facetsOf(after, subject) !== undefined)).toEqual([]);
  });
});

test('a disk that refuses is a fault until it takes records again, and nothing is lost to it', async () => {
  const { rig, next } = await lived();
  rig.store.setMode('refuses', 'STORE-003');
  const raised = await burn(rig);
  await rig.clock.until(() => rig.faults.includes('raised fault:journal:main'), 5_000, 10);
  await rig.clock.until(() => areOn(rig).every((on) => on), 1_000);
  rig.store.setMode('works');
  await rig.clock.until(() => rig.faults.includes('returned fault:journal:main'), 60_000, 10);
  expect(rig.faults).toEqual(['raised fault:journal:main', 'returned fault:journal:main']);
  await rig.durable();
  await rig.kill();
  const after = await next();
  await after.start();
  expect(facetsOf(after)?.alarm?.id).toBe(raised.id);
});
