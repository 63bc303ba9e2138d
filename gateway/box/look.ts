/** What a check of the doctor is handed, and what it is. */
import type { SiteConfig } from '../../config/site.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import type { DoctorFacts } from '../doctor/doctor-facts.js';
import type { BoxView } from './box-view.js';
import type { Finding } from './finding.js';
import type { Outside } from './outside.js';
import type { Person } from './person.js';

export interface BoxLook {
  readonly view: BoxView;
  readonly outside: Outside;
  /** Null: there is no site file, or it is not fit. */
  readonly config: SiteConfig | null;
  /** Null: no gateway answers. */
  readonly facts: DoctorFacts | null;
  /** ms since 1970, of this box. */
  readonly wall: number;
  readonly trust: ClockTrust;
  /** Who the gateway is on this box. */
  readonly person: Person;
  /** Of this program; the running gateway may be older. */
  readonly version: string;
  /** Newest first, the starts and ends of the gateway that the journal tells of; none: it was not read. */
  readonly lives: readonly StoredEntry[];
  /** Whoever asks; sees less than root does. */
  readonly asker: Person;
  /** Process number of ourselves: not somebody else. */
  readonly pid: number;
}

/** Looks at one thing; writes nothing, and may take longer than anybody waits. */
export type BoxCheck = (look: BoxLook) => Promise<readonly Finding[]>;
