/** Orders that are remembered for the next runtime; beyond it the file is read again. */
const commandsMax = 10_000;
export class StoreLeases {
    inner;
    #saved = null;
    #last = null;
    constructor(inner) {
        this.inner = inner;
    }
    /** For a runtime that may open the journal when `isDrained` has settled. Closing the lease before it no longer closes the file. */
    next(isDrained = Promise.resolve()) {
        const lease = new Lease(this.inner, this, isDrained);
        this.#last = lease;
        return lease;
    }
    /** Nobody holds it between two runtimes, and yet it is not closed. */
    handOver() {
        this.#last = null;
    }
    isLast(lease) {
        return lease === this.#last;
    }
    /** What was saved, without asking the file; null when it has to be asked. */
    saved() {
        const saved = this.#saved;
        if (saved === null || saved.commands.size > commandsMax)
            return null;
        return {
            ...saved.opened,
            ...{ fresh: false, begun: null },
            facets: [...saved.facets.values()],
            marks: [...saved.marks.values()],
            commands: [...saved.commands.values()],
            positions: [...saved.positions.values()],
        };
    }
    forget() {
        this.#saved = null;
    }
    sawOpened(opened) {
        this.#saved = {
            opened,
            facets: new Map(opened.facets.map((row) => [row.subject, row])),
            marks: new Map(opened.marks.map((row) => [row.name, row])),
            commands: new Map(opened.commands.map((row) => [row.id, row])),
            positions: new Map(opened.positions.map((row) => [keyOf(row), row])),
        };
    }
    sawAppended(batch, stored) {
        const saved = this.#saved;
        if (saved === null)
            return;
        for (const { subject, row } of batch.facets) {
            if (row === null)
                saved.facets.delete(subject);
            else
                saved.facets.set(subject, row);
        }
        for (const mark of batch.marks ?? [])
            saved.marks.set(mark.name, mark);
        for (const command of batch.commands ?? [])
            saved.commands.set(command.id, command);
        const newest = stored.at(-1);
        if (newest === undefined)
            return;
        const lastPosition = Math.max(saved.opened.lastPosition, newest.position);
        const opened = { ...saved.opened, lastPosition, epoch: newest.epoch, lastBoot: newest.boot };
        this.#saved = { ...saved, opened };
    }
    sawPositions(rows) {
        for (const row of rows)
            this.#saved?.positions.set(keyOf(row), row);
    }
}
class Lease {
    inner;
    leases;
    isDrained;
    #hasOpened = false;
    constructor(inner, leases, isDrained) {
        this.inner = inner;
        this.leases = leases;
        this.isDrained = isDrained;
    }
    async open(newEpoch) {
        await this.isDrained;
        const saved = this.#hasOpened ? null : this.leases.saved();
        this.#hasOpened = true;
        if (saved !== null)
            return saved;
        const opened = await this.inner.open(newEpoch);
        this.leases.sawOpened(opened);
        return opened;
    }
    async append(batch) {
        try {
            const stored = await this.inner.append(batch);
            this.leases.sawAppended(batch, stored);
            return stored;
        }
        catch (error) {
            // Whoever comes next looks at the file itself.
            this.leases.forget();
            throw error;
        }
    }
    async savePositions(rows) {
        await this.inner.savePositions(rows);
        this.leases.sawPositions(rows);
    }
    readAfter(lane, after, limit) {
        return this.inner.readAfter(lane, after, limit);
    }
    readTelemetryAfter(after, limit) {
        return this.inner.readTelemetryAfter(after, limit);
    }
    backlogAfter(lane, after) {
        return this.inner.backlogAfter(lane, after);
    }
    placeAt(lane, position) {
        return this.inner.placeAt(lane, position);
    }
    tidy(order) {
        return this.inner.tidy(order);
    }
    async close() {
        if (this.leases.isLast(this))
            await this.inner.close();
    }
}
function keyOf({ uplink, lane }) {
    return `${uplink} ${lane}`;
}
