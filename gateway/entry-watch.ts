/** Every entry as it is stamped and as it becomes durable, for all who want to know of it. */
import type { BootId } from '../config/ids.js';
import type { Clock } from '../drivers/clock.js';
import type { Entry, EntryDraft, StoredEntry } from '../sync/journal/entry.js';
import { LastRaised } from './command/last-raised.js';
import { ClockWatch } from './health/clock-watch.js';
import { CommitLatency } from './health/commit-latency.js';
import type { Observation } from './observation.js';
import { RecentStamps } from './recent-stamps.js';

export interface EntryWatchOptions {
  readonly clock: Clock;
  readonly boot: () => BootId;
  readonly observe: (observation: Observation) => void;
  /** Before they are durable. */
  readonly onSeen: (entries: readonly Entry[]) => void;
  readonly record: (drafts: readonly EntryDraft[]) => void;
}

export class EntryWatch {
  readonly lastRaised = new LastRaised();
  readonly recent = new RecentStamps();
  readonly commits: CommitLatency;
  readonly clock: ClockWatch;

  constructor(private readonly options: EntryWatchOptions) {
    this.commits = new CommitLatency(options.clock);
    this.clock = new ClockWatch(options);
  }

  see(entries: readonly Entry[]): void {
    this.recent.see(entries);
    this.clock.see(entries);
    this.options.onSeen(entries);
    for (const entry of entries) {
      this.lastRaised.see(entry);
      this.options.observe({ kind: 'entry', entry });
    }
  }

  sawDurable(entry: StoredEntry): void {
    const { clock, boot, observe } = this.options;
    if (entry.boot !== boot()) return;
    // The journal's own entries are not stamped through the keeper: here they are seen first.
    if (entry.kind.startsWith('journal.') && this.recent.of(entry.id) === null) this.see([entry]);
    const tookMs = clock.mono() - entry.mono;
    this.commits.see(tookMs);
    observe({ kind: 'entry.durable', entryId: entry.id, position: entry.position, tookMs });
  }
}
