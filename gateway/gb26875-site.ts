/** What an uplink of GB/T 26875.3 knows of the site beside the journal: what is so now, and what people did lately. */
import type { PointId } from '../config/ids.js';
import type { SiteConfig } from '../config/site.js';
import type { GbUplinkConfig } from '../config/site-telling.js';
import { type GbPointTable, pointTable } from '../config/uplinks/gb-point-table.js';
import { type Clock, localOffsetMin } from '../drivers/clock.js';
import { isOperation } from '../sync/gb26875/entry-objects.js';
import { gbSite } from '../sync/gb26875/gb-site.js';
import { type GbTellings, gbTellings } from '../sync/gb26875/gb-tellings.js';
import type { GbSite } from '../sync/gb26875/reads.js';
import type { GbStanding, GbTelling } from '../sync/gb26875/telling.js';
import { gbTimeOf } from '../sync/gb26875/time-tag.js';
import type { Entry } from '../sync/journal/entry.js';
import { isHistorical } from '../sync/pump/age.js';
import type { Observation } from './observation.js';
import type { PointTable } from './points/point-table.js';
import { type KnownAlarms, standingNow } from './standing-now.js';

/** Operations that can be read back (types 64 and 84 give 102 at most). */
const recentMax = 200;

/** What the gateway that watches now is asked; null while there is none. */
export type GbWatch = (KnownAlarms & { readonly points: PointTable }) | null;

/** Outputs and operations as entries tell them: one for all uplinks of a gateway. */
export class GbSiteNews {
  readonly #outputs = new Map<string, GbStanding>();
  readonly #recent: Entry[] = [];

  see(seen: Observation): void {
    if (seen.kind !== 'entry') return;
    const { entry } = seen;
    const { kind, subject, detail, wall, mono } = entry;
    const wasOn = this.#outputs.get(subject);
    if (kind === 'output.found_on' || kind === 'output.commanded' || kind === 'output.proven') {
      const isOn = kind === 'output.found_on' || detail['on'] === true;
      const is = kind === 'output.proven' ? 'proven' : 'on';
      const { sinceWall, sinceMono } = wasOn ?? { sinceWall: wall, sinceMono: mono };
      if (isOn) this.#outputs.set(subject, { subject, class: null, is, sinceWall, sinceMono });
      else this.#outputs.delete(subject);
    }
    if (!isOperation(kind)) return;
    this.#recent.push(entry);
    if (this.#recent.length > recentMax) this.#recent.shift();
  }

  get outputs(): Iterable<GbStanding> {
    return this.#outputs.values();
  }

  get recent(): readonly Entry[] {
    return this.#recent;
  }
}

export interface GbSiteOptions {
  readonly config: GbUplinkConfig;
  readonly site: SiteConfig;
  readonly version: string;
  readonly clock: Clock;
  readonly news: GbSiteNews;
  readonly watch: () => GbWatch;
}

export function gbSiteOf(options: GbSiteOptions): { readonly site: GbSite; readonly tellings: GbTellings } {
  const { config, site, version, clock, news, watch } = options;
  const telling = tellingOf(options, pointTable(site, config));
  const facts = {
    ...{ telling, version, siteName: site.site.name.zh },
    recent: () => news.recent,
    readingOf: (id: PointId) => {
      const reading = numberNow(watch, id);
      return reading === null
        ? null
        : { value: reading.value, wall: clock.wall() - (clock.mono() - reading.sampledMono) };
    },
  };
  return { site: gbSite(facts), tellings: gbTellings(telling) };
}

/** The number that a point shows now, in its physical unit, and when it was sampled; null: none, or no good one. */
export function numberNow(watch: () => GbWatch, id: PointId): { value: number; sampledMono: number } | null {
  const reading = watch()?.points.get(id) ?? null;
  if (reading === null || reading.quality !== 'good' || typeof reading.value !== 'number') return null;
  return { value: reading.value, sampledMono: reading.sampledMono };
}

function tellingOf({ config, clock, news, watch }: GbSiteOptions, table: GbPointTable): GbTelling {
  const standing = standingNow(watch, clock);
  return {
    ...{ uplink: config.id, table, fireState: config.dialect.fireState },
    nowWall: () => clock.wall(),
    boot: () => watch()?.journal.boot ?? null,
    isHistorical: (entry) => {
      const boot = watch()?.journal.boot;
      const now = { mono: clock.mono(), wall: clock.wall(), trust: clock.trust() };
      return boot === undefined || isHistorical(entry, { ...now, boot });
    },
    timeOf: (wall) => {
      try {
        return gbTimeOf(wall, localOffsetMin(wall));
      } catch {
        return null;
      }
    },
    standing: () => {
      const alarms = standing();
      return alarms === null ? null : [...alarms, ...news.outputs];
    },
  };
}
