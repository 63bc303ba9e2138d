/** What a district sends: orders and receipts arrive as they came, everything else is left outside. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { brandId } from '../../config/ids.js';
import { Incoming } from '../../sync/mqtt/incoming.js';
import type { MqttIncoming } from '../../sync/mqtt/mqtt-link.js';
import { uplinkConfig } from '../uplink-config.js';
import { freePort, listen, mosquittoPath, runMosquitto, say, startAedes, startMosquitto } from './brokers.js';
import { report, startUplink, waitMax } from './mqtt-rig.js';
import { tempDir } from './rig.js';

const root = 'gengfu/v1/yangshuo/old-town';
const both = { takesCommands: true, receipts: 'unsigned' } as const;
const address = { district: brandId<never>('yangshuo'), site: brandId<never>('old-town') };
const dynamicSecurity = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib']
  .map((dir) => join(dir, 'mosquitto_dynamic_security.so'))
  .find((file) => existsSync(file));

const brokers = [
  ['aedes (MQTT 3.1.1)', startAedes] as const,
  ...(mosquittoPath === null ? [] : [['Mosquitto (MQTT 5)', startMosquitto] as const]),
];

describe.each(brokers)('the MQTT uplink and %s', (_name, startBroker) => {
  test('hands on orders and receipts as they came, but nothing that the broker had kept', async () => {
    const broker = await startBroker();
    await say(broker, `${root}/command`, 'an order of last year', true);
    const { requests, uplink, news, until } = startUplink(broker, both);
    await until('up');
    // The subscription is granted some time after the status; a receipt says that it stands.
    await vi.waitFor(async () => {
      await say(broker, `${root}/receipt`, 'kept');
      expect(requests.length).toBeGreaterThan(0);
    }, waitMax);
    await say(broker, `${root}/command`, Buffer.from([0xff, 0x00, 0x7b]));
    await vi.waitFor(() => expect(requests.some(({ kind }) => kind === 'command')).toBe(true), waitMax);
    const orders = requests.filter(({ kind }) => kind === 'command');
    expect(orders.map(({ envelope }) => [...envelope])).toEqual([[0xff, 0x00, 0x7b]]);
    expect(requests[0]).toMatchObject({ uplink: 'district', kind: 'receipt', envelope: Buffer.from('kept') });
    // Over MQTT 5 the broker does not even send what it had kept.
    expect(uplink.dropped.retained).toBe(broker.version === '5' ? 0 : 1);
    expect(news).toEqual(['up']);
  });

  test('an answer is heard on the topic of results', async () => {
    const broker = await startBroker();
    const heard = await listen(broker, `${root}/result`);
    const { uplink, until } = startUplink(broker, both);
    const answer = {
      ...{ version: 1, command: 'order-0001', state: 'refused', reason: 'expired', words: null },
      ...{ at: '2026-11-30T00:00:00Z', clock: 'trusted', detail: {} },
    };
    await expect(uplink.answer(Buffer.from('{}'))).rejects.toMatchObject({ code: 'UPLINK-003' });
    await until('up');
    await uplink.answer(Buffer.from(JSON.stringify(answer)));
    await vi.waitFor(() => expect(heard.map(({ text }) => JSON.parse(text))).toEqual([answer]), waitMax);
  });
});

describe('a broker that lets us not subscribe', () => {
  test('is told as a fault in words; reports flow; once it does the fault ends', async () => {
    let mayHear = false;
    const broker = await startAedes(
      0,
      () => true,
      () => mayHear,
    );
    const { uplink, news, words, until } = startUplink(broker, both);
    await until('up');
    await until('impaired UPLINK-018');
    expect(words[0]).toContain(`${root}/command`);
    await uplink.send(report);
    mayHear = true;
    broker.cut();
    await until('impaired no more');
    expect(news.slice(2)).toEqual(['UPLINK-003', 'up', 'impaired no more']);
  });

  test.skipIf(dynamicSecurity === undefined)('Mosquitto with rights by role says so too', async () => {
    const dir = tempDir();
    const file = join(dir, 'rights.json');
    execFileSync('mosquitto_ctrl', ['dynsec', 'init', file, 'village', 'lantern'], { stdio: 'ignore' });
    const rights = JSON.parse(readFileSync(file, 'utf8'));
    rights.clients[0].roles = [];
    rights.defaultACLAccess.publishClientSend = true;
    writeFileSync(file, JSON.stringify(rights));
    const port = await freePort();
    const plugin = [`plugin ${dynamicSecurity}`, `plugin_opt_config_file ${file}`];
    onTestFinished(await runMosquitto(dir, [`listener ${port} 127.0.0.1`, 'allow_anonymous false', ...plugin]));
    const passwordFile = join(dir, 'password');
    writeFileSync(passwordFile, 'lantern');
    const broker = { url: `mqtt://127.0.0.1:${port}`, version: '5' } as const;
    const { uplink, until } = startUplink(broker, { ...both, username: 'village', passwordFile });
    await until('impaired UPLINK-018');
    await uplink.send(report);
  });
});

describe('what is left outside', () => {
  const message = (over: Partial<MqttIncoming>): MqttIncoming => ({
    topic: `${root}/command`,
    payload: Buffer.from('{}'),
    isRetained: false,
    ...over,
  });

  test('is too long, kept by the broker, or on a topic that nobody asked for; each is counted', () => {
    const incoming = new Incoming(uplinkConfig({ takesCommands: true }), address);
    expect(incoming.topics).toEqual([`${root}/command`]);
    expect(incoming.take(message({ payload: Buffer.alloc(64 * 1024) }))).toMatchObject({ kind: 'command' });
    expect(incoming.take(message({ payload: Buffer.alloc(64 * 1024 + 1) }))).toBeNull();
    expect(incoming.take(message({ isRetained: true }))).toBeNull();
    expect(incoming.take(message({ topic: `${root}/receipt` }))).toBeNull();
    expect(incoming.take(message({ topic: 'gengfu/v1/yangshuo/new-town/command' }))).toBeNull();
    expect(incoming.dropped).toEqual({ oversize: 1, retained: 1, foreign: 2 });
  });

  test.each([
    ['nobody may order anything', {}, []],
    ['receipts count', { receipts: 'signed' }, [`${root}/receipt`]],
    ['the platform has a format of its own', { ...both, format: 'onenet' }, []],
  ] as const)('is all of it when %s', (_why, over, topics) => {
    expect(new Incoming(uplinkConfig(over), address).topics).toEqual(topics);
  });

  test('a broker that takes no QoS 1 is told as that: nothing that is sent there could be confirmed', async () => {
    // CONNACK of MQTT 5 with the property maximum QoS 0.
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(Buffer.from([0x20, 5, 0, 0, 2, 0x24, 0])));
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as { port: number };
    const { news, words, until } = startUplink({ url: `mqtt://127.0.0.1:${port}`, version: '5' });
    await until('UPLINK-019');
    expect([news[0], words[0]]).toEqual(['UPLINK-019', expect.stringContaining('QoS 0')]);
  });

  test('a packet that never ends is cut off long before it fills the memory', async () => {
    let sent = 0;
    const server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        // CONNACK; then PUBLISH with a length of 256 MB.
        socket.write(Buffer.from([0x20, 2, 0, 0, 0x30, 0xff, 0xff, 0xff, 0x7f, 0, 1, 0x61]));
        const more = (): void => {
          sent += 16_384;
          if (sent < 64 * 1024 * 1024 && !socket.destroyed) socket.write(Buffer.alloc(16_384), more);
        };
        more();
      });
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as { port: number };
    const { until } = startUplink({ url: `mqtt://127.0.0.1:${port}`, version: '3.1.1' });
    await until('UPLINK-003');
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });
});
