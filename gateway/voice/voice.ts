/**
 * Everything that is said on the loudspeakers of a site. Fire comes before evacuation, orders of the district, drills, and the
 * daily programme: whoever comes cuts off whoever stands below (who-speaks.ts). What is cut off by another announcement begins
 * again; a drill or a programme that a fire has cut off does not.
 */
import type { OutputId, SpeakerId } from '../../config/ids.js';
import type { SpeakerConfig } from '../../config/sounding.js';
import { type Cancel, type Clock, pause } from '../../drivers/clock.js';
import type { Speaker } from '../../drivers/driver.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { Announcement } from './announcement.js';
import { Loudspeaker } from './loudspeaker.js';
import { type Outcome, Rendition } from './rendition.js';
import { endingOf, TurnRecords } from './turn-records.js';
import { begunDraft, endedDraft, type LeftOut, leftOutDraft } from './voice-entries.js';
import { type SpeakerFault, speakerFaultOf } from './voice-hints.js';
import {
  byWorth,
  endedBy,
  type Hold,
  type HoldRank,
  isWaiting,
  keyOf,
  type Part,
  turnKey,
  wishOf,
} from './voice-part.js';
import { volumeOf } from './volume.js';
import { whoSpeaks } from './who-speaks.js';

/** Of those that wait, when there are more, the last of the lowest rank is left out. */
const waitingMax = 32;
/** No announcement takes longer, however often it is to be said. */
const announcementMaxMs = 30 * 60_000;
const microphoneMaxMs = 10 * 60_000;
const checkEveryMs = 60_000;
/** The chips have started by then. */
const firstCheckMs = 10_000;
/** Beside an alarm that sounds, turns that have not come for so long are over. */
const turnsIdleMs = 2 * 60_000;
const stopMaxMs = 900;

export interface VoiceEvents {
  record(drafts: readonly EntryDraft[]): void;
  /** A loudspeaker fails, fails in another way, or is well (null); told when that changes, and once when it is first
   * known. */
  onFault(config: SpeakerConfig, fault: SpeakerFault | null): void;
  /** `keyed` is another one now. */
  onAmplifiers(): void;
}

export interface VoiceParts {
  readonly speakers: readonly SpeakerConfig[];
  readonly makeSpeaker: (config: SpeakerConfig) => Speaker;
  readonly clock: Clock;
  /** Minute of the local day, 0 to 1439. */
  readonly localMinute: () => number;
  readonly events: VoiceEvents;
}

export class Voice {
  readonly #loudspeakers = new Map<SpeakerId, Loudspeaker>();
  readonly #configs: ReadonlyMap<SpeakerId, SpeakerConfig>;
  readonly #parts = new Map<string, Part>();
  readonly #turnRecords: TurnRecords;
  #held: Hold | null = null;
  #keyed: ReadonlySet<OutputId> = new Set();
  #order = 0;
  #isStopped = false;
  #tick: Cancel | null = null;
  #lateTimer: Cancel | null = null;
  #turnOverTimer: Cancel | null = null;

  constructor(private readonly parts: VoiceParts) {
    const { speakers, makeSpeaker, clock, events } = parts;
    this.#configs = new Map(speakers.map((config) => [config.id, config]));
    this.#turnRecords = new TurnRecords((drafts) => events.record(drafts));
    for (const config of speakers) {
      const loudspeaker = new Loudspeaker(config, makeSpeaker(config), clock, {
        onKeyed: () => this.#tellAmplifiers(),
        onFault: (error) => events.onFault(config, error === null ? null : speakerFaultOf(error)),
      });
      this.#loudspeakers.set(config.id, loudspeaker);
    }
  }

  /** Amplifiers that must be on now. */
  get keyed(): ReadonlySet<OutputId> {
    return this.#keyed;
  }

  /** What is being said now, and where. */
  get saying(): readonly (Pick<Announcement, 'words' | 'origin'> & { readonly speakers: ReadonlySet<SpeakerId> })[] {
    return [...this.#parts.values()].flatMap(({ announcement, rendition, begunOn }) =>
      rendition === null ? [] : [{ ...announcement, speakers: begunOn ?? new Set(announcement.sayings.keys()) }],
    );
  }

  start(): void {
    for (const loudspeaker of this.#loudspeakers.values()) loudspeaker.start();
    this.#tick = this.parts.clock.after(firstCheckMs, () => this.#everyMinute());
  }

  /** Silent, amplifiers off. Takes at most a second. */
  async stop(): Promise<void> {
    for (const part of [...this.#parts.values()]) this.#dismiss(part, 'stopped');
    this.#turnRecords.endAll();
    this.#isStopped = true;
    this.#tick?.();
    this.#lateTimer?.();
    this.#turnOverTimer?.();
    const stopped = [...this.#loudspeakers.values()].map((loudspeaker) => loudspeaker.stop());
    await Promise.race([Promise.all(stopped), pause(this.parts.clock, stopMaxMs)]);
  }

  /** Tells all faults again: the listener has forgotten them. */
  retell(): void {
    for (const loudspeaker of this.#loudspeakers.values()) loudspeaker.retell();
  }

  /** Something sounds and has these loudspeakers: an alarm, or a drill; null: nothing does. Whatever of peace stands below is cut off
   * everywhere and does not come back (a drill and the programme below an alarm, the programme below a drill); everything else
   * that is not above it is said only where it is not heard. A turn goes on until it is over or cut. */
  hold(speakers: ReadonlySet<SpeakerId> | null, rank: HoldRank = 'fire'): void {
    if (this.#isStopped) return;
    const before = this.#held;
    this.#held = speakers === null ? null : { speakers, rank };
    for (const [id, loudspeaker] of this.#loudspeakers) loudspeaker.hold(speakers?.has(id) ?? false);
    // What was said for a drill is over when a fire has taken its place.
    if (before !== null && (speakers === null || before.rank !== rank)) this.#turnRecords.endAll();
    if (speakers !== null) this.#endPeace();
    this.#arrange();
  }

  /** One turn of the voice between two bursts of the siren; takes the place of the last one. `onOver`: once, when all have said
   * it or failed, at the latest after `maxMs`; never before this has returned. */
  turn(announcement: Announcement, maxMs: number, onOver: () => void): void {
    if (this.#isStopped) return;
    this.#endTurn();
    const part = this.#newPart(announcement, 'turn', maxMs, onOver);
    if (this.#whyNever(announcement) === null) this.#parts.set(turnKey, part);
    this.#arrange();
    if (part.rendition === null) this.#turnOver(part);
  }

  /** Ends the turn now, without `onOver`. */
  cutTurn(): void {
    this.#endTurn();
    this.#arrange();
  }

  /** Says it as soon as nobody more urgent speaks there. One with the same id takes the place of the older one. */
  announce(announcement: Announcement): void {
    if (this.#isStopped) return;
    const why = this.#whyNever(announcement);
    if (why !== null) {
      this.leaveOut(announcement, why);
      return;
    }
    this.withdraw(announcement.id);
    this.#parts.set(keyOf(announcement), this.#newPart(announcement, 'announcement', announcementMaxMs, null));
    this.#arrange();
    const waiting = [...this.#parts.values()].filter(isWaiting);
    const last = waiting.sort(byWorth)[0];
    if (waiting.length > waitingMax && last !== undefined) {
      this.#dismiss(last, 'too-many');
      this.#arrange();
    }
  }

  /** It is not said, or not any longer. */
  withdraw(id: Announcement['id']): void {
    const part = this.#parts.get(keyOf({ id }));
    if (part === undefined) return;
    this.#dismiss(part, 'withdrawn');
    this.#arrange();
  }

  /** All of these are not said, or not any longer. */
  withdrawIf(fits: (announcement: Announcement) => boolean): void {
    for (const { kind, announcement } of [...this.#parts.values()]) {
      if (kind === 'announcement' && fits(announcement)) this.withdraw(announcement.id);
    }
  }

  /** Nobody says it; the journal tells why. */
  leaveOut(announcement: Announcement, why: LeftOut): void {
    this.parts.events.record([leftOutDraft(announcement, why)]);
  }

  /** Keys amplifiers for a person at a microphone, at most `forMs` and ten minutes. Ends by itself then, or when fire has taken
   * all of them, or by what is returned. Null: an alarm has them all, or none of them has an amplifier to key. */
  microphone(speakers: ReadonlySet<SpeakerId>, forMs: number, origin: string): Cancel | null {
    const sayings = new Map<SpeakerId, readonly []>();
    for (const id of speakers) if (this.#configs.get(id)?.amplifier != null) sayings.set(id, []);
    if (this.#isStopped || sayings.size === 0) return null;
    const order = this.#order + 1;
    const words = { zh: '话筒喊话', en: 'a person at the microphone' };
    const announcement: Announcement = {
      ...{ id: `microphone:${order}`, rank: 'evacuation', occasion: 'microphone', sayings, times: 1 },
      ...{ untilMono: this.parts.clock.mono(), volume: null, origin, alarm: null, zone: null, words },
    };
    const part = this.#newPart(announcement, 'microphone', Math.min(forMs, microphoneMaxMs), null);
    this.#parts.set(keyOf(announcement), part);
    this.#arrange();
    if (part.rendition === null) {
      this.#parts.delete(keyOf(announcement));
      return null;
    }
    return () => this.#microphoneOver(part);
  }

  #endTurn(): void {
    this.#turnOverTimer?.();
    const part = this.#parts.get(turnKey);
    if (part === undefined) return;
    part.onOver = null;
    this.#dismiss(part, 'withdrawn');
  }

  #whyNever({ rank, sayings }: Announcement): LeftOut | null {
    if (this.#held !== null && endedBy[this.#held.rank].has(rank)) return this.#held.rank;
    return [...sayings.keys()].some((id) => this.#loudspeakers.has(id)) ? null : 'no-speaker';
  }

  #newPart(announcement: Announcement, kind: Part['kind'], maxMs: number, onOver: (() => void) | null): Part {
    return { announcement, kind, order: ++this.#order, rendition: null, begunOn: null, maxMs, onOver };
  }

  /** Cuts off, begins and leaves out until everybody has what the ranks give them. */
  #arrange(): void {
    if (this.#isStopped) return;
    this.#leaveOutLate();
    const speaking = whoSpeaks(
      [...this.#parts].map(([key, part]) => wishOf(key, part, this.#held, this.#loudspeakers)),
      this.#held?.speakers ?? noSpeakers,
    );
    for (const [key, part] of [...this.#parts]) {
      const got = speaking.get(key);
      if (part.rendition === null) continue;
      if (got !== undefined) part.rendition.keepOnly(got);
      else this.#interrupt(part);
    }
    for (const [key, got] of speaking) {
      const part = this.#parts.get(key);
      if (part !== undefined && part.rendition === null) this.#begin(part, got);
    }
    this.#awaitLate();
  }

  #begin(part: Part, speakers: ReadonlySet<SpeakerId>): void {
    const { announcement, maxMs } = part;
    const { clock, localMinute } = this.parts;
    const own = [...speakers].flatMap((id) => this.#loudspeakers.get(id) ?? []);
    const minute = localMinute();
    part.rendition = new Rendition({
      ...{ clock, times: announcement.times, maxMs, isMicrophone: part.kind === 'microphone' },
      parts: new Map(
        own.map((loudspeaker) => {
          const volume = announcement.volume ?? volumeOf(loudspeaker.config, announcement.rank, minute);
          return [loudspeaker, { sayings: announcement.sayings.get(loudspeaker.config.id) ?? [], volume }];
        }),
      ),
      onBegun: () => this.#begun(part, speakers),
      onOver: (outcome) => this.#over(part, outcome),
    });
    part.rendition.start();
  }

  #begun(part: Part, speakers: ReadonlySet<SpeakerId>): void {
    const where = { speakers, configs: this.#configs };
    if (part.kind === 'turn') this.#turnRecords.begun(part.announcement, where, this.parts.clock.mono());
    else if (part.begunOn === null) this.parts.events.record([begunDraft(part.announcement, where)]);
    part.begunOn ??= speakers;
  }

  /** All of its loudspeakers have ended, or its time is over. */
  #over(part: Part, outcome: Outcome): void {
    this.#parts.delete(part.kind === 'turn' ? turnKey : keyOf(part.announcement));
    this.#recordEnd(part, outcome);
    part.rendition = null;
    this.#arrange();
    part.onOver?.();
  }

  /** Cut off by something more urgent: an announcement waits again, what is live is over. */
  #interrupt(part: Part): void {
    const { rendition, kind } = part;
    if (rendition === null) return;
    rendition.cut();
    if (kind === 'announcement') part.rendition = null;
    else if (kind === 'turn') this.#turnOver(part);
    else this.#dismiss(part, 'fire');
  }

  /** A turn that nobody can speak, or not any longer: the siren carries on. */
  #turnOver(part: Part): void {
    const { onOver } = part;
    part.onOver = null;
    this.#dismiss(part, 'withdrawn');
    if (onOver === null) return;
    // Not from within whoever asked for the turn, and not if it was cut meanwhile.
    this.#turnOverTimer = this.parts.clock.after(0, onOver);
  }

  #microphoneOver(part: Part): void {
    if (this.#parts.get(keyOf(part.announcement)) !== part || part.rendition === null) return;
    part.rendition.cut();
    this.#over(part, { spoken: 1, failed: new Map(), wasCut: false });
  }

  /** Out, whatever it does; the journal tells. */
  #dismiss(part: Part, why: LeftOut): void {
    this.#parts.delete(part.kind === 'turn' ? turnKey : keyOf(part.announcement));
    const { rendition } = part;
    part.rendition = null;
    rendition?.cut();
    if (rendition === null && part.begunOn === null) {
      if (part.kind === 'announcement') this.leaveOut(part.announcement, why);
    } else this.#recordEnd(part, { ...(rendition?.outcome ?? nothingSaid), wasCut: true }, 'cut-off');
  }

  #recordEnd(part: Part, outcome: Outcome, how: 'cut-off' | null = null): void {
    const { announcement, begunOn } = part;
    if (part.kind === 'turn') {
      if (begunOn !== null) this.#turnRecords.over(announcement, begunOn, outcome, this.parts.clock.mono());
      return;
    }
    const speakers = begunOn ?? new Set(announcement.sayings.keys());
    this.parts.events.record([
      endedDraft(announcement, { speakers, configs: this.#configs }, how ?? endingOf(outcome), outcome),
    ]);
  }

  #endPeace(): void {
    for (const part of [...this.#parts.values()]) {
      const why = this.#whyNever(part.announcement);
      if (why === null) continue;
      if (part.kind === 'turn') this.#turnOver(part);
      else this.#dismiss(part, why);
    }
  }

  #leaveOutLate(): void {
    const nowMono = this.parts.clock.mono();
    for (const part of [...this.#parts.values()]) {
      if (isWaiting(part) && part.announcement.untilMono <= nowMono) this.#dismiss(part, 'late');
    }
  }

  #awaitLate(): void {
    this.#lateTimer?.();
    const waiting = [...this.#parts.values()].filter(isWaiting);
    const nextMono = Math.min(...waiting.map(({ announcement }) => announcement.untilMono));
    this.#lateTimer = Number.isFinite(nextMono) ? this.parts.clock.exactly(nextMono, () => this.#arrange()) : null;
  }

  #everyMinute(): void {
    for (const loudspeaker of this.#loudspeakers.values()) loudspeaker.check();
    const { clock } = this.parts;
    if (this.#held === null) this.#turnRecords.endIdle(clock.mono() - turnsIdleMs);
    this.#tick = clock.after(checkEveryMs, () => this.#everyMinute());
  }

  #tellAmplifiers(): void {
    const keyed = new Set<OutputId>();
    for (const { isKeyed, config } of this.#loudspeakers.values()) {
      if (isKeyed && config.amplifier !== null) keyed.add(config.amplifier);
    }
    const isSame = keyed.size === this.#keyed.size && [...keyed].every((id) => this.#keyed.has(id));
    if (isSame) return;
    this.#keyed = keyed;
    this.parts.events.onAmplifiers();
  }
}

const noSpeakers: ReadonlySet<SpeakerId> = new Set();
const nothingSaid: Outcome = { spoken: 0, failed: new Map(), wasCut: true };
