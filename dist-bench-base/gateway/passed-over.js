/** What comes within this is one entry. */
const gatherMs = 10_000;
/** So many at once are an entry of their own, about 6 kB: each is named, because a receiver waits for what it misses. */
const namedMax = 50;
export class PassedOver {
    options;
    #places = [];
    #cancel = null;
    constructor(options) {
        this.options = options;
    }
    see({ entryId, kind, lane, place, error }) {
        // Without a row it is only told later.
        if (place === null || kind === 'journal.dropped')
            return;
        const { epoch, sequence } = place;
        this.#places.push({ lane, epoch, sequence, id: entryId, code: error.code });
        if (this.#places.length >= namedMax)
            this.tell();
        else
            this.#cancel ??= this.options.clock.after(gatherMs, () => this.tell());
    }
    /** Tells what was gathered, at once. */
    tell() {
        this.#cancel?.();
        this.#cancel = null;
        const places = this.#places;
        const count = places.length;
        if (count === 0)
            return;
        this.#places = [];
        const { uplink, record } = this.options;
        record([
            {
                ...{
                    kind: 'journal.dropped',
                    class: 'fault',
                    subject: `uplink:${uplink}`,
                    alarm: null,
                    zone: null,
                    origin: null,
                },
                words: {
                    zh: `上传通道 ${uplink}：${count} 条记录过大，平台收不到`,
                    en: `uplink ${uplink}: ${count} ${count === 1 ? 'row is' : 'rows are'} too large for the centre and will not reach it`,
                },
                detail: { reason: 'passed-over', uplink, rows: count, places },
            },
        ]);
    }
}
