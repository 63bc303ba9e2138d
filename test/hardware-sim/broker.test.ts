import { createServer } from 'node:net';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, expect, it } from 'vitest';
import { type SimBroker, startBroker } from '../../hardware-sim/broker.js';

const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(port = 0): Promise<SimBroker> {
  const broker = await startBroker({ port });
  ends.push(() => broker.stop());
  return broker;
}

async function connect(broker: SimBroker, options: object = {}): Promise<MqttClient> {
  const client = await connectAsync(broker.url, { protocolVersion: 4, reconnectPeriod: 0, ...options });
  client.on('error', () => {});
  ends.push(() => client.endAsync(true));
  return client;
}

it('carries a report and tells the test', async () => {
  const broker = await start();
  const told: string[] = [];
  broker.onPublish((topic, payload, retain) => told.push(`${topic} ${payload} ${retain}`));
  const centre = await connect(broker);
  await centre.subscribeAsync('gengfu/#', { qos: 1 });
  const arrived = new Promise<string>((resolve) => centre.on('message', (_, payload) => resolve(payload.toString())));
  const gateway = await connect(broker);
  await gateway.publishAsync('gengfu/v1/report', 'fire', { qos: 1 });
  expect(await arrived).toBe('fire');
  expect(told).toEqual(['gengfu/v1/report fire false']);
  expect(broker.clientCount).toBe(2);
});

it('takes another port when the wanted one is taken, and says so', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => other.close(resolve)));
  const address = other.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const broker = await start(taken);
  expect(broker).toMatchObject({ wasPortTaken: true });
  expect(broker.port).not.toBe(taken);
  await connect(broker);
});

it('receives but does not acknowledge while acks are withheld, and acknowledges late', async () => {
  const broker = await start();
  const told: string[] = [];
  broker.onPublish((topic) => told.push(topic));
  const gateway = await connect(broker);
  broker.withholdAcks(true);
  let isAcked = false;
  const acked = gateway.publishAsync('report', 'fire', { qos: 1 }).then(() => {
    isAcked = true;
  });
  // Subscribing is answered after the publish was dealt with, so no sleep is needed to see that nothing came.
  await gateway.subscribeAsync('other', { qos: 1 });
  expect(told).toEqual(['report']);
  expect(isAcked).toBe(false);
  broker.withholdAcks(false);
  await acked;
});

it('drops its clients, whose last will is told, and takes them again', async () => {
  const broker = await start();
  const will = new Promise<string>((resolve) => broker.onPublish((topic, payload) => resolve(`${topic} ${payload}`)));
  const gateway = await connect(broker, {
    will: { topic: 'status', payload: Buffer.from('lost'), qos: 1, retain: true },
  });
  const closed = new Promise<void>((resolve) => gateway.once('close', resolve));
  broker.dropClients();
  await closed;
  expect(await will).toBe('status lost');
  await connect(broker);
});

it('stops, refuses connections, and is back on the same port after a restart', async () => {
  const broker = await start();
  const { port } = broker;
  await connect(broker);
  await broker.stop();
  await broker.stop();
  await expect(connect(broker)).rejects.toThrow(/ECONNREFUSED/);
  await broker.restart();
  expect(broker.port).toBe(port);
  await connect(broker);
});

it('refuses clients by return code when told to', async () => {
  const broker = await start();
  broker.refuseClients(true);
  await expect(connect(broker)).rejects.toMatchObject({ code: 5 });
  broker.refuseClients(false);
  await connect(broker);
});
