/** What a platform hears, byte for byte as it wants it; and that no outside text can break out of a template. */
import { describe, expect, test, vi } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { MessageTemplate, MqttUplinkConfig } from '../../config/site.js';
import { payloadNames, type TemplateKind, topicNames, uplinkTemplateFaults } from '../../config/uplink-template.js';
import type { StoredTelemetryPack } from '../../sync/journal/store.js';
import { ExternalCodes } from '../../sync/mqtt/external-codes.js';
import { formatOf } from '../../sync/mqtt/formats/format-of.js';
import { packSamples } from '../../sync/telemetry/pack-codec.js';
import type { Sample } from '../../sync/telemetry/sample.js';
import { PayloadTemplate, TopicTemplate } from '../../sync/templates/template.js';
import { type Report, type TelemetryReport, UplinkError } from '../../sync/uplink.js';
import { uplinkConfig } from '../uplink-config.js';
import { FastClock, type Heard, listen, mosquittoPath, startAedes, startMosquitto } from './brokers.js';
import { startUplink, waitMax } from './mqtt-rig.js';
import { entry, epochId, seeded, stored } from './rig.js';

const wall = Date.UTC(2026, 10, 30, 1, 2, 3);
const address = { district: brandId<never>('yangshuo'), site: brandId<never>('old-town') };
const codes = new ExternalCodes({
  site: { id: address.site, district: address.district, name: { zh: '', en: '' }, code: '450321001' },
  zones: [{ id: brandId('hall'), name: { zh: '', en: '' }, code: 'B-7' }],
  codes: new Map([['smoke-1', 'D-1']]),
});
const fire: Report = {
  durable: true,
  entry: stored(7, { wall, zone: brandId('hall') }),
  previous: 5,
  isHistorical: false,
};

const sample = (point: string, afterMs: number, value: number | string | null, unit: string | null = null): Sample => ({
  ...{ pointId: brandId(point), unit, afterMs, value },
  reason: value === null ? 'silent' : null,
});

function pack(samples: readonly Sample[], over: Partial<StoredTelemetryPack> = {}): TelemetryReport {
  const body = packSamples(samples);
  const place = { epoch: epochId('e1'), boot: brandId<never>('boot1'), position: 3, sequence: 3 };
  return {
    pack: { ...place, mono: 60_000, wall, clock: 'trusted', samples: samples.length, body, ...over },
    previous: 2,
    isHistorical: false,
  };
}

const measured = pack([
  sample('tank-1/level', 0, 2.5, 'm'),
  sample('smoke-1/smoke', 0, 'normal'),
  sample('tank-1/temp', 0, null, '°C'),
  sample('tank-1/level', 30_000, 2.4, 'm'),
]);

const brokers = [
  ['aedes (MQTT 3.1.1)', startAedes] as const,
  ...(mosquittoPath === null ? [] : [['Mosquitto (MQTT 5)', startMosquitto] as const]),
];

describe.each(brokers)('over %s', (_name, startBroker) => {
  async function heardOf(over: Partial<MqttUplinkConfig>, topics: string[], count: number): Promise<Heard[]> {
    const broker = await startBroker();
    const heard = await listen(broker, topics);
    const { uplink, until } = startUplink(broker, over, { codes, clock: new FastClock(1) });
    await until('up');
    await uplink.send(fire);
    await uplink.sendTelemetry(measured);
    await uplink.stop();
    await vi.waitFor(() => expect(heard).toHaveLength(count), waitMax);
    return heard;
  }
  const read = ({ topic, text }: Heard): unknown => [topic, JSON.parse(text)];

  test('ThingsBoard hears a gateway with its devices: connect, attributes, and values at their times', async () => {
    const heard = await heardOf({ format: 'thingsboard', username: 'token' }, ['#'], 4);
    expect(heard.map(({ isRetained }) => isRetained)).toEqual(Array(4).fill(false));
    expect(heard.map(read)).toEqual([
      ['v1/gateway/connect', { device: '450321001' }],
      [
        'v1/gateway/attributes',
        { 450321001: { district: 'yangshuo', site: 'old-town', clock: 'trusted', code: '450321001' } },
      ],
      [
        'v1/gateway/telemetry',
        {
          'D-1': [
            {
              ts: wall,
              values: {
                report: 'alarm.raised',
                report_id: 'e1-boot1-7',
                report_class: 'fire',
                report_subject: 'point:smoke-1/smoke',
                report_zh: '一号烟感火警',
                report_en: 'fire at smoke detector 1',
                report_durable: true,
                report_zone: 'hall',
              },
            },
          ],
        },
      ],
      [
        'v1/gateway/telemetry',
        {
          'old-town/tank-1': [
            { ts: wall, values: { level: 2.5, temp_bad: 'silent' } },
            { ts: wall + 30_000, values: { level: 2.4 } },
          ],
          'D-1': [{ ts: wall, values: { smoke: 'normal' } }],
        },
      ],
    ]);
  });

  test('OneNET hears events and properties of its thing model, one value of each property in a message', async () => {
    const over = { format: 'onenet', username: 'Pr0duct', clientId: 'box-1' } as const;
    const heard = await heardOf(over, ['#', '$sys/#'], 3);
    const root = '$sys/Pr0duct/box-1/thing';
    const value = {
      id: 'e1-boot1-7',
      kind: 'alarm.raised',
      subject: 'point:smoke-1/smoke',
      words: '一号烟感火警',
      device: 'D-1',
      zone: 'hall',
    };
    expect(heard.map(read)).toEqual([
      [`${root}/event/post`, { id: '7', version: '1.0', params: { fire: { value, time: wall } } }],
      [
        `${root}/property/post`,
        {
          id: '3',
          version: '1.0',
          params: { tank_1__level: { value: 2.5, time: wall }, smoke_1__smoke: { value: 'normal', time: wall } },
        },
      ],
      [
        `${root}/property/post`,
        { id: '3', version: '1.0', params: { tank_1__level: { value: 2.4, time: wall + 30_000 } } },
      ],
    ]);
  });

  test('a platform with messages of its own hears what the site file writes, and the will of the same shape', async () => {
    const templates = {
      report: {
        topic: 'fire/{{code_site}}/{{stream}}',
        payload:
          '{"no": {{sequence}}, "dev": "{{code_device}}/{{key}}", "at": {{ts}}, "text": "{{words_zh}}", "more": {{detail}}}',
      },
      telemetry: { topic: 'data/{{site}}', payload: '{"n": {{count}}, "v": {{values}}, "d": {{devices}}}' },
      status: { topic: 'alive/{{site}}', payload: '{"alive": "{{state}}", "why": {{reason}}}' },
    };
    const heard = await heardOf({ templates }, ['#'], 4);
    expect(heard.map(read)).toEqual([
      ['alive/old-town', { alive: 'online', why: null }],
      ['fire/450321001/fire', { no: 7, dev: 'D-1/smoke', at: wall, text: '一号烟感火警', more: {} }],
      [
        'data/old-town',
        {
          n: 4,
          v: { 'tank-1/level': 2.4, 'smoke-1/smoke': 'normal', 'tank-1/temp': null },
          d: {
            'tank-1': [
              { ts: wall, values: { level: 2.5, temp: null } },
              { ts: wall + 30_000, values: { level: 2.4 } },
            ],
            'smoke-1': [{ ts: wall, values: { smoke: 'normal' } }],
          },
        },
      ],
      ['alive/old-town', { alive: 'offline', why: 'stopped' }],
    ]);
  });
});

describe('a message of a platform', () => {
  const options = { address, uplink: brandId<never>('district'), codes: null, clientId: 'box', username: 'p' };
  const formatted = (over: Partial<MqttUplinkConfig>) => formatOf(uplinkConfig(over), options);
  const room = (): number => 16_384;

  test.each(['thingsboard', 'onenet'] as const)('of %s tells no time while the clock can not be believed', (format) => {
    const lost = { ...fire, entry: { ...fire.entry, clock: 'untrusted' } } as Report;
    const told = formatted({ format }).report(lost, room);
    const data = formatted({ format }).telemetry(pack([sample('a/b', 0, 1)], { clock: 'untrusted' }), room);
    for (const { payload } of [...told, ...data]) expect(Buffer.from(payload).toString()).not.toMatch(/"(?:ts|time)"/);
  });

  test.each(['thingsboard', 'onenet'] as const)(
    'of %s that would be too large goes in pieces, none of it lost',
    (format) => {
      const many = [...Array(500).keys()].map((n) => sample(`meter-${n % 100}/a_long_name_of_a_point_${n}`, n, n / 8));
      const messages = formatted({ format }).telemetry(pack(many), () => 4_000);
      expect(messages.length).toBeGreaterThan(5);
      for (const { payload } of messages) expect(payload.length).toBeLessThanOrEqual(4_000);
      const text = messages.map(({ payload }) => Buffer.from(payload).toString()).join('');
      for (let n = 0; n < 500; n++) expect(text).toContain(`a_long_name_of_a_point_${n}"`);
    },
  );

  test.each(['gengfu', 'thingsboard', 'onenet'] as const)(
    'of %s is refused for good when a pack can not be read',
    (format) => {
      const broken = pack([sample('a/b', 0, 1)], { body: Buffer.from('rubbish') });
      expect(() => formatted({ format }).telemetry(broken, room)).toThrow(UplinkError);
      expect(() => formatted({ format }).telemetry(broken, room)).toThrow('UPLINK-023');
    },
  );

  test('is refused for good when not even one sample has room', () => {
    expect(() => formatted({ format: 'onenet' }).telemetry(measured, () => 20)).toThrow('UPLINK-006');
    expect(() => formatted({ format: 'onenet' }).report(fire, () => 20)).toThrow('UPLINK-006');
  });
});

describe('a template', () => {
  const hostile = ['"', '\\', '\\"}', '{{id}}', '\n', '\u0000', '+', '#', '/', '$SYS/x', '}}', '</x>', '\ud800', '😀'];

  test('gives back every outside text as one value, whatever is in it', () => {
    const payload = new PayloadTemplate('{"a": {{x}}, "b": "<{{x}}>", "{{x}}": [{{x}}, "\\"{{y}}"]}');
    const random = seeded(11);
    for (let n = 0; n < 500; n++) {
      const x = [...Array(1 + Math.floor(random() * 4))]
        .map(() => hostile[Math.floor(random() * hostile.length)])
        .join('');
      const said = JSON.parse(payload.fill({ x, y: 'why' }));
      expect(said).toEqual({ a: x, b: `<${x}>`, [x]: [x, '"why'] });
    }
  });

  test('of a topic keeps its levels, has no wildcard and no control character', () => {
    const topic = new TopicTemplate('{{x}}/a/{{y}}');
    const random = seeded(12);
    for (let n = 0; n < 500; n++) {
      const x = [...Array(1 + Math.floor(random() * 4))]
        .map(() => hostile[Math.floor(random() * hostile.length)])
        .join('');
      const filled = topic.fill({ x, y: x });
      expect(filled.split('/')).toHaveLength(3);
      expect(filled).not.toMatch(/[+#\p{Cc}]|^\$/u);
    }
    expect(topic.fill({ x: null, y: 'b' })).toBe('none/a/b');
  });

  test.each(Object.keys(payloadNames) as TemplateKind[])(
    'of a %s knows every name that the check lets pass',
    (kind) => {
      const payload = `{${payloadNames[kind].map((name) => `"${name}": {{${name}}}`).join(', ')}}`;
      const topic = topicNames[kind].map((name) => `{{${name}}}`).join('/');
      expect([...uplinkTemplateFaults(kind, { topic, payload })]).toEqual([]);
      const template: MessageTemplate = { topic, payload };
      const given = { report: null, telemetry: null, status: null, [kind]: template };
      const format = formatOf(uplinkConfig({ templates: given }), {
        ...{ address, uplink: brandId<never>('district'), codes, clientId: 'box', username: 'p' },
      });
      const whole: Report = {
        ...fire,
        entry: stored(7, { zone: brandId('hall'), origin: 'panel', alarm: brandId('a') }),
      };
      const messages = {
        report: () => format.report(whole, () => 16_384),
        telemetry: () => format.telemetry(measured, () => 16_384),
        status: () => [...format.status({ state: 'online', wall, clock: 'trusted' }), format.will()],
      }[kind]();
      const known = new Set<string>();
      for (const message of messages) {
        const said: Record<string, unknown> = JSON.parse(Buffer.from(message?.payload ?? []).toString());
        for (const [name, value] of Object.entries(said)) if (value !== null) known.add(name);
      }
      expect([...payloadNames[kind]].filter((name) => !known.has(name))).toEqual([]);
      expect(messages[0]?.topic.split('/').filter((level) => level === 'none')).toEqual(
        kind === 'status' ? ['none'] : [],
      );
    },
  );

  test('of a report from memory has null where a stored one has its place', () => {
    const payload = '[{{sequence}}, {{previous}}, {{position}}, {{durable}}]';
    const templates = { report: { topic: 'a', payload }, telemetry: null, status: null };
    const format = formatOf(uplinkConfig({ templates }), {
      ...{ address, uplink: brandId<never>('district'), codes: null, clientId: 'box', username: null },
    });
    const [message] = format.report({ durable: false, entry: entry('e1', 4), isHistorical: false }, () => 1_000);
    expect(Buffer.from(message?.payload ?? []).toString()).toBe('[null, null, null, false]');
  });
});
