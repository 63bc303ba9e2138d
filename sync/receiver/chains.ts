/** All chains of a receiver in memory: what is missing, and which receipts are due. */
import type { Clock } from '../../drivers/clock.js';
import type { Receipt } from '../messages/receipt.js';
import { addLink, type Gap, gapsOf, type Link } from './chain.js';
import { nextGaps, tellGaps, type WatchedGap } from './gap-watch.js';
import { keptPlaces } from './kept-places.js';
import { otherPlacesOf } from './passed-over.js';
import type { StoredChain, StoredRow } from './receiver-store.js';
import type { SiteName } from './topics.js';

/** Of all districts, and lanes of epochs of one site: a journal begins few in its life. Whoever makes up more would fill our memory. */
const sitesMax = 20_000;
const chainsPerSiteMax = 600;

export interface ChainEvents {
  onGap?(chain: StoredChain, gap: Gap): void;
  onGapClosed?(chain: StoredChain, gap: Gap): void;
  onReceiptDue?(): void;
}

interface Site extends SiteName {
  readonly chains: Set<number>;
  uplink: string | null;
  isDue: boolean;
}

export class Chains {
  readonly #chains = new Map<number, StoredChain>();
  readonly #gaps = new Map<number, readonly WatchedGap[]>();
  readonly #sites = new Map<string, Site>();

  constructor(
    private readonly clock: Clock,
    private readonly events: ChainEvents,
  ) {}

  load(chains: readonly StoredChain[], uplinks: readonly (SiteName & { readonly uplink: string })[]): void {
    this.add(chains);
    for (const { chain } of chains) this.#watch(chain);
    for (const named of uplinks) this.#siteOf(named).uplink = named.uplink;
    for (const site of this.#sites.values()) site.isDue = true;
  }

  add(chains: readonly StoredChain[]): void {
    for (const chain of chains) {
      this.#chains.set(chain.chain, chain);
      this.#siteOf(chain).chains.add(chain.chain);
    }
  }

  /** Is there room for what speaks of this site, and of this chain of it? */
  hasRoomFor({ district, site }: SiteName, chain: Pick<StoredChain, 'epoch' | 'lane'> | null): boolean {
    const known = this.#sites.get(`${district}/${site}`);
    if (known === undefined) return this.#sites.size < sitesMax;
    if (chain === null || known.chains.size < chainsPerSiteMax) return true;
    const own = [...known.chains].map((number) => this.#chains.get(number));
    return own.some((each) => each?.epoch === chain.epoch && each.lane === chain.lane);
  }

  setUplink(name: SiteName, uplink: string): void {
    const site = this.#siteOf(name);
    if (site.uplink === uplink) return;
    site.uplink = uplink;
    this.markDue(name);
  }

  markDue(name: SiteName): void {
    this.#siteOf(name).isDue = true;
    this.events.onReceiptDue?.();
  }

  /** What this row and what it says of others that will never come add to the chains. */
  linksOf(row: StoredRow): readonly (Link & { readonly chain: number })[] {
    const passed = otherPlacesOf(row.body).flatMap(({ epoch, lane, ...link }) => {
      const own = [...this.#siteOf(row).chains].map((number) => this.#chains.get(number));
      const found = own.find((chain) => chain?.epoch === epoch && chain.lane === lane);
      return found === undefined ? [] : [{ ...link, chain: found.chain }];
    });
    return row.place === null ? passed : [row.place, ...passed];
  }

  /** Where the chains stand once these rows are in; nothing is changed yet. */
  moved(links: readonly (Link & { readonly chain: number })[]): readonly StoredChain[] {
    const moved = new Map<number, StoredChain>();
    for (const link of links) {
      const chain = moved.get(link.chain) ?? this.#chains.get(link.chain);
      if (chain === undefined) continue;
      const state = addLink(chain.state, link);
      if (state !== chain.state) moved.set(link.chain, { ...chain, state });
    }
    return [...moved.values()];
  }

  /** @param links a row that was told again may mean that its sender missed the last receipt. */
  move(moved: readonly StoredChain[], links: readonly { readonly chain: number }[]): void {
    for (const chain of moved) {
      this.#chains.set(chain.chain, chain);
      this.#watch(chain.chain);
    }
    for (const number of new Set(links.map(({ chain }) => chain))) {
      const chain = this.#chains.get(number);
      if (chain !== undefined) this.markDue(chain);
    }
  }

  tellGaps(afterMs: number): void {
    for (const [number, before] of this.#gaps) {
      const { gaps, due } = tellGaps(before, this.clock.mono(), afterMs);
      this.#gaps.set(number, gaps);
      const chain = this.#chains.get(number);
      if (chain !== undefined) for (const gap of due) this.events.onGap?.(chain, gap);
    }
  }

  takeReceipts(): readonly (SiteName & Pick<Receipt, 'uplink' | 'kept'>)[] {
    return [...this.#sites.values()].flatMap((site) => {
      const { district, site: name, uplink } = site;
      if (!site.isDue || uplink === null) return [];
      site.isDue = false;
      const own = [...site.chains].sort((one, other) => one - other).flatMap((each) => this.#chains.get(each) ?? []);
      const kept = keptPlaces(own);
      return Object.keys(kept).length === 0 ? [] : [{ district, site: name, uplink, kept }];
    });
  }

  #watch(number: number): void {
    const chain = this.#chains.get(number);
    if (chain === undefined) return;
    const { gaps, closed } = nextGaps(this.#gaps.get(number) ?? [], gapsOf(chain.state), this.clock.mono());
    if (gaps.length === 0) this.#gaps.delete(number);
    else this.#gaps.set(number, gaps);
    for (const gap of closed) this.events.onGapClosed?.(chain, gap);
  }

  #siteOf({ district, site }: SiteName): Site {
    const name = `${district}/${site}`;
    const known = this.#sites.get(name);
    if (known !== undefined) return known;
    const made: Site = { district, site, chains: new Set(), uplink: null, isDue: false };
    this.#sites.set(name, made);
    return made;
  }
}
