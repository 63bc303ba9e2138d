/**
 * How long somebody waits who got it wrong too often. It is counted per name and per address, and everything from the box's own screen apart from
 * the network: whoever storms from there can neither lock out the screen nor fill memory. Each try counts as wrong from its beginning, so
 * that many at once win nothing.
 */
import type { Clock } from '../../../../drivers/clock.js';

const freeTries = 5;
const firstWaitMs = 5_000;
const waitMaxMs = 15 * 60_000;
/** Wrong tries are forgotten so long after the wait for the last one is over. */
const forgetMs = 60 * 60_000;

/** Overflow: who is free soonest is forgotten first. Names that exist have a table of their own, which invented ones can not flush. */
const placesMax = { known: 256, unknown: 256, address: 1024 } as const;
type Table = keyof typeof placesMax;

interface Place {
  wrong: number;
  freeMono: number;
}

export interface Try {
  /** How long to wait before the next, ms; 0: go on with this one. */
  readonly waitMs: number;
  /** This one begins a wait if it is wrong: told once. */
  readonly isLast: boolean;
}

export interface TryBy {
  readonly user: string;
  readonly isKnown: boolean;
  readonly address: string;
  readonly isOwnScreen: boolean;
}

export class Throttle {
  readonly #tables: Readonly<Record<Table, Map<string, Place>>> = {
    known: new Map(),
    unknown: new Map(),
    address: new Map(),
  };

  constructor(private readonly clock: Clock) {}

  /** May it be tried now? Then it counts as wrong until `succeeded`. */
  begin(by: TryBy): Try {
    const keys = keysOf(by);
    const now = this.clock.mono();
    const freeMono = Math.max(...keys.map(([table, key]) => this.#place(table, key, now)?.freeMono ?? 0));
    if (freeMono > now) return { waitMs: freeMono - now, isLast: false };
    const waits = keys.map(([table, key]) => this.#count(table, key, now));
    return { waitMs: 0, isLast: waits.some((isWait) => isWait) };
  }

  succeeded(by: TryBy): void {
    for (const [table, key] of keysOf(by)) this.#tables[table].delete(key);
  }

  /** He has a new password: what was wrong before says nothing. */
  forget(user: string): void {
    for (const from of ['own', 'away']) this.#tables.known.delete(`${from} ${user.toLowerCase()}`);
  }

  /** It was not tried after all (nobody had time for it). */
  withdrawn(by: TryBy): void {
    for (const [table, key] of keysOf(by)) {
      const place = this.#tables[table].get(key);
      if (place === undefined) continue;
      place.wrong--;
      place.freeMono = this.clock.mono();
      if (place.wrong <= 0) this.#tables[table].delete(key);
    }
  }

  /** For tests and measurements: how much is remembered. */
  size(): number {
    return Object.values(this.#tables).reduce((sum, { size }) => sum + size, 0);
  }

  #place(table: Table, key: string, now: number): Place | null {
    const place = this.#tables[table].get(key);
    if (place === undefined) return null;
    if (now < place.freeMono + forgetMs) return place;
    this.#tables[table].delete(key);
    return null;
  }

  #count(table: Table, key: string, now: number): boolean {
    const places = this.#tables[table];
    const place = this.#place(table, key, now) ?? { wrong: 0, freeMono: now };
    place.wrong++;
    const waitMs = place.wrong < freeTries ? 0 : Math.min(waitMaxMs, firstWaitMs * 2 ** (place.wrong - freeTries));
    place.freeMono = now + waitMs;
    places.set(key, place);
    if (places.size > placesMax[table]) forgetSoonest(places, key);
    return waitMs > 0;
  }
}

function forgetSoonest(places: Map<string, Place>, butNot: string): void {
  let soonest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [key, { freeMono }] of places) {
    if (key === butNot || freeMono >= least) continue;
    soonest = key;
    least = freeMono;
  }
  if (soonest !== null) places.delete(soonest);
}

function keysOf({ user, isKnown, address, isOwnScreen }: TryBy): readonly (readonly [Table, string])[] {
  const from = isOwnScreen ? 'own' : 'away';
  return [
    [isKnown ? 'known' : 'unknown', `${from} ${user.toLowerCase()}`],
    ['address', isOwnScreen ? from : networkOf(address)],
  ];
}

/**
 * Of IPv6 the first half: one household has all the rest of it. On the wire itself (`fe80::`) that half is the same for all, and a wrong password of one
 * phone must not hold up the others; who makes up addresses there is held by the name.
 */
function networkOf(address: string): string {
  if (!address.includes(':') || /^fe[89ab][0-9a-f]:/i.test(address)) return address;
  const [head = '', tail = null] = address.split('%')[0]?.split('::') ?? [];
  const heads = head.split(':').filter((part) => part !== '');
  const tails = (tail ?? '').split(':').filter((part) => part !== '');
  const gap = tail === null ? [] : Array.from({ length: Math.max(0, 8 - heads.length - tails.length) }, () => '0');
  return [...heads, ...gap, ...tails].slice(0, 4).join(':');
}
