/** A GbUplink and the simulated centre, on the virtual clock and a network in memory. */
import type { GbUplinkConfig } from '../../../config/site-telling.js';
import type { GbPreset } from '../../../config/uplinks/gb-uplink-schema.js';
import { localOffsetMin } from '../../../drivers/clock.js';
import { ByteGbLink } from '../../../hardware-sim/centre26875/byte-gb-link.js';
import { GbCentre } from '../../../hardware-sim/centre26875/gb-centre.js';
import { SimNetwork } from '../../../hardware-sim/net/sim-network.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { GbUplink, type GbUplinkOptions } from '../../../sync/gb26875/gb-uplink.js';
import type { CentreAsked, UplinkEvents } from '../../../sync/uplink.js';
import { seeded } from '../rig.js';
import { gbConfig, plainSite, plainTellings } from './plain-site.js';

export interface GbRigOptions {
  readonly preset?: GbPreset;
  readonly config?: Partial<GbUplinkConfig>;
  readonly more?: Partial<GbUplinkOptions>;
}

export class GbRig {
  readonly clock = new SimClock();
  readonly centre: GbCentre;
  readonly network: SimNetwork;
  readonly uplink: GbUplink;
  readonly news: string[] = [];
  readonly asked: CentreAsked[] = [];
  readonly events: UplinkEvents = {
    onUp: () => this.news.push('up'),
    onDown: (error) => this.news.push(error.code),
    onRequest: () => undefined,
    onAsked: (asked) => this.asked.push(asked),
  };

  constructor({ preset = 'standard', config = {}, more = {} }: GbRigOptions = {}) {
    const { clock } = this;
    this.centre = new GbCentre({ clock, preset, zoneMin: localOffsetMin(clock.wall()) });
    this.network = new SimNetwork({ clock, server: this.centre, where: 'centre:5000' });
    this.uplink = new GbUplink({
      ...{ config: gbConfig(preset, config), siteKey: 'yangshuo/old-town', clock, random: seeded(5) },
      ...{ tellings: plainTellings, site: plainSite, link: new ByteGbLink(this.network.open) },
      ...more,
    });
  }

  async up(): Promise<this> {
    this.uplink.start(this.events);
    await this.clock.advance(100);
    return this;
  }

  /** Types and objects of each upload that the centre heard, in order. */
  get uploads(): readonly string[] {
    return this.centre.heard.frames
      .filter(({ kind }) => kind === 'upload')
      .map(({ adu, isResend }) => `${adu?.type}×${adu?.objects.length}${isResend ? ' again' : ''}`);
  }
}
