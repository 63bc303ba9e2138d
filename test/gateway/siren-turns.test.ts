/** Siren and voice in turn: the machine as a table, and what is said in a turn. */
import { describe, expect, test } from 'vitest';
import { brandId, type EntryId, type MessageId, type SpeakerId, type ZoneId } from '../../config/ids.js';
import type { Cadence, PlanStep } from '../../config/site.js';
import { usualCadences } from '../../config/site-defaults.js';
import type { Alarm, Facets } from '../../gateway/alarm/facets.js';
import type { Sounding } from '../../gateway/annunciator/desired-outputs.js';
import { stepTurn, type Turn, type TurnInput } from '../../gateway/annunciator/siren-turns.js';
import { nextTurn, type Said } from '../../gateway/annunciator/turn-words.js';
import type { Saying } from '../../gateway/voice/announcement.js';
import { seeded } from '../drivers/rig.js';

const fire = usualCadences.fire;
const gaps: Cadence = { ...fire, burstMs: 3000, pauseMs: 5000 };

function turn(phase: Turn['phase'], sinceMono: number): Turn {
  return { phase, sinceMono };
}

const quiet: TurnInput = { cadence: fire, isNew: false, canSpeak: false, isSaid: false };
const rows: readonly (readonly [
  promise: string,
  before: Turn | null,
  input: Partial<TurnInput>,
  nowMono: number,
  after: Turn | null,
  nextMono: number | null,
])[] = [
  ['nothing sounds', null, { cadence: null }, 7, null, null],
  ['it begins with the siren', null, { isNew: true, canSpeak: true }, 7, turn('burst', 7), 15_007],
  [
    'nobody speaks and no gaps are wanted: one burst without an end',
    turn('burst', 0),
    {},
    90_000,
    turn('burst', 0),
    null,
  ],
  ['the burst goes on until its time is over', turn('burst', 0), { canSpeak: true }, 14_999, turn('burst', 0), 15_000],
  ['then the voice', turn('burst', 0), { canSpeak: true }, 15_000, turn('voice', 15_000), 45_000],
  ['the voice goes on', turn('voice', 0), { canSpeak: true }, 29_999, turn('voice', 0), 30_000],
  ['until all is said', turn('voice', 0), { canSpeak: true, isSaid: true }, 9, turn('burst', 9), 15_009],
  ['or until its time is over', turn('voice', 0), { canSpeak: true }, 30_000, turn('burst', 30_000), 45_000],
  ['or until nobody has anything to say', turn('voice', 0), {}, 9, turn('burst', 9), null],
  [
    'whatever is new is heard at once, voice or not',
    turn('voice', 0),
    { isNew: true, canSpeak: true },
    9,
    turn('burst', 9),
    15_009,
  ],
  [
    'what was said before says nothing about this burst',
    turn('burst', 0),
    { canSpeak: true, isSaid: true },
    9,
    turn('burst', 0),
    15_000,
  ],
  ['a cadence with gaps has them', turn('burst', 0), { cadence: gaps }, 3000, turn('pause', 3000), 8000],
  ['and sounds again', turn('pause', 0), { cadence: gaps }, 5000, turn('burst', 5000), 8000],
  [
    'where somebody speaks there are no gaps',
    turn('burst', 0),
    { cadence: gaps, canSpeak: true },
    3000,
    turn('voice', 3000),
    33_000,
  ],
  ['all is silenced, reset or rests', turn('voice', 0), { cadence: null, canSpeak: true }, 9, null, null],
];
test.each(rows)('%s', (_, before, input, nowMono, after, nextMono) => {
  expect(stepTurn(before, { ...quiet, ...input }, nowMono)).toEqual({ turn: after, nextMono });
});

test('over 20,000 random moments one burst of a fire that speaks lasts 8 to 20 s, unless something new cuts the voice short, and no voice longer than 30 s [GB 50116-2013 4.8.6] [GB 50116-2013 4.8.9]', () => {
  const random = seeded(4);
  let nowMono = 0;
  let state: Turn | null = null;
  let nextMono: number | null = null;
  const counts = { burst: 0, voice: 0 };
  for (let i = 0; i < 20_000; i++) {
    const before: Turn | null = state;
    // Time never passes over a moment that the machine asked for.
    nowMono = Math.min(nowMono + random() * 12_000, nextMono ?? Number.POSITIVE_INFINITY);
    const isNew = random() < 0.02;
    ({ turn: state, nextMono } = stepTurn(
      state,
      { cadence: fire, isNew, canSpeak: true, isSaid: random() < 0.2 },
      nowMono,
    ));
    if (before === null || state === before) continue;
    const lastedMs = nowMono - before.sinceMono;
    if (before.phase === 'voice') expect(lastedMs).toBeLessThanOrEqual(30_000);
    else if (!isNew) expect([lastedMs >= 8000, lastedMs <= 20_000]).toEqual([true, true]);
    expect(state?.phase === 'voice' && before.phase === 'voice').toBe(false);
    counts[before.phase === 'voice' ? 'voice' : 'burst']++;
  }
  expect(Math.min(counts.burst, counts.voice)).toBeGreaterThan(1000);
});

describe('in one turn', () => {
  const [hallHorn, streetHorn] = [brandId<SpeakerId>('hall'), brandId<SpeakerId>('street')];
  const say = (message: string, ...speakers: SpeakerId[]) => ({ message: brandId<MessageId>(message), speakers });

  function sounding(id: string, order: number, ...says: ReturnType<typeof say>[]): Sounding {
    const alarm: Alarm = {
      ...{ id: brandId<EntryId>(id), order, raisedMono: 0, raisedWall: 0, waitingMono: 0, frames: [], confirmed: null },
    };
    const facets: Facets = {
      ...{ subject: `point:${id}`, class: 'fire', zone: brandId<ZoneId>('hall'), name: { zh: id, en: id } },
      ...{ condition: 'active', sinceMono: 0, alarm, acknowledged: null, sounder: 'sounding', sounderMono: 0 },
      ...{ service: null, isLost: false },
    };
    const step: PlanStep = { start: [{ kind: 'at-once' }], sound: [], say: says };
    return { facets, alarm, step };
  }

  const sayingOf = (message: MessageId, { name }: Facets): Saying => ({
    ...{ message, text: `${message} ${name.zh}`, file: null, track: null },
  });
  /** What is said in so many turns, one after the other. */
  function told(turns: readonly (readonly Sounding[])[]): readonly Record<string, string>[] {
    let said: Said = new Map();
    return turns.map((soundings) => {
      const next = nextTurn(soundings, said, 2, sayingOf);
      said = next?.said ?? said;
      const texts = [...(next?.announcement.sayings ?? [])];
      return Object.fromEntries(texts.map(([id, all]) => [id, all.map(({ text }) => text).join('；')]));
    });
  }

  test('on each loudspeaker the newest alarm has the word, then those before it, and whatever is new comes first', () => {
    const all = [
      sounding('kitchen', 1, say('fire', hallHorn)),
      sounding('attic', 2, say('fire', hallHorn)),
      sounding('shop', 3, say('fire', streetHorn)),
    ];
    const more = [...all, sounding('inn', 4, say('fire', hallHorn))];
    expect(told([all, all, more, more]).map((each) => each['hall'])).toEqual([
      ...['fire attic', 'fire kitchen', 'fire inn', 'fire inn'],
    ]);
    expect(told([all, all]).map((each) => each['street'])).toEqual(['fire shop', 'fire shop']);
  });

  test('an alarm says the words of all its steps that have begun, each once', () => {
    const [first, later] = [
      sounding('kitchen', 1, say('fire', hallHorn)),
      sounding('kitchen', 1, say('evacuate', hallHorn, streetHorn), say('fire', hallHorn)),
    ];
    expect(told([[first, later]])).toEqual([{ hall: 'fire kitchen；evacuate kitchen', street: 'evacuate kitchen' }]);
  });

  test('without words there is no turn', () => {
    expect(nextTurn([sounding('kitchen', 1)], new Map(), 2, sayingOf)).toBeNull();
  });
});
