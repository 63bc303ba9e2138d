/** Every uplink keeps the same promises; an uplink of another language adds itself here. */
import { onTestFinished } from 'vitest';
import { brandId } from '../../config/ids.js';
import { HttpClientLink } from '../../sync/http/http-client.js';
import { HttpUplink } from '../../sync/http/http-uplink.js';
import { MqttClientLink } from '../../sync/mqtt/mqtt-client.js';
import type { MqttLink } from '../../sync/mqtt/mqtt-link.js';
import { MqttUplink } from '../../sync/mqtt/mqtt-uplink.js';
import { uplinkConfig } from '../uplink-config.js';
import { FastClock, startAedes } from './brokers.js';
import { facts, httpConfig, Platform } from './http-rig.js';
import { seeded } from './rig.js';
import { uplinkContract } from './uplink-contract.js';

uplinkContract('HTTP', async (speed) => {
  const platform = await Platform.start();
  const clock = new FastClock(speed);
  const config = httpConfig(platform.url, { batchMax: 20, telemetry: 'none' });
  const uplink = new HttpUplink({ config, site: facts, link: new HttpClientLink(), clock, random: seeded(9) });
  return {
    ...{ uplink, clock },
    heard: () => platform.carried.flatMap(({ ids }) => ids),
    cut: () => platform.cut(),
    mend: () => {
      platform.isCut = false;
    },
    stall: () => {
      platform.answer = () => undefined;
    },
  };
});

uplinkContract('MQTT', async (speed) => {
  let isCut = false;
  let isStalled = false;
  const broker = await startAedes(0, () => !isCut);
  const heard: string[] = [];
  const inner = new MqttClientLink();
  const link: MqttLink = {
    connect: (options, events) => {
      const connection = inner.connect(options, events);
      return {
        get bytes() {
          return connection.bytes;
        },
        publish: async (message) => {
          if (isStalled) return new Promise(() => undefined);
          await connection.publish(message);
          const id = /"id":"(e1-[^"]+)"/.exec(Buffer.from(message.payload).toString())?.[1];
          if (id !== undefined) heard.push(id);
        },
        end: () => connection.end(),
        drop: () => connection.drop(),
      };
    },
  };
  const clock = new FastClock(speed);
  const config = uplinkConfig({ url: broker.url, mqttVersion: broker.version });
  const address = { district: brandId<never>('yangshuo'), site: brandId<never>('old-town') };
  const uplink = new MqttUplink({ config, address, link, clock, random: seeded(9) });
  onTestFinished(() => uplink.stop());
  return {
    ...{ uplink, clock, heard: () => heard },
    cut: () => {
      isCut = true;
      broker.cut();
    },
    mend: () => {
      isCut = false;
    },
    stall: () => {
      isStalled = true;
    },
  };
});
