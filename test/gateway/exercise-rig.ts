/** Exercises on a small site: a village street with two sirens and one loudspeaker, and outlets that remember what they were told. */
import { brandId, type EntryId, type MessageId, type OutputId, type SpeakerId, type ZoneId } from '../../config/ids.js';
import type { ExercisesConfig, OutputConfig, PlanConfig, SpeakerConfig } from '../../config/site.js';
import { usualCadences, voiceless } from '../../config/site-defaults.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import type { Calendar } from '../../drivers/calendar.js';
import { type AlarmState, emptyAlarmState, fresh, type Service } from '../../gateway/alarm/facets.js';
import type { ExerciseWish } from '../../gateway/annunciator/exercise-wish.js';
import { Exercises } from '../../gateway/exercise/exercises.js';
import type { ExerciseOutlets, Mark, Marks } from '../../gateway/exercise/outlets.js';
import type { Announcement } from '../../gateway/voice/announcement.js';
import { ProcessClock } from '../../hardware-sim/process-clock.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';

export const east = brandId<ZoneId>('east');
export const west = brandId<ZoneId>('west');
export const eastSiren = brandId<OutputId>('siren-east');
export const westStrobe = brandId<OutputId>('strobe-west');
export const villageSiren = brandId<OutputId>('siren-village');
const lamp = brandId<OutputId>('lamp');
export const horn = brandId<SpeakerId>('horn');
const drillMessage = brandId<MessageId>('drill');
const endMessage = brandId<MessageId>('drill-over');
const testMessage = brandId<MessageId>('test');

const named = (id: string) => ({ zh: id, en: id });
const output = (id: OutputId, kind: OutputConfig['kind'], zone: ZoneId | null): OutputConfig => ({
  ...{ id, kind, zone, name: named(id), target: { kind: 'pin', pin: 1, activeLow: false } },
  onControlLost: 'keep-sounding',
});
const plan = (id: string, when: AlarmClass, zones: PlanConfig['when']['zones'], ...sound: OutputId[]): PlanConfig => ({
  ...{ id: brandId<PlanConfig['id']>(id), when: { class: when, zones } },
  steps: [{ start: [{ kind: 'at-once' }], sound }],
});
const speaker = (id: SpeakerId, zone: ZoneId | null, kind: 'aplay' | 'line'): SpeakerConfig => ({
  ...{ id, zone, name: named(id), player: kind === 'line' ? { kind } : { kind, device: null } },
  ...{ amplifier: null, warmUpMs: 0, volume: 50, loudVolume: 100, volumes: [] },
});
const message = (id: MessageId, text: string | null, file: string | null = null) => ({
  ...{ id, name: named(id), text, file, track: null },
});

export const speakers = [speaker(horn, east, 'aplay'), speaker(brandId<SpeakerId>('mast'), west, 'line')];
const minuteMs = 60_000;

export const usual: ExercisesConfig = {
  ...voiceless.exercises,
  drill: {
    lastsMs: 10 * minuteMs,
    begins: { message: drillMessage, speakers: [horn] },
    ends: { message: endMessage, speakers: [horn] },
    dueAfterMs: 365 * 24 * 60 * minuteMs,
  },
  sirenTest: {
    ...{ day: 0, at: '10:00', outputs: [eastSiren, villageSiren], soundsMs: 2000, volume: 20 },
    begins: { message: testMessage, speakers: [horn] },
  },
};

export const site = {
  uplinks: [],
  outputs: [
    output(eastSiren, 'siren', east),
    output(westStrobe, 'strobe', west),
    output(villageSiren, 'siren', null),
    output(lamp, 'lamp', null),
  ],
  plans: [
    plan('east', 'fire', [east], eastSiren, lamp),
    plan('west', 'fire', [west], westStrobe),
    plan('all', 'fire', 'all', villageSiren),
    plan('gas', 'warning', 'all', eastSiren),
  ],
  messages: [message(drillMessage, '请到祠堂集合'), message(endMessage, '演练结束'), message(testMessage, '试鸣')],
  cadences: usualCadences,
  zones: [east, west].map((id) => ({ id, name: named(id), code: null })),
  speakers,
};

export interface RigOptions {
  readonly clock?: SimClock;
  readonly exercises?: ExercisesConfig;
  /** The disk tells what it had saved only when `readDisk` is called. */
  readonly hasLateDisk?: boolean;
}

export class ExerciseRig implements ExerciseOutlets, Marks {
  readonly clock: SimClock;
  readonly said: Announcement[] = [];
  readonly withdrawn: string[] = [];
  readonly entries: EntryDraft[] = [];
  readonly told: string[] = [];
  readonly marks = new Map<string, Mark>();
  /** Outputs that never do as they are told. */
  readonly dead = new Set<OutputId>();
  readonly stuck = new Set<OutputId>();
  wish: ExerciseWish | null = null;
  /** What a killed process left on. */
  foundOn: ReadonlySet<OutputId> = new Set();
  isWalkTesting = false;
  exercises: Exercises;
  runDaily: (at: string) => void = () => undefined;
  alarms: AlarmState = emptyAlarmState;
  #isRead: boolean;
  #process: ProcessClock;
  #ids = 0;

  constructor(private readonly options: RigOptions = {}) {
    this.clock = options.clock ?? new SimClock();
    this.#isRead = options.hasLateDisk !== true;
    this.#process = new ProcessClock(this.clock);
    this.exercises = this.#make();
  }

  /** Restored and started, as the runtime does it. */
  start(): this {
    if (this.#isRead) this.exercises.restore();
    this.exercises.start();
    return this;
  }

  /** As kill −9 and the next start. */
  restart(): void {
    void this.#process.kill();
    this.foundOn = this.wish?.sound ?? this.foundOn;
    this.wish = null;
    this.#process = new ProcessClock(this.clock);
    this.exercises = this.#make();
    this.start();
  }

  burn(
    zone: ZoneId | null = east,
    alarmClass: AlarmClass = 'fire',
    key = 'point:smoke',
    service: Service | null = null,
  ): void {
    const facets = fresh({ key, class: alarmClass, zone, name: named(key) });
    const alarm = {
      ...{
        id: brandId<EntryId>('e1'),
        order: 1,
        raisedMono: 0,
        raisedWall: 0,
        waitingMono: 0,
        frames: [],
        confirmed: null,
      },
    };
    this.#setAlarm(key, { ...facets, alarm, condition: 'active', sounder: 'sounding', service });
  }

  reset(key = 'point:smoke'): void {
    this.#setAlarm(key, null);
  }

  /** `drill.begun`, … with the reason, if it has one. */
  get kinds(): readonly string[] {
    return this.entries.map(({ kind, detail }) =>
      typeof detail['reason'] === 'string' ? `${kind} ${detail['reason']}` : kind,
    );
  }

  sayingsNow(): readonly string[] {
    return this.said.flatMap(({ sayings }) => [...sayings.values()].flat().map(({ text }) => text ?? '-'));
  }

  sound(wish: ExerciseWish | null): readonly EntryDraft[] {
    this.wish = wish;
    return [];
  }

  release(outputs: ReadonlySet<OutputId>): readonly EntryDraft[] {
    this.foundOn = new Set([...this.foundOn].filter((id) => !outputs.has(id)));
    return [];
  }

  announce(announcement: Announcement): void {
    this.said.push(announcement);
  }

  withdraw(id: string): void {
    this.withdrawn.push(id);
  }

  proofOf(id: OutputId): boolean | null {
    if (this.stuck.has(id)) return true;
    return !this.dead.has(id) && (this.wish?.sound.has(id) ?? false);
  }

  isUndecided(id: OutputId): boolean {
    return this.foundOn.has(id);
  }

  fault(id: OutputId, isAtFault: boolean): void {
    this.told.push(`${isAtFault ? 'fault' : 'sound'} ${id}`);
  }

  record(drafts: readonly EntryDraft[], marks: readonly Mark[]): void {
    this.entries.push(...drafts);
    for (const mark of marks) this.marks.set(mark.name, mark);
    this.exercises.see(drafts);
  }

  /** The voice has said it to its end, or will not say it. */
  wasSaid(announcement: string): void {
    this.exercises.see([{ kind: 'voice.ended', detail: { announcement } }]);
  }

  render({ id, text, file, track }: Parameters<ExerciseOutlets['render']>[0]) {
    return { message: id, text, file, track };
  }

  isRead(): boolean {
    return this.#isRead;
  }

  get(name: string): Mark | null {
    return this.marks.get(name) ?? null;
  }

  /** The disk answers at last. */
  readDisk(...saved: readonly Mark[]): void {
    for (const mark of saved) if (!this.marks.has(mark.name)) this.marks.set(mark.name, mark);
    this.#isRead = true;
    this.exercises.restore();
  }

  #setAlarm(key: string, facets: ReturnType<typeof fresh> | null): void {
    const subjects = new Map(this.alarms.subjects);
    if (facets === null) subjects.delete(key);
    else subjects.set(key, facets);
    this.alarms = { ...this.alarms, subjects };
    this.exercises.see();
  }

  #make(): Exercises {
    const calendar: Calendar = {
      weekly: () => () => undefined,
      daily: (at, run) => {
        this.runDaily = (now) => {
          if (now === at) run();
        };
        return () => undefined;
      },
    };
    return new Exercises({
      config: { ...site, exercises: this.options.exercises ?? usual },
      ...{ clock: this.#process, calendar, outlets: this, marks: this },
      newId: () => `x${++this.#ids}`,
      alarms: () => this.alarms,
      tell: ({ key }, isActive) => this.told.push(`${isActive ? 'due' : 'not due'} ${key}`),
      isWalkTesting: () => this.isWalkTesting,
    });
  }
}
