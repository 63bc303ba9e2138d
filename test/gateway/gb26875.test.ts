/** A village that tells a centre of GB/T 26875.3: what the centre hears, and what sounds when it hears nothing. */
import { expect, test } from 'vitest';
import { type BootId, brandId } from '../../config/ids.js';
import { uplinkPoints } from '../../config/resolve-uplink-points.js';
import { localOffsetMin } from '../../drivers/clock.js';
import { type AlarmState, emptyAlarmState } from '../../gateway/alarm/facets.js';
import { GbSiteNews, gbSiteOf } from '../../gateway/gb26875-site.js';
import { standingNow } from '../../gateway/standing-now.js';
import { ByteGbLink } from '../../hardware-sim/centre26875/byte-gb-link.js';
import { GbCentre } from '../../hardware-sim/centre26875/gb-centre.js';
import { SimNetwork } from '../../hardware-sim/net/sim-network.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { GbUplink } from '../../sync/gb26875/gb-uplink.js';
import { gbConfig } from '../sync/gb26875/plain-site.js';
import { seeded } from '../sync/rig.js';
import { hallSiren, hallSmoke, kitchen, townConfig, VillageRig } from './village-rig.js';

async function gbVillage() {
  const town = await townConfig();
  const uplinks = [gbConfig()];
  const points = [...town.points.filter(({ source }) => source.kind !== 'uplink'), ...uplinkPoints(uplinks)];
  const step = { start: [{ kind: 'at-once' } as const], sound: [hallSiren] };
  const faultPlan = {
    id: brandId<(typeof town.plans)[number]['id']>('faults'),
    when: { class: 'fault', zones: 'all' },
    steps: [step],
  } as const;
  const rig = await VillageRig.make({ config: { ...town, uplinks, points, plans: [...town.plans, faultPlan] } });
  const { clock, config: site } = rig;
  const centre = new GbCentre({ clock, zoneMin: localOffsetMin(clock.wall()) });
  const network = new SimNetwork({ clock, server: centre, where: 'centre:5000' });
  const news = new GbSiteNews();
  rig.onObserved = (seen) => news.see(seen);
  const config = gbConfig();
  const uplink = new GbUplink({
    ...{ config, siteKey: 'x', clock, random: seeded(1), link: new ByteGbLink(network.open) },
    ...gbSiteOf({ config, site, version: '0.1.0', clock, news, watch: () => rig.runtime }),
  });
  rig.uplink.start = (events) => uplink.start(events);
  rig.uplink.send = (report) => uplink.send(report);
  rig.uplink.stop = () => uplink.stop();
  await rig.start();
  await clock.advance(20_000);
  return { rig, centre };
}

test('what stands is not known before the disk has told it; after ten minutes what is seen is what is known', async () => {
  const clock = new SimClock();
  const journal = { boot: brandId<BootId>('b'), commands: null as null | [] };
  let watching: { alarms: AlarmState; journal: typeof journal } | null = null;
  const standing = standingNow(() => watching, clock);
  expect(standing()).toBeNull();
  watching = { alarms: emptyAlarmState, journal };
  expect(standing()).toBeNull();
  await clock.advance(599_999);
  expect(standing()).toBeNull();
  await clock.advance(1);
  expect(standing()).toEqual([]);
  journal.commands = [];
  const restarted = standingNow(() => watching, clock);
  expect(restarted()).toEqual([]);
});

test('a detector that was taken out stands as shielded; one under walk test does not, as nothing would take that back', () => {
  const journal = { boot: brandId<BootId>('b'), commands: [] };
  const toldOf = (is: 'out-of-service' | 'under-test') => {
    const facets = { subject: 'point:smoke-1/smoke', class: 'fire', alarm: null, service: { is } };
    const alarms = { ...emptyAlarmState, subjects: new Map([[facets.subject, facets]]) } as unknown as AlarmState;
    return standingNow(() => ({ alarms, journal }), new SimClock())()?.map(({ is: how }) => how);
  };
  expect([toldOf('out-of-service'), toldOf('under-test')]).toEqual([['shielded'], []]);
});

test('a fire is told and read back; a centre that says nothing over all resends is a fault that sounds (GB 26875.1)', async () => {
  const { rig, centre } = await gbVillage();
  const faults = () => rig.faults.filter((each) => each.endsWith('fault:uplink:city'));
  const burning = () => centre.heard.objects.filter(({ type, object }) => type === 2 && object.state === 3);
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(4_000);
  expect(burning()).toMatchObject([{ isConfirmed: true }]);
  const { system = 0, systemAddress = 0, componentAddress = '' } = burning()[0]?.object ?? {};
  centre.ask(62, [{ system, systemAddress, componentAddress }]);
  centre.ask(81);
  await rig.clock.advance(100);
  const answers = centre.heard.frames.filter(({ kind }) => kind === 'answer');
  expect(answers.map(({ adu }) => (adu?.objects[0]?.state ?? 0) & 0b11)).toEqual([0b11, 0b11]);

  centre.knobs.answers = 'silent';
  rig.village.setPoint(hallSmoke, 'alarm');
  await rig.clock.advance(30_000);
  expect(burning()).toHaveLength(2);
  expect(faults()).toEqual([]);
  await rig.clock.advance(15_000);
  expect(faults()).toEqual(['raised fault:uplink:city']);
  const raised = rig.entries.find(({ subject, kind }) => subject === 'fault:uplink:city' && kind === 'alarm.raised');
  expect(raised?.detail).toMatchObject({ code: 'UPLINK-004' });
  expect(rig.runtime.alarms.subjects.get('fault:uplink:city')?.sounder).toBe('sounding');
  // It takes connections, and confirms nothing: the same fault.
  await rig.clock.advance(60_000);
  expect(faults()).toEqual(['raised fault:uplink:city']);
  centre.knobs.answers = 'confirm';
  await rig.clock.advance(120_000);
  expect(faults()).toEqual(['raised fault:uplink:city', 'returned fault:uplink:city']);
  expect(
    burning()
      .slice(1)
      .some(({ isConfirmed }) => isConfirmed),
  ).toBe(true);
  await rig.stop();
});
