/** One process of the gateway on the virtual clock: the product's runtime, only the seams swapped. */
import type { LineId } from '../../config/ids.js';
import type { SiteConfig, UplinkConfig } from '../../config/site.js';
import type { OpenByteLink } from '../../drivers/driver.js';
import { GbSiteNews, gbSiteOf } from '../../gateway/gb26875-site.js';
import { withBox } from '../../gateway/health/box-health.js';
import type { Log } from '../../gateway/log.js';
import type { Observation } from '../../gateway/observation.js';
import { Runtime } from '../../gateway/runtime.js';
import { GbUplink } from '../../sync/gb26875/gb-uplink.js';
import type { Store } from '../../sync/journal/store.js';
import { ExternalCodes } from '../../sync/mqtt/external-codes.js';
import type { MqttLink } from '../../sync/mqtt/mqtt-link.js';
import { MqttUplink } from '../../sync/mqtt/mqtt-uplink.js';
import type { Uplink } from '../../sync/uplink.js';
import { ByteGbLink } from '../centre26875/byte-gb-link.js';
import type { GatewayView } from '../checkers/checker.js';
import { ProcessClock } from '../process-clock.js';
import { SimCalendar } from '../sim-calendar.js';
import type { SimClock } from '../sim-clock.js';
import type { Village } from '../village.js';
import { cityPassword } from './city.js';

export interface LifeParts {
  readonly life: number;
  readonly config: SiteConfig;
  readonly clock: SimClock;
  readonly village: Village;
  readonly codecs: ConstructorParameters<typeof Runtime>[0]['codecs'];
  readonly store: Store;
  readonly link: MqttLink;
  /** To the city; null: this site tells none. */
  readonly openCity: OpenByteLink | null;
  readonly random: () => number;
  readonly observe: (seen: Observation) => void;
}

/** Limits of what was under way when a gateway stopped have run out by then. */
const limitsOfStopMs = 60_000;

const noLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export class GatewayLife implements GatewayView {
  readonly life: number;
  readonly beganMono: number;
  watchingMono: number | null = null;
  readonly runtime: Runtime;
  readonly #process: ProcessClock;
  readonly #news = new GbSiteNews();

  constructor(private readonly parts: LifeParts) {
    const { life, clock, village, codecs, store, random } = parts;
    this.life = life;
    this.beganMono = clock.mono();
    this.#process = new ProcessClock(clock);
    const config = withBox(parts.config, village.box.sensors);
    this.runtime = new Runtime({
      ...{ config, clock: this.#process, random, store, codecs, isLockHeld: true, log: noLog, version: 'swarm' },
      calendar: new SimCalendar(this.#process),
      openLine: ({ id }) => this.#process.lineOf(openOf(village, id)),
      openPins: async () => village.board,
      box: village.box.sensors,
      makeSpeaker: (speaker) => village.horns.open(speaker),
      makeUplink: (uplink) => this.#uplinkOf(uplink, config),
      observe: (seen) => {
        if (this.#process.isEnded) return;
        this.#news.see(seen);
        if (seen.kind === 'site.scanned') this.watchingMono = clock.mono();
        parts.observe(seen);
      },
    });
  }

  #uplinkOf(uplink: UplinkConfig, site: SiteConfig): Uplink {
    const { link, openCity, random } = this.parts;
    const clock = this.#process;
    const address = { district: site.site.district, site: site.site.id };
    if (uplink.kind === 'mqtt') {
      return new MqttUplink({ config: uplink, address, codes: new ExternalCodes(site), link, clock, random });
    }
    if (uplink.kind !== 'gb26875' || openCity === null)
      throw new RangeError(`the swarm has no centre for ${uplink.id}`);
    const watch = () => this.runtime;
    return new GbUplink({
      ...{ config: uplink, siteKey: `${address.district}/${address.site}`, clock, random },
      link: new ByteGbLink(clock.lineOf(openCity)),
      readPassword: async () => Buffer.from(cityPassword),
      ...gbSiteOf({ config: uplink, site, version: 'swarm', clock, news: this.#news, watch }),
    });
  }

  start(): Promise<void> {
    return this.runtime.start();
  }

  /** Timers that a stopped one leaves behind for longer than its own limits would act in the next runtime of the same process. */
  async stop(): Promise<void> {
    await this.runtime.stop();
    this.parts.clock.after(limitsOfStopMs, () => {
      const { pending, isEnded } = this.#process;
      if (pending > 0 && !isEnded) throw new Error(`gateway ${this.life}, stopped, left ${pending} timers behind`);
    });
  }

  /** As kill -9 does: nothing of it acts any more; outputs and units stay as they are. */
  async kill(): Promise<void> {
    this.parts.village.board.close();
    await this.#process.kill();
  }
}

function openOf(village: Village, id: LineId): OpenByteLink {
  const open = village.opens.get(id);
  if (open === undefined) throw new RangeError(`the village has no line ${id}`);
  return open;
}
