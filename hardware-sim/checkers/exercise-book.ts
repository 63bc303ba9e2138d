import type { Entry } from '../../sync/journal/entry.js';
import type { Fact } from './checker.js';

/** What is tried out, by its entries: drills, siren tests, walk tests. None of them outlives its gateway. */
export class ExerciseBook {
  readonly #running = new Set<'drill' | 'siren_test' | 'walk_test'>();
  /** When the last one ended; -Infinity: there was none. */
  #endedMono = Number.NEGATIVE_INFINITY;
  /** Points that are, or were, under test, and since when no more; null: they are. */
  readonly #tested = new Map<string, number | null>();
  /** Null while there is none. */
  drillSinceMono: number | null = null;

  see(fact: Fact): void {
    if (fact.kind === 'life.ended') this.#allOver(fact.mono);
    else if (fact.kind === 'seen' && fact.seen.kind === 'entry') this.#read(fact.seen.entry, fact.mono);
  }

  /** When anything was last tried out: Infinity while something is. */
  get lastMono(): number {
    return this.#running.size > 0 ? Number.POSITIVE_INFINITY : this.#endedMono;
  }

  /** When the point was last under test: Infinity while it is, -Infinity when it never was. */
  testedMono(point: string): number {
    const ended = this.#tested.get(point);
    return ended === undefined ? Number.NEGATIVE_INFINITY : (ended ?? Number.POSITIVE_INFINITY);
  }

  #read({ kind, detail }: Entry, mono: number): void {
    const [what, event] = kind.split('.');
    if (what !== 'drill' && what !== 'siren_test' && what !== 'walk_test') return;
    if (event === 'begun') {
      this.#running.add(what);
      if (what === 'drill') this.drillSinceMono = mono;
      if (what === 'walk_test') for (const point of listOf(detail['points'])) this.#tested.set(point, null);
    } else if (event === 'ended') this.#over(what, mono);
  }

  #over(what: 'drill' | 'siren_test' | 'walk_test', mono: number): void {
    this.#running.delete(what);
    this.#endedMono = mono;
    if (what === 'drill') this.drillSinceMono = null;
    if (what === 'walk_test') for (const [point, ended] of this.#tested) this.#tested.set(point, ended ?? mono);
  }

  #allOver(mono: number): void {
    for (const what of [...this.#running]) this.#over(what, mono);
  }
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
