/** Everything that is counted about wear, data and backlogs of a running gateway: hints when a budget is exceeded, figures for `gengfu doctor`. */
import { brandId } from '../../config/ids.js';
import { uplinkErrors } from '../../sync/uplink.js';
import { CardWrites } from '../health/card-writes.js';
import { countCommits } from '../health/commit-count.js';
import { DataBudget } from '../telemetry/data-budget.js';
const lookMs = 60_000;
/** The oldest row changes by retention only. */
const oldestEvery = 10;
const lanes = ['fire', 'journal', 'local'];
export class SiteDoctor {
    options;
    /** To be used instead of the one it was handed: commits are counted. */
    store;
    #card;
    #budget;
    #uplinks = new Map();
    #since = new Map();
    #oldestWall = null;
    #looks = 0;
    #cancel = null;
    constructor(options) {
        this.options = options;
        const { config, clock, store, diskWrites: read, onFault, journal } = options;
        const counted = countCommits(store);
        this.store = counted.store;
        const budgetBytes = config.journal.cardBytesPerDay;
        this.#card =
            read === undefined ? null : new CardWrites({ clock, read, commits: counted.commits, budgetBytes, onFault });
        this.#budget = new DataBudget({
            ...{ clock, onFault },
            uplinks: config.uplinks.map(({ id, url, dataBudgetBytes }) => ({
                ...{ id, budgetBytes: dataBudgetBytes, isTls: /^(?:mqtts|wss):/.test(url) },
                traffic: () => this.#uplinks.get(id)?.traffic?.(),
            })),
            marks: {
                isRead: () => journal().positions !== null,
                get: (name) => journal().mark(name),
                save: (mark) => void journal().append({ drafts: [], facets: [], marks: [mark] }),
            },
        });
    }
    /** One of the site's uplinks, whose traffic is counted. */
    follow(uplink) {
        this.#uplinks.set(uplink.id, uplink);
        return uplink;
    }
    /** False: its measurements rest, so that the reports last to the end of the month. */
    mayCarryTelemetry(uplink) {
        return this.#budget.mayCarryTelemetry(uplink);
    }
    start() {
        this.#card?.start();
        this.#budget.start();
        this.#look();
    }
    /** Before the journal stops: what was used of the data goes there. */
    stop() {
        this.#cancel?.();
        this.#card?.stop();
        this.#budget.stop();
    }
    retell() {
        this.#card?.retell();
        this.#budget.retell();
    }
    get facts() {
        const { clock, version, journal, statuses } = this.options;
        const core = journal();
        return {
            doctor: 1,
            version,
            upMs: clock.mono(),
            memoryMb: this.#figure('memory'),
            loopDelayMs: this.#figure('loop_delay'),
            commitMs: this.#figure('commit'),
            clock: { trust: clock.trust(), wall: clock.wall() },
            journal: { epoch: core.epoch, isRead: core.positions !== null, oldestWall: this.#oldestWall },
            card: this.#card?.figures ?? null,
            uplinks: statuses().map((status) => this.#uplink(status)),
            data: this.#budget.uses,
        };
    }
    #look() {
        const { clock, statuses } = this.options;
        this.#cancel = clock.after(lookMs, () => this.#look());
        for (const { id, isUp } of statuses()) {
            const before = this.#since.get(id);
            if (before?.isUp !== isUp)
                this.#since.set(id, { isUp, wall: before === undefined ? null : clock.wall() });
        }
        if (this.#looks++ % oldestEvery === 0)
            void this.#askOldest();
    }
    async #askOldest() {
        const core = this.options.journal();
        try {
            const rows = await Promise.all(lanes.map((lane) => core.readAfter(lane, 0, 1)));
            const packs = await core.readTelemetryAfter(0, 1);
            const walls = [...rows.flat(), ...packs].map(({ wall }) => wall);
            this.#oldestWall = walls.length === 0 ? null : Math.min(...walls);
        }
        catch {
            // The journal core tells what is wrong with the disk; the figure is asked for again.
            this.#looks = 0;
        }
    }
    #figure(what) {
        const value = this.options.points().get(brandId(`box/${what}`))?.value;
        return typeof value === 'number' ? value : null;
    }
    #uplink({ id, isUp, error, queued, oldestWall, unkept, carriedMono }) {
        return {
            ...{ id, isUp, queued, oldestWall, unkept },
            sinceWall: this.#since.get(id)?.wall ?? null,
            error: error === null ? null : { code: error.code, zh: uplinkErrors[error.code].zh, en: uplinkErrors[error.code].en },
            carriedAgoMs: carriedMono === null ? null : this.options.clock.mono() - carriedMono,
        };
    }
}
