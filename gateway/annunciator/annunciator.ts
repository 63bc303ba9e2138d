/** All outputs of the site: what the plans want is ordered at once, and watched until it is proven. Sirens and voice take turns. */
import type { OutputId, SpeakerId } from '../../config/ids.js';
import type { Cadence, OutputConfig, PlanConfig } from '../../config/site.js';
import { usualCadences } from '../../config/site-defaults.js';
import { type AlarmClass, alarmClasses } from '../../config/vocabulary.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import { pause } from '../../drivers/clock.js';
import type { OutputHandle } from '../../drivers/driver.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { type AlarmState, emptyAlarmState } from '../alarm/facets.js';
import type { Announcement, Saying } from '../voice/announcement.js';
import { type DesiredOutputs, desiredOutputs, type Sounding } from './desired-outputs.js';
import { exerciseTurn } from './exercise-turn.js';
import type { ExerciseWish } from './exercise-wish.js';
import type { Transmission } from './lamp-states.js';
import { Lamps } from './lamps.js';
import { type OutputEvents, OutputWatch } from './output-watch.js';
import { stepTurn, type Turn } from './siren-turns.js';
import { nextTurn, type Said, type SayingOf, speakersOf, type TurnWords } from './turn-words.js';

/** The look at start takes this long at most; the siren of a restored alarm waits no longer. */
const lookMaxMs = 1500;

/** What the annunciator asks of the loudspeakers. */
export interface TurnVoice {
  /** Amplifiers that must be on now. */
  readonly keyed: ReadonlySet<OutputId>;
  /** Fire, or a drill, has these: nothing of less weight is said there, and no programme anywhere. Null: neither sounds. */
  hold(speakers: ReadonlySet<SpeakerId> | null, rank: 'fire' | 'drill'): void;
  /** Says all of it; `onOver` once, when it is said or can not be, after `maxMs` at the latest. */
  turn(announcement: Announcement, maxMs: number, onOver: () => void): void;
  /** Ends the turn without `onOver`. */
  cutTurn(): void;
}

export interface AnnunciatorOptions {
  readonly outputs: readonly OutputConfig[];
  readonly plans: readonly PlanConfig[];
  /** Default: those of config/site-defaults.ts. */
  readonly cadences?: Readonly<Record<AlarmClass, Cadence>>;
  /** Throws DriverError when the hardware is not there (yet). */
  readonly makeHandle: (output: OutputConfig) => OutputHandle;
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: OutputEvents;
  /** How it stands with the reports, for the lamp that shows it. Nothing to tell when left out. */
  readonly transmission?: () => Transmission;
  /** A duty check waits for an answer, for lamp and buzzer. Nobody ever asks when left out. */
  readonly isDutyAsked?: () => boolean;
  /** Left out: a site without loudspeakers. */
  readonly voice?: { readonly voice: TurnVoice; readonly sayingOf: SayingOf };
}

/** What sounds now, whoever wants it. */
interface Score extends Pick<DesiredOutputs, 'outputs' | 'cadence' | 'isResting' | 'nextMono'> {
  /** Null: nobody has anything to say. */
  readonly words: ((said: Said) => TurnWords | null) | null;
  /** Loudspeakers that a fire or a drill has; null: neither sounds. */
  readonly held: { readonly speakers: ReadonlySet<SpeakerId>; readonly rank: 'fire' | 'drill' } | null;
  /** The lower the more urgent. */
  readonly weight: number;
  /** Whose alarms sound. */
  readonly subjects: ReadonlySet<string>;
}

export class Annunciator {
  /** Of the outputs that plans, exercises and loudspeakers switch. */
  readonly watches: readonly OutputWatch[];
  readonly #lamps: Lamps;
  readonly #sirens: ReadonlySet<OutputId>;
  #state: AlarmState = emptyAlarmState;
  #exercise: ExerciseWish | null = null;
  #turn: Turn | null = null;
  /** Sirens that sounded before this call, muted or not, and how much that mattered. */
  #sounded: ReadonlySet<OutputId> = new Set();
  #weight = Number.POSITIVE_INFINITY;
  #isSaid = false;
  /** Something new sounds, and no burst has begun with it yet. */
  #isNew = false;
  /** Subjects that have the word in this turn. */
  #speaking: ReadonlySet<string> = new Set();
  /** Said in front of the next turn: a fire has broken off a drill. */
  #preface: Saying | null = null;
  /** Since something began to sound. */
  #said: Said = new Map();
  /** Of the calls of `want`: ordering an output may tell of its fault, and that calls it again. */
  #calls = 0;
  #isStopped = false;
  #cancelStep: Cancel | null = null;

  constructor(private readonly options: AnnunciatorOptions) {
    const { outputs, makeHandle, clock, random, events } = options;
    this.#sirens = new Set(outputs.filter(({ kind }) => kind === 'siren').map(({ id }) => id));
    this.watches = outputs
      .filter(({ shows }) => shows === undefined)
      .map((output) => new OutputWatch(output, () => makeHandle(output), clock, random, events));
    this.#lamps = new Lamps({
      ...{ outputs, clock, random, events },
      makeHandle: (output) => () => makeHandle(output),
      transmission: options.transmission ?? (() => 'idle'),
      ...(options.isDutyAsked === undefined ? {} : { isDutyAsked: options.isDutyAsked }),
    });
  }

  /** Looks at every output, ≤ 1.5 s in all. Returns what is to be journaled about those found on. */
  async look(): Promise<readonly EntryDraft[]> {
    const { clock } = this.options;
    const drafts: EntryDraft[] = [];
    const untilMono = clock.mono() + lookMaxMs;
    const looks = this.watches.map(async (watch) => drafts.push(...(await watch.look(untilMono))));
    await Promise.race([Promise.all(looks), pause(clock, lookMaxMs)]);
    return drafts;
  }

  /** Orders whatever the alarms want and is not ordered yet. Pins have changed when this returns. Steps of plans that are due
   * later are taken then, and recorded. Once stopped it orders nothing: the last entries of a stop are no reason to. */
  want(state: AlarmState): readonly EntryDraft[] {
    if (this.#isStopped) return [];
    this.#state = state;
    const call = ++this.#calls;
    const score = this.#score();
    const turn = this.#stepTurn(score);
    const isMuted = turn !== null && turn.phase !== 'burst';
    const drafts = this.watches.flatMap((watch) => {
      const { id, kind } = watch.config;
      // What a newer call has ordered is not ordered back.
      if (call !== this.#calls || kind === 'amplifier') return [];
      const wish = score.outputs.get(id) ?? null;
      return watch.want(wish?.on && isMuted && this.#sirens.has(id) ? { ...wish, isMuted } : wish);
    });
    if (call === this.#calls) this.#speak(score, turn);
    // Lamps only then: whatever they cost, no siren waits for it.
    this.#lamps.take(state);
    return drafts;
  }

  /** What shall sound in a drill or test; null: nothing any more. */
  exercise(wish: ExerciseWish | null): readonly EntryDraft[] {
    this.#exercise = wish;
    return this.want(this.#state);
  }

  /** The same for the chirp of a walk test, which never takes the place of a drill or test, and never ends one. */
  chirp(wish: ExerciseWish | null): readonly EntryDraft[] {
    if (this.#exercise !== null && this.#exercise.kind !== 'walk-test') return [];
    return this.exercise(wish);
  }

  /** An exercise of an earlier process had these on: those found on at start go off, unless an alarm wants them. */
  release(outputs: ReadonlySet<OutputId>): readonly EntryDraft[] {
    return this.watches.flatMap((watch) => (outputs.has(watch.config.id) ? watch.release() : []));
  }

  /** The loudspeakers want other amplifiers on than before. */
  switchAmplifiers(): void {
    const keyed = this.options.voice?.voice.keyed;
    if (keyed === undefined) return;
    for (const watch of this.watches) {
      if (watch.config.kind === 'amplifier') watch.want({ on: keyed.has(watch.config.id), because: [] });
    }
  }

  /** A person silenced or reset: outputs that were found on without a reason go off. */
  decide(): readonly EntryDraft[] {
    return this.watches.flatMap((watch) => watch.decide());
  }

  /** Everything was scanned once: outputs still on without a reason are a fault. */
  explain(): void {
    for (const watch of this.watches) watch.explain();
    this.#lamps.explain();
  }

  /** Lamps that show something by themselves show each state in turn. False: there are none. */
  testLamps(): boolean {
    return this.#lamps.test();
  }

  retell(): void {
    for (const watch of this.watches) watch.retell();
    this.#lamps.retell();
  }

  start(): void {
    for (const watch of this.watches) watch.start();
    this.#lamps.start();
  }

  /** `isHandedOver`: another one goes on with these outputs at once. */
  async stop(isHandedOver = false): Promise<void> {
    this.#isStopped = true;
    this.#cancelStep?.();
    await Promise.allSettled([...this.watches.map((watch) => watch.stop(isHandedOver)), this.#lamps.stop()]);
  }

  /** Alarms that sound come before every exercise. */
  #score(): Score {
    const { plans, clock, cadences = usualCadences, voice } = this.options;
    const desired = desiredOutputs(this.#state, plans, clock.mono(), this.#sirens, cadences);
    const { soundings, cadence, highest } = desired;
    if (highest === 'fire') this.#preface ??= this.#exercise?.brokenOff ?? null;
    if (this.#exercise !== null && !soundings.some(isHeardBeforeExercises)) {
      return { ...exerciseTurn(this.#exercise, desired.outputs), nextMono: desired.nextMono };
    }
    const ofHighest = soundings.filter(({ facets }) => facets.class === highest);
    const canSpeak = voice !== undefined && speakersOf(ofHighest).size > 0;
    return {
      ...desired,
      words: canSpeak ? (said) => nextTurn(ofHighest, said, cadence?.times ?? 1, voice.sayingOf) : null,
      held: highest === 'fire' ? { speakers: speakersOf(ofHighest), rank: 'fire' } : null,
      weight: highest === null ? Number.POSITIVE_INFINITY : alarmClasses.indexOf(highest),
      subjects: new Set(ofHighest.map(({ facets }) => facets.subject)),
    };
  }

  #stepTurn(score: Score): Turn | null {
    const { clock, events } = this.options;
    const { outputs, weight, isResting, nextMono } = score;
    const sounding = new Set([...outputs].flatMap(([id, { on }]) => (on && this.#sirens.has(id) ? [id] : [])));
    // An overtaken call has seen it, and not acted on it.
    this.#isNew ||= weight < this.#weight || [...sounding].some((id) => !this.#sounded.has(id));
    const cadence = isResting ? null : score.cadence;
    // Whoever silences a fire does not want to hear the rest of its sentence.
    const isStale = [...this.#speaking].some((subject) => !score.subjects.has(subject));
    const isSaid = this.#isSaid || isStale;
    const input = { cadence, isNew: this.#isNew, canSpeak: score.words !== null, isSaid };
    const { turn, nextMono: turnMono } = stepTurn(this.#turn, input, clock.mono());
    this.#sounded = sounding;
    this.#weight = weight;
    this.#cancelStep?.();
    const dueMono = Math.min(nextMono ?? Number.POSITIVE_INFINITY, turnMono ?? Number.POSITIVE_INFINITY);
    this.#cancelStep = Number.isFinite(dueMono)
      ? clock.exactly(dueMono, () => events.record(this.want(this.#state)))
      : null;
    return turn;
  }

  /** The voice follows the sirens, never the other way round. */
  #speak(score: Score, turn: Turn | null): void {
    const before = this.#turn;
    this.#turn = turn;
    this.#isNew = false;
    if (turn?.phase !== 'voice') this.#speaking = new Set();
    if (score.cadence === null) {
      this.#said = new Map();
      this.#preface = null;
    }
    const voice = this.options.voice?.voice;
    if (voice === undefined) return;
    if (before?.phase === 'voice' && before !== turn && !this.#isSaid) voice.cutTurn();
    voice.hold(score.held?.speakers ?? null, score.held?.rank ?? 'fire');
    if (turn?.phase === 'voice' && before !== turn) this.#beginVoice(voice, score, turn);
    this.switchAmplifiers();
  }

  #beginVoice(voice: TurnVoice, { words, cadence }: Score, turn: Turn): void {
    this.#isSaid = false;
    const turnWords = words?.(this.#said) ?? null;
    const over = (): void => {
      // Perhaps at once, in the midst of this very call: then it is taken up right after it.
      this.options.clock.after(0, () => {
        if (this.#turn !== turn) return;
        this.#isSaid = true;
        this.options.events.record(this.want(this.#state));
      });
    };
    if (turnWords === null) {
      over();
      return;
    }
    this.#said = turnWords.said;
    this.#speaking = turnWords.subjects;
    voice.turn(this.#prefaced(turnWords.announcement), cadence?.voiceMs ?? 0, over);
  }

  #prefaced(announcement: Announcement): Announcement {
    const preface = this.#preface;
    if (preface === null) return announcement;
    this.#preface = null;
    const sayings = new Map([...announcement.sayings].map(([id, said]) => [id, [preface, ...said]]));
    return { ...announcement, sayings, times: 1 };
  }
}

/** A fault that is only spoken waits until the drill is over; a warning does not, however it is told. */
function isHeardBeforeExercises({ facets, step }: Sounding): boolean {
  return step.sound.length > 0 || facets.class === 'fire' || facets.class === 'warning';
}
