/** A site whose village is in another process is the same site: only places change. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../config/load-config.js';
import { parseApartOptions } from '../../hardware-sim/apart/apart-options.js';
import { siteApart } from '../../hardware-sim/apart/apart-site.js';
import { FirePaths } from '../../hardware-sim/apart/fire-paths.js';
import { observationOf } from '../../hardware-sim/apart/gateway-process.js';
import { refusedOptions } from '../../hardware-sim/apart/refused-options.js';
import { withAllUplinks } from '../../hardware-sim/district-doors/all-uplinks-site.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import { loadScenario, siteFileOf } from '../../hardware-sim/scenario.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

const scratch = mkdtempSync(join(tmpdir(), 'gengfu-apart-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const places = {
  folder: '/tmp/apart',
  ports: new Map([['pool', 1502]]),
  brokerUrl: 'mqtt://127.0.0.1:1884',
  mqttVersion: '3.1.1',
} as const;

test.each(['ancient-town', 'micro-station', 'smallest-site'] as const)(
  'the village of %s apart has the same points and outputs, and no pins',
  async (site) => {
    const text = readFileSync(siteFileOf({ site }), 'utf8');
    const load = async (yaml: string) => {
      const file = join(scratch, 'gateway.yaml');
      writeFileSync(file, yaml);
      const loaded = await loadConfig(file, knownParts);
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
      return loaded.config;
    };
    const [before, after] = [await load(text), await load(siteApart(text, { ...places, takesOrders: true }))];
    const ids = (all: readonly { readonly id: string }[]) =>
      all.map(({ id }) => id).filter((id) => !id.includes('sim-pins'));
    expect(ids(after.points).sort()).toEqual(ids(before.points).sort());
    expect(ids(after.outputs)).toEqual(ids(before.outputs));
    expect([...after.points, ...after.outputs].filter((each) => JSON.stringify(each).includes('"pin"'))).toEqual([]);
    expect(after.plans.map(({ id }) => id)).toEqual(before.plans.map(({ id }) => id));
    expect(after.uplinks[0]).toMatchObject({ url: places.brokerUrl, takesCommands: true });
    const found = after.lines.map((line) => (line.transport === 'serial' ? line.path : `${line.host}:${line.port}`));
    if (site === 'ancient-town')
      expect(found).toEqual(expect.arrayContaining(['/tmp/apart/line-east', '127.0.0.1:1502']));
  },
);

test('four ways at once stay as they are: only the one over MQTT is led to the broker', () => {
  const ways = { brokerUrl: 'mqtt://old:1', gbPort: 2, httpUrl: 'http://127.0.0.1:3/fire', modemPath: '/tmp/m' };
  const text = withAllUplinks(readFileSync(siteFileOf({ site: 'smallest-site' }), 'utf8'), ways);
  const [mqtt, ...others] = parse(siteApart(text, { ...places, takesOrders: true })).uplinks;
  expect(mqtt).toMatchObject({ kind: 'mqtt', url: places.brokerUrl, mqtt_version: '3.1.1', commands: true });
  expect(others).toEqual(parse(text).uplinks.slice(1));
});

test('a story about the only district being away is not played with four ways, and one about a fire is', () => {
  const refused = (scenario: string) => {
    const options = parseApartOptions(['--scenario', scenario, '--all-uplinks']);
    if ('zh' in options) throw new Error(options.en);
    return refusedOptions(loadScenario(scenario), options);
  };
  expect(refused('uplink-away')?.en).toContain('leave --all-uplinks away');
  expect(refused('broker-storm')?.zh).toContain('去掉 --all-uplinks');
  expect(refused('kitchen-fire')).toBeNull();
});

test('ways of a fire are waited for as long as they may take, and one that stays silent is named', async () => {
  const clock = new SimClock(Date.UTC(2026, 10, 22, 18, 30), 'trusted', { settle: 'ticks' });
  const ways = new FirePaths(clock, 1);
  const paths = ['http', 'sms'].map((kind) => ({ uplink: kind, kind, isWatched: true }));
  ways.begin();
  expect([ways.isSettled(paths), ways.held(paths), ways.lines(paths)[0]?.en]).toEqual([
    ...[true, false, '✗ no fire was raised: there is nothing to time'],
  ]);
  const entry = { id: 'e-1', kind: 'alarm.raised', class: 'fire', wall: clock.wall() };
  ways.see({ kind: 'entry', entry } as never);
  let isSettled = false;
  void ways.settle(paths).then(() => {
    isSettled = true;
  });
  await clock.advance(1_600);
  ways.confirmed('sms', () => true);
  ways.see({ kind: 'report.carried', entryId: 'e-1', uplink: 'sms' } as never);
  await clock.advance(8_300);
  expect(isSettled).toBe(false);
  await clock.advance(200);
  expect([isSettled, ways.held(paths)]).toEqual([true, false]);
  expect(ways.lines(paths).map(({ zh }) => zh)).toEqual([
    '✗ http：报出火警后 10100 ms 平台仍未确认（≤ 10000 ms）',
    '✓ sms：报出火警后 1600 ms 移动网络确认（≤ 25000 ms）',
  ]);
  expect(JSON.parse(ways.json(paths))).toMatchObject({
    ...{ kind: 'scenario.paths', held: false, waitedMs: 10_100 },
    fire: { entryId: 'e-1', raised: '2026-11-22T18:30:00.000Z' },
    paths: [
      { uplink: 'http', tookMs: null, outcome: 'silent' },
      { uplink: 'sms', tookMs: 1_600, knownMs: 1_600, limitMs: 25_000, outcome: 'held' },
    ],
  });
});

test('only whole observations of a gateway are judged', () => {
  const entry = { id: 'a', kind: 'alarm.raised', subject: 'point:a/b', detail: {} };
  expect(observationOf(JSON.stringify({ ms: 1, kind: 'entry', entry }))).toMatchObject({ kind: 'entry', entry });
  for (const line of ['', 'hello', '{', '{"kind":1}', '{"kind":"entry"}', '{"kind":"entry","entry":{"id":"a"}}'])
    expect(observationOf(line)).toBeNull();
});
