/** The commissioning of a running gateway, whichever runtime is the present one. */
import { join } from 'node:path';
import type { SiteConfig } from '../../config/site.js';
import { type Clock, pause } from '../../drivers/clock.js';
import type { Entry, EntryDraft } from '../../sync/journal/entry.js';
import type { Log } from '../log.js';
import type { Observation } from '../observation.js';
import { CommissioningBook } from './commissioning-book.js';
import type { CommissioningHost, CommissioningOrders } from './commissioning-orders.js';

/** A disk that hangs does not hold up the end, ms. */
const stopMaxMs = 2_000;

export interface CommissioningGateway {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly timeZone: string;
  readonly dataDir: string;
  /** Only after the first gateway has started. */
  readonly now: () => {
    readonly config: SiteConfig;
    readonly runtime: CommissioningHost & { record(drafts: readonly EntryDraft[]): readonly Entry[] };
  };
  readonly siteSha256: () => string | null;
}

export interface RunningCommissioning extends CommissioningOrders {
  /** Everything that happens in the watch. Never throws. */
  see(seen: Observation): void;
  /** The first gateway has started. Resolves when the disk has told what it had. Never rejects. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function commissioningOf(gateway: CommissioningGateway): RunningCommissioning {
  const { clock, log, version, timeZone, dataDir, now, siteSha256 } = gateway;
  /** What is wrong here is nobody else's trouble. */
  const safely = <Value>(run: () => Value): Value | null => {
    try {
      return run();
    } catch (error) {
      log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'commissioning');
      return null;
    }
  };
  const book = new CommissioningBook({
    ...{ clock, log, version, timeZone, siteSha256, folder: join(dataDir, 'commissioning') },
    config: () => now().config,
    host: () => now().runtime,
    record: (drafts) => safely(() => now().runtime.record(drafts)),
    safely: (run) => void safely(run),
  });
  return {
    take: (ask, origin, level) => book.take(ask, origin, level),
    view: (after) => book.view(after),
    see: (seen) => void safely(() => book.see(seen)),
    start: () => book.start(),
    stop: () => Promise.race([book.stop(), pause(clock, stopMaxMs)]),
  };
}
