/** What a platform hears over HTTP, byte for byte as its language has it; and that no outside text can break out of a template. */
import { describe, expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { HttpUplinkConfig } from '../../config/site.js';
import { httpTemplateFaults } from '../../config/uplink-template.js';
import type { DeviceStanding } from '../../sync/device-standing.js';
import type { PresetOptions } from '../../sync/http/http-preset.js';
import { presetOf } from '../../sync/http/presets/preset-of.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import { deviceOf, ExternalCodes } from '../../sync/mqtt/external-codes.js';
import { packSamples } from '../../sync/telemetry/pack-codec.js';
import type { Report, TelemetryReport } from '../../sync/uplink.js';
import { facts, httpConfig } from './http-rig.js';
import { epochId, stored } from './rig.js';

const wall = Date.UTC(2026, 10, 30, 1, 2, 3);
const serial = 'A1B200260601SN000000101ABCD';

function preset(over: Partial<HttpUplinkConfig>, standing?: PresetOptions['standing']) {
  const config = httpConfig('http://127.0.0.1/in', over);
  const address = { district: facts.site.district, site: facts.site.id };
  return presetOf({ config, site: facts, address, uplink: config.id, codes: new ExternalCodes(facts), standing });
}
const told = (over: Partial<StoredEntry> = {}): Report => ({
  durable: true,
  entry: stored(7, { wall, zone: brandId('hall'), alarm: brandId('e1-boot1-7'), ...over }),
  previous: 5,
  isHistorical: false,
});
/** `2026-11-30 09:02:03` where the box stands in China. */
const local = (() => {
  const at = new Date(wall - new Date(wall).getTimezoneOffset() * 60_000).toISOString();
  return `${at.slice(0, 10)} ${at.slice(11, 19)}`;
})();
const read = (part: { readonly path: string; readonly json: string } | null): unknown =>
  part === null ? null : [part.path, JSON.parse(part.json)];

const measured: TelemetryReport = {
  pack: {
    ...{ epoch: epochId('e1'), boot: brandId('boot1'), position: 3, sequence: 3, mono: 60_000, wall, clock: 'trusted' },
    samples: 1,
    body: packSamples([{ pointId: brandId('tank-1/level'), unit: 'm', afterMs: 0, value: 2.5, reason: null }]),
  },
  previous: 2,
  isHistorical: false,
};

describe('gengfu', () => {
  test('entries are CloudEvents for a list, packs are SenML, and a sign of life is one more event', () => {
    const ours = preset({});
    const event = ours.report(told(), false);
    expect(event).toMatchObject({ path: '', listType: 'application/cloudevents-batch+json' });
    expect(JSON.parse(event?.json ?? '')).toMatchObject({
      ...{ specversion: '1.0', id: 'e1-boot1-7', source: '/gengfu/yangshuo/old-town/e1', type: 'gengfu.alarm.raised' },
      data: { uplink: 'platform', lane: 'fire', codes: { site: 'S-1', building: 'B-7', device: serial }, detail: {} },
    });
    expect(JSON.parse(ours.report(told(), true)?.json ?? '')).toMatchObject({ data: { detailOmitted: true } });
    const pack = ours.telemetry(measured);
    expect(pack?.mediaType).toBe('application/senml+json');
    expect(JSON.parse(pack?.json ?? '')[1]).toEqual({ n: 'tank-1/level', u: 'm', v: 2.5 });
    const status = ours.status({ state: 'online', wall, clock: 'trusted' });
    expect(JSON.parse(status?.json ?? '')).toEqual({
      ...{ specversion: '1.0', source: '/gengfu/yangshuo/old-town', type: 'gengfu.status' },
      ...{ datacontenttype: 'application/json', id: 'status-2026-11-30T01:02:03.000Z' },
      ...{ time: '2026-11-30T01:02:03.000Z', data: { state: 'online', clock: 'trusted' } },
    });
  });
});

describe('gbt45839', () => {
  const install = httpConfig('http://h').install;
  const standard = (over: Partial<HttpUplinkConfig> = {}) => preset({ preset: 'gbt45839', telemetry: 'none', ...over });
  const statusOf = (part: ReturnType<ReturnType<typeof preset>['report']>): unknown =>
    part === null ? null : JSON.parse(part.now?.() ?? part.json).status;

  test('each device is installed with the fields of table D.1, and what its id says of it (GB/T 45839-2025 D.1, B.2)', () => {
    const more = { client: '阳朔镇政府', area: '450321', longitude: 110.49, latitude: 24.77, mobile: '0773-8822119' };
    const parts = standard({ install: { ...install, ...more } }).installs();
    expect(parts.map(read)).toEqual([
      [
        '/Install_info',
        {
          ...{ company: 'A1B2', serial, name: 'smoke-1/smoke 点', categoryName: '独立式感烟火灾探测报警器' },
          ...{ netType: '00', client: '阳朔镇政府', address: '', deviceAddress: '祠堂 正厅' },
          ...{ productingDate: '2026-06-01', longitude: 110.49, latitude: 24.77, activeTime: null },
          ...{ organizationName: '', area: '450321', responsible: '', mobile: '0773-8822119' },
        },
      ],
      [
        '/Install_info',
        expect.objectContaining({ serial: 'old-town/call-1', categoryName: '手动火灾报警按钮', productingDate: null }),
      ],
    ]);
    expect(Object.keys(JSON.parse(parts[0]?.json ?? '{}'))).toEqual(
      'company serial name categoryName netType client address deviceAddress productingDate longitude latitude activeTime organizationName area responsible mobile'.split(
        ' ',
      ),
    );
  });

  test('an alarm is a status with the fields of table D.2 (GB/T 45839-2025 D.2)', () => {
    expect(read(standard().report(told(), false))).toEqual([
      '/status_info',
      { company: 'A1B2', serial, status: 2, signalStrength: null, batteryPercentage: null, datetime: local },
    ]);
  });

  test('signal and battery are what points of the device show now; else the modem’s signal, and null', () => {
    const shown = new Map<string, number>([['modem/signal', -71.4]]);
    const [own] = facts.points;
    if (own === undefined) throw new Error('no point');
    const measured = (id: string, physicalUnit: string | null, over = {}) => ({
      ...{ ...own, id: brandId<never>(id), role: 'measurement', class: null, physicalUnit, ...over },
    });
    const site = {
      ...facts,
      points: [
        ...facts.points,
        measured('modem/signal', 'dBm', {
          role: 'modem.signal',
          source: { kind: 'uplink', uplink: 'sms', what: 'signal' },
        }),
        measured('smoke-1/battery_level', '%'),
        measured('smoke-1/battery_volts', 'V'),
        measured('smoke-1/rssi', 'dBm'),
      ] as typeof facts.points,
    };
    const address = { district: facts.site.district, site: facts.site.id };
    const config = httpConfig('http://127.0.0.1/in', { preset: 'gbt45839', telemetry: 'none' });
    const about = { config, site, address, uplink: config.id, codes: new ExternalCodes(facts) };
    const of = presetOf({ ...about, readingOf: (id) => shown.get(id) ?? null });
    const now = () => {
      const part = of.report(told(), false);
      const { signalStrength, batteryPercentage } = JSON.parse(part?.now?.() ?? '{}');
      return [signalStrength, batteryPercentage];
    };
    shown.set('smoke-1/battery_volts', 3.6);
    expect(now()).toEqual([null, null]);
    shown.set('smoke-1/rssi', -88);
    shown.set('smoke-1/battery_level', 64.6);
    expect(now()).toEqual([-88, 65]);
    // No percentage of anything.
    shown.set('smoke-1/battery_level', 255);
    expect(now()).toEqual([-88, null]);
    const wired = presetOf({
      ...about,
      site: { ...site, points: site.points.slice(0, 5) },
      readingOf: (id) => shown.get(id) ?? null,
    });
    expect(JSON.parse(wired.report(told(), false)?.now?.() ?? '{}')).toMatchObject({ signalStrength: -71 });
  });

  test('an all-clear waits until it is known what stands; an alarm does not', () => {
    const unknown = preset({ preset: 'gbt45839', telemetry: 'none' }, () => null);
    expect(() => unknown.report(told({ kind: 'alarm.reset' }), false)).toThrow('UPLINK-003');
    expect(statusOf(unknown.report(told(), false))).toBe(2);
  });

  test('a device has the gravest of its states; an alarm ends when it is reset, a fault when it is gone, a detector out of service is shielded', () => {
    const told45839 = standard();
    const say = (kind: StoredEntry['kind'], over: Partial<StoredEntry> = {}) =>
      statusOf(told45839.report(told({ kind, ...over }), false));
    const low = { class: 'fault', subject: 'point:smoke-1/battery', alarm: brandId<never>('e1-boot1-8') } as const;
    const silent = {
      class: 'fault',
      subject: 'fault:point:smoke-1/smoke',
      alarm: brandId<never>('e1-boot1-9'),
    } as const;
    const service = { class: null, alarm: null } as const;
    expect([
      say('alarm.raised', low),
      say('alarm.raised'),
      say('alarm.acknowledged'),
      say('alarm.returned', { detail: { latched: true } }),
      say('alarm.raised', silent),
      say('alarm.reset'),
      say('alarm.raised'), // told again: a report that was refused comes late
      say('alarm.returned', { ...low, detail: { latched: false } }),
      say('alarm.returned', { ...silent, detail: { latched: false } }),
      say('service.changed', { ...service, detail: { to: 'out-of-service' } }),
      say('service.changed', { ...service, detail: { to: 'in-service' } }),
      say('alarm.raised', { subject: 'uplink:platform' }),
      say('output.commanded', { ...service, subject: 'output:siren' }),
    ]).toEqual([3, 2, null, null, 2, 3, 3, 3, 1, 4, 1, null, null]);
  });

  test('no all-clear while a fire stands that it has not told: before the start, or ahead of what waits', () => {
    const point = 'point:smoke-1/smoke';
    const burns: DeviceStanding = { subject: point, class: 'fire', is: 'alarm' };
    let now: readonly DeviceStanding[] = [burns];
    const restarted = preset({ preset: 'gbt45839', telemetry: 'none' }, () => now);
    const part = (kind: StoredEntry['kind'], over: Partial<StoredEntry> = {}) =>
      restarted.report(told({ kind, ...over }), false);
    const low = { class: 'fault', subject: 'point:smoke-1/battery', alarm: brandId<never>('e1-boot1-8') } as const;
    const returned = { ...low, detail: { latched: false } };
    expect([statusOf(part('alarm.raised', low)), statusOf(part('alarm.returned', returned))]).toEqual([2, 2]);
    now = [{ ...burns, subject: 'point:call-1/contact' }];
    const waits = part('alarm.returned', returned);
    expect(statusOf(waits)).toBe(1);
    now = [burns];
    expect([statusOf(waits), statusOf(waits)]).toEqual([2, 2]);
    // Over before it could be told: it was a fire all the same.
    now = [];
    expect([statusOf(part('alarm.raised')), statusOf(part('alarm.reset'))]).toEqual([2, 1]);
    now = [{ ...burns, is: 'shielded' }];
    expect(statusOf(part('alarm.reset'))).toBe(4);
    // Whoever wants only fires is never told when a fault is over.
    now = [{ subject: 'fault:point:smoke-1/smoke', class: 'fault', is: 'alarm' }];
    const tell = { classes: ['fire'], zones: null, kinds: null, withPrivate: false } as const;
    const fires = preset({ preset: 'gbt45839', telemetry: 'none', tell }, () => now);
    expect([statusOf(part('alarm.reset')), statusOf(fires.report(told({ kind: 'alarm.reset' }), false))]).toEqual([
      3, 1,
    ]);
  });

  test('success 0 in the answer is a no; anything else that is answered by 2xx is a yes', () => {
    const answers = ['{"success":1}', '{"success": 0}', '{"success":"0"}', '', 'ok', '{"success":0.5}'];
    const { accepts } = standard();
    expect(answers.map((text) => accepts(Buffer.from(text)))).toEqual([true, false, false, true, true, true]);
  });
});

test('zxyun: all fields of its page, the gateway, a detector and a person told apart', () => {
  const zxyun = preset({ preset: 'zxyun', telemetry: 'none' });
  expect(read(zxyun.report(told(), false))).toEqual([
    '',
    {
      ...{ logId: 'e1-boot1-7', projectId: 'S-1', flag: 2, gatewayName: '阳朔古镇', deviceId: serial },
      ...{ devicePosition: '祠堂 正厅', deviceControllerId: '', deviceLoopId: '', deviceAddrId: '' },
      ...{ deviceChannelId: -1, deviceNumber: 'smoke-1/smoke', deviceType: '独立式感烟火灾探测报警器' },
      ...{
        deviceState: '火警',
        deviceGroupState: '',
        deviceEventType: 'alarm.raised',
        deviceEventName: '一号烟感火警',
      },
      ...{ happenTime: local, optCode: '', pushType: 1 },
    },
  ]);
  const typeOf = (over: Partial<StoredEntry>): unknown => {
    const { pushType, flag, deviceState } = JSON.parse(zxyun.report(told(over), false)?.json ?? '{}');
    return [pushType, flag, deviceState];
  };
  expect(typeOf({ kind: 'alarm.reset', origin: 'panel' })).toEqual([2, 2, '正常']);
  expect(typeOf({ kind: 'gateway.started', class: null, subject: 'gateway' })).toEqual([4, 0, '']);
  const online = zxyun.status({ state: 'online', wall, clock: 'trusted' });
  expect(JSON.parse(online?.json ?? '')).toMatchObject({
    flag: 0,
    pushType: 3,
    deviceState: '在线',
    happenTime: local,
  });
});

describe('templates of the site file', () => {
  const templates = {
    report: {
      path: '/v2/{{code_site}}/{{subject}}',
      payload: '{"who": "{{device}}", "said": {{words_zh}}, "n": {{sequence}}}',
    },
    telemetry: { path: '', payload: '{"v": {{values}}}' },
    status: null,
  };

  test('each replaces the one of the preset; with a report of their own, our sign of life and our installs stay away', () => {
    const own = preset({ preset: 'gbt45839', templates });
    expect(read(own.report(told(), false))).toEqual([
      '/v2/S-1/point%3Asmoke-1%2Fsmoke',
      { who: 'smoke-1', said: '一号烟感火警', n: 7 },
    ]);
    expect(read(own.telemetry(measured))).toEqual(['', { v: { 'tank-1/level': 2.5 } }]);
    expect([own.status({ state: 'online', wall, clock: 'trusted' }), own.installs()]).toEqual([null, []]);
  });

  test('outside text stays one value: no step back, no query, no broken JSON', () => {
    const own = preset({ templates });
    for (const subject of ['..', '?a=1#b', '\ud800', '中/文']) {
      const part = own.report(told({ subject, words: { zh: `"},\\ ${subject}`, en: '' } }), false);
      expect(part?.path).toMatch(/^\/v2\/S-1\/[A-Za-z0-9%._-]+$/);
      expect(part?.path).not.toContain('/..');
      expect(JSON.parse(part?.json ?? '').said).toContain('"},\\');
    }
  });

  test.each([
    ['{{nobody}}', '{}', 'path'],
    ['v2', '{}', 'path'],
    ['/a b', '{}', 'path'],
    ['/{{client_id}}', '{}', 'path'],
    ['/ok?x={{id}}', '{"a": {{nobody}}}', 'payload'],
    ['', '{"a": "{{id}}', 'payload'],
    ['', '{"a": {{id}}}', null],
  ])('path %j with payload %j: wrong is %s', (path, payload, key) => {
    expect([...httpTemplateFaults('report', { path, payload })].map((fault) => fault.key)).toEqual(
      key === null ? [] : [key],
    );
  });
});

test('a fault of a point is about its device', () => {
  expect(deviceOf('fault:point:smoke-3/smoke')).toEqual({ device: 'smoke-3', key: 'smoke' });
});
