import type { StoredEntry } from '../../sync/journal/entry.js';
import type { AduObject } from '../centre26875/adu.js';
import type { Accuse, Checker, CheckerKind, Fact, WorldView } from './checker.js';
import { CityIndex, fireBit, keyOf, normalBit } from './city-index.js';
import { JournalReading } from './journal-reading.js';
import { SeemingLink } from './seeming-link.js';

/** The disk is read so often, so that what is told and settled can be forgotten. */
const readEveryMs = 3_600_000;
/** Of the board of a centre; looked at so often. */
const boardEveryMs = 5_000;
/** A link that has been well for so long has told all that stands. */
const soundForMs = 90_000;
/** A fire is on the board within this. */
const shownWithinMs = 10_000;
/** Younger rows may still be on their way when all is over. */
const onTheirWayMs = 20_000;

/** What the centre knows of one component. */
interface Shown {
  state: number;
  /** Every bit that was ever told with this time: recent ones. */
  readonly toldAt: Map<string, number>;
  wasRaised: boolean;
}

/** Times of one component that are remembered: it is written three times a minute and then counted. */
const timesMax = 1_000;

export const boardTrue: CheckerKind = {
  name: 'board-true',
  promise:
    'the city is told each alarm with its own time and no fire that nobody raised, and its last word of a component is what is so',
  make(config, accuse) {
    const index = CityIndex.of(config);
    return index === null ? {} : new BoardTrue(index, accuse);
  },
};

class BoardTrue implements Checker {
  readonly #board = new Map<string, Shown>();
  readonly #raisedMono = new Map<string, number>();
  readonly #reading = new JournalReading((rows) => this.#take(rows));
  /** Durable and not heard yet, by id. */
  readonly #untold = new Map<
    string,
    {
      readonly what: string;
      readonly component: string;
      readonly time: string;
      readonly bits: number;
      readonly sinceMono: number;
    }
  >();
  readonly #link: SeemingLink;
  #boardMono = 0;
  #readMono = 0;
  #nowMono = 0;
  #wasAccused = false;

  constructor(
    private readonly index: CityIndex,
    private readonly accuse: Accuse,
  ) {
    this.#link = new SeemingLink('city-half-open', index.id);
  }

  see(fact: Fact): void {
    this.#nowMono = fact.mono;
    this.#link.see(fact);
    if (fact.kind === 'city.heard' && fact.heard.type === 2)
      for (const object of fact.heard.objects) this.#hear(object, fact.heard.isTaken);
    else if (fact.kind === 'life.began') this.#raisedMono.clear();
    else if (fact.kind !== 'seen') return;
    else if (fact.seen.kind === 'entry' && fact.seen.entry.kind === 'alarm.raised') {
      const { subject } = fact.seen.entry;
      const row = this.index.rowOf(subject);
      if (row === null) return;
      this.#raisedMono.set(subject, fact.mono);
      this.#of(row.component).wasRaised ||= (row.bits & fireBit) !== 0;
    }
  }

  look(world: WorldView): void {
    const nowMono = world.mono();
    if (nowMono - this.#readMono >= readEveryMs) {
      this.#readMono = nowMono;
      void this.#reading.readOn(world.disk);
    }
    if (nowMono - this.#boardMono < boardEveryMs) return;
    this.#boardMono = nowMono;
    this.#compare(world, nowMono);
  }

  async conclude(world: WorldView): Promise<void> {
    await this.#reading.readOn(world.disk);
    for (const [id, { what, component, time, bits, sinceMono }] of this.#untold) {
      if (this.#isTold(component, time, bits) || world.mono() - sinceMono < onTheirWayMs) continue;
      this.accuse(`${what} (${id}) is durable, and the city never heard of ${component} with its time ${time}`);
    }
    for (const [component, { state }] of this.#board) {
      const more = state & ~normalBit;
      if (more !== 0) this.accuse(`all is well in the end, and the city still shows ${component} with state ${state}`);
    }
  }

  #of(component: string): Shown {
    const known = this.#board.get(component);
    if (known !== undefined) return known;
    const made: Shown = { state: 0, toldAt: new Map(), wasRaised: false };
    this.#board.set(component, made);
    return made;
  }

  #hear(object: AduObject, isTaken: boolean): void {
    const component = keyOf(object);
    const shown = this.#of(component);
    const { state = 0 } = object;
    if ((state & fireBit) !== 0 && !shown.wasRaised && !this.#wasAccused) {
      this.#wasAccused = true;
      this.accuse(`the city is told that ${component} burns, and nobody raised it`);
    }
    if (!isTaken) return;
    shown.state = state;
    const time = String(object.time);
    shown.toldAt.set(time, (shown.toldAt.get(time) ?? 0) | state);
    for (const oldest of shown.toldAt.keys()) {
      if (shown.toldAt.size <= timesMax) break;
      shown.toldAt.delete(oldest);
    }
  }

  #take(rows: readonly StoredEntry[]): void {
    for (const entry of rows) {
      const row = entry.kind === 'alarm.raised' ? this.index.rowOf(entry.subject) : null;
      const time = row === null ? null : this.index.timeOf(entry);
      if (row === null || time === null) continue;
      const { component, bits } = row;
      this.#untold.set(entry.id, {
        what: `${entry.kind} ${entry.subject}`,
        component,
        time,
        bits,
        sinceMono: this.#nowMono,
      });
    }
    for (const [id, { component, time, bits }] of this.#untold) {
      if (this.#isTold(component, time, bits)) this.#untold.delete(id);
    }
  }

  #isTold(component: string, time: string, bits: number): boolean {
    return ((this.#board.get(component)?.toldAt.get(time) ?? 0) & bits) === bits;
  }

  /** What burns is on the board. */
  #compare({ gateway, afflictions }: WorldView, nowMono: number): void {
    if (gateway === null || this.#link.seemsToStand) return;
    const sinceMono = Math.max(gateway.beganMono, afflictions.soundSince(['city', 'disk', 'gateway']));
    if (nowMono - sinceMono < soundForMs) return;
    for (const { subject, alarm, class: alarmClass, service } of gateway.runtime.alarms.subjects.values()) {
      if (alarm === null || alarmClass !== 'fire' || service !== null) continue;
      const row = this.index.rowOf(subject);
      const raisedMono = this.#raisedMono.get(subject) ?? gateway.beganMono;
      if (row === null || (row.bits & fireBit) === 0 || nowMono - raisedMono <= shownWithinMs) continue;
      if (((this.#board.get(row.component)?.state ?? 0) & fireBit) !== 0 || this.#wasAccused) continue;
      this.#wasAccused = true;
      this.accuse(`${subject} burns, and the city's last word of ${row.component} says that it does not`);
    }
  }
}
