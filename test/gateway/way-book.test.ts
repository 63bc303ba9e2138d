/** Which way each alarm went: with each centre, over receipts, resets and a restart. */
import { describe, expect, test } from 'vitest';
import { brandId, type EntryId, type PointId, type UplinkId } from '../../config/ids.js';
import { NotToldRows } from '../../gateway/not-told-rows.js';
import { WayBook } from '../../gateway/way-book.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { Entry, StoredEntry } from '../../sync/journal/entry.js';
import type { MarkRow } from '../../sync/journal/store.js';
import { tellAll } from '../../sync/tell-filter.js';
import { UplinkError } from '../../sync/uplink.js';
import { hallSmoke, kitchen, VillageRig } from './village-rig.js';

const noon = Date.UTC(2026, 10, 22, 12);
const [county, city, sms] = ['county', 'city', 'sms'].map((id) => brandId<UplinkId>(id)) as [
  UplinkId,
  UplinkId,
  UplinkId,
];
const uplinks = [
  { id: county, kind: 'gb26875', tell: tellAll, receipts: 'none' },
  { id: city, kind: 'mqtt', tell: { ...tellAll, classes: ['fire'] }, receipts: 'signed' },
  { id: sms, kind: 'sms', tell: tellAll, receipts: 'none' },
] as const;

function book(mark: MarkRow | null = null) {
  const clock = new SimClock(noon);
  let saved = mark;
  const ways = new WayBook({
    ...{ clock, uplinks },
    record: (_, marks) => {
      saved = marks[0] ?? saved;
    },
  });
  ways.restore(mark);
  let nr = 0;
  const see = (kind: Entry['kind'], odd: Partial<Entry> = {}): StoredEntry => {
    const id = brandId<EntryId>(`e-${++nr}`);
    const entry = {
      ...{ kind, id, alarm: id, class: 'fire', lane: 'fire', zone: null, subject: 'point:a', origin: null, detail: {} },
      ...{ mono: clock.mono(), wall: clock.wall(), position: nr, sequence: nr, ...odd },
    } as StoredEntry;
    ways.see(entry);
    ways.durable([entry]);
    return entry;
  };
  const of = (id: string) => ways.of(id).map(({ uplink, how, afterMs }) => `${uplink} ${how} ${afterMs}`);
  return { clock, ways, see, of, saved: () => saved };
}

describe('an alarm', () => {
  test('waits, is confirmed so long after it, and is kept when a receipt reaches its row, not before', async () => {
    const { clock, ways, see, of } = book();
    const { id, position } = see('alarm.raised');
    expect(of(id)).toEqual(['city queued null', 'county queued null', 'sms queued null']);
    await clock.advance(1_500);
    ways.carried(id, city, null);
    ways.receipted(city, 'fire', position - 1);
    ways.receipted(city, 'journal', position + 9);
    expect(of(id)[0]).toBe('city carried 1500');
    ways.receipted(city, 'fire', position);
    // Told again it takes nothing back.
    ways.carried(id, city, null);
    ways.passedOver(id, city);
    ways.passedOver(id, county);
    ways.carried(id, sms, 'not-needed');
    expect(of(id)).toEqual(['city kept 1500', 'county refused null', 'sms not-needed null']);
    expect(ways.of(id)[0]).toMatchObject({ wall: noon + 1_500, carriedWall: noon + 1_500 });
  });

  test('that a centre is not told by its settings says so', () => {
    const { see, of } = book();
    expect(of(see('alarm.raised', { class: 'warning', lane: 'journal' }).id)[0]).toBe('city filtered null');
  });

  test('is confirmed elsewhere by a centre, with a receipt where it sends receipts, and never by a telephone', () => {
    const { ways, see } = book();
    const { id, position } = see('alarm.raised');
    const isElsewhere = (except: UplinkId) => ways.isConfirmed(id, except);
    ways.carried(id, sms, null);
    ways.carried(id, city, null);
    expect(isElsewhere(county)).toBe(false);
    ways.receipted(city, 'fire', position);
    expect([isElsewhere(sms), isElsewhere(city)]).toEqual([true, false]);
    ways.carried(id, county, null);
    expect(isElsewhere(city)).toBe(true);
  });
});

test('a fire that was reset and a call are still known after a restart, and receipts still reach them; a fault that is over is not', async () => {
  const first = book();
  const fire = first.see('alarm.raised');
  const fault = first.see('alarm.raised', { class: 'fault', lane: 'journal' });
  const call = first.see('call.reported', { alarm: null, detail: { call: 'b-c1' } });
  first.ways.carried(fire.id, city, null);
  first.ways.carried(call.id, county, null);
  first.see('alarm.reset', { alarm: fire.id });
  first.see('alarm.returned', { alarm: fault.id, class: 'fault' });
  expect([...first.ways.kept.keys()]).toEqual([fire.id, 'b-c1']);
  expect(first.of(fault.id)).toEqual([]);
  first.ways.stop();
  const second = book(first.saved());
  second.ways.receipted(city, 'fire', call.position);
  expect(second.of(fire.id)[0]).toBe('city kept 0');
  expect(second.of('b-c1').slice(0, 2)).toEqual(['city kept null', 'county carried 0']);
  expect(book({ name: 'ways', wall: 0, detail: '{"no' }).ways.kept.size).toBe(0);
});

test('a fault that a centre was never told of is not taken for told after a restart, as long as it stands', async () => {
  const first = book();
  const fault = () => first.see('alarm.raised', { class: 'fault', lane: 'journal' });
  const [refused, unsaid, over, told] = [fault(), fault(), fault(), fault()];
  first.ways.passedOver(refused.id, county);
  first.ways.carried(unsaid.id, county, 'no-word');
  first.ways.passedOver(over.id, county);
  first.ways.carried(told.id, county, null);
  first.see('alarm.returned', { alarm: over.id, class: 'fault' });
  first.ways.stop();
  const second = book(first.saved());
  expect([refused, unsaid, over, told].map(({ id }) => second.ways.follows(id))).toEqual([true, true, false, false]);
  expect([refused, unsaid].map(({ id }) => second.ways.isConfirmed(id, sms))).toEqual([false, false]);
  // It is no fire that people ask for afterwards.
  second.see('alarm.returned', { alarm: refused.id, class: 'fault' });
  expect([second.ways.follows(refused.id), second.ways.kept.size]).toEqual([false, 0]);
  // As an earlier release has saved it.
  const row = { id: 'e-9', lane: 'fire', position: 9, isCall: false, isOver: true, told: [] };
  expect(book({ name: 'ways', wall: 0, detail: JSON.stringify([row]) }).ways.kept.size).toBe(1);
});

test('of a storm the newest are known; fires that are over leave first', () => {
  const { ways, see } = book();
  const raised = Array.from({ length: 200 }, () => see('alarm.raised').id);
  for (const alarm of raised) see('alarm.reset', { alarm });
  expect([...ways.kept.keys()]).toEqual(raised.slice(-80));
  for (let n = 0; n < 5_100; n++) see('alarm.raised');
  expect([ways.kept.size, ways.of(raised[199] ?? '').length]).toEqual([0, 0]);
}, 5_000);

test('in a village, `status` and whoever sends messages know when the centre has confirmed a fire', async () => {
  const rig = await VillageRig.watching();
  rig.uplink.setPulled(true);
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(3_000);
  const { centres } = rig.runtime;
  const raised = rig.entriesOf('alarm.raised', `point:${kitchen}`)[0];
  if (raised === undefined) throw new Error('it burns');
  const other = brandId<UplinkId>('other');
  expect([centres.ways.of(raised.id), centres.isConfirmedElsewhere(raised, other)]).toMatchObject([
    [{ how: 'queued' }],
    false,
  ]);
  rig.uplink.setPulled(false);
  await rig.clock.advance(3_000);
  const [row] = centres.ways.of(raised.id);
  expect(row).toMatchObject({ how: 'carried', afterMs: expect.any(Number) });
  // Rows of before this start are known by their place.
  const reset = { ...raised, id: brandId<EntryId>('of-before'), position: 1 };
  expect([centres.isConfirmedElsewhere(reset, other), centres.isConfirmedElsewhere(reset, rig.uplink.id)]).toEqual([
    true,
    false,
  ]);
  await rig.stop();
});

test('whoever sends messages hears of what the centre was never told: passed over, or without a word for it', async () => {
  const rig = await VillageRig.watching();
  const other = brandId<UplinkId>('other');
  const { centres } = rig.runtime;
  const raisedAt = async (point: PointId, spoil: () => void) => {
    spoil();
    rig.village.setPoint(point, 'alarm');
    await rig.clock.advance(3_000);
    const raised = rig.entriesOf('alarm.raised', `point:${point}`)[0];
    if (raised === undefined) throw new Error('it burns');
    return raised;
  };
  const unsaid = await raisedAt(kitchen, () => {
    Object.assign(rig.uplink, { whyNotTold: () => 'no-word' });
  });
  const tooLarge = await raisedAt(hallSmoke, () => {
    Object.assign(rig.uplink, {
      whyNotTold: () => null,
      send: () => Promise.reject(new UplinkError('UPLINK-006', 'it')),
    });
  });
  expect([unsaid, tooLarge].map(({ id }) => centres.ways.of(id).map(({ how }) => how))).toEqual([
    ['no-word'],
    ['refused'],
  ]);
  // The position of the centre is behind them all the same.
  const place = { position: 1, sequence: 1 };
  const isElsewhere = (row: StoredEntry) => centres.isConfirmedElsewhere(row, other);
  expect([isElsewhere({ ...unsaid, ...place }), isElsewhere({ ...tooLarge, ...place })]).toEqual([false, false]);
  const before = { ...unsaid, ...place, id: brandId<EntryId>('of-before') };
  expect(isElsewhere(before)).toBe(true);
  const [siren] = rig.entriesOf('output.commanded');
  if (siren === undefined) throw new Error('no siren');
  expect([centres.ways.follows(siren.id), isElsewhere({ ...siren, ...place })]).toEqual([false, false]);
  await rig.stop();
});

test('of rows that were not told so many are known; what is older than those counts as not told', () => {
  const rows = new NotToldRows();
  const row = (n: number) => ({ id: brandId<EntryId>(`r-${n}`), position: n });
  for (let n = 1; n <= 501; n++) {
    rows.durable([row(n) as StoredEntry]);
    rows.add(row(n).id, 0);
  }
  expect([rows.mayHold(row(1)), rows.mayHold(row(501)), rows.mayHold({ ...row(0), position: 2 })]).toEqual([
    true,
    true,
    false,
  ]);
});
