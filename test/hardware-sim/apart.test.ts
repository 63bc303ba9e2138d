/** A site whose village is in another process is the same site: only places change. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../config/load-config.js';
import { parseApartOptions } from '../../hardware-sim/apart/apart-options.js';
import { siteApart } from '../../hardware-sim/apart/apart-site.js';
import { observationOf } from '../../hardware-sim/apart/gateway-process.js';
import { refusedOptions } from '../../hardware-sim/apart/refused-options.js';
import { withAllUplinks } from '../../hardware-sim/district-doors/all-uplinks-site.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import { loadScenario, siteFileOf } from '../../hardware-sim/scenario.js';

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

test('only whole observations of a gateway are judged', () => {
  const entry = { id: 'a', kind: 'alarm.raised', subject: 'point:a/b', detail: {} };
  expect(observationOf(JSON.stringify({ ms: 1, kind: 'entry', entry }))).toMatchObject({ kind: 'entry', entry });
  for (const line of ['', 'hello', '{', '{"kind":1}', '{"kind":"entry"}', '{"kind":"entry","entry":{"id":"a"}}'])
    expect(observationOf(line)).toBeNull();
});
