import type { StoredEntry } from '../../sync/journal/entry.js';
import type { Accuse, CentreHeard, Checker, CheckerKind, Fact, WorldView } from './checker.js';
import { JournalReading } from './journal-reading.js';

/** The disk is read so often, so that what is told and settled can be forgotten. */
const readEveryMs = 3_600_000;
/** Younger rows may still be on their way when all is over. */
const onTheirWayMs = 20_000;
/** Rows that were told so long ago are not remembered one by one. */
const settledMs = 2 * 3_600_000;
/** Receipts come in groups: so many of the newest rows may still be unkept at the end. */
const unkeptMax = 40;

/** One entry by its id: as it stands on the disk, and as the centre has heard it. */
interface Told {
  row: { readonly epoch: string; readonly lane: string; readonly sequence: number; readonly before: number } | null;
  heard: { sequence: number | null; fingerprint: string | null } | null;
  /** It was stamped by a gateway. */
  isSeen: boolean;
  sinceMono: number;
}

export const allTold: CheckerKind = {
  name: 'all-told',
  promise: 'what is durable is told, in order and once after its id; nothing else is',
  make: (_, accuse) => new AllTold(accuse),
};

class AllTold implements Checker {
  readonly #told = new Map<string, Told>();
  /** Newest sequence on the disk, by epoch and lane. */
  readonly #ends = new Map<string, number>();
  /** Newest sequence heard first, by topic, epoch and lane: what one topic carries keeps its order, and new fires theirs. */
  readonly #arrived = new Map<string, number>();
  /** Rows that the box says will never come. */
  readonly #passedOver = new Set<string>();
  readonly #reading = new JournalReading((rows) => this.#take(rows));
  #mayBeOutOfOrder = false;
  #readMono = 0;
  #nowMono = 0;
  #failed: unknown = null;

  constructor(private readonly accuse: Accuse) {}

  see(fact: Fact): void {
    this.#nowMono = fact.mono;
    if (fact.kind === 'centre.heard') this.#hear(fact.heard);
    else if (fact.kind === 'seen' && fact.seen.kind === 'entry') this.#of(fact.seen.entry.id).isSeen = true;
    // What a broker refuses is held back, and others go before it.
    else if (fact.kind === 'fault.began' && /refus|denie|quota/.test(fact.fault)) this.#mayBeOutOfOrder = true;
  }

  look(world: WorldView): void {
    if (world.mono() - this.#readMono < readEveryMs) return;
    this.#readMono = world.mono();
    this.#reading.readOn(world.disk).then(
      () => this.#forgetSettled(),
      (error: unknown) => {
        this.#failed ??= error;
      },
    );
  }

  async conclude(world: WorldView): Promise<void> {
    await this.#reading.readOn(world.disk);
    if (this.#failed !== null) throw this.#failed;
    if (world.config.uplinks.length === 0) return;
    for (const [id, told] of this.#told) {
      this.#judge(id, told, world.mono());
      const wasHeard = told.row !== null && told.heard?.sequence != null;
      if (wasHeard && !world.centre.keepsDurable(id)) this.accuse(`${id} was lost by the district and not told again`);
    }
    if (world.config.uplinks.some(({ receipts }) => receipts !== 'none')) this.#judgeKept(world);
  }

  #of(id: string): Told {
    const known = this.#told.get(id);
    if (known !== undefined) return known;
    const made: Told = { row: null, heard: null, isSeen: false, sinceMono: this.#nowMono };
    this.#told.set(id, made);
    return made;
  }

  #take(rows: readonly StoredEntry[]): void {
    for (const { id, epoch, lane, sequence, kind } of rows) {
      if (lane !== 'fire' && lane !== 'journal') {
        this.#told.delete(id);
        continue;
      }
      const end = `${epoch} ${lane}`;
      const told = this.#of(id);
      told.row = { epoch, lane, sequence, before: this.#ends.get(end) ?? 0 };
      told.isSeen ||= kind.startsWith('journal.');
      this.#ends.set(end, sequence);
    }
  }

  #hear(heard: CentreHeard): void {
    for (const { epoch, sequence } of heard.passedOver) this.#passedOver.add(`${epoch} ${sequence}`);
    if (heard.lane === 'telemetry') return;
    const { id, sequence, fingerprint } = heard;
    const before = this.#told.get(id)?.heard ?? null;
    if (before === null) {
      if (heard.isDuplicate) return; // told long ago and settled
      this.#of(id).heard = { sequence, fingerprint };
    } else {
      this.#compare(id, before, heard);
      before.sequence ??= sequence;
      before.fingerprint ??= fingerprint;
      if (before.sequence === null || sequence === null || heard.isDuplicate) return;
    }
    if (sequence !== null) this.#checkOrder(heard, sequence);
  }

  #compare(id: string, before: NonNullable<Told['heard']>, { fingerprint, sequence }: CentreHeard): void {
    if (before.fingerprint !== null && fingerprint !== null && before.fingerprint !== fingerprint) {
      this.accuse(`${id} was told with two contents`);
    }
    if (before.sequence !== null && sequence !== null && before.sequence !== sequence) {
      this.accuse(`${id} was told with the sequences ${before.sequence} and ${sequence}`);
    }
  }

  #checkOrder({ id, topic, epoch, lane, previous, entryKind }: CentreHeard, sequence: number): void {
    if (previous !== null && previous >= sequence) this.accuse(`${id} follows ${previous} and has ${sequence}`);
    // A new fire goes before all that waits; among themselves new fires keep their order.
    const isNewFire = entryKind === 'alarm.raised' && topic.endsWith('/report/fire');
    const place = `${topic} ${epoch} ${isNewFire ? 'new fires' : lane}`;
    const newest = this.#arrived.get(place) ?? 0;
    if (sequence < newest && !this.#mayBeOutOfOrder) {
      this.accuse(`${id} (${lane} ${sequence}) was told first after ${newest} of the same topic`);
    }
    this.#arrived.set(place, Math.max(newest, sequence));
    this.#previous.set(id, previous);
  }

  /** What was named as the row before, by id; judged when the disk has been read. */
  readonly #previous = new Map<string, number | null>();

  #judge(id: string, { row, heard, isSeen, sinceMono }: Told, nowMono: number): void {
    if (heard !== null && !isSeen) this.accuse(`${id} was told and nobody made it`);
    if (row === null) {
      if (heard !== null && heard.sequence !== null) this.accuse(`${id} was told as durable and is not on the disk`);
      return;
    }
    const previous = this.#previous.get(id) ?? null;
    if (heard?.sequence != null && heard.sequence !== row.sequence) {
      this.accuse(`${id} was told with sequence ${heard.sequence} and has ${row.sequence}`);
    } else if (previous !== null && previous !== row.before) {
      this.accuse(`${id} (${row.lane} ${row.sequence}) was told to follow ${previous}; it follows ${row.before}`);
    }
    if (heard?.sequence != null || nowMono - sinceMono < onTheirWayMs) return;
    if (this.#passedOver.has(`${row.epoch} ${row.sequence}`)) return;
    const how = heard === null ? 'never told' : 'told from memory only';
    this.accuse(`${id} (${row.lane} ${row.sequence} of ${row.epoch}) is durable and was ${how}`);
  }

  #judgeKept({ gateway }: WorldView): void {
    for (const { id, unkept } of gateway?.runtime.uplinks ?? []) {
      if (unkept > unkeptMax) this.accuse(`the district sends receipts, and ${unkept} rows of ${id} are not kept`);
    }
  }

  #forgetSettled(): void {
    for (const [id, told] of this.#told) {
      if (this.#nowMono - told.sinceMono <= settledMs) break;
      if (told.row === null || told.heard?.sequence == null) continue;
      this.#judge(id, told, this.#nowMono);
      this.#told.delete(id);
      this.#previous.delete(id);
    }
  }
}
