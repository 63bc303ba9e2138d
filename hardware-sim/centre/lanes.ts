/** All chains of a centre: what is missing, what may be receipted, and what is forgotten when it restarts from what it had written down. */
import type { After, HeardLane, Link } from './heard.js';
import { LaneChain, type OpenGap } from './lane-chain.js';

/** Links since the last receipt of a lane; a centre that forgets begins from the receipt and these. Beyond it the oldest count as
 * written down. */
const recentMax = 50_000;

const laneNames = ['fire', 'journal', 'telemetry'] as const;

/** As a receipt names it. */
export interface KeptPlace {
  readonly epoch: string;
  readonly sequence: number;
  readonly position: number;
}
export type KeptPlaces = Readonly<Partial<Record<HeardLane, KeptPlace>>>;

interface RecentLink {
  readonly link: Link;
  readonly after: After | null;
  readonly id: string | null;
  readonly atMono: number;
}

export class Lanes {
  #chains = new Map<string, LaneChain>();
  /** What is written down for good. */
  readonly #written = new Map<string, LaneChain>();
  /** What came since. */
  readonly #recent: RecentLink[] = [];

  /** @param id of the row; null: it is only said that it will never come. */
  add(link: Link, after: After | null, id: string | null, atMono: number): void {
    this.#recent.push({ link, after, id, atMono });
    if (this.#recent.length > recentMax) this.writeDown(this.#recent.length - recentMax);
    addTo(this.#chains, link, after);
  }

  get gaps(): readonly OpenGap[] {
    return [...this.#chains.values()].flatMap(({ gaps }) => gaps);
  }

  /** Up to where a lane is here without a gap; an epoch with a gap holds back all later ones. */
  get kept(): KeptPlaces {
    const places = laneNames.flatMap((lane) => {
      const place = this.#keptOf(lane);
      return place === null ? [] : [[lane, place] as const];
    });
    return Object.fromEntries(places);
  }

  headOf(lane: HeardLane, epoch: string): number {
    return this.#chains.get(keyOf(lane, epoch))?.head ?? 0;
  }

  /** The first so many of the recent ones can not be forgotten any more; default all: they were receipted. */
  writeDown(count = this.#recent.length): void {
    for (const { link, after } of this.#recent.splice(0, count)) addTo(this.#written, link, after);
  }

  /** It restarts with what it had written down, and of the rest only what came before `sinceMono`. Returns the ids of what is gone. */
  forgetSince(sinceMono: number): readonly string[] {
    const gone = this.#recent.filter(({ atMono }) => atMono >= sinceMono);
    const left = this.#recent.filter(({ atMono }) => atMono < sinceMono);
    this.#recent.splice(0, this.#recent.length, ...left);
    this.writeDown();
    this.#chains = new Map([...this.#written].map(([key, chain]) => [key, chain.copy()]));
    return gone.flatMap(({ id }) => (id === null ? [] : [id]));
  }

  #keptOf(lane: HeardLane): KeptPlace | null {
    const own = [...this.#chains.values()]
      .filter((chain) => chain.lane === lane)
      // One that is only known by name stands before whoever named it.
      .sort((one, other) => one.firstPosition - other.firstPosition);
    let kept: KeptPlace | null = null;
    for (const { epoch, head, position, isWhole } of own) {
      if (position > 0) kept = { epoch, sequence: head, position };
      if (!isWhole) break;
    }
    return kept;
  }
}

function addTo(chains: Map<string, LaneChain>, link: Link, after: After | null): void {
  chainOf(chains, link.lane, link.epoch).add(link);
  if (after !== null) chainOf(chains, link.lane, after.epoch).expect(after.sequence);
}

function chainOf(chains: Map<string, LaneChain>, lane: HeardLane, epoch: string): LaneChain {
  const key = keyOf(lane, epoch);
  const known = chains.get(key);
  if (known !== undefined) return known;
  const made = new LaneChain(lane, epoch);
  chains.set(key, made);
  return made;
}

function keyOf(lane: HeardLane, epoch: string): string {
  return `${lane} ${epoch}`;
}
