import { addLink, gapsOf } from './chain.js';
import { nextGaps, tellGaps } from './gap-watch.js';
import { keptPlaces } from './kept-places.js';
export class Chains {
    clock;
    events;
    #chains = new Map();
    #gaps = new Map();
    #sites = new Map();
    constructor(clock, events) {
        this.clock = clock;
        this.events = events;
    }
    load(chains, uplinks) {
        this.add(chains);
        for (const { chain } of chains)
            this.#watch(chain);
        for (const named of uplinks)
            this.#siteOf(named).uplink = named.uplink;
        for (const site of this.#sites.values())
            site.isDue = true;
    }
    add(chains) {
        for (const chain of chains) {
            this.#chains.set(chain.chain, chain);
            this.#siteOf(chain).chains.add(chain.chain);
        }
    }
    setUplink(name, uplink) {
        const site = this.#siteOf(name);
        if (site.uplink === uplink)
            return;
        site.uplink = uplink;
        this.markDue(name);
    }
    markDue(name) {
        this.#siteOf(name).isDue = true;
        this.events.onReceiptDue?.();
    }
    /** Where the chains stand once these rows are in; nothing is changed yet. */
    moved(links) {
        const moved = new Map();
        for (const link of links) {
            const chain = moved.get(link.chain) ?? this.#chains.get(link.chain);
            if (chain === undefined)
                continue;
            const state = addLink(chain.state, link);
            if (state !== chain.state)
                moved.set(link.chain, { ...chain, state });
        }
        return [...moved.values()];
    }
    /** @param links a row that was told again may mean that its sender missed the last receipt. */
    move(moved, links) {
        for (const chain of moved) {
            this.#chains.set(chain.chain, chain);
            this.#watch(chain.chain);
        }
        for (const number of new Set(links.map(({ chain }) => chain))) {
            const chain = this.#chains.get(number);
            if (chain !== undefined)
                this.markDue(chain);
        }
    }
    tellGaps(afterMs) {
        for (const [number, before] of this.#gaps) {
            const { gaps, due } = tellGaps(before, this.clock.mono(), afterMs);
            this.#gaps.set(number, gaps);
            const chain = this.#chains.get(number);
            if (chain !== undefined)
                for (const gap of due)
                    this.events.onGap?.(chain, gap);
        }
    }
    takeReceipts() {
        return [...this.#sites.values()].flatMap((site) => {
            const { district, site: name, uplink } = site;
            if (!site.isDue || uplink === null)
                return [];
            site.isDue = false;
            const own = [...site.chains].sort((one, other) => one - other).flatMap((each) => this.#chains.get(each) ?? []);
            const kept = keptPlaces(own);
            return Object.keys(kept).length === 0 ? [] : [{ district, site: name, uplink, kept }];
        });
    }
    #watch(number) {
        const chain = this.#chains.get(number);
        if (chain === undefined)
            return;
        const { gaps, closed } = nextGaps(this.#gaps.get(number) ?? [], gapsOf(chain.state), this.clock.mono());
        if (gaps.length === 0)
            this.#gaps.delete(number);
        else
            this.#gaps.set(number, gaps);
        for (const gap of closed)
            this.events.onGapClosed?.(chain, gap);
    }
    #siteOf({ district, site }) {
        const name = `${district}/${site}`;
        const known = this.#sites.get(name);
        if (known !== undefined)
            return known;
        const made = { district, site, chains: new Set(), uplink: null, isDue: false };
        this.#sites.set(name, made);
        return made;
    }
}
