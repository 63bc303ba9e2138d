/** What the person who walks hears of each detector that was seen: a chirp of the zone's sirens, and its name. */
import type { OutputId, ZoneId } from '../../config/ids.js';
import type { OutputConfig, WalkTestConfig } from '../../config/sounding.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Entry } from '../../sync/journal/entry.js';
import type { ExerciseWish } from '../annunciator/exercise-wish.js';
import type { Announcement, Saying } from '../voice/announcement.js';

/** Between two chirps, so that they can be counted. */
const gapMs = 500;
/** Chirps that wait; of more than these nobody could say which detector they were for, and the words still say it. */
const chirpsMax = 5;
/** Words that come later than this are about a detector that the person has left. */
const wordsMaxMs = 20_000;

export interface WalkTestOutlets {
  /** Null: nothing. An alarm that sounds takes the place of any wish by itself. What is commanded for a chirp is not for the
   * journal: of a walk test the district hears its summary. */
  sound(wish: ExerciseWish | null): void;
  announce(announcement: Announcement): void;
  /** Whatever is said or waits under this id is over; an unknown id changes nothing. */
  withdraw(id: string): void;
}

export interface WalkTestKeeperOptions {
  readonly config: WalkTestConfig;
  readonly outputs: readonly Pick<OutputConfig, 'id' | 'kind' | 'zone'>[];
  readonly clock: Clock;
  readonly outlets: WalkTestOutlets;
}

interface Chirp {
  readonly zone: ZoneId;
  readonly origin: string;
}

export class WalkTestKeeper {
  readonly #sirens = new Map<ZoneId, Set<OutputId>>();
  readonly #waiting: Chirp[] = [];
  /** Announcements that may still be heard, by zone. */
  readonly #said = new Map<ZoneId, Set<string>>();
  #sounding: Chirp | null = null;
  #next: Cancel | null = null;

  constructor(private readonly options: WalkTestKeeperOptions) {
    for (const { id, kind, zone } of options.outputs) {
      if (kind !== 'siren' || zone === null) continue;
      this.#sirens.set(zone, (this.#sirens.get(zone) ?? new Set()).add(id));
    }
  }

  /** Every entry as it is stamped; those of no walk test change nothing. */
  see(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const { kind, zone } = entry;
      if (zone === null) continue;
      if (kind === 'walk_test.seen') {
        this.#say(zone, entry);
        this.#enqueue({ zone, origin: entry.origin ?? '' });
      } else if (kind === 'walk_test.ended') this.#end(zone, entry.detail['reason'] === 'fire');
    }
  }

  stop(): void {
    this.#waiting.length = 0;
    this.#rest();
  }

  #say(zone: ZoneId, { subject, words, origin }: Entry): void {
    const { config, clock, outlets } = this.options;
    if (config.speakers.length === 0) return;
    const id = `walk-test/${subject}`;
    this.#said.set(zone, (this.#said.get(zone) ?? new Set()).add(id));
    const saying: Saying = { message: null, text: words.zh, file: null, track: null };
    outlets.announce({
      ...{ id, rank: 'drill', occasion: 'walk-test', times: 1, volume: null, origin, alarm: null, zone, words },
      sayings: new Map(config.speakers.map((speaker) => [speaker, [saying]])),
      untilMono: clock.mono() + wordsMaxMs,
    });
  }

  #enqueue(chirp: Chirp): void {
    if (!this.#sirens.has(chirp.zone) || this.#waiting.length >= chirpsMax) return;
    this.#waiting.push(chirp);
    if (this.#next === null) this.#chirp();
  }

  #chirp(): void {
    const chirp = this.#waiting.shift();
    this.#next = null;
    const sound = chirp === undefined ? undefined : this.#sirens.get(chirp.zone);
    if (chirp === undefined || sound === undefined) return;
    const { clock, config, outlets } = this.options;
    this.#sounding = chirp;
    this.#next = clock.after(config.chirpMs, () => {
      this.#rest();
      this.#next = clock.after(gapMs, () => this.#chirp());
    });
    outlets.sound({ kind: 'walk-test', sound, cadence: null, sayings: new Map(), origin: chirp.origin });
  }

  #rest(): void {
    this.#next?.();
    this.#next = null;
    if (this.#sounding === null) return;
    this.#sounding = null;
    this.options.outlets.sound(null);
  }

  /** The last detector is still told of, unless there is a fire: then nobody shall hear that it works. */
  #end(zone: ZoneId, isFire: boolean): void {
    if (isFire) {
      for (const id of this.#said.get(zone) ?? []) this.options.outlets.withdraw(id);
      this.#waiting.splice(0, this.#waiting.length, ...this.#waiting.filter((chirp) => chirp.zone !== zone));
      if (this.#sounding?.zone === zone) {
        this.#rest();
        this.#chirp();
      }
    }
    this.#said.delete(zone);
  }
}
