/**
 * What a centre heard of a week's journal, against what the journal says. The words are the product's table; they are read, and their
 * times are checked, with the simulator's own codec. Knows nothing of pumps and positions.
 */
import { type AduObject, readAdu } from '../../hardware-sim/centre26875/adu.js';
import type { HeardFrame } from '../../hardware-sim/centre26875/heard-frames.js';
import { localText } from '../../hardware-sim/centre26875/wire-time.js';
import { encodeAdu } from '../../sync/gb26875/encode-adu.js';
import type { GbAdu } from '../../sync/gb26875/frame-types.js';
import type { Entry } from '../../sync/journal/entry.js';
import { isNewFire } from '../../sync/pump/carriable.js';
import { isTold } from '../../sync/tell-filter.js';
import type { OutageSite, siteAndTellings } from './gb-outage-site.js';

/** What the process says of itself. `bytes`: written to the disk, as the kernel counts; `unsaid`: entries settled without a word. */
export interface OutageFigures {
  readonly saves: number;
  readonly bytes: number;
  readonly queued: number;
  readonly unsaid: number;
}

/** In their order on the wire; within each, as the journal has them. */
const ranks = ['fires', 'the rest of the fire lane', 'all others'] as const;
type Rank = (typeof ranks)[number];

const fireBit = 2;
const framingBytes = 30;

/** One object that must come so often. */
interface Expected {
  readonly rank: Rank;
  /** Entries that say it, by their places. */
  readonly places: number[];
  /** Of something that stands: each older word of its component has it behind itself. */
  readonly isNow: boolean;
  heard: number;
}

export interface JudgeOptions extends OutageSite {
  readonly entries: readonly Entry[];
  /** Of `entries`, so many at the end still stand. */
  readonly standing: number;
  readonly words: ReturnType<typeof siteAndTellings>;
  readonly zoneMin: number;
}

export class OutageJudge {
  readonly counts = {
    withWords: 0,
    withoutWords: 0,
    onTheBox: 0,
    heard: 0,
    nowWords: 0,
    outOfOrder: 0,
    strange: 0,
    bytes: 0,
  };
  /** Rows that came twice, by the life of the gateway that told them again. */
  readonly twice: Set<number>[] = [new Set()];
  unconfirmed = 0;
  readonly #expected = new Map<string, Expected>();
  readonly #last: Record<Rank, number> = { fires: -1, 'the rest of the fire lane': -1, 'all others': -1 };
  readonly #nowStates = new Map<string, number>();
  readonly #fires = new Map<string, () => void>();
  readonly #firesHeard = new Map<string, number>();

  constructor(private readonly options: JudgeOptions) {
    const { entries, words, config } = options;
    for (const { system, systemAddress, component, address, state } of words.site.components()) {
      this.#nowStates.set(whereOf({ system, systemAddress, component, componentAddress: hex(address) }), state ?? 1);
    }
    this.#nowStates.set('', words.site.device().state);
    for (const [place, entry] of entries.entries()) {
      if (entry.lane === 'local' || !isTold(config.tell, entry)) this.counts.onTheBox += 1;
      else if (this.#expect(entry, place)) this.counts.withWords += 1;
      else this.counts.withoutWords += 1;
    }
  }

  /** Objects that are awaited, each counted once. */
  get awaited(): number {
    return this.#expected.size;
  }

  get missing(): number {
    let missing = 0;
    for (const { heard, places } of this.#expected.values()) missing += Math.max(0, places.length - heard);
    return missing;
  }

  /** Fires of now that came more than once: told ahead of a backlog, and again in their turn. */
  get firesTwice(): number {
    return [...this.#firesHeard.values()].filter((times) => times > 1).length;
  }

  /** Another gateway goes on. */
  nextLife(): void {
    this.twice.push(new Set());
  }

  /** Resolves when a fire of now is heard from that component. */
  untilFire(at: Pick<AduObject, 'system' | 'systemAddress' | 'component' | 'componentAddress'>): Promise<void> {
    return new Promise((resolve) => this.#fires.set(whereOf(at), resolve));
  }

  hear({ kind, adu, frame, isResend, answered }: HeardFrame): void {
    this.counts.bytes += framingBytes + (frame?.adu.length ?? 0);
    if (kind !== 'upload' || adu === null || isResend) return;
    if (answered !== 'confirm') this.unconfirmed += 1;
    for (const object of adu.objects) this.#hearOne(adu.type, object);
  }

  #hearOne(type: number, object: AduObject): void {
    const expected = this.#expected.get(keyOf(type, object));
    if (expected === undefined) {
      if (!this.#isFireOfNow(type, object) && !this.#isNow(type, object)) this.counts.strange += 1;
      return;
    }
    expected.heard += 1;
    const [place = 0, ...others] = expected.places;
    if (expected.heard === 1) {
      this.counts.heard += 1;
      // What two entries say with the same words within a second has no order of its own.
      if (expected.isNow || others.length > 0) return;
      if (place < this.#last[expected.rank]) this.counts.outOfOrder += 1;
      else this.#last[expected.rank] = place;
    } else if (expected.heard > expected.places.length) {
      if (expected.isNow) this.counts.nowWords += 1;
      else this.twice.at(-1)?.add(expected.places[(expected.heard - 1) % expected.places.length] ?? place);
    }
  }

  #isFireOfNow(type: number, object: AduObject): boolean {
    const where = whereOf(object);
    const tell = this.#fires.get(where);
    if (type !== 2 || tell === undefined || ((object.state ?? 0) & fireBit) === 0) return false;
    this.#firesHeard.set(where, (this.#firesHeard.get(where) ?? 0) + 1);
    tell();
    return true;
  }

  /** Behind a word that is history stands what is so now: the state of the component, with a fire that was raised meanwhile. */
  #isNow(type: number, object: AduObject): boolean {
    const now = this.#nowStates.get(type === 2 ? whereOf(object) : '');
    const isNow =
      (type === 2 || type === 21) && now !== undefined && ((object.state ?? 0) | fireBit) === (now | fireBit);
    if (isNow) this.counts.nowWords += 1;
    return isNow;
  }

  /** False: the language has no word for it. */
  #expect(entry: Entry, place: number): boolean {
    const { words, entries, standing, zoneMin } = this.options;
    const told = words.tellings.entry(entry, false);
    const rank: Rank = isNewFire(entry) ? ranks[0] : entry.lane === 'fire' ? ranks[1] : ranks[2];
    for (const say of told) {
      const [first] = say();
      if (first === undefined) continue;
      const [object] = this.#asRead(first);
      if (object?.time !== localText(entry.wall, zoneMin)) throw new Error(`${entry.id} is not told with its time`);
      const key = keyOf(first.type, object);
      const before = this.#expected.get(key);
      if (before === undefined) {
        const isNow = place >= entries.length - standing;
        this.#expected.set(key, { rank, places: [place], isNow, heard: 0 });
      } else before.places.push(place);
    }
    return told.length > 0;
  }

  #asRead(unit: GbAdu): readonly AduObject[] {
    const { dialect } = this.options.config;
    return readAdu(encodeAdu(unit, dialect), dialect.timeCoding)?.objects ?? [];
  }
}

function keyOf(type: number | string, object: AduObject): string {
  return `${type} ${JSON.stringify(object)}`;
}

function whereOf({ system, systemAddress, component, componentAddress }: AduObject): string {
  return `${system}/${systemAddress}/${component}/${componentAddress}`;
}

export function hex(address: readonly number[]): string {
  return Buffer.from(address).toString('hex');
}
