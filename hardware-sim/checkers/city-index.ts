/** Which component of the city's point table stands for what: the table is handed to the platform, so whoever judges may read it, too. */
import type { SiteConfig } from '../../config/site.js';
import type { GbUplinkConfig } from '../../config/site-telling.js';
import { type GbPointRow, pointTable } from '../../config/uplinks/gb-point-table.js';
import { localOffsetMin } from '../../drivers/clock.js';
import type { Entry } from '../../sync/journal/entry.js';
import type { AduObject } from '../centre26875/adu.js';
import { localText } from '../centre26875/wire-time.js';

/** Bit of the state of a component, GB/T 26875.3-2011 Figure 8: fire. */
export const fireBit = 2;
/** … in normal operation. */
export const normalBit = 1;
/** Time tags have two digits of a year: 2000 to 2099 in any zone. */
const [firstWall, endWall] = [946_771_200_000, 4_102_272_000_000];

export interface CityRow {
  /** As `keyOf` names it. */
  readonly component: string;
  /** What its alarm sets in the state. */
  readonly bits: number;
}

/** Null: this site tells no city. */
export function cityUplink({ uplinks }: Pick<SiteConfig, 'uplinks'>): GbUplinkConfig | null {
  return uplinks.find((uplink) => uplink.kind === 'gb26875') ?? null;
}

export class CityIndex {
  /** Of the uplink. */
  readonly id: string;
  readonly #rows: ReadonlyMap<string, CityRow>;

  private constructor(id: string, rows: ReadonlyMap<string, CityRow>) {
    this.id = id;
    this.#rows = rows;
  }

  /** Null: this site tells no city. */
  static of(config: SiteConfig): CityIndex | null {
    const uplink = cityUplink(config);
    if (uplink === null) return null;
    const { ofPoint } = pointTable(config, uplink);
    const rows = [...ofPoint].map(
      ([id, { row, bits }]) => [`point:${id}`, { component: componentOf(row), bits }] as const,
    );
    return new CityIndex(uplink.id, new Map(rows.filter(([, { bits }]) => bits !== 0)));
  }

  /** Null: the city is not told of it. */
  rowOf(subject: string): CityRow | null {
    return this.#rows.get(subject) ?? null;
  }

  /** How the time of an entry stands in a tag; null: not at all. */
  timeOf({ wall }: Pick<Entry, 'wall'>): string | null {
    return wall < firstWall || wall > endWall ? null : localText(wall, localOffsetMin(wall));
  }
}

export function keyOf({ system, systemAddress, component, componentAddress }: AduObject): string {
  return `${system} ${systemAddress} ${component} ${componentAddress}`;
}

function componentOf({ system, systemAddress, component, address }: GbPointRow): string {
  return keyOf({ system, systemAddress, component, componentAddress: Buffer.from(address).toString('hex') });
}
