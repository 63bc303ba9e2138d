import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FastClock, freePort, type Heard, listen, mosquittoPath, startAedes, startMosquitto } from './brokers.js';
import { report, startUplink, waitMax } from './mqtt-rig.js';
import { entry, stored, tempDir } from './rig.js';

const status = 'gengfu/v1/yangshuo/old-town/status';
const stateOf = (heard: Heard): unknown => JSON.parse(heard.text).state;

const brokers = [
  ['aedes (MQTT 3.1.1)', startAedes] as const,
  ...(mosquittoPath === null ? [] : [['Mosquitto (MQTT 5)', startMosquitto] as const]),
];

describe.each(brokers)('the MQTT uplink and %s', (_name, startBroker) => {
  test('a subscriber hears the fire as a CloudEvent, stored and from memory', async () => {
    const broker = await startBroker();
    const heard = await listen(broker);
    const { uplink, until } = startUplink(broker);
    await until('up');
    await uplink.send({ durable: false, entry: entry('e1', 1), isHistorical: false });
    await uplink.send(report);
    await vi.waitFor(() => expect(heard).toHaveLength(3), waitMax);
    expect(heard[0]).toMatchObject({ topic: status });
    expect(heard.slice(1).map(({ topic }) => topic)).toEqual(Array(2).fill('gengfu/v1/yangshuo/old-town/report/fire'));
    const [memory, durable] = heard.slice(1).map(({ text }) => JSON.parse(text));
    expect(memory).toMatchObject({ specversion: '1.0', id: 'e1-boot1-1', data: { durable: false } });
    expect(durable).toMatchObject({
      id: 'e1-boot1-1',
      sequence: '000000000001',
      source: '/gengfu/yangshuo/old-town/e1',
    });
  });

  test('a cable that is pulled leaves the last will; a later subscriber still sees it', async () => {
    const broker = await startBroker();
    const heard = await listen(broker);
    const { uplink, link, until } = startUplink(broker);
    await until('up');
    await vi.waitFor(() => expect(heard.map(stateOf)).toEqual(['online']), waitMax);
    link.last?.drop();
    await vi.waitFor(() => expect(heard.map(stateOf)).toEqual(['online', 'offline']), waitMax);
    expect(JSON.parse(heard[1]?.text ?? '')).toEqual({ state: 'offline', reason: 'lost' });
    const later = await listen(broker);
    await vi.waitFor(
      () => expect(later.map((message) => [stateOf(message), message.isRetained])).toEqual([['offline', true]]),
      waitMax,
    );
    await uplink.stop();
  });

  test('a goodbye is told as stopped, without the will', async () => {
    const broker = await startBroker();
    const heard = await listen(broker);
    const { uplink, until } = startUplink(broker, {}, { clock: new FastClock(1) });
    await until('up');
    await uplink.stop();
    await vi.waitFor(() => expect(heard).toHaveLength(2), waitMax);
    expect(JSON.parse(heard[1]?.text ?? '')).toEqual({ state: 'offline', reason: 'stopped' });
  });

  test('a broker that is away at the start and there later is found; one that restarts is found again', async () => {
    const tcp = await freePort();
    const version = startBroker === startAedes ? '3.1.1' : '5';
    const { uplink, news, until } = startUplink({ url: `mqtt://127.0.0.1:${tcp}`, version });
    await until('UPLINK-001');
    const first = await startBroker(tcp);
    await until('up');
    await uplink.send(report);
    await first.stop();
    await until('UPLINK-003');
    await expect(uplink.send(report)).rejects.toMatchObject({ code: 'UPLINK-003' });
    const second = await startBroker(tcp);
    const heard = await listen(second);
    await vi.waitFor(() => expect(news.filter((word) => word === 'up')).toHaveLength(2), waitMax);
    await uplink.send(report);
    await vi.waitFor(() => expect(heard.some(({ topic }) => topic.endsWith('/report/fire'))).toBe(true), waitMax);
  });
});

describe('a broker that refuses us', () => {
  test('is asked again until it lets us in', async () => {
    let isOpen = false;
    const broker = await startAedes(0, () => isOpen);
    const { news, until } = startUplink(broker);
    await vi.waitFor(() => expect(news.filter((word) => word === 'UPLINK-002').length).toBeGreaterThan(1), waitMax);
    isOpen = true;
    await until('up');
  });

  test('with a CONNACK that never comes is given up on and asked again', async () => {
    const { createServer } = await import('node:net');
    const silent = createServer(() => undefined);
    onTestFinished(() => void silent.close());
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const { port } = silent.address() as { port: number };
    const { until } = startUplink({ url: `mqtt://127.0.0.1:${port}`, version: '5' });
    await until('UPLINK-001');
  });
});

describe.skipIf(mosquittoPath === null)('the MQTT uplink and a Mosquitto with passwords', () => {
  test('a wrong password is told as refused; the right one, put into the file later, is used', async () => {
    const broker = await startMosquitto(0, ['village', 'lantern']);
    const passwordFile = join(tempDir(), 'password');
    writeFileSync(passwordFile, 'wrong\n');
    const { news, until, uplink } = startUplink(broker, { username: 'village', passwordFile });
    await until('UPLINK-002');
    writeFileSync(passwordFile, 'lantern\n');
    await until('up');
    expect(new Set(news)).toEqual(new Set(['UPLINK-002', 'up']));
    await uplink.send(report);
  });

  test('its limits are kept: twenty unconfirmed, and no packet it would throw us out for', async () => {
    const broker = await startMosquitto();
    const { until, uplink } = startUplink(broker);
    await until('up');
    expect(uplink.windowMax).toBeLessThanOrEqual(20);
    await uplink.send({
      durable: true,
      entry: stored(2, { detail: { text: 'x'.repeat(30_000) } }),
      previous: 0,
      isHistorical: false,
    });
  });
});
