/** The newest raising of each standing alarm of this run, for whoever asks later: the alarm state keeps no sentences. */
export class LastRaised {
    #entries = new Map();
    /** What is told again of a fault after a restart: it stands already, so that no entry is raised for it. */
    #told = new Map();
    /** Every entry as it is stamped. */
    see(entry) {
        const { kind, subject, alarm, detail } = entry;
        // What flickers may stand again without a raising of its own in the journal.
        const isCounted = kind === 'alarm.counted';
        const isUntold = isCounted && detail['stands'] === 'active' && !this.#entries.has(subject);
        if (kind === 'alarm.raised' || isUntold)
            this.#entries.set(subject, entry);
        // A saved alarm that a newer one replaced ends under its own id.
        if (this.#entries.get(subject)?.alarm !== alarm)
            return;
        const isOver = (isCounted && detail['stands'] === 'normal') ||
            kind === 'alarm.reset' ||
            (kind === 'alarm.returned' && detail['latched'] !== true);
        if (isOver)
            this.#entries.delete(subject);
    }
    /** A fault, or something due, as whoever watches over it says that it stands. */
    hear(subject, isActive, detail) {
        if (isActive)
            this.#told.set(subject, detail);
        else
            this.#told.delete(subject);
    }
    /** Why a standing alarm was raised, as far as this run knows: null for a point's that stood before this start. */
    detailOf(subject) {
        return this.#entries.get(subject)?.detail ?? this.#told.get(subject) ?? null;
    }
    /** Null for an alarm that stood before this start. */
    of(subject) {
        return this.#entries.get(subject) ?? null;
    }
}
