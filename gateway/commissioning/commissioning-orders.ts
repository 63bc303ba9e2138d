/** What people order about a commissioning, and what it needs of the gateway: the seam between the book and whoever holds it. */
import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { SiteConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { Entry, EntryDraft } from '../../sync/journal/entry.js';
import type { AlarmState } from '../alarm/facets.js';
import type { Level } from '../command/command.js';
import type { Log } from '../log.js';
import type { CommissioningAsk, CommissioningView } from '../panel/api/commissioning.js';
import type { PanelAnswer } from '../panel/api/orders.js';
import type { LineSight } from '../scan/line-health.js';

export interface CommissioningOrders {
  /** At once; a refusal says why in words. `origin`: `panel:<user>`, `cli:<user>`. */
  take(ask: CommissioningAsk, origin: string, level: Level): PanelAnswer;
  /** As it stands; `view` null: it still is the one of that number. */
  view(after: number | null): { readonly serial: number; readonly view: CommissioningView | null };
}

/** What it needs of a runtime. */
export interface CommissioningHost {
  readonly alarms: AlarmState;
  readonly points: { get(id: PointId): Reading | null };
  readonly vitals: { readonly sights: () => readonly LineSight[] };
}

export interface CommissioningOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Of the site that runs now. */
  readonly config: () => SiteConfig;
  readonly host: () => CommissioningHost;
  /** Null: nothing was taken. */
  readonly record: (drafts: readonly EntryDraft[]) => readonly Entry[] | null;
  /** Of the site file that runs; null: not known. */
  readonly siteSha256: () => string | null;
  readonly version: string;
  readonly timeZone: string;
  /** `<dataDir>/commissioning`. */
  readonly folder: string;
  /** Runs it; whatever is wrong there is nobody else's trouble. */
  readonly safely: (run: () => void) => void;
}
