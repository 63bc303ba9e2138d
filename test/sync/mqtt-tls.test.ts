/** A real Mosquitto with certificates, passwords and rights: every refusal is a fault that says what to do. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { MqttUplinkConfig } from '../../config/site.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import { uplinkErrors } from '../../sync/uplink.js';
import { missingPrograms } from '../process/programs.js';
import { FastClock, freePort, passwordFile, runMosquitto } from './brokers.js';
import { Authority } from './certificates.js';
import { report, startUplink, waitMax } from './mqtt-rig.js';
import { keptDir } from './rig.js';

const listenerNames = ['good', 'expired', 'early', 'elsewhere', 'websocket', 'open', 'oneWay'] as const;
type ListenerName = (typeof listenerNames)[number];

describe.skipIf(missingPrograms('mosquitto', 'openssl'))('the MQTT uplink and a Mosquitto with certificates', () => {
  const dir = keptDir();
  const stops: (() => Promise<void>)[] = [];
  const ports: Partial<Record<ListenerName, number>> = {};
  let ours: Authority;
  let other: Authority;

  beforeAll(async () => {
    ours = new Authority(dir, 'district');
    other = new Authority(dir, 'somebody');
    for (const name of listenerNames) ports[name] = await freePort();
    const server = {
      good: ours.issue('good'),
      expired: ours.issue('expired', 'past'),
      early: ours.issue('early', 'future'),
      elsewhere: ours.issue('elsewhere', 'now', 'DNS:elsewhere.example'),
    };
    const tls = ({ certFile, keyFile }: { certFile: string; keyFile: string }): string[] => [
      `cafile ${ours.caFile}`,
      `certfile ${certFile}`,
      `keyfile ${keyFile}`,
    ];
    const rights = join(dir, 'rights');
    writeFileSync(rights, 'user village\ntopic readwrite gengfu/#\nuser mute\ntopic write gengfu/+/+/+/status\n');
    const passwords = [
      ['village', 'lantern'],
      ['mute', 'lantern'],
      ['deaf', 'lantern'],
    ] as const;
    const signIn = [`password_file ${passwordFile(dir, passwords)}`, `acl_file ${rights}`];
    const listener = (name: ListenerName, ...lines: string[]): string[] => [
      `listener ${ports[name]} 127.0.0.1`,
      ...lines,
    ];
    const anyone = ['allow_anonymous true'];
    const withOurs = ['require_certificate true', ...anyone];
    const stop = await runMosquitto(dir, [
      'per_listener_settings true',
      // As sync/receiver/README.md advises; with it Mosquitto 2.0.11 hangs up on a client after it has refused it a topic.
      'max_queued_messages 0',
      ...listener('good', ...tls(server.good), ...withOurs),
      ...listener('expired', ...tls(server.expired), ...anyone),
      ...listener('early', ...tls(server.early), ...anyone),
      ...listener('elsewhere', ...tls(server.elsewhere), ...anyone),
      ...listener('websocket', ...tls(server.good), ...withOurs, 'protocol websockets'),
      ...listener('oneWay', ...tls(server.good), ...signIn),
      ...listener('open', ...anyone),
    ]);
    stops.push(stop);
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  const urlOf = (name: ListenerName, scheme = 'mqtts'): string => `${scheme}://127.0.0.1:${ports[name]}`;
  const start = (name: ListenerName, over: Partial<MqttUplinkConfig> = {}, scheme = 'mqtts') =>
    startUplink(
      { url: urlOf(name, scheme), version: '5' },
      { caFile: ours.caFile, ...over },
      { clock: new FastClock(3) },
    );
  const password = (text: string): string => {
    const file = join(dir, `password-${text}`);
    writeFileSync(file, `${text}\n`);
    return file;
  };

  test.each([
    ['mqtts', 'good'],
    ['wss', 'websocket'],
  ] as const)(
    'over %s with a certificate of ours a report is carried, and its bytes are counted',
    async (scheme, name) => {
      const mine = ours.issue(`village-${scheme}`);
      const { uplink, until } = start(name, mine, scheme);
      await until('up');
      const before = uplink.traffic();
      await uplink.send(report);
      const after = uplink.traffic();
      expect(after.sentBytes - before.sentBytes).toBeGreaterThan(500 + 22);
      expect(after.sentBytes - before.sentBytes).toBeLessThan(1_000);
      // The handshake with two certificates is most of what came.
      expect(after.receivedBytes).toBeGreaterThan(1_000);
      expect(after.connects).toBe(1);
      expect(uplink.certificateEndsWall).toBe(Date.UTC(2099, 11, 31, 23, 59, 59));
      await uplink.stop();
      expect(uplink.traffic().sentBytes).toBeGreaterThan(after.sentBytes);
    },
  );

  test.each<[string, ListenerName, () => Partial<MqttUplinkConfig>, keyof typeof uplinkErrors]>([
    ['a broker of another authority', 'good', () => ({ caFile: other.caFile, ...ours.issue('a') }), 'UPLINK-011'],
    ["the system's authorities, which do not know it", 'good', () => ({ caFile: null }), 'UPLINK-011'],
    ['a broker whose certificate has expired', 'expired', () => ({}), 'UPLINK-012'],
    ['a broker whose certificate is for later', 'early', () => ({}), 'UPLINK-013'],
    ['a broker of another name', 'elsewhere', () => ({}), 'UPLINK-014'],
    ['no certificate where one is asked for', 'good', () => ({}), 'UPLINK-015'],
    ['a certificate of another authority', 'good', () => other.issue('b'), 'UPLINK-015'],
    ['a certificate of ours that has expired', 'good', () => ours.issue('c', 'past'), 'UPLINK-022'],
    ['a certificate of ours that is for later', 'good', () => ours.issue('d', 'future'), 'UPLINK-022'],
    [
      'a key of another certificate',
      'good',
      () => ({ ...ours.issue('e'), keyFile: ours.issue('f').keyFile }),
      'UPLINK-007',
    ],
    [
      'a certificate file that is none',
      'good',
      () => ({ ...ours.issue('g'), certFile: password('rubbish') }),
      'UPLINK-007',
    ],
    ['TLS where the broker speaks none', 'open', () => ({}), 'UPLINK-020'],
    ['a wrong password', 'oneWay', () => ({ username: 'village', passwordFile: password('wrong') }), 'UPLINK-002'],
    ['no name at all', 'oneWay', () => ({}), 'UPLINK-002'],
  ])('%s is told as what it is', async (_what, name, over, code) => {
    const { news, words } = start(name, over());
    await vi.waitFor(() => expect(news).not.toEqual([]), waitMax);
    expect([news[0], words[0]]).toEqual([code, words[0]]);
    expect(words[0]).toMatch(/^uplink district: .+\[UPLINK-\d{3}\]$/);
  });

  test.each<[string, () => Partial<MqttUplinkConfig>, keyof typeof uplinkErrors]>([
    ['a broker of another authority', () => ({ caFile: other.caFile, ...ours.issue('i') }), 'UPLINK-011'],
    ['no certificate where one is asked for', () => ({}), 'UPLINK-015'],
  ])('over a websocket as well %s is told as what it is', async (_what, over, code) => {
    const { news } = start('websocket', over(), 'wss');
    await vi.waitFor(() => expect(news).not.toEqual([]), waitMax);
    expect(news[0]).toBe(code);
  });

  test('a topic that our name has no right to is named, and so is the right that is missing', async () => {
    const { uplink, until } = start('oneWay', { username: 'mute', passwordFile: password('lantern') });
    await until('up');
    const topic = 'gengfu/v1/yangshuo/old-town/report/fire';
    await expect(uplink.send(report)).rejects.toMatchObject({ code: 'UPLINK-016', got: topic });
  });

  test('a broker that hangs up after it refused a topic is told as the right that is missing', async () => {
    const { news } = start('oneWay', { username: 'deaf', passwordFile: password('lantern') });
    await vi.waitFor(() => expect(news.filter((each) => each !== 'up')).not.toEqual([]), waitMax);
    expect(news.filter((each) => each !== 'up')[0]).toBe('UPLINK-016');
  });

  test('a clock that can not be believed judges no certificate: the uplink waits and says so once, then connects', async () => {
    let trust: ClockTrust = 'untrusted';
    class MovedClock extends FastClock {
      override trust(): 'trusted' {
        return trust as 'trusted';
      }
    }
    const clock = new MovedClock();
    const mine = { caFile: ours.caFile, ...ours.issue('h') };
    const gated = startUplink({ url: urlOf('good'), version: '5' }, mine, { clock });
    const plain = startUplink({ url: urlOf('open', 'mqtt'), version: '5' }, {}, { clock });
    await plain.until('up');
    expect(gated.news).toEqual(['UPLINK-009']);
    expect(gated.uplink.traffic().connects).toBe(0);
    trust = 'hinted';
    await gated.until('up');
    expect(gated.news).toEqual(['UPLINK-009', 'up']);
  });

  test('every fault says in both languages what happened', () => {
    for (const { zh, en } of Object.values(uplinkErrors)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});
