/** What entries and samples become in this language. */
import type { Entry } from '../journal/entry.js';
import type { StoredTelemetryPack } from '../journal/store.js';
import { unpackSamples } from '../telemetry/pack-codec.js';
import { UplinkError } from '../uplink.js';
import { toldOf } from './entry-objects.js';
import { samplesOf } from './samples.js';
import type { GbTelling, GbTold } from './telling.js';

export interface GbTellings {
  /** What one entry says, with its time (`isOvertaken`: as in Report); none: it is nothing that this language says. */
  entry(entry: Entry, isOvertaken: boolean): readonly GbTold[];
  /** The samples of a pack that have an analog type, each with its own time. Throws UPLINK-023. */
  pack(pack: StoredTelemetryPack): readonly GbTold[];
}

export function gbTellings(telling: GbTelling): GbTellings {
  return {
    entry: (entry, isOvertaken) => toldOf(entry, telling, isOvertaken),
    pack: ({ body, wall }) => {
      const samples = unpackSamples(body);
      if (samples === null) throw new UplinkError('UPLINK-023', `uplink ${telling.uplink}`);
      return samplesOf(samples, wall, telling).units.map((unit) => () => [unit]);
    },
  };
}
