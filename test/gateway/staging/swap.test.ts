/** Going over to another site file: what is unchanged keeps running, and nothing that is latched, sounding or queued is lost. */
import { expect, test } from 'vitest';
import type { LineId } from '../../../config/ids.js';
import type { LineConfig, PointConfig, SiteConfig } from '../../../config/site.js';
import { hallSmoke, kitchen, line, speechlessTown, streetSiren, townConfig, townSiren } from '../village-rig.js';
import { SwapRig } from './swap-rig.js';

const east = line('east');
const west = line('west');
const inn = line('inn');

/** The same site with something else about one line. */
function withLine(site: SiteConfig, id: LineId, other: Partial<Pick<LineConfig, 'timeoutMs' | 'name'>>): SiteConfig {
  return { ...site, lines: site.lines.map((each) => (each.id === id ? { ...each, ...other } : each)) };
}

function longestGapMs(rig: SwapRig, id: LineId, sinceMono: number): number {
  const sent = (rig.sent.get(id) ?? []).filter((atMono) => atMono >= sinceMono - 500);
  return Math.max(...sent.slice(1).map((atMono, i) => atMono - (sent[i] ?? 0)));
}

/** Of the panel as a whole. */
function panelFireOf({ points }: SiteConfig): PointConfig {
  const found = points.find(
    ({ source, class: of }) => source.kind === 'stream' && of === 'fire' && source.object === null,
  );
  if (found === undefined) throw new Error('the panel has a fire point');
  return found;
}

test('an unchanged line keeps its open port and is asked again within a second; a changed one is opened anew', async () => {
  const town = await townConfig();
  const rig = new SwapRig(town);
  await rig.start(town);
  await rig.clock.advance(5_000);
  const panelFire = panelFireOf(town);
  const heard = rig.runtime.points.get(panelFire.id);
  const [beganMono, opened, closed] = [rig.clock.mono(), rig.opened.length, rig.closed.length];
  const next = withLine(withLine(town, inn, { timeoutMs: 450 }), east, { name: { zh: '另名', en: 'renamed' } });
  const swapping = rig.runner.swapTo(next);
  await rig.wait(swapping);
  await rig.clock.advance(5_000);
  expect(rig.opened.slice(opened)).toEqual([inn]);
  expect(rig.closed.slice(closed)).toEqual([inn]);
  for (const id of [east, west]) expect(longestGapMs(rig, id, beganMono)).toBeLessThan(1000);
  expect(rig.runtime.vitals.lines).toEqual(new Set(town.lines.map(({ id }) => id)));
  expect(heard?.quality).toBe('good');
  expect(rig.runtime.points.get(panelFire.id)?.quality).toBe('good');
  expect(rig.entries.filter((entry) => entry.class === 'fault')).toEqual([]);
  await rig.wait(rig.runner.stop());
  expect(new Set(rig.closed.slice(closed + 1))).toEqual(new Set(town.lines.map(({ id }) => id)));
});

test('a fire stays latched under its id, its sirens stay on, and a fire that begins in the gap is raised at once', async () => {
  const town = await speechlessTown();
  const rig = new SwapRig(town);
  await rig.start(town);
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.village.outputIsOn(streetSiren) && rig.village.outputIsOn(townSiren), 3_000);
  await rig.clock.advance(500);
  const raised = rig.runtime.alarms.subjects.get(`point:${kitchen}`)?.alarm?.id;
  const switched: string[] = [];
  rig.village.onOutputChange((id, on) => switched.push(`${id} ${on}`));
  const swapping = rig.runner.swapTo(withLine(town, inn, { timeoutMs: 450 }));
  rig.village.setPoint(hallSmoke, 'alarm');
  await rig.wait(swapping);
  await rig.clock.until(() => rig.entriesOf('alarm.raised', `point:${hallSmoke}`).length > 0, 2_000);
  await rig.clock.advance(2_000);
  expect(switched).toEqual(['siren-hall true']);
  expect(rig.runtime.alarms.subjects.get(`point:${kitchen}`)?.alarm?.id).toBe(raised);
  expect(rig.entriesOf('alarm.raised', `point:${kitchen}`)).toHaveLength(1);
  expect(rig.entriesOf('alarm.returned')).toEqual([]);
});

test('a change of the uplink drops no queued row and sends none twice', async () => {
  const town = await townConfig();
  const rig = new SwapRig(town);
  await rig.start(town);
  await rig.clock.advance(12_000);
  const uplink = town.uplinks[0];
  if (uplink === undefined) throw new Error('the site has an uplink');
  rig.isCentreThere = () => false;
  const moved = { ...town, uplinks: [{ ...uplink, url: 'mqtt://elsewhere:1883' }] };
  await rig.wait(rig.runner.swapTo(moved));
  const { point: tank, state } = rig.supervisory(town);
  rig.village.setPoint(tank.id, state);
  await rig.clock.until(() => rig.entriesOf('alarm.raised', `point:${tank.id}`).length > 0, 20_000, 100);
  rig.isCentreThere = () => true;
  await rig.wait(rig.runner.swapTo(town));
  await rig.clock.advance(5_000);
  const told = rig.reports.map(({ entry }) => entry.id);
  expect(new Set(told).size).toBe(told.length);
  expect(new Set(told)).toEqual(new Set(rig.entries.map(({ id }) => id)));
  expect(rig.runtime.alarms.subjects.get(`point:${tank.id}`)).toMatchObject({ alarm: { id: expect.anything() } });
});

test('a disk that stalls during the swap loses no entry and no latch, and what a panel says in the gap is heard', async () => {
  const town = await speechlessTown();
  const rig = new SwapRig(town);
  await rig.start(town);
  rig.store.setMode('hangs');
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.until(() => rig.entriesOf('alarm.raised', `point:${kitchen}`).length > 0, 2_000);
  const [raised] = rig.entriesOf('alarm.raised', `point:${kitchen}`);
  const beganMono = rig.clock.mono();
  const swapping = rig.runner.swapTo(withLine(town, inn, { timeoutMs: 450 }));
  const panelFire = panelFireOf(town);
  // The old one listens no more, the next one not yet.
  await rig.clock.until(() => rig.entriesOf('gateway.stopped').length > 0, 5_000);
  rig.village.setPoint(panelFire.id, 'alarm');
  await rig.wait(swapping);
  expect(longestGapMs(rig, east, beganMono)).toBeLessThan(1000);
  await rig.clock.advance(100);
  expect(rig.entriesOf('alarm.raised', `point:${panelFire.id}`)).toHaveLength(1);
  await rig.clock.advance(10_000);
  expect(rig.village.outputIsOn(townSiren)).toBe(true);
  rig.store.setMode('works');
  await rig.clock.advance(30_000);
  const told = new Set(rig.reports.map(({ entry }) => entry.id));
  expect(rig.entries.filter(({ id }) => !told.has(id)).map(({ kind }) => kind)).toEqual([]);
  expect(raised !== undefined && told.has(raised.id)).toBe(true);
  expect(rig.runtime.alarms.subjects.get(`point:${kitchen}`)?.alarm).not.toBeNull();
});
