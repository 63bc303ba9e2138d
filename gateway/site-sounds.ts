/** Everything that is heard of a site, connected: outputs and loudspeakers for alarms, the daily programme, exercises. */
import type { SpeakerId } from '../config/ids.js';
import type { OutputConfig, SiteConfig, SpeakerConfig } from '../config/site.js';
import type { Calendar } from '../drivers/calendar.js';
import { type Clock, localMinuteOf } from '../drivers/clock.js';
import type { OutputHandle, Speaker } from '../drivers/driver.js';
import type { Entry, EntryDraft } from '../sync/journal/entry.js';
import type { AlarmState } from './alarm/facets.js';
import { outputSubject, sirenTestSubject, speakerSubject } from './alarm/site-subjects.js';
import type { TellFault } from './alarm/subject.js';
import type { WalkTestOrder, WalkTestRefusal } from './alarm/walk-test-order.js';
import { Annunciator } from './annunciator/annunciator.js';
import type { Transmission } from './annunciator/lamp-states.js';
import { outputFaultDetail } from './annunciator/output-faults.js';
import { ProofPoints } from './annunciator/proof-points.js';
import { ExerciseDesk } from './command/exercise-desk.js';
import { Exercises } from './exercise/exercises.js';
import type { Mark, Marks } from './exercise/outlets.js';
import { alarmsStanding } from './exercise/standing.js';
import { WalkTestKeeper } from './exercise/walk-test-keeper.js';
import { Messages } from './message-facts.js';
import { allClearOf } from './voice/all-clear.js';
import type { Announcement } from './voice/announcement.js';
import { Programme } from './voice/programme.js';
import { Voice } from './voice/voice.js';

export interface SiteSoundsOptions {
  readonly config: SiteConfig;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly random: () => number;
  /** Throws DriverError when the hardware is not there (yet). */
  readonly makeHandle: (output: OutputConfig) => OutputHandle;
  readonly makeSpeaker: (speaker: SpeakerConfig) => Speaker;
  readonly transmission: () => Transmission;
  /** A duty check waits for an answer. */
  readonly isDutyAsked: () => boolean;
  /** As they stand now. */
  readonly alarms: () => AlarmState;
  readonly marks: Marks;
  /** Never the same twice, over all starts. */
  readonly newId: () => string;
  readonly record: (drafts: readonly EntryDraft[], marks?: readonly Mark[]) => void;
  readonly onFault: TellFault;
  /** An output was looked at: the loop lives. */
  readonly onLooked: () => void;
  /** Begins or ends a walk test in the alarm engine; null: it did. */
  readonly walkTest: (order: WalkTestOrder) => WalkTestRefusal | null;
}

export class SiteSounds {
  readonly annunciator: Annunciator;
  readonly proofs: ProofPoints;
  /** Drills, tests, broadcasts, microphones. */
  readonly desk: ExerciseDesk;
  readonly #messages: Messages;
  readonly #voice: Voice;
  readonly #programme: Programme;
  readonly #exercises: Exercises;
  readonly #walk: WalkTestKeeper;

  constructor(private readonly options: SiteSoundsOptions) {
    const { config, clock, calendar, record } = options;
    const localMinute = (): number => localMinuteOf(clock.wall());
    this.#messages = new Messages(config, clock);
    this.#voice = this.#makeVoice(localMinute);
    this.annunciator = this.#makeAnnunciator();
    this.proofs = new ProofPoints(this.annunciator.watches);
    this.#programme = new Programme({
      ...{ items: config.programme, quietHours: config.quietHours, calendar, clock, localMinute, voice: this.#voice },
      sayingsOf: (say) => this.#messages.onSpeakers(say, null),
      isFireStanding: () => alarmsStanding(options.alarms(), config.plans).hasFire,
    });
    this.#exercises = this.#makeExercises();
    this.#walk = new WalkTestKeeper({
      ...{ config: config.exercises.walkTest, outputs: config.outputs, clock },
      outlets: {
        sound: (wish) => record(this.annunciator.chirp(wish)),
        announce: (announcement) => this.#voice.announce(announcement),
        withdraw: (id) => this.#voice.withdraw(id),
      },
    });
    this.desk = this.#makeDesk();
  }

  /** Entries as they are stamped, after the step that made them. */
  see(entries: readonly Entry[]): void {
    this.#walk.see(entries);
    if (entries.some(({ kind, class: alarmClass }) => kind === 'alarm.raised' && alarmClass === 'fire')) {
      this.#programme.giveWay();
      this.#voice.withdrawIf((said) => isForQuietDays(said) || isAllClear(said));
    }
    this.#exercises.see(entries);
  }

  /** A person has reset something. */
  sawReset(before: AlarmState, origin: string): void {
    const { alarms, config, clock } = this.options;
    // Somewhere it still burns: nobody is told that all is well.
    if (alarmsStanding(alarms(), config.plans).hasFire) return;
    const clear = allClearOf({
      ...{ before, after: alarms(), plans: config.plans, origin, nowMono: clock.mono() },
      sayingsOf: (say, ended) => this.#messages.onSpeakers(say, ended),
    });
    if (clear !== null) this.#voice.announce(clear);
  }

  /** The journal has told what it had saved: nothing of an earlier start goes on. */
  restore(): void {
    this.#exercises.restore();
  }

  /** The listener has forgotten what it was told of faults. */
  retell(): void {
    this.annunciator.retell();
    this.#voice.retell();
  }

  start(): void {
    this.#voice.start();
    this.annunciator.start();
    this.#programme.start();
    this.#exercises.start();
  }

  /** `isHandedOver`: another one goes on with the same outputs at once. */
  async stop(isHandedOver = false): Promise<void> {
    this.#programme.stop();
    this.#exercises.stop();
    this.#walk.stop();
    await this.#voice.stop();
    await this.annunciator.stop(isHandedOver);
  }

  #makeVoice(localMinute: () => number): Voice {
    const { config, clock, makeSpeaker, record, onFault } = this.options;
    return new Voice({
      ...{ speakers: config.speakers, makeSpeaker, clock, localMinute },
      events: {
        record,
        onFault: (speaker, fault) => onFault(speakerSubject(speaker), fault !== null, fault?.detail ?? {}),
        onAmplifiers: () => this.annunciator.switchAmplifiers(),
      },
    });
  }

  #makeAnnunciator(): Annunciator {
    const { config, clock, random, makeHandle, transmission, isDutyAsked, record, onFault, onLooked } = this.options;
    const { outputs, plans, cadences } = config;
    const voice = {
      voice: this.#voice,
      sayingOf: (...[message, facets]: Parameters<Messages['ofAlarm']>) => this.#messages.ofAlarm(message, facets),
    };
    return new Annunciator({
      ...{ outputs, plans, cadences, makeHandle, transmission, isDutyAsked, clock, random },
      events: {
        ...{ record, onLooked },
        onFault: (output, reason, got) =>
          onFault(outputSubject(output), reason !== null, outputFaultDetail(output, reason, got)),
      },
      ...(config.speakers.length === 0 ? {} : { voice }),
    });
  }

  #makeExercises(): Exercises {
    const { config, clock, calendar, marks, newId, alarms, record, onFault } = this.options;
    return new Exercises({
      ...{ config, clock, calendar, marks, newId, alarms, tell: onFault },
      isWalkTesting: () => alarms().walkTests.size > 0,
      outlets: {
        sound: (wish) => this.annunciator.exercise(wish),
        release: (outputs) => this.annunciator.release(outputs),
        announce: (announcement) => this.#voice.announce(announcement),
        withdraw: (id) => this.#voice.withdraw(id),
        proofOf: (output) => this.annunciator.watches.find((watch) => watch.config.id === output)?.proven ?? null,
        isUndecided: (output) => this.annunciator.watches.some((each) => each.config.id === output && each.isUndecided),
        fault: (id, isAtFault) => {
          const output = config.outputs.find((each) => each.id === id);
          if (output !== undefined) onFault(sirenTestSubject(output), isAtFault, testFailed);
        },
        record,
        render: (message, facts) => this.#messages.filled(message, facts),
      },
    });
  }

  #makeDesk(): ExerciseDesk {
    const { config, clock, newId, record, walkTest, alarms } = this.options;
    const voice = this.#voice;
    return new ExerciseDesk({
      ...{ config, clock, exercises: this.#exercises, newId, record, testLamps: () => this.annunciator.testLamps() },
      voice: {
        announce: (announcement) => voice.announce(announcement),
        withdraw: (id) => voice.withdraw(id),
        microphone: (speakers, forMs, origin) => voice.microphone(speakers, forMs, origin),
        render: (message, facts) => this.#messages.filled(message, facts),
        faulty: () =>
          new Set(
            config.speakers
              .map(({ id }) => id)
              .filter((id) => (alarms().subjects.get(`fault:speaker:${id}`)?.alarm ?? null) !== null),
          ),
        saying: () =>
          voice.saying.map(({ words, origin, speakers }) => ({ words, origin, where: this.#names(speakers) })),
      },
      walkTests: {
        begin: (zone, forMs, origin) =>
          // Both want the sirens for themselves.
          this.#exercises.status === null
            ? walkTest({ zone, to: 'begin', origin, ...(forMs === null ? {} : { forMs }) })
            : 'exercise-runs',
        end: (zone, origin) => walkTest({ zone, to: 'end', origin }),
        isUnderWay: (zone) => alarms().walkTests.has(zone),
      },
    });
  }

  #names(speakers: ReadonlySet<SpeakerId>) {
    return this.options.config.speakers.filter(({ id }) => speakers.has(id)).map(({ name }) => name);
  }
}

/** Said in front of the next fire it would be wrong, and behind it worse. */
function isAllClear({ occasion }: Announcement): boolean {
  return occasion === 'all-clear';
}

/** What somebody here wanted said, and would be said as soon as the fire is silenced. What the district orders waits. */
function isForQuietDays({ rank, occasion, origin }: Announcement): boolean {
  return rank === 'district' && occasion === 'order' && origin?.startsWith('cli:') === true;
}

const testFailed = {
  error_zh: '试鸣未能证实，请检查接线和模块',
  error_en: 'was not proven by its test; check wiring and module',
};
