/** An uplink on a real socket, on a clock on which ten seconds are one. */
import { expect, onTestFinished, vi } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { MqttUplinkConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { ExternalCodes } from '../../sync/mqtt/external-codes.js';
import { MqttClientLink } from '../../sync/mqtt/mqtt-client.js';
import type {
  MqttConnection,
  MqttConnectionEvents,
  MqttConnectOptions,
  MqttLink,
  MqttMessage,
} from '../../sync/mqtt/mqtt-link.js';
import { MqttUplink } from '../../sync/mqtt/mqtt-uplink.js';
import type { CentreRequest, Report } from '../../sync/uplink.js';
import { uplinkConfig } from '../uplink-config.js';
import { type Broker, FastClock } from './brokers.js';
import { seeded, stored } from './rig.js';
import { messageFault } from './topic-schemas.js';

export const waitMax = { timeout: 8_000, interval: 5 };
export const report: Report = { durable: true, entry: stored(1), previous: 0, isHistorical: false };

/** The real link, with a way to pull its cable. What goes into it is as the schemas of sync/messages say, whoever listens. */
export class PullableLink implements MqttLink {
  readonly faults: string[] = [];
  readonly #inner = new MqttClientLink();
  last: MqttConnection | null = null;

  connect(options: MqttConnectOptions, events: MqttConnectionEvents): MqttConnection {
    const connection = this.#inner.connect(options, events);
    this.last = connection;
    const look = ({ topic, payload }: MqttMessage): void => {
      this.faults.push(...[messageFault(topic, payload)].filter((fault) => fault !== null));
    };
    if (options.will !== null) look(options.will);
    return {
      get bytes() {
        return connection.bytes;
      },
      publish: (message) => {
        look(message);
        return connection.publish(message);
      },
      end: () => connection.end(),
      drop: () => connection.drop(),
    };
  }
}

export interface UplinkRigOptions {
  readonly clock?: Clock;
  readonly codes?: ExternalCodes;
}

export function startUplink(
  broker: Pick<Broker, 'url' | 'version'>,
  over: Partial<MqttUplinkConfig> = {},
  { clock = new FastClock(), codes }: UplinkRigOptions = {},
) {
  const link = new PullableLink();
  /** Codes, in the order in which they were told; `impaired …` for what goes on. */
  const news: string[] = [];
  /** The same faults in words. */
  const words: string[] = [];
  const requests: CentreRequest[] = [];
  const uplink = new MqttUplink({
    config: uplinkConfig({ url: broker.url, mqttVersion: broker.version, ...over }),
    address: { district: brandId('yangshuo'), site: brandId('old-town') },
    link,
    clock,
    random: seeded(9),
    ...(codes === undefined ? {} : { codes }),
  });
  onTestFinished(async () => {
    await uplink.stop();
    expect(link.faults).toEqual([]);
  });
  uplink.start({
    onUp: () => news.push('up'),
    onDown: (error) => {
      news.push(error.code);
      words.push(error.message);
    },
    onRequest: (request) => requests.push(request),
    onImpaired: (error) => {
      news.push(`impaired ${error?.code ?? 'no more'}`);
      words.push(error?.message ?? '');
    },
  });
  const until = (what: string) => vi.waitFor(() => expect(news).toContain(what), waitMax);
  return { uplink, link, news, words, requests, until };
}
