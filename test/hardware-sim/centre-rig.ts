/** The product's journal, pump and uplink on a simulated broker with a centre behind it, all on one virtual clock. */
import { onTestFinished } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { MqttUplinkConfig } from '../../config/site.js';
import { SimCentre, type SimCentreOptions } from '../../hardware-sim/centre/sim-centre.js';
import { nearTraits } from '../../hardware-sim/mqtt/link-faults.js';
import { SimBroker, type SimBrokerOptions } from '../../hardware-sim/mqtt/sim-broker.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import type { MqttConnection, MqttConnectionEvents, MqttConnectOptions, MqttLink } from '../../sync/mqtt/mqtt-link.js';
import { MqttUplink } from '../../sync/mqtt/mqtt-uplink.js';
import { Pump } from '../../sync/pump.js';
import { packSamples } from '../../sync/telemetry/pack-codec.js';
import type { CentreRequest } from '../../sync/uplink.js';
import { fault, fire, seeded } from '../sync/rig.js';
import { messageFault } from '../sync/topic-schemas.js';
import { uplinkConfig } from '../uplink-config.js';

export const address = { district: brandId<never>('yongding'), site: brandId<never>('ancient-town') };
export const root = 'gengfu/v1/yongding/ancient-town';

export interface RigOptions {
  readonly seed?: number;
  readonly config?: Partial<MqttUplinkConfig>;
  readonly broker?: Partial<SimBrokerOptions>;
  readonly centre?: Partial<SimCentreOptions>;
}

/** One box, its broker and its centre. */
export class CentreRig {
  readonly clock = new SimClock();
  readonly broker: SimBroker;
  readonly centre: SimCentre;
  readonly uplink: MqttUplink;
  readonly pump: Pump;
  readonly core: JournalCore;
  /** Codes of the uplink's faults, and `up`. */
  readonly news: string[] = [];
  readonly requests: CentreRequest[] = [];
  /** What the disk has. */
  readonly rows: StoredEntry[] = [];
  packs = 0;

  constructor({ seed = 1, config = {}, broker = {}, centre = {} }: RigOptions = {}) {
    const { clock } = this;
    this.broker = new SimBroker({ clock, random: seeded(seed), ...broker });
    this.centre = new SimCentre({
      ...{ link: this.broker.link(nearTraits), clock, random: seeded(seed + 1), ...address, ...centre },
    });
    this.uplink = new MqttUplink({
      config: uplinkConfig({ url: 'mqtt://broker:1883', takesCommands: true, ...config }),
      ...{ address, clock, random: seeded(seed + 2), link: looked(this.broker) },
    });
    this.core = new JournalCore({
      ...{ store: new InlineStore(':memory:'), clock, random: seeded(seed + 3) },
      events: {
        onDurable: (entries) => {
          this.rows.push(...entries);
          this.pump.wake(entries);
        },
        onLate: (entry) => this.pump.offerFromMemory(entry),
        onState: () => undefined,
        onRestored: () => undefined,
        onLost: () => undefined,
      },
    });
    const { receipts = 'none' } = config;
    const key = { id: 'district', publicKey: this.centre.publicKey, rights: ['receipt'], zones: null } as const;
    const keys = [{ ...key, notAfter: '2027-12-31' }];
    this.pump = new Pump({
      ...{ uplink: this.uplink, journal: this.core, clock, random: seeded(seed + 4) },
      receipts: receipts === 'none' ? null : { mode: receipts, ...address, keys },
      events: {
        onCarried: () => undefined,
        onUp: () => this.news.push('up'),
        onDown: (error) => this.news.push(error.code),
        onImpaired: (error) => this.news.push(`impaired ${error?.code ?? 'no more'}`),
        onRefused: (error) => this.news.push(`refused ${error?.code ?? 'no more'}`),
        onReceiptIgnored: (why) => this.news.push(why),
        onRequest: (request) => this.requests.push(request),
      },
    });
  }

  async start(): Promise<this> {
    this.centre.start();
    await this.core.start();
    this.pump.start();
    onTestFinished(async () => {
      await Promise.all([this.pump.stop(), this.clock.advance(5_000)]);
      await Promise.all([this.core.stop(), this.clock.advance(5_000)]);
    });
    await this.clock.advance(2_000);
    return this;
  }

  /** So many fires and faults in turn, each with a pack of measurements. */
  async record(count: number, everyMs = 500): Promise<void> {
    for (let n = 0; n < count; n++) {
      this.core.append({ drafts: [n % 2 === 0 ? fire() : fault()], facets: [] });
      const body = packSamples([{ pointId: brandId('tank/level'), unit: 'm', afterMs: 0, value: n, reason: null }]);
      const when = { mono: this.clock.mono(), wall: this.clock.wall(), clock: this.clock.trust() };
      this.core.keepTelemetry([{ ...when, samples: 1, body }]);
      this.packs += 1;
      await this.clock.advance(everyMs);
    }
  }

  get owed(): number {
    const lanes = (['fire', 'journal', 'telemetry'] as const).map((lane) => this.pump.lane(lane)?.queued ?? 0);
    return lanes.reduce((sum, each) => sum + each, 0);
  }

  /** Everything is carried, and everything that the broker has is handed on. */
  async converge(limitMs = 120_000): Promise<void> {
    await this.clock.until(() => this.owed === 0 && this.broker.backlog === 0, limitMs, 250);
  }

  /** Ids of rows of the disk that the centre does not have, of rows that it has and nobody wrote, and what else is wrong. */
  get wrongs(): readonly string[] {
    const written = new Set(this.rows.map(({ id }) => String(id)));
    const heard = new Set(this.centre.heard.flatMap((each) => (each.what === 'report' ? [each.id] : [])));
    return [
      ...[...written].filter((id) => !this.centre.keepsDurable(id)).map((id) => `lost ${id}`),
      ...[...heard].filter((id) => !written.has(id)).map((id) => `invented ${id}`),
      ...(this.centre.countsByLane.telemetry === this.packs ? [] : [`packs ${this.centre.countsByLane.telemetry}`]),
      ...this.centre.gaps.map(({ lane, from, to }) => `gap ${lane} ${from}..${to}`),
      ...this.centre.contradictions.map(({ id, what }) => `${id}: ${what}`),
      ...this.broker.violations,
      ...this.centre.heard.flatMap((each) => (each.what === 'unreadable' ? [`${each.topic}: ${each.why}`] : [])),
    ];
  }
}

/** What goes into the broker is as the schemas of sync/messages say, too. */
function looked(inner: MqttLink): MqttLink {
  return {
    connect(options: MqttConnectOptions, events: MqttConnectionEvents): MqttConnection {
      const connection = inner.connect(options, events);
      return {
        get bytes() {
          return connection.bytes;
        },
        publish: (message) => {
          const wrong = messageFault(message.topic, message.payload);
          if (wrong !== null) throw new Error(wrong);
          return connection.publish(message);
        },
        end: () => connection.end(),
        drop: () => connection.drop(),
      };
    },
  };
}
