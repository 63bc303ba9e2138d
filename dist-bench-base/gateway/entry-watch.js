import { LastRaised } from './command/last-raised.js';
import { ClockWatch } from './health/clock-watch.js';
import { CommitLatency } from './health/commit-latency.js';
import { RecentStamps } from './recent-stamps.js';
export class EntryWatch {
    options;
    lastRaised = new LastRaised();
    recent = new RecentStamps();
    commits;
    clock;
    constructor(options) {
        this.options = options;
        this.commits = new CommitLatency(options.clock);
        this.clock = new ClockWatch(options);
    }
    see(entries) {
        this.recent.see(entries);
        this.clock.see(entries);
        this.options.onSeen(entries);
        for (const entry of entries) {
            this.lastRaised.see(entry);
            this.options.observe({ kind: 'entry', entry });
        }
    }
    sawDurable(entry) {
        const { clock, boot, observe } = this.options;
        if (entry.boot !== boot())
            return;
        // The journal's own entries are not stamped through the keeper: here they are seen first.
        if (entry.kind.startsWith('journal.') && this.recent.of(entry.id) === null)
            this.see([entry]);
        const tookMs = clock.mono() - entry.mono;
        this.commits.see(tookMs);
        observe({ kind: 'entry.durable', entryId: entry.id, tookMs });
    }
}
