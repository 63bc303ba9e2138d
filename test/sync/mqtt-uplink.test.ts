import { describe, expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { MqttUplinkConfig } from '../../config/site.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type {
  MqttConnection,
  MqttConnectionEvents,
  MqttConnectOptions,
  MqttLimits,
  MqttLink,
  MqttMessage,
} from '../../sync/mqtt/mqtt-link.js';
import { MqttUplink } from '../../sync/mqtt/mqtt-uplink.js';
import { ReconnectDelay } from '../../sync/reconnect-delay.js';
import { UplinkError } from '../../sync/uplink.js';
import { uplinkConfig } from '../uplink-config.js';
import { seeded, stored } from './rig.js';
import { messageFault } from './topic-schemas.js';

const config = uplinkConfig({ url: 'mqtt://broker:1883' });

/** A broker made of arrays; one connection at a time. */
class ArrayLink implements MqttLink {
  readonly tries: { atMono: number; options: MqttConnectOptions; events: MqttConnectionEvents }[] = [];
  readonly published: { message: MqttMessage; confirm: () => void; refuse: (error: UplinkError) => void }[] = [];
  goodbyes = 0;
  tellsHeard = false;
  drops = 0;

  constructor(private readonly clock: SimClock) {}

  connect(options: MqttConnectOptions, events: MqttConnectionEvents): MqttConnection {
    this.tries.push({ atMono: this.clock.mono(), options, events });
    return {
      bytes: { sent: 0, received: 0 },
      tellsHeard: this.tellsHeard,
      publish: (message) =>
        new Promise((resolve, reject) => {
          expect(messageFault(message.topic, message.payload)).toBeNull();
          this.published.push({ message, confirm: resolve, refuse: reject });
        }),
      end: async () => {
        this.goodbyes += 1;
      },
      drop: () => {
        this.drops += 1;
      },
    };
  }
}

class Rig {
  readonly clock = new SimClock();
  readonly link = new ArrayLink(this.clock);
  readonly news: string[] = [];
  readonly uplink: MqttUplink;

  constructor(over: Partial<MqttUplinkConfig> = {}, readSecretFile?: (file: string) => Promise<Uint8Array>) {
    this.uplink = new MqttUplink({
      config: { ...config, ...over },
      address: { district: brandId('yangshuo'), site: brandId('old-town') },
      link: this.link,
      clock: this.clock,
      random: seeded(4),
      ...(readSecretFile === undefined ? {} : { readSecretFile }),
    });
    this.uplink.start({
      onUp: () => this.news.push('up'),
      onDown: (error) => this.news.push(error.code),
      onRequest: () => undefined,
    });
  }

  async tryNumber(count: number): Promise<MqttConnectionEvents> {
    await this.clock.until(() => this.link.tries.length >= count, 60_000, 10);
    const events = this.link.tries[count - 1]?.events;
    if (events === undefined) throw new Error('no try');
    return events;
  }

  async up(limits: MqttLimits = { receiveMaximum: 65_535, packetMaxBytes: null }): Promise<MqttConnectionEvents> {
    const events = await this.tryNumber(this.link.tries.length + 1);
    events.onOpen(limits);
    this.link.published.at(-1)?.confirm();
    await this.clock.advance(0);
    return events;
  }

  /** What became of one report, once it is known. */
  send(detail: Record<string, string> = {}): { outcome: string } {
    const sent = { outcome: 'open' };
    this.uplink.send({ durable: true, entry: stored(1, { detail }), previous: 0, isHistorical: false }).then(
      () => {
        sent.outcome = 'carried';
      },
      (error: unknown) => {
        sent.outcome = error instanceof UplinkError ? error.code : 'bug';
      },
    );
    return sent;
  }
}

const gone = new UplinkError('UPLINK-003', 'uplink district');
const refused = new UplinkError('UPLINK-002', 'uplink district');

test('a broker that answers signs of life is expected to be heard within two of them; a link that does not tell is not', async () => {
  const rig = new Rig({ keepaliveS: 60 });
  const events = await rig.up();
  expect([rig.uplink.lastHeardMono, rig.uplink.expectsHeardWithinMs]).toEqual([null, null]);
  rig.link.tellsHeard = true;
  events.onClosed(new UplinkError('UPLINK-003', 'uplink district'));
  const again = await rig.up();
  again.onHeard?.();
  const heardMono = rig.clock.mono();
  await rig.clock.advance(5_000);
  expect([rig.uplink.lastHeardMono, rig.uplink.expectsHeardWithinMs]).toEqual([heardMono, 120_000]);
});

describe('the MQTT uplink', () => {
  test('tells its status, retained, before it lets reports go, and leaves a will', async () => {
    const rig = new Rig();
    const events = await rig.tryNumber(1);
    expect(rig.link.tries[0]?.options).toMatchObject({ keepaliveS: 110, version: '5', clientId: expect.any(String) });
    const { will } = rig.link.tries[0]?.options ?? { will: null };
    expect([will?.topic, will?.retain]).toEqual(['gengfu/v1/yangshuo/old-town/status', true]);
    expect(JSON.parse(Buffer.from(will?.payload ?? []).toString())).toEqual({ state: 'offline', reason: 'lost' });
    events.onOpen({ receiveMaximum: 10, packetMaxBytes: null });
    await rig.clock.advance(0);
    expect(rig.news).toEqual([]);
    const status = rig.link.published[0];
    expect([status?.message.topic, status?.message.retain]).toEqual(['gengfu/v1/yangshuo/old-town/status', true]);
    status?.confirm();
    await rig.clock.advance(0);
    expect(rig.news).toEqual(['up']);
    expect(rig.uplink.windowMax).toBe(10);
  });

  test('a report is carried when the broker confirms it, and not before', async () => {
    const rig = new Rig();
    await rig.up();
    const sent = rig.send();
    await rig.clock.advance(5_000);
    expect(sent.outcome).toBe('open');
    rig.link.published.at(-1)?.confirm();
    await rig.clock.advance(0);
    expect(sent.outcome).toBe('carried');
  });

  test('no confirmation at all for 10 s means a half-open link: it is dropped and made anew', async () => {
    const rig = new Rig();
    await rig.up();
    rig.send();
    const index = rig.link.published.length;
    await rig.clock.advance(6_000);
    rig.send();
    await rig.clock.advance(3_000);
    rig.link.published[index]?.confirm(); // slow, but alive
    await rig.clock.advance(5_000);
    expect(rig.news).toEqual(['up']);
    await rig.clock.advance(4_500);
    expect(rig.news).toEqual(['up']);
    await rig.clock.advance(600);
    expect(rig.news).toEqual(['up', 'UPLINK-004']);
    expect(rig.link.drops).toBe(1);
    await rig.tryNumber(2);
  });

  test('a client that never answers at all is thrown away and replaced', async () => {
    const rig = new Rig();
    await rig.tryNumber(1);
    await rig.clock.advance(15_100);
    expect([rig.news, rig.link.drops]).toEqual([['UPLINK-001'], 1]);
    await rig.tryNumber(2);
  });

  test('a refused connection is tried again for ever, at most every 30 s', async () => {
    const rig = new Rig();
    for (let n = 1; n <= 30; n++) (await rig.tryNumber(n)).onClosed(refused);
    const gaps = rig.link.tries.map(({ atMono }, n) => atMono - (rig.link.tries[n - 1]?.atMono ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30_300);
    expect(rig.news).toEqual(Array(30).fill('UPLINK-002'));
  });

  test('what an old connection still says is not believed', async () => {
    const rig = new Rig();
    const first = await rig.up();
    first.onClosed(gone);
    await rig.up();
    first.onClosed(gone);
    expect(rig.news).toEqual(['up', 'UPLINK-003', 'up']);
  });

  test('a report without a connection is refused at once', async () => {
    const rig = new Rig();
    const sent = rig.send();
    await rig.clock.advance(0);
    expect(sent.outcome).toBe('UPLINK-003');
  });

  test('a report that is too large goes without its detail; one the broker can never take is told so', async () => {
    const rig = new Rig();
    const first = await rig.up();
    rig.send({ text: 'x'.repeat(20_000) });
    await rig.clock.advance(0);
    const payload = rig.link.published.at(-1)?.message.payload ?? new Uint8Array();
    expect(JSON.parse(Buffer.from(payload).toString()).data).toMatchObject({
      detailOmitted: true,
      kind: 'alarm.raised',
    });
    first.onClosed(gone);
    await rig.up({ receiveMaximum: 20, packetMaxBytes: 200 });
    const sent = rig.send();
    await rig.clock.advance(0);
    expect(sent.outcome).toBe('UPLINK-006');
  });

  test('a password file that can not be read is told and looked for again', async () => {
    const rig = new Rig({ passwordFile: '/no/such/password' });
    await rig.clock.until(() => rig.news.length >= 2, 60_000, 10);
    expect(rig.news.slice(0, 2)).toEqual(['UPLINK-007', 'UPLINK-007']);
    expect(rig.link.tries).toHaveLength(0);
  });

  test('secret files that hang occupy one thread, are told after 2 s, and are used when they come', async () => {
    const reads: { file: string; answer: (bytes: Uint8Array) => void }[] = [];
    const files = { passwordFile: 'password', caFile: 'ca', certFile: 'cert', keyFile: 'key' };
    const rig = new Rig(files, (file) => new Promise((answer) => void reads.push({ file, answer })));
    await rig.clock.advance(1_990);
    expect(rig.news).toEqual([]);
    await rig.clock.advance(20);
    expect(rig.news).toEqual(['UPLINK-007']);
    await rig.clock.advance(300_000);
    expect(rig.news.length).toBeGreaterThan(5);
    expect(reads.map(({ file }) => file)).toEqual(['password']);
    for (let n = 0; n < 4; n++) {
      reads[n]?.answer(Buffer.from(`${reads[n]?.file}\n`));
      await rig.clock.advance(0);
    }
    expect(reads.map(({ file }) => file)).toEqual(['password', 'ca', 'cert', 'key']);
    await rig.tryNumber(1);
    expect(rig.link.tries[0]?.options).toMatchObject({ password: 'password', key: Buffer.from('key\n') });
    rig.link.tries[0]?.events.onClosed(refused);
    await rig.clock.until(() => reads.length === 5, 60_000, 10); // a renewed file is seen
  });

  test('while a fire waits a rest ends within 2 s, at most once per 10 s', async () => {
    const rig = new Rig();
    for (let n = 1; n <= 12; n++) (await rig.tryNumber(n)).onClosed(refused);
    for (let n = 0; n < 5; n++) rig.uplink.hurry();
    const askedMono = rig.clock.mono();
    const atMono = (tries: number): number => rig.link.tries[tries - 1]?.atMono ?? Number.NaN;
    (await rig.tryNumber(13)).onClosed(refused);
    expect(atMono(13) - askedMono).toBeLessThanOrEqual(2_010);
    for (let n = 14; n <= 40; n++) {
      rig.uplink.hurry();
      rig.uplink.hurry();
      (await rig.tryNumber(n)).onClosed(refused);
      expect(atMono(n) - atMono(n - 1)).toBeLessThanOrEqual(14_010);
    }
    expect(atMono(40) - atMono(13)).toBeGreaterThan(27 * 5_000);
  });

  test('a broker that lets us in and hangs up again is tried ever more seldom; a link that held starts anew', async () => {
    const rig = new Rig();
    const restAfter = async (heldMs: number): Promise<number> => {
      const events = await rig.up();
      await rig.clock.advance(heldMs);
      const atMono = rig.clock.mono();
      events.onClosed(gone);
      await rig.tryNumber(rig.link.tries.length + 1);
      const restMs = rig.clock.mono() - atMono;
      rig.link.tries.at(-1)?.events.onOpen({ receiveMaximum: 20, packetMaxBytes: null });
      rig.link.published.at(-1)?.confirm();
      await rig.clock.advance(0);
      rig.link.tries.at(-1)?.events.onClosed(gone);
      return restMs;
    };
    const rests: number[] = [];
    for (let n = 0; n < 6; n++) rests.push(await restAfter(100));
    expect(Math.max(...rests)).toBeGreaterThan(10_000);
    await restAfter(31_000);
    expect(await restAfter(31_000)).toBeLessThan(8_000);
  });

  test('hurrying does nothing while a try is under way, while the link is up and after the stop', async () => {
    const rig = new Rig();
    await rig.tryNumber(1);
    rig.uplink.hurry();
    await rig.clock.advance(5_000);
    expect(rig.link.tries).toHaveLength(1);
    rig.link.tries[0]?.events.onOpen({ receiveMaximum: 20, packetMaxBytes: null });
    rig.link.published.at(-1)?.confirm();
    await rig.clock.advance(1);
    rig.uplink.hurry();
    void rig.uplink.stop();
    await rig.clock.advance(2_000);
    rig.uplink.hurry();
    await rig.clock.advance(60_000);
    expect(rig.link.tries).toHaveLength(1);
  });

  test('stopping says goodbye with a retained status, and takes less than 2 s even when nobody listens', async () => {
    const rig = new Rig();
    await rig.up();
    let isStopped = false;
    void rig.uplink.stop().then(() => {
      isStopped = true;
    });
    await rig.clock.until(() => isStopped, 2_000, 10);
    const payload = rig.link.published.at(-1)?.message.payload ?? new Uint8Array();
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ state: 'offline', reason: 'stopped' });
    await rig.clock.advance(120_000);
    expect(rig.link.tries).toHaveLength(1);
  });
});

/** Connects of so many sites whose broker is away from 0 to `backMs`, as moments; a try before that fails at once. */
function comingBack(sites: number, backMs: number): number[] {
  return [...Array(sites).keys()].map((n) => {
    const delay = new ReconnectDelay(`gengfu/v1/yangshuo/site-${n}`, seeded(n));
    let atMs = delay.nextMs(true);
    while (atMs < backMs) atMs += delay.nextMs(false);
    return atMs;
  });
}

test.each([
  ['at once', 0, 7],
  ['after half a minute', 30_000, 62],
  ['after an hour', 3_600_000, 3_632],
])('500 villages whose broker is back %s do not return in one burst, and all return', (_when, backMs, latestS) => {
  const moments = comingBack(500, backMs).sort((a, b) => a - b);
  const inWindow = moments.map((from, n) => moments.slice(n).findIndex((at) => at > from + 200));
  expect(Math.max(...inWindow)).toBeLessThan(60);
  expect(Math.max(...moments)).toBeLessThanOrEqual(latestS * 1_000);
});

test('a clock that can not be believed is looked at every 5 s; told once, over TLS only', async () => {
  const clock = new SimClock(undefined, 'untrusted');
  const link = new ArrayLink(clock);
  const news: string[] = [];
  const start = (url: string): MqttUplink => {
    const address = { district: brandId<never>('yangshuo'), site: brandId<never>('old-town') };
    const uplink = new MqttUplink({ config: { ...config, url }, address, link, clock, random: seeded(4) });
    const onDown = (error: UplinkError): number => news.push(error.code);
    uplink.start({ onUp: () => news.push('up'), onDown, onRequest: () => undefined });
    return uplink;
  };
  const gated = [start('mqtts://broker'), start('wss://broker/mqtt')];
  await clock.advance(60_000);
  for (const uplink of gated) uplink.hurry();
  await clock.advance(60_000);
  expect([link.tries.length, news]).toEqual([0, ['UPLINK-009', 'UPLINK-009']]);
  const before = clock.mono();
  clock.setTrust('hinted');
  await clock.until(() => link.tries.length === 2, 10_000, 10);
  expect(clock.mono() - before).toBeLessThanOrEqual(5_010);
  clock.setTrust('untrusted');
  for (const { events } of link.tries) events.onClosed(gone);
  await clock.advance(60_000);
  expect(news.filter((code) => code === 'UPLINK-009')).toHaveLength(4);
  start('mqtt://broker');
  await clock.until(() => link.tries.length === 3, 10_000, 10);
});
