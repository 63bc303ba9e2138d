import type { Observation } from '../../gateway/observation.js';
import type { Entry, StoredEntry } from '../../sync/journal/entry.js';
import type { Accuse, Checker, CheckerKind, Fact, WorldView } from './checker.js';
import { contentOf, counterOf } from './contents.js';
import { JournalReading } from './journal-reading.js';

/** Besides at the end of each life it is read so often, so that little has to be remembered. */
const readEveryMs = 3_600_000;
/** Rows that were found are looked at once more at the end, if they are younger: retention lets older ones go. */
const lookAgainMs = 24 * 3_600_000;
/** With a sound disk an entry is durable within this: the longest rest of the writer is 30 s, and its opening may fail once more. */
const durableWithinMs = 90_000;

/** An entry that was seen and not yet found on the disk. */
interface Expected {
  readonly content: string;
  readonly life: number;
  readonly seenMono: number;
  readonly isOwn: boolean;
  isDurable: boolean;
}

export const journalWhole: CheckerKind = {
  name: 'journal-whole',
  promise: 'what was said to be durable is on the disk, whole, once, in order',
  make: (_, accuse) => new JournalWhole(accuse),
};

class JournalWhole implements Checker {
  readonly #expected = new Map<string, Expected>();
  /** By id, what was found: where, and what it said. */
  readonly #found = new Map<
    string,
    { readonly position: number; readonly content: string; readonly foundMono: number }
  >();
  readonly #sequences = new Map<string, number>();
  readonly #counters = new Map<string, number>();
  readonly #reading = new JournalReading((rows) => this.#take(rows));
  #lastPosition = 0;
  /** Entries that the gateway says are gone: of its memory, and of its disk. */
  #lost = 0;
  #dropped = 0;
  #life = 0;
  #stopping: number | null = null;
  #readMono = 0;
  #nowMono = 0;
  #failed: unknown = null;

  constructor(private readonly accuse: Accuse) {}

  see(fact: Fact, world: WorldView): void {
    this.#nowMono = fact.mono;
    if (fact.kind === 'seen') this.#seen(fact.seen, fact.life);
    else if (fact.kind === 'life.began') this.#life = fact.life;
    else if (fact.kind === 'life.ended') {
      const { life, how } = fact;
      const isSound = how === 'stopped' && world.afflictions.soundSince(['disk']) < fact.mono - durableWithinMs;
      this.#readSoon(world, isSound ? life : null);
    }
  }

  look(world: WorldView): void {
    this.#nowMono = world.mono();
    if (this.#nowMono - this.#readMono < readEveryMs) return;
    this.#readSoon(world, null);
    for (const [id, { foundMono }] of this.#found) {
      if (this.#nowMono - foundMono <= lookAgainMs) break;
      this.#found.delete(id);
    }
  }

  async conclude(world: WorldView): Promise<void> {
    await this.#readOn(world, null);
    if (this.#failed !== null) throw this.#failed;
    await this.#lookAgain(world);
    this.#countMissing(world);
  }

  #seen(seen: Observation, life: number): void {
    if (seen.kind === 'entry') this.#expect(seen.entry, life);
    else if (seen.kind === 'entry.durable') {
      const expected = this.#expected.get(seen.entryId);
      if (expected !== undefined) expected.isDurable = true;
      else if (!this.#found.has(seen.entryId)) this.accuse(`${seen.entryId} is said to be durable and was never seen`);
    }
  }

  #expect(entry: Entry, life: number): void {
    const { id, kind, detail } = entry;
    if (this.#expected.has(id)) this.accuse(`two entries have the id ${id}`);
    if (kind === 'gateway.stopped') this.#stopping = life;
    if (kind === 'journal.lost') this.#lost += sumOf(detail);
    if (kind === 'journal.dropped') this.#dropped += sumOf(detail);
    const known = this.#found.get(id);
    const content = contentOf(entry);
    if (known !== undefined) {
      // The journal's own entries are seen when they are durable.
      if (known.content !== content) this.accuse(`${id} (${kind}) is on the disk with another content`);
      return;
    }
    const isOwn = kind.startsWith('journal.');
    this.#expected.set(id, { content, life, seenMono: this.#nowMono, isOwn, isDurable: false });
  }

  /** @param stopped a life that had all it needed to write everything. */
  #readSoon(world: WorldView, stopped: number | null): void {
    this.#readOn(world, stopped).catch((error: unknown) => {
      this.#failed ??= error;
    });
  }

  async #readOn(world: WorldView, stopped: number | null): Promise<void> {
    this.#readMono = world.mono();
    const due = [...this.#expected].filter(
      ([, { isDurable, life }]) => isDurable || this.#mustBeWritten(life, stopped),
    );
    await this.#reading.readOn(world.disk);
    for (const [id, expected] of due) {
      if (this.#expected.delete(id)) this.#accuseMissing(id, expected);
    }
  }

  #mustBeWritten(life: number, stopped: number | null): boolean {
    return life === stopped && this.#stopping === life;
  }

  #accuseMissing(id: string, { content, isDurable }: Expected): void {
    const said = isDurable ? 'was said to be durable' : 'was there when the gateway stopped in order';
    this.accuse(`${id} ${said} and is not on the disk: ${content.slice(0, 120)}`);
  }

  #take(rows: readonly StoredEntry[]): void {
    for (const row of rows) {
      this.#checkPlace(row);
      this.#checkContent(row);
    }
  }

  #checkPlace({ id, kind, epoch, boot, position, sequence }: StoredEntry): void {
    if (position <= this.#lastPosition) this.accuse(`${id} has position ${position} after ${this.#lastPosition}`);
    this.#lastPosition = position;
    const next = (this.#sequences.get(epoch) ?? 0) + 1;
    if (sequence !== next) this.accuse(`${id} has sequence ${sequence} in ${epoch}; expected ${next}`);
    this.#sequences.set(epoch, sequence);
    // The beginning of an epoch stands before all that waited for it.
    if (kind === 'journal.begun') return;
    const counter = counterOf(id);
    const before = this.#counters.get(boot) ?? 0;
    if (counter <= before) this.accuse(`${id} stands after entry ${before} of the same boot`);
    this.#counters.set(boot, Math.max(before, counter));
  }

  #checkContent(row: StoredEntry): void {
    const { id, kind, position } = row;
    const content = contentOf(row);
    const expected = this.#expected.get(id);
    if (this.#found.has(id)) this.accuse(`${id} (${kind}) is on the disk twice`);
    else if (expected !== undefined && expected.content !== content) {
      this.accuse(`${id} is on the disk as ${content.slice(0, 200)} and was ${expected.content.slice(0, 200)}`);
    } else if (expected === undefined && !kind.startsWith('journal.')) this.accuse(`nobody made ${id} (${kind})`);
    this.#expected.delete(id);
    this.#found.set(id, { position, content, foundMono: this.#nowMono });
  }

  /** What was found once stays. */
  async #lookAgain({ disk }: WorldView): Promise<void> {
    const oldest = [...this.#found.values()][0]?.position ?? 0;
    const there = new Map((await disk.readAll(oldest - 1)).map((row) => [row.id as string, row]));
    let gone = 0;
    for (const [id, { position, content }] of this.#found) {
      const row = there.get(id);
      if (row === undefined) gone += 1;
      else if (row.position !== position || contentOf(row) !== content) this.accuse(`${id} was altered on the disk`);
    }
    if (gone > this.#dropped) this.accuse(`${gone} entries went from the disk, and ${this.#dropped} are accounted for`);
  }

  /** Of the life that runs; of others, what was not durable may be gone. */
  #countMissing(world: WorldView): void {
    if (world.afflictions.soundSince(['disk', 'gateway']) > world.mono() - durableWithinMs) return;
    const missing = [...this.#expected].filter(
      ([, { life, seenMono, isOwn }]) => life === this.#life && !isOwn && world.mono() - seenMono > durableWithinMs,
    );
    if (missing.length <= this.#lost) return;
    const [first] = missing;
    this.accuse(`${missing.length} entries never became durable and ${this.#lost} are told as lost: ${first?.[0]} …`);
  }
}

/** Entries only: packs of samples are counted beside them. */
function sumOf(detail: Entry['detail']): number {
  return Object.entries(detail).reduce(
    (sum, [name, count]) => (name !== 'telemetry' && typeof count === 'number' ? sum + count : sum),
    0,
  );
}
