/** What every uplink of a checked site has. */
import { brandId } from '../ids.js';
import type { TellConfig, UplinkConfig } from '../site-telling.js';
import type { UplinkYaml } from './uplink-schema.js';

/** The absolute path of a file that the site file names; null: it names none. */
export type FileBeside = (name: string | undefined) => string | null;

const dayMs = 24 * 3_600_000;

/** Of a language that has neither receipts of the district's nor signed orders, and no budget of data. */
export const plainBase = {
  dataBudgetBytes: null,
  receipts: 'none',
  receiptWithinMs: dayMs,
  takesCommands: false,
} as const satisfies Partial<UplinkConfig>;

export function tellOf(tell: UplinkYaml['tell']): TellConfig {
  return {
    classes: tell?.classes ?? null,
    zones: tell?.zones?.map((zone) => brandId(zone)) ?? null,
    kinds: tell?.kinds ?? null,
    withPrivate: tell?.private ?? false,
  };
}
