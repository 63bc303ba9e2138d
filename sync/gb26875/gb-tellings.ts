/** What entries and samples become in this language. */
import type { Entry } from '../journal/entry.js';
import type { StoredTelemetryPack } from '../journal/store.js';
import type { GbAdu } from './frame-types.js';

export interface GbTellings {
  /** Data units of one entry, each with the time of the entry; none: it is nothing that this language says. */
  entry(entry: Entry): readonly GbAdu[];
  /** The samples of a pack that have an analog type, each with its own time, 63 in a unit at most. */
  pack(pack: StoredTelemetryPack): readonly GbAdu[];
}
