/** The ancient town with a centre of GB/T 26875.3 and nothing said about it but where it is; and what the town tells that centre. */
import { readFile } from 'node:fs/promises';
import { brandId } from '../../config/ids.js';
import { loadConfigOf } from '../../config/load-config.js';
import { describeProblem } from '../../config/problem.js';
import type { SiteConfig } from '../../config/site.js';
import type { GbUplinkConfig } from '../../config/site-telling.js';
import type { Clock } from '../../drivers/clock.js';
import { type AlarmState, emptyAlarmState, facetsOf } from '../../gateway/alarm/facets.js';
import { GbSiteNews, gbSiteOf } from '../../gateway/gb26875-site.js';
import { PointTable } from '../../gateway/points/point-table.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import type { JournalCore } from '../../sync/journal/journal-core.js';
import type { FacetRow } from '../../sync/journal/store.js';

export const centreId = 'city';
const siteFile = 'config/examples/ancient-town.yaml';
const districtLine = /^ {2}- \{id: district, kind: mqtt, .*\}$/m;

export interface OutageSite {
  readonly site: SiteConfig;
  readonly config: GbUplinkConfig;
}

export async function outageSite(port: number): Promise<OutageSite> {
  const line = `  - {id: ${centreId}, kind: gb26875, host: 127.0.0.1, port: ${port}, address: "b90b00000000"}`;
  const text = (await readFile(siteFile, 'utf8')).replace(districtLine, line);
  const loaded = await loadConfigOf(siteFile, text, knownParts);
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => describeProblem(problem, 'en')).join('\n'));
  const config = loaded.config.uplinks.find(({ id }) => id === brandId(centreId));
  if (config?.kind !== 'gb26875') throw new Error(`the site has no uplink ${centreId}`);
  return { site: loaded.config, config };
}

/** What stands, as the engine of a gateway would know it after a start. */
export class Standing {
  #alarms: AlarmState = emptyAlarmState;

  constructor(rows: readonly FacetRow[]) {
    this.add(rows);
  }

  get alarms(): AlarmState {
    return this.#alarms;
  }

  add(rows: readonly FacetRow[]): void {
    const more = rows.map((row) => [row.subject, facetsOf(row)] as const);
    this.#alarms = { ...this.#alarms, subjects: new Map([...this.#alarms.subjects, ...more]) };
  }
}

/** As `gengfu run` makes them. */
export function siteAndTellings(
  { site, config }: OutageSite,
  clock: Clock,
  standing: Standing,
  journal: Pick<JournalCore, 'boot' | 'commands'>,
) {
  const points = new PointTable(site.points);
  const watch = () => ({ alarms: standing.alarms, points, journal });
  return gbSiteOf({ config, site, version: '0.0.0', clock, news: new GbSiteNews(), watch });
}
