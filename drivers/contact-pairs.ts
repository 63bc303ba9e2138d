/**
 * Two contacts that can not both be as they say: a float that says the tank is full beside one that says it is empty. Then
 * nobody knows which one lies, and both readings are bad until the two agree. A fire is never doubted because of it.
 */
import type { PointId } from '../config/ids.js';
import type { BadReading, GoodReading, Reading } from '../config/reading.js';
import type { ContactPair, PointConfig } from '../config/site.js';

/** What two contacts say is compared when it was said at one time: in one round of a line, ms. What lies further apart may
 * both have been true; that counts only when the older one still says so after the other. */
const sameTimeMs = 2000;

/** The newest reading of a contact, and since when it says the same. */
interface Said {
  readonly reading: Reading;
  readonly sinceMono: number;
}

export class ContactPairs {
  readonly #pairsOf = new Map<PointId, ContactPair[]>();
  /** As it came. */
  readonly #last = new Map<PointId, Said>();
  /** What is told to be bad now. */
  readonly #doubted = new Set<PointId>();

  constructor(
    pairs: readonly ContactPair[],
    private readonly points: ReadonlyMap<PointId, Pick<PointConfig, 'severities'>>,
  ) {
    for (const pair of pairs) {
      for (const id of pair.points) this.#pairsOf.set(id, [...(this.#pairsOf.get(id) ?? []), pair]);
    }
  }

  /** The readings as they count. When one of a pair moves, what the other one says may count otherwise too: then it is told
   * again, under its own time. */
  take(readings: readonly Reading[]): readonly Reading[] {
    if (!readings.some(({ pointId }) => this.#pairsOf.has(pointId))) return readings;
    return readings.flatMap((reading) => {
      const pairs = this.#pairsOf.get(reading.pointId);
      if (pairs === undefined) return [reading];
      this.#note(reading);
      const others = new Set(pairs.flatMap(({ points }) => points).filter((id) => id !== reading.pointId));
      return [this.#judged(reading), ...[...others].flatMap((id) => this.#changed(id))];
    });
  }

  #note(reading: Reading): void {
    const last = this.#last.get(reading.pointId);
    const isSame = last?.reading.value === reading.value;
    this.#last.set(reading.pointId, { reading, sinceMono: isSame ? last.sinceMono : reading.sampledMono });
  }

  /** The other one, if it counts otherwise than was told last. */
  #changed(id: PointId): readonly Reading[] {
    const last = this.#last.get(id);
    if (last === undefined) return [];
    const wasDoubted = this.#doubted.has(id);
    const judged = this.#judged(last.reading);
    return this.#doubted.has(id) === wasDoubted ? [] : [judged];
  }

  #judged(reading: Reading): Reading {
    const isDoubted = reading.quality === 'good' && this.#isContradicted(reading);
    if (isDoubted) this.#doubted.add(reading.pointId);
    else this.#doubted.delete(reading.pointId);
    return isDoubted ? doubted(reading) : reading;
  }

  #isContradicted(reading: GoodReading): boolean {
    if (typeof reading.value === 'string' && this.points.get(reading.pointId)?.severities[reading.value] === 'fire') {
      return false;
    }
    const pairs = this.#pairsOf.get(reading.pointId) ?? [];
    return pairs.some(({ points, states }) => {
      const said = points.flatMap((id, i) => {
        const last = this.#last.get(id);
        return last !== undefined && last.reading.value === states[i] ? [last] : [];
      });
      return said.length === points.length && isOfOneTime(said);
    });
  }
}

/** Is there a moment at which all of them said so? */
function isOfOneTime(said: readonly Said[]): boolean {
  const latestBegin = Math.max(...said.map(({ sinceMono }) => sinceMono));
  const earliestEnd = Math.min(...said.map(({ reading }) => reading.sampledMono));
  return latestBegin - earliestEnd <= sameTimeMs;
}

function doubted({ pointId, sampledMono, frame }: GoodReading): BadReading {
  return { pointId, sampledMono, frame, confirmed: false, quality: 'bad', value: null, reason: 'pair' };
}
