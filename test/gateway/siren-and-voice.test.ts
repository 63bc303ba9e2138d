/** The annunciator with sirens on pins and loudspeakers: who is heard when. */
import { expect, test } from 'vitest';
import { brandId, type EntryId, type MessageId, type OutputId, type PlanId, type SpeakerId } from '../../config/ids.js';
import type { OutputConfig, PlanConfig } from '../../config/site.js';
import { usualCadences } from '../../config/site-defaults.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import type { Cancel } from '../../drivers/clock.js';
import { type AlarmState, emptyAlarmState, type Facets } from '../../gateway/alarm/facets.js';
import { Annunciator, type TurnVoice } from '../../gateway/annunciator/annunciator.js';
import type { ExerciseWish } from '../../gateway/annunciator/exercise-wish.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { seededRandom } from './village-rig.js';

const horn = brandId<SpeakerId>('horn');
const [one, two, amp] = ['one', 'two', 'amp'].map((id) => brandId<OutputId>(id)) as [OutputId, OutputId, OutputId];

/** A loudspeaker that says anything in `lengthMs`; null: it can say nothing, and tells so at once. */
class FakeVoice implements TurnVoice {
  lengthMs: number | null = 12_000;
  readonly heard: string[] = [];
  held: readonly string[] | null = null;
  keyed: ReadonlySet<OutputId> = new Set();
  #end: Cancel | null = null;

  constructor(private readonly clock: SimClock) {}

  hold(speakers: ReadonlySet<SpeakerId> | null): void {
    this.held = speakers === null ? null : [...speakers];
    this.keyed = new Set(speakers === null || speakers.size === 0 ? [] : [amp]);
  }

  turn({ rank, occasion, sayings }: Parameters<TurnVoice['turn']>[0], _maxMs: number, onOver: () => void): void {
    const texts = [...sayings.values()].flat().map(({ text }) => text);
    this.heard.push(`${this.clock.mono()} ${rank} ${occasion} ${texts.join('；')}`);
    if (this.lengthMs === null) onOver();
    else this.#end = this.clock.after(this.lengthMs, onOver);
  }

  cutTurn(): void {
    this.#end?.();
    this.heard.push(`${this.clock.mono()} cut`);
  }
}

function stage() {
  const clock = new SimClock();
  const voice = new FakeVoice(clock);
  const levels = new Map<OutputId, boolean>();
  /** `ms one+two` whenever a siren changed. */
  const story: string[] = [];
  const drafts: EntryDraft[] = [];
  const outputOf = (id: OutputId, kind: OutputConfig['kind']): OutputConfig => ({
    ...{ id, kind, name: { zh: id, en: id }, zone: null, onControlLost: 'keep-sounding' },
    target: { kind: 'pin', pin: 1, activeLow: false },
  });
  const plan = (alarmClass: AlarmClass, sound: OutputId[], isSpoken: boolean): PlanConfig => ({
    id: brandId<PlanId>(alarmClass),
    when: { class: alarmClass, zones: 'all' },
    steps: [
      {
        ...{ start: [{ kind: 'at-once' }], sound },
        ...(isSpoken ? { say: [{ message: brandId<MessageId>('fire'), speakers: [horn] }] } : {}),
      },
    ],
  });
  const annunciator: Annunciator = new Annunciator({
    outputs: [outputOf(one, 'siren'), outputOf(two, 'siren'), outputOf(amp, 'amplifier')],
    plans: [plan('fire', [one, two], true), plan('warning', [one], false)],
    makeHandle: ({ id }) => ({
      afterProcessEnd: 'holds',
      command: async (on) => {
        if ((levels.get(id) ?? false) === on) return;
        levels.set(id, on);
        if (id !== amp) story.push(`${clock.mono()} ${id} ${on ? 'on' : 'off'}`);
      },
      readBack: async () => levels.get(id) ?? false,
    }),
    ...{ clock, random: seededRandom() },
    events: { record: (more) => void drafts.push(...more), onFault: () => undefined, onLooked: () => undefined },
    voice: {
      voice,
      sayingOf: (message, { name }) => ({ message, text: `${name.zh} ${message}`, file: null, track: null }),
    },
  });
  const alarms = new Map<string, Facets>();
  const state = (): AlarmState => ({ ...emptyAlarmState, subjects: new Map(alarms), lastOrder: alarms.size });
  const tell = (): void => void drafts.push(...annunciator.want(state()));
  return {
    ...{ clock, voice, levels, story, drafts, annunciator },
    raise: (id: string, alarmClass: AlarmClass = 'fire'): void => {
      const atMono = clock.mono();
      const alarm = {
        ...{ id: brandId<EntryId>(id), order: alarms.size + 1, raisedMono: atMono, raisedWall: 0, waitingMono: atMono },
        ...{ frames: [], confirmed: null },
      };
      alarms.set(id, {
        ...{ subject: `point:${id}`, class: alarmClass, zone: null, name: { zh: id, en: id }, condition: 'active' },
        ...{ sinceMono: atMono, alarm, acknowledged: null, sounder: 'sounding', sounderMono: atMono },
        ...{ service: null, isLost: false },
      });
      tell();
    },
    silence: (): void => {
      for (const [id, facets] of alarms) alarms.set(id, { ...facets, sounder: 'silenced' });
      tell();
    },
    exercise: (wish: ExerciseWish | null): void => void drafts.push(...annunciator.exercise(wish)),
  };
}

const commanded = (drafts: readonly EntryDraft[]): readonly string[] =>
  drafts.filter(({ kind }) => kind === 'output.commanded').map(({ subject, detail }) => `${subject} ${detail['on']}`);

test('a fire: 15 s of all sirens, then what is said, then sirens again, all in the same moment, for three minutes, and a minute of rest [GB 50116-2013 4.8.5]', async () => {
  const { clock, voice, story, raise } = stage();
  raise('kitchen');
  await clock.advance(60_000);
  expect(story).toEqual(
    ['0 on', '15000 off', '27000 on', '42000 off', '54000 on'].flatMap((change) => {
      const [atMs, level] = change.split(' ');
      return [`${atMs} one ${level}`, `${atMs} two ${level}`];
    }),
  );
  expect(voice.heard).toEqual(['15000 fire alarm kitchen fire', '42000 fire alarm kitchen fire']);
  story.length = 0;
  await clock.advance(180_000);
  const rests = story.filter((change) => Number(change.split(' ')[0]) >= 180_000);
  expect(rests[0]).toBe('240000 one on');
});

test('bursts are no entries: the journal says once that a siren is on, and once that it rests', async () => {
  const { clock, drafts, raise, levels, voice } = stage();
  raise('kitchen');
  await clock.advance(179_000);
  expect(commanded(drafts)).toEqual(['output:one true', 'output:two true']);
  // Nobody silences it for a night: two sirens rest fifteen times an hour, and go on.
  await clock.advance(12 * 3_600_000);
  expect(commanded(drafts).length).toBeLessThanOrEqual(2 + 12 * 15 * 4);
  await clock.until(() => levels.get(one) === true && levels.get(two) === true, 90_000);
  expect(voice.heard.length).toBeGreaterThan(12 * 15 * 4);
});

test('a loudspeaker that can say nothing leaves no gap of more than a few milliseconds in the sirens', async () => {
  const { clock, voice, story, raise } = stage();
  voice.lengthMs = null;
  raise('kitchen');
  await clock.advance(60_000);
  const changes = story.filter((change) => change.includes('one')).map((change) => Number(change.split(' ')[0]));
  for (let i = 1; i + 1 < changes.length; i += 2) expect((changes[i + 1] ?? 0) - (changes[i] ?? 0)).toBeLessThan(5);
  expect(voice.heard.length).toBe(4);
});

test('silence ends siren and voice at once, in the midst of a word', async () => {
  const { clock, voice, levels, raise, silence } = stage();
  raise('kitchen');
  await clock.advance(20_000);
  silence();
  await clock.advance(0);
  expect([levels.get(one), levels.get(two), voice.heard.at(-1), voice.held]).toEqual([false, false, '20000 cut', null]);
  await clock.advance(100_000);
  expect(voice.heard.at(-1)).toBe('20000 cut');
});

test('a fire in the midst of a warning, a drill or its words is heard at once; the amplifier is keyed as long as fire may speak', async () => {
  const { clock, voice, levels, story, raise, exercise } = stage();
  exercise({
    ...{ kind: 'drill', sound: new Set([one]), cadence: usualCadences.fire, origin: 'cli:wang' },
    sayings: new Map([[horn, [{ message: null, text: '演练', file: null, track: null }]]]),
  });
  await clock.advance(16_000);
  expect([story, voice.heard]).toEqual([['0 one on', '15000 one off'], ['15000 drill drill 演练']]);
  raise('gas', 'warning');
  await clock.advance(0);
  expect(story.at(-1)).toBe('16000 one on');
  // Two warnings in three seconds, five without: told from a fire by ear.
  await clock.advance(7_000);
  expect(story.slice(2)).toEqual(['16000 one on', '19000 one off']);
  raise('kitchen');
  await clock.advance(0);
  expect(story.slice(4)).toEqual(['23000 one on', '23000 two on']);
  expect([voice.held, levels.get(amp)]).toEqual([['horn'], true]);
});

test('a fire that breaks off a drill says so in front of its first words, and only there', async () => {
  const { clock, voice, raise, exercise } = stage();
  const brokenOff = { message: null, text: '演练中止，真实火情', file: null, track: null };
  // The words of the drill were just said: nothing sounds yet.
  exercise({
    kind: 'drill',
    sound: new Set(),
    cadence: usualCadences.fire,
    sayings: new Map(),
    brokenOff,
    origin: 'x',
  });
  await clock.advance(5000);
  raise('kitchen');
  exercise(null);
  await clock.advance(60_000);
  expect(voice.heard).toEqual(['20000 fire alarm 演练中止，真实火情；kitchen fire', '47000 fire alarm kitchen fire']);
});

test('a second fire of the same sirens does not begin the burst again, so that the voice has its turn however many there are', async () => {
  const { clock, voice, raise } = stage();
  for (let i = 0; i < 12; i++) {
    raise(`room-${i}`);
    await clock.advance(5000);
  }
  expect(voice.heard.map((line) => line.split(' ').at(-2))).toEqual(['room-2', 'room-8']);
});

test('what is told after the stop orders nothing, and no turn or rest of a siren is waited for', async () => {
  const { clock, raise, story, annunciator } = stage();
  raise('kitchen');
  await clock.advance(5_000);
  const stopped = annunciator.stop();
  await clock.advance(1_000);
  await stopped;
  const before = [...story];
  raise('attic');
  await clock.advance(600_000);
  expect(story).toEqual(before);
  expect(clock.pending).toBe(0);
});
