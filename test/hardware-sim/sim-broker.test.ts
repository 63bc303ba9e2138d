import { describe, expect, test } from 'vitest';
import { nearTraits, slowTraits, usualTraits } from '../../hardware-sim/mqtt/link-faults.js';
import { SimBroker, type SimBrokerOptions } from '../../hardware-sim/mqtt/sim-broker.js';
import { matchesFilter } from '../../hardware-sim/mqtt/topic-filter.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { MqttConnectOptions, MqttIncoming, MqttMessage } from '../../sync/mqtt/mqtt-link.js';
import { UplinkError } from '../../sync/uplink.js';
import { seeded } from '../sync/rig.js';
import { CentreRig, root } from './centre-rig.js';

const minuteMs = 60_000;

type Deed = (rig: CentreRig) => void | Promise<void>;
const nothing: Deed = () => undefined;

describe('through each fault nothing is lost, nothing invented, and at the end the site is online:', () => {
  test.each<[what: string, begins: Deed, ends: Deed, sign: RegExp]>([
    ['none', nothing, nothing, /^up$/],
    ['refused', breaking({ door: 'refused' }), healed, /UPLINK-003 (UPLINK-001 )+up$/],
    ['unreachable', breaking({ door: 'unreachable' }), healed, /UPLINK-003 (UPLINK-001 )+up$/],
    ['a client that never says that it gives up', breaking({ door: 'stuck' }), healed, /UPLINK-001 up$/],
    ['denied', breaking({ door: { denies: 'UPLINK-002' } }), healed, /UPLINK-003 (UPLINK-002 )+up$/],
    ['a storm', breaking({ door: 'storm' }), healed, /(UPLINK-003 up ){3}/],
    ['half open', (rig) => rig.broker.front.halfOpen(), nothing, /^up UPLINK-004 up$/],
    [
      'stalled and let through again',
      (rig) => rig.broker.front.setStalled(true),
      (rig) => rig.broker.front.setStalled(false),
      /UPLINK-004 .*up$/,
    ],
    [
      'PUBACKs withheld',
      (rig) => rig.broker.front.setWithholdsAcks(true),
      (rig) => rig.broker.front.setWithholdsAcks(false),
      /UPLINK-004 .*up$/,
    ],
    ['PUBACKs lost', breaking({ ackLossShare: 0.4 }, false), healed, /(UPLINK-003 up ?){3}/],
    ['everything twice', breaking({ duplicateShare: 1 }, false), healed, /^up$/],
    ['topics shuffled', shuffling(20_000), shuffling(0), /^up$/],
    ['a restart', (rig) => rig.broker.restart({ downMs: 5_000 }), nothing, /UPLINK-003 (UPLINK-001 )*up$/],
    [
      'a restart that loses what was retained',
      (rig) => rig.broker.restart({ downMs: 5_000, losesRetained: true }),
      nothing,
      /UPLINK-003 (UPLINK-001 )*up$/,
    ],
    ['a slow link', breaking({ traits: slowTraits }, false), healed, /up$/],
    [
      'no right to publish',
      breaking({ refusesPublish: () => 'denied' }, false),
      healed,
      /refused UPLINK-016 .*no more/,
    ],
    ['over a quota', breaking({ refusesPublish: () => 'failed' }, false), healed, /refused UPLINK-005 .*no more/],
    ['no right to hear', breaking({ refusesSubscribe: () => true }), healed, /up impaired UPLINK-018/],
    [
      'another client with the same id, again and again',
      async (rig) => {
        for (let n = 0; n < 5; n++) {
          rig.broker.takeOver('gengfu-yongding-ancient-town-district');
          await rig.record(2, 2_000);
        }
      },
      nothing,
      /(UPLINK-003 up ?){2}/,
    ],
    ['a centre that is away', (rig) => rig.centre.setIll(true), (rig) => rig.centre.setIll(false), /^up$/],
    [
      'a centre that is slow',
      ({ centre }) => {
        centre.keepDelayMs = 3_000;
      },
      nothing,
      /^up$/,
    ],
  ])('%s', async (_what, begins, ends, sign) => {
    const rig = await new CentreRig().start();
    await rig.record(4);
    await begins(rig);
    await rig.record(10);
    await rig.clock.advance(minuteMs);
    await ends(rig);
    await rig.record(4);
    await rig.converge(10 * minuteMs);
    expect(rig.wrongs).toEqual([]);
    expect(rig.news.join(' ')).toMatch(sign);
    expect([
      rig.centre.status,
      JSON.parse(Buffer.from(rig.broker.retained(`${root}/status`) ?? []).toString()),
    ]).toEqual(['online', expect.objectContaining({ state: 'online' })]);
  });
});

function breaking(faults: Partial<CentreRig['broker']['faults']>, alsoCuts = true): Deed {
  return (rig) => {
    Object.assign(rig.broker.faults, faults);
    if (alsoCuts) rig.broker.front.cut();
  };
}

function shuffling(ms: number): Deed {
  return ({ broker }) => {
    broker.shuffleMs = ms;
  };
}

function healed(rig: CentreRig): void {
  const well = { door: 'open', traits: usualTraits, ackLossShare: 0, duplicateShare: 0 } as const;
  Object.assign(rig.broker.faults, well, { refusesPublish: () => null, refusesSubscribe: () => false });
}

/** A client without a product behind it. */
class Client {
  readonly news: string[] = [];
  readonly heard: MqttIncoming[] = [];
  /** Messages that are kept only when this says so. */
  keeps: () => Promise<void> = () => Promise.resolve();
  readonly connection: ReturnType<SimBroker['connect']>;

  constructor(
    link: Pick<SimBroker, 'connect'>,
    readonly clientId: string,
    over: Partial<MqttConnectOptions> = {},
  ) {
    const none = { username: null, password: null, ca: null, cert: null, key: null, will: null } as const;
    const options = { where: clientId, url: 'mqtt://broker', version: '5', clientId, ...none } as const;
    this.connection = link.connect(
      { ...options, keepaliveS: 100, connectTimeoutMs: 10_000, ...over },
      {
        onOpen: ({ receiveMaximum }) => this.news.push(`open ${receiveMaximum}`),
        onSubscribed: (refused) => this.news.push(`subscribed ${refused?.code ?? ''}`),
        onMessage: (message) => this.heard.push(message),
        onKeep: (message) => {
          this.heard.push(message);
          return this.keeps();
        },
        onClosed: (error) => this.news.push(`${error.code} ${error.got}`),
      },
    );
  }

  publish(topic: string, text: string, retain = false): { outcome: string } {
    const sent = { outcome: 'open' };
    this.connection.publish(messageOf(topic, text, retain)).then(
      () => {
        sent.outcome = 'confirmed';
      },
      (error: unknown) => {
        sent.outcome = error instanceof UplinkError ? error.code : 'bug';
      },
    );
    return sent;
  }

  get texts(): readonly string[] {
    return this.heard.map(
      ({ topic, payload, isRetained }) => `${topic} ${Buffer.from(payload)}${isRetained ? ' R' : ''}`,
    );
  }
}

function messageOf(topic: string, text: string, retain = false): MqttMessage {
  return { topic, payload: Buffer.from(text), retain, contentType: null };
}

function brokerOf(over: Partial<SimBrokerOptions> = {}) {
  const clock = new SimClock();
  return { clock, broker: new SimBroker({ clock, random: seeded(3), traits: nearTraits, ...over }) };
}

const lasting = { session: { expiryS: 3_600 }, subscriptions: ['a/#'] } as const;

describe('the broker', () => {
  test.each([
    ['a/+/c', 'a/b/c', true],
    ['a/+', 'a/b/c', false],
    ['a/#', 'a', true],
    ['a/#', 'a/b/c', true],
    ['a/b', 'a/b/c', false],
    ['+/b', 'a/b', true],
    ['#', '$SYS/x', false],
    ['a/b/c', 'a/b', false],
  ])('filter %s and topic %s: %s', (filter, topic, matches) => {
    expect(matchesFilter(filter, topic)).toBe(matches);
  });

  test('tells what is retained to whoever asks for it, and forgets it when told nothing', async () => {
    const { clock, broker } = brokerOf();
    const one = new Client(broker, 'one');
    await clock.advance(10);
    one.publish('a/status', 'on', true);
    one.publish('a/gone', 'x', true);
    one.publish('a/gone', '', true);
    await clock.advance(10);
    const hears = { subscriptions: ['a/#'] };
    const clients = [
      new Client(broker, 'two', lasting),
      new Client(broker, 'three', { ...hears, version: '3.1.1' }),
      new Client(broker, 'four', hears),
    ];
    await clock.advance(20);
    one.publish('a/status', 'off', true);
    await clock.advance(20);
    const both = ['a/status on R', 'a/status off'];
    expect(clients.map(({ texts }) => texts)).toEqual([both, both, ['a/status off']]);
  });

  test('publishes the will of whoever is lost or replaced, at once or when it is missed, and of nobody who said goodbye', async () => {
    const { clock, broker } = brokerOf();
    const hearer = new Client(broker.link(nearTraits), 'hearer', { subscriptions: ['will/+'] });
    await clock.advance(20);
    const leaves: readonly (readonly [string, (client: Client) => unknown])[] = [
      ['drop', ({ connection }) => connection.drop()],
      ['end', ({ connection }) => connection.end()],
      ['takeover', () => new Client(broker, 'takeover')],
      ['half-open', () => broker.front.halfOpen()],
    ];
    for (const [name, leave] of leaves) {
      const client = new Client(broker, name, { will: messageOf(`will/${name}`, 'gone') });
      await clock.advance(20);
      leave(client);
      await clock.advance(100);
    }
    expect(hearer.texts).toEqual(['will/drop gone', 'will/takeover gone']);
    await clock.advance(40_000);
    expect(hearer.texts).toHaveLength(2);
    await clock.advance(110_000);
    expect(hearer.texts.slice(2)).toEqual(['will/half-open gone']);
  });

  test('keeps what comes for a lasting session, hands it out again when it was not confirmed, and in order', async () => {
    const { clock, broker } = brokerOf();
    const one = new Client(broker, 'one');
    const two = new Client(broker.link(nearTraits), 'two', lasting);
    await clock.advance(20);
    two.keeps = () => new Promise(() => undefined);
    for (let n = 1; n <= 30; n++) one.publish('a/b', `${n}`);
    await clock.advance(20);
    expect(two.heard).toHaveLength(20);
    two.connection.drop();
    one.publish('a/b', '31');
    await clock.advance(1_000);
    const again = new Client(broker.link(nearTraits), 'two', lasting);
    await clock.advance(1_000);
    expect(again.texts).toEqual(Array.from({ length: 31 }, (_, n) => `a/b ${n + 1}`));
    expect(broker.backlog).toBe(0);
  });

  test('hangs up on whoever leaves too much unconfirmed or sends too large a packet, and counts it', async () => {
    const { clock, broker } = brokerOf({ receiveMaximum: 3, packetMaxBytes: 200 });
    const many = new Client(broker, 'many');
    const large = new Client(broker, 'large');
    await clock.advance(20);
    broker.front.setWithholdsAcks(true);
    const sent = [1, 2, 3, 4].map((n) => many.publish('a', `${n}`));
    large.publish('a', 'x'.repeat(300));
    await clock.advance(20);
    expect([...broker.violations].sort()).toEqual(['large: a packet of 309 bytes (149)', 'many: 4 unconfirmed (147)']);
    expect([many.news[0], many.news[1]?.slice(0, 10)]).toEqual(['open 3', 'UPLINK-003']);
    expect(sent.map(({ outcome }) => outcome)).toEqual(Array(4).fill('UPLINK-003'));
  });

  test('shuffles topics, and never messages of one topic, also when it stops shuffling in between', async () => {
    const { clock, broker } = brokerOf();
    const hearer = new Client(broker.link(nearTraits), 'hearer', { subscriptions: ['#'] });
    const one = new Client(broker, 'one');
    await clock.advance(20);
    broker.shuffleMs = 500;
    for (let n = 10; n < 60; n++) {
      one.publish(`t${n % 5}`, `${n}`);
      if (n === 50) {
        await clock.advance(20);
        broker.shuffleMs = 0;
      }
    }
    await clock.advance(5_000);
    const told = hearer.heard.map(({ topic, payload }) => ({ topic, n: Number(Buffer.from(payload)) }));
    const isRising = (numbers: readonly number[]): boolean =>
      numbers.every((n, at) => at === 0 || n > (numbers[at - 1] ?? 0));
    expect([told.length, isRising(told.map(({ n }) => n))]).toEqual([50, false]);
    for (const each of ['t0', 't1', 't2', 't3', 't4'])
      expect(isRising(told.flatMap(({ topic, n }) => (topic === each ? [n] : [])))).toBe(true);
  });

  test('takes the time of the bytes and the delay of the line, in both directions', async () => {
    const { clock, broker } = brokerOf({ traits: { minMs: 100, maxMs: 100, bytesPerS: 1_000 } });
    const one = new Client(broker, 'one');
    await clock.until(() => one.news.length > 0, 1_000);
    const { sent, received } = one.connection.bytes;
    expect(clock.mono()).toBeCloseTo(200 + sent + received, -1);
    const beforeMono = clock.mono();
    const told = one.publish('a', 'x'.repeat(500));
    await clock.until(() => told.outcome === 'confirmed', 2_000);
    expect(clock.mono() - beforeMono).toBeCloseTo(200 + 509 + 4, -1);
    expect(one.connection.bytes).toEqual({ sent: sent + 509, received: received + 4 });
  });

  test('a process that was killed hears nothing more and is missed at once; a box without power only by and by', async () => {
    for (const [how, atMostMs] of [
      ['killed', 100],
      ['power', 150_000],
    ] as const) {
      const { clock, broker } = brokerOf();
      const one = new Client(broker, 'one', { will: messageOf('will', how), subscriptions: ['#'] });
      const hearer = new Client(broker.link(nearTraits), 'hearer', { subscriptions: ['#'] });
      await clock.advance(20);
      const before = [...one.news];
      const sent = one.publish('a', 'last');
      broker.front.die(how);
      broker.say(messageOf('b', 'x'));
      const tookMs = await clock.until(() => hearer.texts.includes(`will ${how}`), atMostMs);
      expect(tookMs > 1_000).toBe(how === 'power');
      await clock.advance(200_000);
      expect([one.news, one.heard, sent.outcome]).toEqual([before, [], 'open']);
      expect(hearer.texts.includes('a last')).toBe(how === 'killed');
    }
  });

  test('lets in whom it knows', async () => {
    const { clock, broker } = brokerOf({ accounts: new Map([['village', 'lantern']]) });
    const clients = [
      new Client(broker, 'one', { username: 'village', password: 'lantern' }),
      new Client(broker, 'two', { username: 'village', password: 'candle' }),
      new Client(broker, 'three'),
    ];
    await clock.advance(20);
    expect(clients.map(({ news }) => news[0])).toEqual(['open 65535', 'UPLINK-002 CONNACK', 'UPLINK-002 CONNACK']);
  });

  test('gives the same run for the same seed', async () => {
    const run = async (): Promise<string> => {
      const rig = await new CentreRig({ seed: 5 }).start();
      Object.assign(rig.broker.faults, { ackLossShare: 0.2, duplicateShare: 0.2 });
      rig.broker.shuffleMs = 300;
      await rig.record(12);
      await rig.clock.advance(minuteMs);
      return JSON.stringify([rig.centre.heard, rig.news, rig.broker.counts, rig.clock.mono()]);
    };
    expect(await run()).toBe(await run());
  });
});
