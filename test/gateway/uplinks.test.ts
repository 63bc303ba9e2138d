/** How it stands with the centres: backlog as points, receipts that do not come, rows that will never be carried. */
import { expect, test } from 'vitest';
import { uplinkPoints } from '../../config/resolve-uplink-points.js';
import type { MqttUplinkConfig } from '../../config/site.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { type Report, UplinkError, type UplinkEvents } from '../../sync/uplink.js';
import { uplinkConfig } from '../uplink-config.js';
import { line, onlyUnits, point, townConfig, VillageRig } from './village-rig.js';

const draft: EntryDraft = {
  ...{ kind: 'site.daily', class: null, subject: 'gateway', alarm: null, zone: null, origin: null, detail: {} },
  words: { zh: '每日报告', en: 'daily report' },
};

async function rigWith(over: Partial<MqttUplinkConfig> = {}) {
  const uplinks = [uplinkConfig(over)];
  const site = onlyUnits(await townConfig(), line('east'), 'smoke-1');
  const points = [...site.points.filter(({ source }) => source.kind !== 'uplink'), ...uplinkPoints(uplinks)];
  const rig = await VillageRig.make({ config: { ...site, uplinks, points } });
  const centre: { events: UplinkEvents | null } = { events: null };
  rig.uplink.start = (events) => {
    centre.events = events;
    events.onUp();
  };
  return { rig, centre };
}

test('what is queued and how old it is are points, every 10 s', async () => {
  const { rig } = await rigWith();
  const figures = () =>
    ['backlog', 'backlog_age', 'unkept'].map((key) => rig.runtime.points.get(point(`uplink-district/${key}`))?.value);
  const { send } = rig.uplink;
  await rig.start();
  await rig.clock.advance(11_000);
  expect(figures()).toEqual([0, 0, 0]);
  rig.uplink.send = () => Promise.reject(new UplinkError('UPLINK-003', 'x'));
  rig.runtime.journal.append({ drafts: [draft, draft], facets: [] });
  await rig.clock.advance(60_000);
  expect(figures()).toEqual([2, expect.closeTo(55, -1), 0]);
  expect(rig.runtime.uplinks).toMatchObject([
    { id: 'district', isUp: true, error: null, queued: { fire: 0, journal: 2 } },
  ]);
  rig.uplink.send = send;
  await rig.clock.advance(120_000);
  expect(figures()).toEqual([0, 0, 0]);
});

test('a centre that is to send receipts and sends none is a fault, until one comes', async () => {
  const { rig, centre } = await rigWith({ receipts: 'unsigned', receiptWithinMs: 60_000 });
  await rig.start();
  await rig.clock.advance(50_000);
  expect(rig.faults).not.toContain('raised fault:receipt:district');
  await rig.clock.advance(60_000);
  expect(rig.faults).toContain('raised fault:receipt:district');
  const told = rig.uplink.reports.findLast((report) => report.durable && report.entry.lane === 'journal');
  if (told?.durable !== true) throw new Error('something was told');
  const { epoch, sequence, position } = told.entry;
  const { district, id: site } = rig.config.site;
  const receipt = {
    version: 1,
    district,
    site,
    uplink: 'district',
    issued: '2026-11-22T02:00:00Z',
    kept: { journal: { epoch, sequence, position } },
  };
  const envelope = Buffer.from(JSON.stringify({ keyId: null, payload: JSON.stringify(receipt), signature: null }));
  centre.events?.onRequest({ uplink: rig.uplink.id, kind: 'receipt', envelope });
  await rig.clock.advance(1_000);
  expect(rig.faults).toContain('returned fault:receipt:district');
});

test('a certificate that ends within two weeks is a hint in good time, until another one is read', async () => {
  const { rig } = await rigWith({ certFile: '/c', keyFile: '/k' });
  const certificate = { certificateEndsWall: rig.clock.wall() + 14 * 86_400_000 + 60_000 };
  Object.defineProperty(rig.uplink, 'certificateEndsWall', { get: () => certificate.certificateEndsWall });
  await rig.start();
  await rig.clock.advance(50_000);
  const told = () => rig.entries.filter(({ subject }) => subject === 'upkeep:certificate:district');
  expect(told()).toEqual([]);
  await rig.clock.advance(60_000);
  expect(told()).toMatchObject([{ kind: 'alarm.raised', class: 'technical' }]);
  expect(told()[0]?.words.en).toMatch(/certificate of uplink district: ends on 2026-12-06.*another one/);
  certificate.certificateEndsWall += 365 * 86_400_000;
  await rig.clock.advance(20_000);
  expect(told().map(({ kind }) => kind)).toContain('alarm.returned');
});

test('a topic on which nothing may be said or heard is named by the fault; of a file only its name', async () => {
  const { rig, centre } = await rigWith();
  await rig.start();
  const topic = 'gengfu/v1/yongding/ancient-town/command';
  centre.events?.onImpaired?.(new UplinkError('UPLINK-018', 'uplink district', `${topic} and more that is cut off`));
  centre.events?.onDown(new UplinkError('UPLINK-007', 'uplink district', '/etc/gengfu/secret EACCES'));
  await rig.clock.advance(30_000);
  const impaired = rig.entries.find(({ subject }) => subject === 'fault:impaired:district');
  expect(impaired?.words.en).toContain(`(${topic}`);
  expect(impaired?.detail['got']).toHaveLength(60);
  expect(JSON.stringify(rig.entries)).not.toContain('/etc/gengfu');
  const down = rig.entries.find(({ subject }) => subject === 'fault:uplink:district');
  expect(down?.words.en).toContain('(secret, no right to read it)');
});

test('a centre that lets in and hangs up again is one fault that stands, until it has been up for half a minute', async () => {
  const { rig, centre } = await rigWith();
  await rig.start();
  await rig.clock.advance(40_000);
  const told = () => rig.entries.filter(({ subject }) => subject === 'fault:uplink:district').map(({ kind }) => kind);
  for (let times = 0; times < 20; times++) {
    centre.events?.onDown(new UplinkError('UPLINK-003', 'uplink district'));
    expect(rig.runtime.uplinks[0]?.isUp).toBe(false);
    await rig.clock.advance(3_000);
    centre.events?.onUp();
    expect(rig.runtime.uplinks[0]?.isUp).toBe(true);
    await rig.clock.advance(15_000);
  }
  expect(told()).toEqual(['alarm.raised']);
  await rig.clock.advance(20_000);
  expect(told()).toEqual(['alarm.raised', 'alarm.returned']);
  centre.events?.onDown(new UplinkError('UPLINK-003', 'uplink district'));
  await rig.clock.advance(100);
  expect(told()).toEqual(['alarm.raised', 'alarm.returned', 'alarm.raised']);
});

test('a row too large for a centre is journaled, and a centre for which all is too large costs no endless row of notices', async () => {
  const { rig } = await rigWith();
  let isTooLarge = ({ entry }: Report) => entry.kind === 'site.daily';
  rig.uplink.send = async (report) => {
    if (isTooLarge(report)) throw new UplinkError('UPLINK-006', 'x');
    rig.uplink.reports.push(report);
  };
  await rig.start();
  await rig.clock.advance(1_000);
  const [first] = rig.runtime.journal.append({ drafts: [draft, draft], facets: [] });
  await rig.clock.advance(11_000);
  const [dropped] = rig.entriesOf('journal.dropped');
  expect(dropped).toMatchObject({
    subject: 'uplink:district',
    detail: { reason: 'passed-over', uplink: 'district', rows: 2 },
  });
  expect(dropped?.detail['places']).toContainEqual(
    expect.objectContaining({
      id: first?.id,
      code: 'UPLINK-006',
      previous: expect.any(Number),
      position: expect.any(Number),
    }),
  );
  expect(rig.uplink.reports.map(({ entry }) => entry.id)).toContain(dropped?.id);
  isTooLarge = () => true;
  rig.runtime.journal.append({ drafts: [draft], facets: [] });
  await rig.clock.advance(120_000);
  expect(rig.entriesOf('journal.dropped')).toHaveLength(2);
});
