/** What our own uplink sends is what our own receiver takes, and its receipt comes back. */
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { brandId } from '../../../config/ids.js';
import { receiptSchema } from '../../../sync/messages/receipt.js';
import { type HandedOn, readSenmlPack, startReceiver } from '../../../sync/receiver/index.js';
import { parseEnvelope } from '../../../sync/signed-envelope.js';
import { packSamples } from '../../../sync/telemetry/pack-codec.js';
import { type Broker, FastClock, mosquittoPath, startAedes, startMosquitto } from '../brokers.js';
import { startUplink, waitMax } from '../mqtt-rig.js';
import { entry, epochId, stored, tempDir } from '../rig.js';

async function startedReceiver(broker: Broker, handed: HandedOn[]): Promise<void> {
  let isUp = false;
  const login = { url: broker.url, version: broker.version, clientId: 'r', username: null, password: null };
  const receiver = await startReceiver({
    login: { ...login, ca: null, cert: null, key: null },
    ...{ districts: ['yangshuo'], sites: null, receiptKey: null, parseTelemetry: readSenmlPack },
    storePath: join(tempDir(), 'receiver.db'),
    handOn: async (rows) => void handed.push(...rows),
    events: {
      onUp: () => {
        isUp = true;
      },
    },
    clock: new FastClock(),
  });
  onTestFinished(() => receiver.stop());
  await vi.waitFor(() => expect(isUp).toBe(true), waitMax);
}

describe.each([
  ['aedes (MQTT 3.1.1)', startAedes] as const,
  ...(mosquittoPath === null ? [] : [['Mosquitto (MQTT 5)', startMosquitto] as const]),
])('uplink, %s, receiver', (_name, startBroker) => {
  test('reports, what comes from memory and packs arrive once each, and are receipted to their uplink', async () => {
    const broker = await startBroker();
    const handed: HandedOn[] = [];
    await startedReceiver(broker, handed);
    const { uplink, until, requests } = startUplink(broker, { receipts: 'unsigned' });
    await until('up');
    await uplink.send({ durable: false, entry: entry('e1', 1), isHistorical: false });
    for (const isHistorical of [false, true]) {
      await uplink.send({ durable: true, entry: stored(1), previous: 0, isHistorical });
    }
    const pack = {
      epoch: epochId('e1'),
      boot: stored(1).boot,
      mono: 5,
      wall: stored(1).wall,
      clock: 'trusted',
    } as const;
    const body = packSamples([{ pointId: brandId('tank/level'), unit: 'm', afterMs: 0, value: 2.5, reason: null }]);
    await uplink.sendTelemetry({
      pack: { ...pack, samples: 1, body, position: 9, sequence: 1 },
      previous: 0,
      isHistorical: false,
    });
    await vi.waitFor(() => expect(handed.map(({ what }) => what)).toEqual(['event', 'durable', 'telemetry']), waitMax);
    const places = () =>
      requests
        .filter(({ kind }) => kind === 'receipt')
        .map(({ envelope }) => receiptSchema.parse(JSON.parse(parseEnvelope(envelope)?.payload ?? '')));
    await vi.waitFor(
      () =>
        expect(places().at(-1)).toMatchObject({
          uplink: 'district',
          kept: { fire: { epoch: 'e1', sequence: 1 }, telemetry: { sequence: 1, position: 9 } },
        }),
      waitMax,
    );
  });
});
