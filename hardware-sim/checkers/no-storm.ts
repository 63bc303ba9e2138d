import type { Entry } from '../../sync/journal/entry.js';
import type { Accuse, Checker, CheckerKind, Fact, WorldView } from './checker.js';

const minuteMs = 60_000;
/** Of one subject: six raisings and returns are written in a minute, one count of the others, and one of what an earlier start left. */
const changesPerMinute = 6 + 2;
/** Whoever deals with it has its next change written, and what was counted until then before it. */
const changesPerDeed = 2;
/** Anything else of one subject: orders of an output, its proof, words of a horn. */
const othersPerMinute = 40;
/** Of a whole site: a hundred points may be on fire at once. */
const sitePerMinute = 1_500;
/** Rests of an uplink double from 1 s to 30 s; a fire hurries them once in 10 s, and chance may draw short ones. */
const triesPerMinute = 20;

const changes: ReadonlySet<Entry['kind']> = new Set(['alarm.raised', 'alarm.returned', 'alarm.counted']);
const people: ReadonlySet<Entry['kind']> = new Set(['alarm.acknowledged', 'alarm.silenced', 'alarm.reset']);

export const noStorm: CheckerKind = {
  name: 'no-storm',
  promise: 'however the world flickers, the gateway writes, connects and asks with measure',
  make: (_, accuse) => new NoStorm(accuse),
};

interface Counted {
  changes: number;
  others: number;
  isTold: boolean;
  /** The newest entry says how many there were: whoever deals with it has that written first, and it is not held against them. */
  isAfterCount: boolean;
}

class NoStorm implements Checker {
  /** By subject, in the minute that runs. */
  readonly #subjects = new Map<string, Counted>();
  #ofSite = 0;
  #minuteMono = 0;
  #triesBefore = { district: 0, city: 0 };

  constructor(private readonly accuse: Accuse) {}

  see(fact: Fact): void {
    // A gateway that starts tells everything anew.
    if (fact.kind === 'life.began') this.#forget(fact.mono);
    if (fact.kind !== 'seen' || fact.seen.kind !== 'entry') return;
    if (fact.mono - this.#minuteMono >= minuteMs) this.#forget(fact.mono);
    this.#count(fact.seen.entry);
  }

  look(world: WorldView): void {
    if (world.mono() % minuteMs >= 1_000) return;
    const now = { district: world.broker.tries, city: world.city?.tries ?? 0 };
    for (const centre of ['district', 'city'] as const) {
      const more = now[centre] - this.#triesBefore[centre];
      if (more > triesPerMinute) this.accuse(`${more} tries to connect to the ${centre} within a minute`);
    }
    this.#triesBefore = now;
  }

  #forget(nowMono: number): void {
    this.#minuteMono = nowMono;
    this.#ofSite = 0;
    this.#subjects.clear();
  }

  #count({ subject, kind }: Entry): void {
    this.#ofSite += 1;
    if (this.#ofSite === sitePerMinute + 1) this.accuse(`more than ${sitePerMinute} entries within a minute`);
    const counted = this.#subjects.get(subject) ?? { changes: 0, others: 0, isTold: false, isAfterCount: false };
    this.#subjects.set(subject, counted);
    if (changes.has(kind)) counted.changes += 1;
    else if (people.has(kind)) counted.changes -= changesPerDeed + (counted.isAfterCount ? 1 : 0);
    else if (subject !== 'gateway') counted.others += 1;
    counted.isAfterCount = kind === 'alarm.counted';
    // Whether somebody deals with it, the entry after the count tells.
    const changesMax = changesPerMinute + (counted.isAfterCount ? 1 : 0);
    if (counted.isTold || (counted.changes <= changesMax && counted.others <= othersPerMinute)) return;
    counted.isTold = true;
    const what = counted.changes > changesMax ? `${counted.changes} changes` : `${counted.others} entries`;
    this.accuse(`${what} of ${subject} were written within a minute`);
  }
}
