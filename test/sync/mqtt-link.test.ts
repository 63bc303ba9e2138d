/** What every MqttLink and the broker behind it do: the real client with a real Mosquitto, and the broker in memory. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { nearTraits } from '../../hardware-sim/mqtt/link-faults.js';
import { SimBroker } from '../../hardware-sim/mqtt/sim-broker.js';
import { MqttClientLink } from '../../sync/mqtt/mqtt-client.js';
import type { MqttConnectOptions, MqttIncoming, MqttLink } from '../../sync/mqtt/mqtt-link.js';
import { UplinkError } from '../../sync/uplink.js';
import { FastClock, mosquittoPath, startMosquitto } from './brokers.js';
import { waitMax } from './mqtt-rig.js';
import { seeded } from './rig.js';

interface Side {
  readonly link: MqttLink;
  readonly url: string;
}

const sides: readonly (readonly [string, () => Promise<Side>])[] = [
  [
    'the broker in memory',
    async () => ({
      link: new SimBroker({ clock: new FastClock(), random: seeded(1), traits: nearTraits, packetMaxBytes: 20_000 }),
      url: 'mqtt://broker',
    }),
  ],
  ...(mosquittoPath === null
    ? []
    : [
        [
          'mqtt.js and Mosquitto',
          async () => {
            const { url } = await startMosquitto();
            return { link: new MqttClientLink(), url };
          },
        ] as const,
      ]),
];

/** One client; what it hears as `topic text`, and `R` for what was retained. */
class Client {
  readonly news: string[] = [];
  readonly heard: string[] = [];
  keeps: () => Promise<void> = () => Promise.resolve();
  readonly connection: ReturnType<MqttLink['connect']>;

  constructor({ link, url }: Side, clientId: string, over: Partial<MqttConnectOptions> = {}) {
    const none = { username: null, password: null, ca: null, cert: null, key: null, will: null } as const;
    const hear = ({ topic, payload, isRetained }: MqttIncoming): number =>
      this.heard.push(`${topic} ${Buffer.from(payload)}${isRetained ? ' R' : ''}`);
    this.connection = link.connect(
      {
        ...{ where: clientId, url, version: '5', clientId, keepaliveS: 100, connectTimeoutMs: 5_000 },
        ...none,
        ...over,
      },
      {
        onOpen: () => this.news.push('open'),
        onSubscribed: (refused) => this.news.push(refused === null ? 'hears' : refused.code),
        onMessage: hear,
        onKeep: (message) => {
          hear(message);
          return this.keeps();
        },
        onClosed: ({ code }) => this.news.push(code),
      },
    );
    onTestFinished(() => this.connection.drop());
  }

  async until(word: string): Promise<this> {
    await vi.waitFor(() => expect(this.news).toContain(word), waitMax);
    return this;
  }

  async untilHeard(...texts: readonly string[]): Promise<void> {
    await vi.waitFor(() => expect(this.heard).toEqual(texts), waitMax);
  }

  /** What became of it. */
  publish(topic: string, text: string, retain = false): Promise<string> {
    return this.connection.publish({ topic, payload: Buffer.from(text), retain, contentType: null }).then(
      () => 'confirmed',
      (error: unknown) => (error instanceof UplinkError ? error.code : 'bug'),
    );
  }
}

const lasting = { session: { expiryS: 60 }, subscriptions: ['t/#'] } as const;
const willOf = (text: string) => ({ topic: 't/will', payload: Buffer.from(text), retain: true, contentType: null });

describe.each(sides)('%s', (_name, begin) => {
  test('confirm what is published, hand it to whoever hears its topic, in order, and refuse when it is over', async () => {
    const side = await begin();
    const [one, two] = [new Client(side, 'one'), new Client(side, 'two', { subscriptions: ['t/+/x', 'u'] })];
    expect(await one.publish('u', 'too early')).toBe('UPLINK-003');
    await Promise.all([one.until('open'), two.until('hears')]);
    const sent = ['t/a/x', 't/x', 't/b/x', 't/a/y', 'u', 'u/x'].map((topic, n) => one.publish(topic, `${n}`));
    expect(await Promise.all(sent)).toEqual(Array(6).fill('confirmed'));
    await two.untilHeard('t/a/x 0', 't/b/x 2', 'u 4');
    await one.connection.end();
    expect(await one.publish('u', 'too late')).toBe('UPLINK-003');
    expect(one.news).toEqual(['open']);
  });

  test('tell a lasting session what is retained, a clean one only what is new, and forget what is emptied', async () => {
    const side = await begin();
    const one = await new Client(side, 'one').until('open');
    await one.publish('t/status', 'on', true);
    await one.publish('t/gone', 'x', true);
    await one.publish('t/gone', '', true);
    const lasts = await new Client(side, 'lasts', lasting).until('hears');
    const clean = await new Client(side, 'clean', { subscriptions: ['t/#'] }).until('hears');
    await lasts.untilHeard('t/status on R');
    await one.publish('t/status', 'off', true);
    await lasts.untilHeard('t/status on R', 't/status off');
    await clean.untilHeard('t/status off');
  });

  test('publish the will of whoever is lost or replaced, and not of whoever says goodbye', async () => {
    const side = await begin();
    const hearer = await new Client(side, 'hearer', { subscriptions: ['t/will'] }).until('hears');
    const polite = await new Client(side, 'polite', { will: willOf('polite') }).until('open');
    await polite.connection.end();
    const lost = await new Client(side, 'lost', { will: willOf('lost') }).until('open');
    lost.connection.drop();
    await hearer.untilHeard('t/will lost');
    const first = await new Client(side, 'same', { will: willOf('first') }).until('open');
    const second = await new Client(side, 'same', { will: willOf('second') }).until('open');
    await first.until('UPLINK-003');
    await hearer.untilHeard('t/will lost', 't/will first');
    expect([await second.publish('x', ''), second.news]).toEqual(['confirmed', ['open']]);
  });

  test('keep for a lasting session what comes while it is away and what it did not confirm', async () => {
    const side = await begin();
    const one = await new Client(side, 'one').until('open');
    const two = await new Client(side, 'two', lasting).until('hears');
    two.keeps = () => new Promise(() => undefined);
    await one.publish('t/a', '1', true);
    await two.untilHeard('t/a 1');
    two.connection.drop();
    await one.publish('t/a', '2');
    const again = await new Client(side, 'two', lasting).until('open');
    // What is retained is told anew at each subscription.
    await again.untilHeard('t/a 1', 't/a 2', 't/a 1 R');
  });

  test('hang up on a packet that is too large; what was unconfirmed is rejected', async () => {
    const side = await begin();
    const one = await new Client(side, 'one').until('open');
    expect(await one.publish('t/a', 'x'.repeat(25_000))).toBe('UPLINK-003');
    await one.until('UPLINK-003');
  });
});
