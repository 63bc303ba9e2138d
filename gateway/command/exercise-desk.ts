/** The desk for everything that sounds or speaks by somebody's will: authorise, pass on, answer, journal (design.md §6). */
import type { SpeakerId, ZoneId } from '../../config/ids.js';
import { brandId } from '../../config/ids.js';
import type { MessageConfig, SiteConfig, SpeakerConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import { unspeakableIn } from '../../drivers/audio/spoken-text.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { Exercises } from '../exercise/exercises.js';
import type { ExerciseFacts } from '../exercise/outlets.js';
import { plainText } from '../exercise/outlets.js';
import { testNoted, uplinkTested } from '../exercise/test-entries.js';
import type { Announcement, Saying } from '../voice/announcement.js';
import {
  type ExerciseAsk,
  type ExerciseOrders,
  isPlain,
  noteMax,
  type OrderAnswer,
  type Orderer,
  type OrderRefusal,
  type OrdersStatus,
  orderLevel,
  type Refused,
  type SaidNow,
  textMax,
} from './exercise-order.js';
import { did, refused, runsAlready, saidOn, unknown } from './order-words.js';
import { orderRefusalWords } from './refusal-words.js';
import { refusedDraft } from './refused-draft.js';

/** Said by then or left out, ms: nobody wants to hear in the evening what was ordered at noon. */
const broadcastWaitsMs = 5 * 60_000;
/** A microphone that somebody forgets is a loudspeaker without a voice, and an amplifier that gets hot. */
export const microphoneMaxMs = 10 * 60_000;
/** Orders that `broadcast-stop` can still take back; older ones have been said or left out. */
const takenBackMax = 50;

/** Whoever speaks. */
export interface VoiceOutlets {
  announce(announcement: Announcement): void;
  /** Whatever is said or waits under this id is over; an unknown id changes nothing. */
  withdraw(id: string): void;
  /** Keys the amplifiers of these loudspeakers for a person, for so long at most, ms; returns what ends it. Null: an alarm has
   * them all, or none has an amplifier to key. */
  microphone(speakers: ReadonlySet<SpeakerId>, forMs: number, origin: string): Cancel | null;
  render(message: MessageConfig, facts: ExerciseFacts): Saying;
  /** Loudspeakers that are known to be at fault. */
  faulty(): ReadonlySet<SpeakerId>;
  /** What is being said now. */
  saying(): readonly SaidNow[];
}

/** Whoever runs walk tests; null: it was done. */
export interface WalkTestOutlets {
  begin(zone: ZoneId, forMs: number | null, origin: string): OrderRefusal | null;
  end(zone: ZoneId, origin: string): OrderRefusal | null;
  /** Also when it was ended, while a detector is still in alarm. */
  isUnderWay(zone: ZoneId): boolean;
}

export interface ExerciseDeskOptions {
  readonly config: Pick<SiteConfig, 'speakers' | 'messages' | 'zones' | 'outputs' | 'uplinks'>;
  readonly clock: Clock;
  readonly exercises: Pick<
    Exercises,
    | 'status'
    | 'standing'
    | 'beginDrill'
    | 'endDrill'
    | 'testSirens'
    | 'testOutput'
    | 'lastTest'
    | 'endSirenTest'
    | 'running'
  >;
  readonly voice: VoiceOutlets;
  /** Null where there are none. */
  readonly walkTests: WalkTestOutlets | null;
  /** Lamps that show something by themselves show each state in turn. False: there are none. */
  readonly testLamps: () => boolean;
  readonly newId: () => string;
  readonly record: (drafts: readonly EntryDraft[]) => void;
}

export class ExerciseDesk implements ExerciseOrders {
  /** What ends each thing that was ordered to be said, the oldest first. */
  #said: readonly Cancel[] = [];

  constructor(private readonly options: ExerciseDeskOptions) {}

  get status(): OrdersStatus {
    const { exercises, voice } = this.options;
    const { lastTest } = exercises;
    const now = { exercise: exercises.status, saying: voice.saying(), isSounding: exercises.standing.hasSound };
    return lastTest === null ? now : { ...now, lastTest };
  }

  submit(ask: ExerciseAsk, { origin, level }: Orderer): OrderAnswer {
    const done = level < orderLevel[ask.ask] ? refused('level-too-low') : this.#do(ask, origin);
    const answer = typeof done === 'string' ? this.#explained(done) : done;
    if (!('reason' in answer)) return { accepted: true, done: answer };
    this.options.record([refusedDraft({ kind: ask.ask, origin }, answer.reason, answer.why)]);
    return { accepted: false, ...answer };
  }

  /** The drill key: begins one, or ends what it began. */
  pressDrill(orderer: Orderer): OrderAnswer {
    if (this.options.exercises.running !== 'drill') {
      return this.submit({ ask: 'drill-begin', zones: null, forMs: null }, orderer);
    }
    return this.submit({ ask: 'drill-end', present: null, missing: null, note: null }, orderer);
  }

  /** The test key: begins a siren test, or ends the one that runs. */
  pressTest(orderer: Orderer): OrderAnswer {
    return this.submit(
      { ask: this.options.exercises.running === 'siren-test' ? 'siren-test-end' : 'siren-test' },
      orderer,
    );
  }

  /** A microphone in this zone, null: everywhere, that is open until what is returned is called, ten minutes at most. Null: it can
   * not be opened, and the journal says why. */
  holdMicrophone(zone: ZoneId | null, { origin }: Orderer): Cancel | null {
    const { config, voice, record } = this.options;
    const near = config.speakers.filter((speaker) => zone === null || speaker.zone === zone);
    const end = near.length === 0 ? null : voice.microphone(new Set(near.map(idOf)), microphoneMaxMs, origin);
    const { reason, why } = refused(near.length === 0 ? 'unknown-speaker' : 'not-now');
    if (end === null) record([refusedDraft({ kind: 'microphone', origin }, reason, why)]);
    return end;
  }

  /** What stands in the way, by its name. */
  #explained(reason: OrderRefusal): Refused {
    const { config, exercises, walkTests } = this.options;
    if (reason === 'unknown-zone') return unknown(reason, config.zones);
    if (reason !== 'exercise-runs' && reason !== 'nothing-runs') return refused(reason);
    const zones = config.zones.filter(({ id }) => walkTests?.isUnderWay(id) === true);
    return runsAlready(reason, exercises.running, zones);
  }

  #do(ask: ExerciseAsk, origin: string): Words | Refused | OrderRefusal {
    const { exercises, walkTests } = this.options;
    switch (ask.ask) {
      case 'drill-begin': {
        const zones = ask.zones === null ? 'all' : ask.zones.map((zone) => brandId<ZoneId>(zone));
        return exercises.beginDrill(zones, ask.forMs, origin) ?? did.drillBegins;
      }
      case 'drill-end': {
        const { present, missing, note } = ask;
        if (note !== null && !isPlain(note, noteMax)) return 'bad-note';
        const isRunning = exercises.running === 'drill';
        const added = present === null && missing === null ? did.noteAdded : did.countAdded;
        return exercises.endDrill({ present, missing }, note, origin) ?? (isRunning ? did.drillEnds : added);
      }
      case 'siren-test':
        return exercises.testSirens(origin) ?? did.testBegins;
      case 'siren-test-end':
        return exercises.endSirenTest() ?? did.testEnds;
      case 'broadcast':
        return this.#broadcast(ask, origin);
      case 'broadcast-stop':
        for (const end of this.#said) end();
        this.#said = [];
        return did.broadcastStops;
      case 'microphone': {
        const speakers = this.#speakers(ask.speakers, this.options.config.speakers);
        if (speakers === null) return unknown('unknown-speaker', this.options.config.speakers);
        if (ask.forMs <= 0 || ask.forMs > microphoneMaxMs) return 'too-long';
        const end = this.options.voice.microphone(new Set(speakers.map(idOf)), ask.forMs, origin);
        if (end === null) return 'not-now';
        this.#remember(end);
        return this.#saidOn({ zh: '话筒已接通', en: 'the microphone is open' }, speakers);
      }
      case 'walk-test-begin':
      case 'walk-test-end': {
        const zone = this.options.config.zones.find(({ id }) => id === ask.zone)?.id;
        if (zone === undefined) return 'unknown-zone';
        if (walkTests === null) return 'not-here';
        if (ask.ask === 'walk-test-begin') return walkTests.begin(zone, ask.forMs, origin) ?? did.walkTestBegins;
        const refusal = walkTests.end(zone, origin);
        if (refusal !== null) return refusal;
        return walkTests.isUnderWay(zone) ? did.walkTestLasts : did.walkTestEnds;
      }
      case 'output-test': {
        const { outputs } = this.options.config;
        // Lamps that show something by themselves are no one's to switch.
        const able = outputs.filter(({ kind, shows }) => kind !== 'amplifier' && shows === undefined);
        const output = able.find(({ id }) => id === ask.output);
        if (output === undefined) return unknown('unknown-output', able);
        return exercises.testOutput(output.id, origin) ?? did.outputTestBegins;
      }
      case 'lamp-test':
        if (exercises.standing.hasFire) return 'fire-stands';
        if (this.options.testLamps()) return did.lampTestBegins;
        return unknown(
          'no-lamps',
          this.options.config.outputs.filter(({ kind }) => kind === 'lamp'),
        );
      case 'uplink-test':
      case 'test-note':
        return this.#note(ask, origin);
      default: {
        const impossible: never = ask;
        throw new Error(`impossible order ${String(impossible)}`);
      }
    }
  }

  #note(ask: Extract<ExerciseAsk, { ask: 'uplink-test' | 'test-note' }>, origin: string): Words | Refused {
    const { outputs, speakers, uplinks } = this.options.config;
    if (ask.ask === 'uplink-test') {
      if (!uplinks.some(({ id }) => id === ask.uplink)) return unknown('unknown-uplink', uplinks);
      this.options.record([uplinkTested(ask.uplink, origin)]);
      return did.uplinkTestBegins;
    }
    const { what, id, isGood } = ask;
    const all: readonly { readonly id: string; readonly name: Words }[] = what === 'speaker' ? speakers : outputs;
    const tested = all.find((each) => each.id === id);
    if (tested === undefined) return unknown(what === 'speaker' ? 'unknown-speaker' : 'unknown-output', all);
    this.options.record([testNoted(what, id, tested.name, isGood, origin)]);
    return did.testNoted;
  }

  #broadcast(ask: Extract<ExerciseAsk, { ask: 'broadcast' }>, origin: string): Words | Refused | OrderRefusal {
    const { config, clock, exercises, voice, newId } = this.options;
    const message = config.messages.find(({ id }) => id === ask.message);
    if (ask.message !== null && message === undefined) return unknown('unknown-message', config.messages);
    if ((ask.message === null) === (ask.text === null)) return 'bad-text';
    if (ask.text !== null && !isPlain(ask.text, textMax)) return 'bad-text';
    // A microphone's line plays nothing by itself.
    const playing = config.speakers.filter(({ player }) => player.kind !== 'line');
    const speakers = this.#speakers(ask.speakers, playing);
    if (speakers === null) return unknown('unknown-speaker', playing);
    const saying = message === undefined ? plainText(ask.text ?? '') : voice.render(message, {});
    const strange = speakers.some(speaks) && saying.text !== null ? unspeakableIn(saying.text) : [];
    if (strange.length > 0) {
      const { zh, en } = orderRefusalWords.unspeakable;
      return refused('unspeakable', { zh: `${zh}：${strange.join('')}`, en: `${en}: ${strange.join('')}` });
    }
    // What is no evacuation would only be said when the fire is reset, if ever.
    if (!ask.evacuation && exercises.standing.hasFire) return 'fire-stands';
    const id = newId();
    voice.announce({
      id,
      rank: ask.evacuation ? 'evacuation' : 'district',
      occasion: 'order',
      sayings: new Map(speakers.map((speaker) => [speaker.id, [saying]])),
      ...{
        times: ask.times,
        untilMono: clock.mono() + broadcastWaitsMs,
        volume: null,
        origin,
        alarm: null,
        zone: null,
      },
      words: message?.name ?? (ask.evacuation ? { zh: '疏散广播', en: 'evacuation' } : { zh: '广播', en: 'broadcast' }),
    });
    this.#remember(() => voice.withdraw(id));
    return this.#saidOn({ zh: '已交广播', en: 'handed to the loudspeakers' }, speakers);
  }

  #saidOn(done: Words, speakers: readonly SpeakerConfig[]): Words {
    const faulty = this.options.voice.faulty();
    const names = speakers.filter(({ id }) => faulty.has(id)).map(({ name }) => name);
    return saidOn(done, names);
  }

  /** `null`: all of them. Answers null when one is not among `able`, or there are none. */
  #speakers(wanted: readonly string[] | null, able: readonly SpeakerConfig[]): readonly SpeakerConfig[] | null {
    const meant = able.filter(({ id }) => wanted === null || wanted.includes(id));
    const areAll = wanted === null || wanted.every((id) => meant.some((speaker) => speaker.id === id));
    return areAll && meant.length > 0 ? meant : null;
  }

  #remember(end: Cancel): void {
    this.#said = [...this.#said, end].slice(-takenBackMax);
  }
}

function idOf({ id }: SpeakerConfig): SpeakerId {
  return id;
}

/** It has a chip that speaks texts. */
function speaks({ player }: SpeakerConfig): boolean {
  return player.kind === 'chip' && (player.chip === 'syn6288' || player.chip === 'xfs5152');
}
