/** A GbUplink and the simulated centre, on the virtual clock and a network in memory. */
import type { GbUplinkConfig } from '../../../config/site-telling.js';
import type { GbPreset } from '../../../config/uplinks/gb-uplink-schema.js';
import { localOffsetMin } from '../../../drivers/clock.js';
import type { ByteLink, OpenByteLink } from '../../../drivers/driver.js';
import { GbCentre } from '../../../hardware-sim/centre26875/gb-centre.js';
import { SimNetwork } from '../../../hardware-sim/net/sim-network.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import type { GbConnection, GbConnectionEvents, GbLink } from '../../../sync/gb26875/gb-link.js';
import { GbUplink, type GbUplinkOptions } from '../../../sync/gb26875/gb-uplink.js';
import { type CentreAsked, UplinkError, type UplinkEvents } from '../../../sync/uplink.js';
import { seeded } from '../rig.js';
import { gbConfig, plainSite, plainTellings } from './plain-site.js';

/** A link of drivers/driver.ts as a connection of this uplink. */
export class ByteGbLink implements GbLink {
  constructor(private readonly open: OpenByteLink) {}

  connect(_target: unknown, events: GbConnectionEvents): GbConnection {
    let link: ByteLink | null = null;
    let isDropped = false;
    const bytes = { sent: 0, received: 0 };
    const gone = (code: 'UPLINK-001' | 'UPLINK-003', cause: unknown): void => {
      if (isDropped) return;
      isDropped = true;
      events.onClosed(new UplinkError(code, 'uplink city', null, cause));
    };
    this.open({
      onBytes: (came) => {
        bytes.received += came.length;
        if (!isDropped) events.onBytes(came);
      },
      onDown: (error) => gone('UPLINK-003', error),
    }).then(
      (opened) => {
        link = opened;
        if (isDropped) void opened.close();
        else events.onOpen();
      },
      (error: unknown) => gone('UPLINK-001', error),
    );
    return {
      bytes,
      waitingBytes: 0,
      send: (out) => {
        bytes.sent += out.length;
        void link?.write(out).catch(() => undefined);
      },
      end: async () => {
        isDropped = true;
        await link?.close();
      },
      drop: () => {
        isDropped = true;
        void link?.close();
      },
    };
  }
}

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
