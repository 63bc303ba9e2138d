/**
 * The alarms as a district would follow them, by nothing but their entries. It knows what may have been lost with a power cut: an
 * alarm or a silence whose entry was not durable yet is unsure in the next life.
 */
import type { EntryId, ZoneId } from '../../config/ids.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import type { Entry } from '../../sync/journal/entry.js';
import type { Fact, WorldView } from './checker.js';

/** How long one that is over is remembered, ms. */
const rememberedMs = 120_000;

export interface Standing {
  readonly subject: string;
  readonly class: AlarmClass;
  readonly zone: ZoneId | null;
  readonly alarm: EntryId;
  /** Its first raising that anybody has seen, in the world's time. */
  readonly firstMono: number;
  /** Its newest raising, in the world's time. */
  raisedMono: number;
  /** Counted by the gateway over this life; 0: of an earlier one; null: not known. */
  order: number | null;
  /** Since when it wants to be heard: raised, confirmed, sounding again. */
  sinceMono: number;
  silencedMono: number | null;
  acknowledgedMono: number | null;
  endedMono: number | null;
  /** The life that raised it. */
  readonly life: number;
  /** The newest life that knows of it, and since when. */
  knownLife: number;
  knownMono: number;
  /** False: the last life may have taken it along. */
  isSure: boolean;
  /** False: nobody outside knows whether it is silenced. */
  isSoundSure: boolean;
}

export class AlarmBook {
  readonly standing = new Map<string, Standing>();
  /** Over for a short while. */
  #ended: Standing[] = [];
  /** Subjects that are shelved or out of service. */
  readonly #service = new Set<string>();
  /** When they came back, for a while. */
  readonly #servedMono = new Map<string, number>();
  readonly #undurable = new Map<EntryId, Standing>();
  #life = 0;

  see(fact: Fact, world: WorldView): void {
    switch (fact.kind) {
      case 'life.began':
        this.#life = fact.life;
        break;
      case 'life.ended':
        this.#lifeEnded();
        break;
      case 'seen':
        if (fact.seen.kind === 'entry') this.#read(fact.seen.entry, fact.mono, world);
        else if (fact.seen.kind === 'entry.durable') this.#undurable.delete(fact.seen.entryId);
        else if (fact.seen.kind === 'alarm.standing') this.#restored(fact.seen.subject, fact.mono, world);
        break;
    }
  }

  /** What stands, or stood at any time since. */
  *since(mono: number): Iterable<Standing> {
    yield* this.standing.values();
    for (const each of this.#ended) if ((each.endedMono ?? mono) >= mono) yield each;
  }

  isOutOfService(subject: string): boolean {
    return this.#service.has(subject);
  }

  /** When the subject was last out of service or under test: Infinity: now, -Infinity: never. */
  outOfWatchMono(subject: string): number {
    if (this.#service.has(subject)) return Number.POSITIVE_INFINITY;
    return this.#servedMono.get(subject) ?? Number.NEGATIVE_INFINITY;
  }

  #lifeEnded(): void {
    for (const standing of this.#undurable.values()) {
      standing.isSure = false;
      standing.isSoundSure = false;
    }
    this.#undurable.clear();
  }

  #restored(subject: string, mono: number, world: WorldView): void {
    const known = this.standing.get(subject);
    if (known !== undefined) {
      known.isSure = true;
      known.order = 0;
      if (known.knownLife !== this.#life) this.#isKnown(known, mono);
      return;
    }
    const facets = world.gateway?.runtime.alarms.subjects.get(subject);
    if (facets?.alarm === null || facets === undefined) return;
    this.standing.set(subject, {
      ...{ subject, class: facets.class, zone: facets.zone, alarm: facets.alarm.id, order: 0 },
      ...{ firstMono: mono, raisedMono: mono },
      ...{ sinceMono: mono, silencedMono: null, acknowledgedMono: null, endedMono: null },
      ...{ life: 0, knownLife: this.#life, knownMono: mono, isSure: true, isSoundSure: false },
    });
  }

  #isKnown(standing: Standing, mono: number): void {
    standing.knownLife = this.#life;
    standing.knownMono = mono;
  }

  #read(entry: Entry, mono: number, world: WorldView): void {
    const standing = this.standing.get(entry.subject);
    switch (entry.kind) {
      case 'alarm.raised':
        this.#raised(entry, mono, world);
        break;
      case 'alarm.returned':
        if (entry.detail['latched'] === false) this.#end(standing, mono);
        break;
      case 'alarm.reset':
      case 'alarm.withdrawn':
        this.#end(standing, mono);
        break;
      case 'service.changed':
        this.#served(entry, mono);
        break;
      case 'journal.begun':
        this.#anotherJournal();
        break;
      default:
        if (standing !== undefined && isTold(standing, entry, mono)) this.#undurable.set(entry.id, standing);
    }
  }

  /** What an earlier life wrote may be in none of its rows. */
  #anotherJournal(): void {
    for (const each of this.standing.values()) {
      if (each.life === this.#life) continue;
      each.isSure = false;
      each.isSoundSure = false;
    }
  }

  #raised(entry: Entry, mono: number, world: WorldView): void {
    const { subject, class: alarmClass, zone, alarm } = entry;
    if (alarmClass === null) return;
    const order = world.gateway?.runtime.alarms.subjects.get(subject)?.alarm?.order ?? null;
    const again = { raisedMono: mono, sinceMono: mono, order, silencedMono: null, acknowledgedMono: null };
    const known = this.standing.get(subject);
    const standing: Standing = {
      ...{ subject, class: alarmClass, zone, alarm: alarm ?? entry.id, endedMono: null },
      ...{ life: known?.life ?? this.#life, isSure: true, isSoundSure: true, firstMono: known?.firstMono ?? mono },
      ...{ knownLife: this.#life, knownMono: mono },
      ...again,
    };
    this.standing.set(subject, standing);
    this.#undurable.set(entry.id, standing);
  }

  #served({ subject, detail, origin }: Entry, mono: number): void {
    if (detail['to'] !== 'in-service') {
      this.#service.add(subject);
      return;
    }
    this.#service.delete(subject);
    this.#servedMono.set(subject, mono);
    const standing = this.standing.get(subject);
    if (standing === undefined) return;
    standing.sinceMono = mono;
    // What somebody had acknowledged comes back silent if a person puts it back.
    if (origin !== null) standing.isSoundSure = false;
    else standing.silencedMono = null;
  }

  #end(standing: Standing | undefined, mono: number): void {
    if (standing === undefined) return;
    this.standing.delete(standing.subject);
    standing.endedMono = mono;
    this.#ended = this.#ended.filter(({ endedMono }) => (endedMono ?? 0) >= mono - rememberedMs);
    this.#ended.push(standing);
  }
}

/** False: the entry changes nothing about how it is heard. */
function isTold(standing: Standing, { kind, detail }: Entry, mono: number): boolean {
  switch (kind) {
    case 'alarm.silenced':
      standing.silencedMono = mono;
      return true;
    case 'alarm.acknowledged':
      standing.acknowledgedMono = mono;
      return true;
    case 'alarm.resounded':
      standing.silencedMono = null;
      standing.sinceMono = mono;
      return true;
    case 'alarm.confirmed':
      standing.sinceMono = mono;
      // A detector lost beside a fire that nobody has acknowledged is news, also to whoever has silenced it (design: coincidence).
      if (detail['reason'] === 'second-lost') standing.silencedMono = null;
      return true;
    default:
      return false;
  }
}
