import { describe, expect, test } from 'vitest';
import { latchesUntilReset } from '../../config/vocabulary.js';
import type { AlarmState, Facets } from '../../gateway/alarm/facets.js';
import type { StepResult } from '../../gateway/alarm/step.js';
import type { FacetRow } from '../../sync/journal/store.js';
import {
  draftsOf,
  EngineRig,
  lineFault,
  lose,
  order,
  points,
  restore,
  savesOf,
  see,
  type Timed,
  tick,
  told,
} from './engine-rig.js';
import { seededRandom } from './village-rig.js';

/** `entries` and `saves` are what the last input adds; `leaves` is everything the engine remembers after it. */
interface Row {
  readonly promise: string;
  readonly before?: readonly Timed[];
  readonly input: Timed;
  readonly entries: readonly string[];
  readonly saves: readonly string[];
  readonly leaves: readonly string[];
}

function promised(rows: readonly Row[]): void {
  for (const row of rows) test(row.promise, () => holds(row));
}

function holds({ before = [], input, entries, saves, leaves }: Row): void {
  const rig = new EngineRig();
  for (const each of before) rig.give(each);
  const result = rig.give(input);
  expect(draftsOf(result)).toEqual(entries);
  expect(savesOf(result.facets)).toEqual(saves);
  expect(rig.leaves).toEqual(leaves);
}

const smokeAlarm = see(0, 'smoke', 'alarm');
const smokeReturned = [smokeAlarm, see(100, 'smoke', 'normal')];

describe('a jump that can not be believed', () => {
  const jumps = (ms: readonly number[]): readonly Timed[] => ms.map((atMono) => lose(atMono, 'dirt', 'step'));
  test('is no fault while the next look may explain it, and one when it goes on for 15 s', () => {
    const rig = new EngineRig();
    const told = (each: Timed): readonly string[] => draftsOf(rig.give(each));
    expect(jumps([0, 5_000, 14_999]).flatMap(told)).toEqual([]);
    expect(jumps([15_000]).flatMap(told)).toEqual(['raised fault:point:dirt e1 reason:step']);
    expect(told(see(20_000, 'dirt', 'normal'))).toEqual(['returned fault:point:dirt e1 latched:false']);
    expect([...jumps([25_000]), see(30_000, 'dirt', 'normal'), ...jumps([50_000])].flatMap(told)).toEqual([]);
  });
});

describe('raising and returning', () => {
  promised([
    {
      promise: 'an alarm is raised by the first look that shows it, and sounds',
      input: smokeAlarm,
      entries: ['raised smoke e1'],
      saves: ['smoke: active e1 sounding'],
      leaves: ['smoke: active e1 sounding'],
    },
    {
      promise:
        'a fire that returns to normal stays latched and goes on sounding [GB 4717-2024 5.4.1.1] [GB/T 45839-2025 latch]',
      before: [smokeAlarm],
      input: see(100, 'smoke', 'normal'),
      entries: ['returned smoke e1 latched:true'],
      saves: ['smoke: normal e1 sounding'],
      leaves: ['smoke: normal e1 sounding'],
    },
    {
      promise: 'a warning latches too [GB 31252-2014 4.3.1]',
      before: [see(0, 'gas', 'alarm')],
      input: see(100, 'gas', 'normal'),
      entries: ['returned gas e1 latched:true'],
      saves: ['gas: normal e1 sounding'],
      leaves: ['gas: normal e1 sounding'],
    },
    {
      promise: 'a supervisory alarm latches too [GB 4717-2024 5.4.5.2]',
      before: [see(0, 'water', 'low'), tick(3000), see(4000, 'water', 'normal')],
      input: tick(9000),
      entries: ['returned water e1 reason:lasted latched:true'],
      saves: ['water: normal e1 sounding'],
      leaves: ['water: normal e1 sounding'],
    },
    {
      promise: 'a fault follows its source and is forgotten [GB 4717-2024 5.4.3.2]',
      before: [see(0, 'battery', 'low')],
      input: see(100, 'battery', 'normal'),
      entries: ['returned battery e1 latched:false'],
      saves: ['battery: -'],
      leaves: [],
    },
    {
      promise: 'a technical alarm follows its source and is forgotten',
      before: [see(0, 'dirt', 'dirty')],
      input: see(100, 'dirt', 'normal'),
      entries: ['returned dirt e1 latched:false'],
      saves: ['dirt: -'],
      leaves: [],
    },
    {
      promise: 'something of the gateway itself at fault is raised and returns like any fault',
      before: [lineFault(0, true)],
      input: lineFault(100, false),
      entries: ['returned fault:line:east e1 latched:false'],
      saves: ['fault:line:east: -'],
      leaves: [],
    },
    {
      promise: 'a silenced and acknowledged fire that is seen again sounds again, unacknowledged, under the same id',
      before: [...smokeReturned, order(200, 'silence', 1), order(200, 'acknowledge', 1)],
      input: see(300, 'smoke', 'alarm'),
      entries: ['raised smoke e1 again'],
      saves: ['smoke: active e1 sounding'],
      leaves: ['smoke: active e1 sounding'],
    },
    {
      promise: 'a fire seen again after its reset is a new alarm with a new id',
      before: [...smokeReturned, order(200, 'reset', 1)],
      input: see(300, 'smoke', 'alarm'),
      entries: ['raised smoke e4'],
      saves: ['smoke: active e4 sounding'],
      leaves: ['smoke: active e4 sounding'],
    },
  ]);
});

describe('delays', () => {
  promised([
    {
      promise: 'an alarm with an on-delay waits, and a waiting fire is saved',
      input: see(0, 'call', 'alarm'),
      entries: [],
      saves: ['call: pending none quiet'],
      leaves: ['call: pending none quiet'],
    },
    {
      promise: 'a waiting alarm of another class is not worth a write',
      input: see(0, 'water', 'low'),
      entries: [],
      saves: [],
      leaves: ['water: pending none quiet'],
    },
    {
      promise: 'a waiting alarm is raised when it has lasted, without another look',
      before: [see(0, 'call', 'alarm')],
      input: tick(100),
      entries: ['raised call e1 reason:lasted', 'confirmed call e1 reason:call-point'],
      saves: ['call: active e1 sounding'],
      leaves: ['call: active e1 sounding'],
    },
    {
      promise:
        'a waiting fire whose detector goes silent is raised when its time is up: silence never wins over a fire',
      before: [see(0, 'call', 'alarm'), lose(50, 'call')],
      input: tick(100),
      entries: ['raised call e1 reason:lasted', 'confirmed call e1 reason:call-point'],
      saves: ['call: active e1 sounding'],
      leaves: ['call: active e1 sounding lost'],
    },
    {
      promise: 'a bounce shorter than the on-delay leaves nothing behind',
      before: [see(0, 'call', 'alarm')],
      input: see(60, 'call', 'normal'),
      entries: [],
      saves: ['call: -'],
      leaves: [],
    },
    {
      promise: 'an alarm with an off-delay is clearing first and still sounds',
      before: [see(0, 'call', 'alarm'), tick(100)],
      input: see(200, 'call', 'normal'),
      entries: [],
      saves: ['call: clearing e1 sounding'],
      leaves: ['call: clearing e1 sounding'],
    },
    {
      promise: 'a clearing alarm seen again is simply active: nothing was raised anew',
      before: [see(0, 'call', 'alarm'), tick(100), order(150, 'silence', 1), see(200, 'call', 'normal')],
      input: see(300, 'call', 'alarm'),
      entries: [],
      saves: ['call: active e1 silenced'],
      leaves: ['call: active e1 silenced'],
    },
    {
      promise: 'a clearing alarm returns when it has lasted',
      before: [see(0, 'call', 'alarm'), tick(100), see(200, 'call', 'normal')],
      input: tick(700),
      entries: ['returned call e1 reason:lasted latched:true'],
      saves: ['call: normal e1 sounding'],
      leaves: ['call: normal e1 sounding'],
    },
  ]);

  test('the next tick is asked for when the first waiting alarm is due, and not while a clearing point is lost', () => {
    const rig = new EngineRig();
    expect(rig.give(see(0, 'water', 'low')).nextTickMono).toBe(3000);
    expect(rig.give(see(10, 'call', 'alarm')).nextTickMono).toBe(110);
    expect(rig.give(tick(110)).nextTickMono).toBe(3000);
    expect(rig.give(tick(3000)).nextTickMono).toBeNull();
    expect(rig.give(see(4000, 'water', 'normal')).nextTickMono).toBe(9000);
    expect(rig.give(lose(5000, 'water')).nextTickMono).toBeNull();
  });

  test('a tick at the very moment that was asked for always does its work, whatever fractions the clock has', () => {
    const random = seededRandom();
    const undone = Array.from({ length: 2000 }, () => {
      const rig = new EngineRig();
      const atMono = (random() * 700_000) / 7.3;
      const dueMono = rig.give(see(atMono, 'water', 'low')).nextTickMono ?? 0;
      const isRaised = rig.give(tick(dueMono)).drafts.length === 1;
      return isRaised ? null : `pending since ${atMono}, tick at ${dueMono}`;
    }).filter((each) => each !== null);
    expect(undone.slice(0, 3)).toEqual([]);
  });
});

describe('what can not be seen', () => {
  promised([
    {
      promise: 'a silent detector is remembered as lost and keeps its fire',
      before: [smokeAlarm],
      input: lose(100, 'smoke'),
      entries: [],
      saves: [],
      leaves: ['smoke: active e1 sounding lost'],
    },
    {
      promise: 'nonsense from a detector is a fault of the point and keeps its fire',
      before: [smokeAlarm],
      input: lose(100, 'smoke', 'unknown-state'),
      entries: ['raised fault:point:smoke e2 reason:unknown-state'],
      saves: ['fault:point:smoke: active e2 sounding'],
      leaves: ['fault:point:smoke: active e2 sounding', 'smoke: active e1 sounding lost'],
    },
    {
      promise: 'the first sound reading returns the fault of the point',
      before: [lose(0, 'smoke', 'sentinel')],
      input: see(100, 'smoke', 'normal'),
      entries: ['returned fault:point:smoke e1 latched:false'],
      saves: ['fault:point:smoke: -'],
      leaves: [],
    },
    {
      promise: 'a fire point that reports a fault of its own has a fault, not a fire',
      input: see(0, 'smoke', 'broken'),
      entries: ['raised fault:point:smoke e1'],
      saves: ['fault:point:smoke: active e1 sounding'],
      leaves: ['fault:point:smoke: active e1 sounding'],
    },
    {
      promise: 'a fire point that reports a fault of its own keeps its fire: a fault is never an all-clear',
      before: [smokeAlarm],
      input: see(100, 'smoke', 'broken'),
      entries: ['raised fault:point:smoke e2'],
      saves: ['fault:point:smoke: active e2 sounding'],
      leaves: ['fault:point:smoke: active e2 sounding', 'smoke: active e1 sounding lost'],
    },
    {
      promise: 'a clearing alarm whose detector goes silent does not return by waiting',
      before: [see(0, 'call', 'alarm'), tick(100), see(200, 'call', 'normal'), lose(300, 'call')],
      input: tick(5000),
      entries: [],
      saves: [],
      leaves: ['call: clearing e1 sounding lost'],
    },
  ]);

  test.each(['silent', 'line-down', 'exception', 'sentinel', 'unknown-state', 'out-of-range', 'pin-error'] as const)(
    'a bad reading (%s) raises no fire and moves no condition',
    (reason) => {
      for (const before of [[], [see(0, 'call', 'alarm')], [see(0, 'call', 'alarm'), tick(100)]]) {
        const rig = new EngineRig();
        for (const each of before) rig.give(each);
        const condition = rig.of('call')?.condition;
        const result = rig.give(lose(10_000, 'call', reason));
        expect(rig.of('call')?.condition).toBe(condition);
        expect(result.drafts.filter((draft) => draft.class === 'fire')).toEqual([]);
      }
    },
  );
});

describe('orders', () => {
  const twoFires = [smokeAlarm, see(0, 'call', 'alarm'), tick(100)];
  promised([
    {
      promise: 'acknowledging says who, and silences nothing',
      before: [smokeAlarm],
      input: order(100, 'acknowledge', 1),
      entries: ['acknowledged smoke e1 by:panel'],
      saves: ['smoke: active e1 sounding ack:panel'],
      leaves: ['smoke: active e1 sounding ack:panel'],
    },
    {
      promise: 'silencing quiets, and acknowledges nothing',
      before: [smokeAlarm],
      input: order(100, 'silence', 1),
      entries: ['silenced smoke e1 by:panel'],
      saves: ['smoke: active e1 silenced'],
      leaves: ['smoke: active e1 silenced'],
    },
    {
      promise: 'an order leaves an alarm alone that is newer than what the person saw',
      before: twoFires,
      input: order(300, 'silence', 1),
      entries: ['silenced smoke e1 by:panel'],
      saves: ['smoke: active e1 silenced'],
      leaves: ['call: active e2 sounding', 'smoke: active e1 silenced'],
    },
    {
      promise: 'a fire seen again 200 ms before the order arrives is newer than what the person saw',
      before: [...smokeReturned, see(200, 'smoke', 'alarm')],
      input: order(400, 'silence', 1),
      entries: [],
      saves: [],
      leaves: ['smoke: active e1 sounding'],
    },
    {
      promise: 'a wired key means what was raised up to its moment',
      before: twoFires,
      input: order(1050, 'acknowledge', { raisedBeforeMono: 50 }),
      entries: ['acknowledged smoke e1 by:panel'],
      saves: ['smoke: active e1 sounding ack:panel'],
      leaves: ['call: active e2 sounding', 'smoke: active e1 sounding ack:panel'],
    },
    {
      promise: 'a reset ends an alarm that has returned',
      before: smokeReturned,
      input: order(200, 'reset', 1),
      entries: ['reset smoke e1 by:panel'],
      saves: ['smoke: -'],
      leaves: [],
    },
    {
      promise: 'a lost detector can be reset although its last word was fire, and the entry says so',
      before: [smokeAlarm, lose(100, 'smoke')],
      input: order(200, 'reset', 1),
      entries: ['reset smoke e1 by:panel as:detector-lost'],
      saves: ['smoke: -'],
      leaves: [],
    },
    {
      promise: 'fires are dealt with before anything else, however old the rest is [GB 4717 priority]',
      before: [see(0, 'gas', 'alarm'), see(1, 'smoke', 'alarm')],
      input: order(100, 'acknowledge', 2),
      entries: ['acknowledged smoke e2 by:panel', 'acknowledged gas e1 by:panel'],
      saves: ['gas: active e1 sounding ack:panel', 'smoke: active e2 sounding ack:panel'],
      leaves: ['gas: active e1 sounding ack:panel', 'smoke: active e2 sounding ack:panel'],
    },
  ]);

  test.each([
    { what: 'active', before: [smokeAlarm], name: 'smoke' },
    { what: 'clearing', before: [see(0, 'call', 'alarm'), tick(100), see(200, 'call', 'normal')], name: 'call' },
  ])('a reset refuses an alarm that is still $what and names it', ({ before, name }) => {
    const rig = new EngineRig();
    for (const each of before) rig.give(each);
    const result = rig.give(order(300, 'reset', 9));
    expect(result.stillActive).toEqual([`point:${name}`]);
    expect(result.touched).toEqual([]);
    expect(rig.of(name)?.alarm).not.toBeNull();
  });
});

describe('what changes nothing', () => {
  const rows: readonly Pick<Row, 'promise' | 'before' | 'input'>[] = [
    { promise: 'a normal reading of a quiet point', input: see(0, 'smoke', 'normal') },
    { promise: 'a silent point that was never in alarm', input: lose(0, 'smoke') },
    { promise: 'an alarm seen a second time', before: [smokeAlarm], input: see(100, 'smoke', 'alarm') },
    { promise: 'a latched point that stays normal', before: smokeReturned, input: see(200, 'smoke', 'normal') },
    { promise: 'a detector lost for a second round', before: [smokeAlarm, lose(1, 'smoke')], input: lose(2, 'smoke') },
    { promise: 'a key that is pressed', input: see(0, 'key', 'pressed') },
    { promise: 'a number', input: see(0, 'water', 4.2) },
    { promise: 'a fault that is told again', before: [lineFault(0, true)], input: lineFault(100, true) },
    { promise: 'a fault that never was', input: lineFault(0, false) },
    { promise: 'a tick with nothing to do', before: [smokeAlarm], input: tick(1000) },
    { promise: 'a tick before its time', before: [see(0, 'call', 'alarm')], input: tick(99) },
    {
      promise: 'acknowledging twice',
      before: [smokeAlarm, order(1, 'acknowledge', 1)],
      input: order(2, 'acknowledge', 1),
    },
    { promise: 'silencing twice', before: [smokeAlarm, order(1, 'silence', 1)], input: order(2, 'silence', 1) },
    { promise: 'an order with nothing to order', input: order(0, 'reset', 9) },
    { promise: 'a reset of what is still active', before: [smokeAlarm], input: order(1, 'reset', 1) },
    { promise: 'a reset of a fault [GB 4717-2024 5.4.3.8]', before: [lineFault(0, true)], input: order(1, 'reset', 1) },
    {
      promise: 'a reset of a returned alarm newer than what was seen',
      before: smokeReturned,
      input: order(1, 'reset', 0),
    },
    {
      promise: 'a key that can not mean an alarm of the last second',
      before: [smokeAlarm],
      input: order(500, 'silence', { raisedBeforeMono: -500 }),
    },
    { promise: 'a restore of nothing', before: [smokeAlarm], input: restore(1) },
  ];
  test.each(rows.map((row) => [row.promise, row] as const))('%s', (_, { before = [], input }) => {
    const rig = new EngineRig();
    for (const each of before) rig.give(each);
    const leaves = rig.leaves;
    const result = rig.give(input);
    expect(draftsOf(result)).toEqual([]);
    expect(savesOf(result.facets)).toEqual([]);
    expect(rig.leaves).toEqual(leaves);
  });
});

/** Rows as an earlier process left them on the disk. */
function savedBy(...inputs: readonly Timed[]): readonly FacetRow[] {
  const rig = new EngineRig('old');
  for (const each of inputs) rig.give(each);
  return [...rig.saved.values()];
}

describe('restoring', () => {
  const silencedFire = savedBy(smokeAlarm, order(1, 'silence', 1), order(2, 'acknowledge', 1));
  promised([
    {
      promise: 'a saved alarm is there again, as it was, and is not raised a second time',
      input: restore(2, ...silencedFire),
      entries: [],
      saves: [],
      leaves: ['smoke: active old1 silenced ack:panel'],
    },
    {
      promise: 'a restored fire whose sensor still says so stays one alarm',
      before: [restore(2, ...silencedFire)],
      input: see(100, 'smoke', 'alarm'),
      entries: [],
      saves: [],
      leaves: ['smoke: active old1 silenced ack:panel'],
    },
    {
      promise: 'a restored fire whose sensor is normal returns and stays latched',
      before: [restore(2, ...silencedFire)],
      input: see(100, 'smoke', 'normal'),
      entries: ['returned smoke old1 latched:true'],
      saves: ['smoke: normal old1 silenced ack:panel'],
      leaves: ['smoke: normal old1 silenced ack:panel'],
    },
    {
      promise:
        'an alarm of this boot survives a disk that answers late, and the saved one that it replaces is told to be over',
      before: [see(0, 'smoke', 'alarm')],
      input: restore(100, ...silencedFire),
      entries: ['returned smoke old1 reason:superseded'],
      saves: ['smoke: active e1 sounding'],
      leaves: ['smoke: active e1 sounding'],
    },
    {
      promise: 'a late disk adds what was latched before to what is in alarm now',
      before: [see(0, 'gas', 'alarm')],
      input: restore(100, ...silencedFire),
      entries: [],
      saves: [],
      leaves: ['gas: active e1 sounding', 'smoke: active old1 silenced ack:panel'],
    },
    {
      promise: 'a fire that was still waiting counts as raised',
      input: restore(0, ...savedBy(see(0, 'call', 'alarm'))),
      entries: ['raised call e1 reason:restart', 'confirmed call e1 reason:call-point'],
      saves: ['call: active e1 sounding'],
      leaves: ['call: active e1 sounding'],
    },
    {
      promise: 'a saved fault of something that left the config returns and is forgotten',
      input: restore(0, ...savedBy(lineFault(0, true)).map((row) => ({ ...row, subject: 'fault:line:gone' }))),
      entries: ['returned fault:line:gone old1 reason:left-config'],
      saves: ['fault:line:gone: -'],
      leaves: [],
    },
    {
      promise: 'a latched fire of a point that left the config is kept',
      input: restore(2, ...silencedFire.map((row) => ({ ...row, subject: 'point:gone' }))),
      entries: [],
      saves: [],
      leaves: ['gone: active old1 silenced ack:panel lost'],
    },
    {
      promise: 'and a person can reset it',
      before: [restore(2, ...silencedFire.map((row) => ({ ...row, subject: 'point:gone' })))],
      input: order(100, 'reset', 0),
      entries: ['reset gone old1 by:panel as:detector-lost'],
      saves: ['gone: -'],
      leaves: [],
    },
    {
      promise: 'a restored alarm is older than all of this boot: an order that saw nothing new still covers it',
      before: [
        restore(0, ...savedBy(see(0, 'gas', 'alarm'), see(1, 'smoke', 'alarm'))),
        see(10, 'call', 'alarm'),
        tick(110),
      ],
      input: order(200, 'silence', 0),
      entries: ['silenced smoke old2 by:panel', 'silenced gas old1 by:panel'],
      saves: ['gas: active old1 silenced', 'smoke: active old2 silenced'],
      leaves: ['call: active e1 sounding', 'gas: active old1 silenced', 'smoke: active old2 silenced'],
    },
    {
      promise: 'a wired key covers a restored alarm at once',
      before: [restore(0, ...savedBy(smokeAlarm))],
      input: order(10, 'silence', { raisedBeforeMono: -990 }),
      entries: ['silenced smoke old1 by:panel'],
      saves: ['smoke: active old1 silenced'],
      leaves: ['smoke: active old1 silenced'],
    },
    {
      promise: 'a restored fire that is seen again after its return is newer than what the restart showed',
      before: [
        restore(0, ...savedBy(...smokeReturned, order(1, 'silence', 1))),
        see(10, 'smoke', 'normal'),
        see(20, 'smoke', 'alarm'),
      ],
      input: order(100, 'silence', 0),
      entries: [],
      saves: [],
      leaves: ['smoke: active old1 sounding'],
    },
  ]);

  test('a fire that is waiting now is not lost to a late disk', () => {
    const rig = new EngineRig();
    rig.give(see(0, 'call', 'alarm'));
    rig.give(restore(50, ...savedBy(see(0, 'call', 'alarm'), tick(100), see(200, 'call', 'normal'), tick(700))));
    const dueMono = rig.give(see(90, 'call', 'alarm')).nextTickMono ?? Number.POSITIVE_INFINITY;
    rig.give(tick(100));
    expect(dueMono).toBeLessThanOrEqual(100);
    expect(told(rig.of('call'))).toBe('active old1 sounding');
  });

  test('a latched alarm of another class that was waiting to be raised anew waits for a look of this boot', () => {
    const lowAgain = [see(0, 'water', 'low'), tick(3000), see(4000, 'water', 'normal'), tick(9000)];
    const rig = new EngineRig();
    const { nextTickMono } = rig.give(
      restore(
        0,
        ...savedBy(...lowAgain, order(9500, 'silence', 1), see(9600, 'water', 'low'), order(9700, 'acknowledge', 1)),
      ),
    );
    expect(rig.give(tick(Math.max(0, nextTickMono ?? 0))).drafts).toEqual([]);
  });
});

/** One input of any kind, weighted towards the ones that move things. */
function anyInput(random: () => number, mono: number, newestOrder: number): Timed {
  const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];
  const point = pick(points as readonly [(typeof points)[0], ...typeof points]);
  const dice = random();
  if (dice < 0.55) return see(mono, point.id, pick(Object.keys(point.severities) as [string, ...string[]]));
  if (dice < 0.65) return lose(mono, point.id, pick(['silent', 'line-down', 'sentinel', 'unknown-state']));
  if (dice < 0.7) return lineFault(mono, random() < 0.5);
  if (dice < 0.85) return tick(mono);
  const upTo = random() < 0.7 ? Math.floor(random() * (newestOrder + 1)) : { raisedBeforeMono: mono - random() * 2000 };
  return order(mono, pick(['acknowledge', 'silence', 'reset']), upTo);
}

function alarmsOf(state: AlarmState): readonly Facets[] {
  return [...state.subjects.values()].filter(({ alarm }) => alarm !== null);
}

/** Alarms that an order does not cover must be as they were, but for what their sensor says. */
function newerThan(input: Timed[1], facets: Facets): boolean {
  if (input.kind !== 'command' || facets.alarm === null) return false;
  const { upTo } = input.command;
  return 'order' in upTo ? facets.alarm.order > upTo.order : facets.alarm.raisedMono > upTo.raisedBeforeMono;
}

function checkRaised(rig: EngineRig, before: AlarmState, result: StepResult, raisedIds: Set<string>): void {
  const firstId = rig.entries - result.drafts.length + 1;
  for (const [n, draft] of result.drafts.entries()) {
    if (draft.kind !== 'alarm.raised') continue;
    if (draft.detail['again'] === true) {
      expect(draft.alarm).toBe(before.subjects.get(draft.subject)?.alarm?.id);
    } else {
      expect(draft.alarm).toBe(`e${firstId + n}`);
      expect(raisedIds.has(String(draft.alarm))).toBe(false);
      raisedIds.add(String(draft.alarm));
    }
  }
}

function checkRestored(rig: EngineRig, mono: number): void {
  const next = new EngineRig('next');
  next.give(restore(mono, ...rig.saved.values()));
  const live = [...rig.state.subjects.values()].map((facets) => memory(facets, rig.savedOf(facets.subject)));
  const restored = [...next.state.subjects.values()].map((facets) => memory(facets, rig.savedOf(facets.subject)));
  const remembered = live.filter((each) => each !== null).sort();
  // Comparing the text first: 20,000 matchers on lists take seconds.
  if (remembered.join() !== restored.sort().join()) expect(restored).toEqual(remembered);
}

/** What must survive a restart; of a fire that was waiting, that it is there (the table above says how). */
function memory(facets: Facets, saved: FacetRow | null): string | null {
  if (facets.class === 'fire' && saved?.condition === 'pending') return `${facets.subject} counts as raised`;
  const { subject, alarm, acknowledged, sounder } = facets;
  return alarm === null ? null : `${subject} ${alarm.id} ${sounder} ${acknowledged?.by ?? 'nobody'}`;
}

test('in 20,000 random inputs no fire is lost, no id is given twice, no order reaches too far, and a restart changes nothing', () => {
  const rig = new EngineRig();
  const random = seededRandom();
  const raisedIds = new Set<string>();
  let mono = 0;
  let resets = 0;
  for (let n = 0; n < 20_000; n++) {
    mono += random() < 0.9 ? random() * 200 : random() * 10_000;
    const timed = anyInput(random, mono, rig.state.lastOrder);
    const before = rig.state;
    const result = rig.give(timed);
    const isReset = timed[1].kind === 'command' && timed[1].command.kind === 'reset';
    for (const was of alarmsOf(before)) {
      const is = rig.state.subjects.get(was.subject);
      if (newerThan(timed[1], was) && is !== was) expect(is).toEqual(was);
      if (is?.alarm?.id === was.alarm?.id) continue;
      if (latchesUntilReset[was.class]) expect(isReset && (was.condition === 'normal' || was.isLost)).toBe(true);
      resets += isReset ? 1 : 0;
    }
    checkRaised(rig, before, result, raisedIds);
    checkRestored(rig, mono);
  }
  // The inputs did reach what is promised here.
  expect(raisedIds.size).toBeGreaterThan(500);
  expect(resets).toBeGreaterThan(200);
});

describe('a silence', () => {
  const quiet: readonly Timed[] = [smokeAlarm, order(1_000, 'silence', 1)];
  promised([
    {
      promise: 'of a fire that is still there ends after ten minutes: it sounds again',
      before: quiet,
      input: tick(601_000),
      entries: ['resounded smoke e1'],
      saves: ['smoke: active e1 sounding'],
      leaves: ['smoke: active e1 sounding'],
    },
    {
      promise: 'lasts as long as that',
      before: quiet,
      input: tick(600_999),
      entries: [],
      saves: [],
      leaves: ['smoke: active e1 silenced'],
    },
    {
      promise: 'of a fire that has gone lasts until the reset',
      before: [...quiet, see(2_000, 'smoke', 'normal')],
      input: tick(1e7),
      entries: [],
      saves: [],
      leaves: ['smoke: normal e1 silenced'],
    },
    {
      promise: 'of a fault lasts as long as the fault',
      before: [see(0, 'battery', 'low'), order(1_000, 'silence', 1)],
      input: tick(1e8),
      entries: [],
      saves: [],
      leaves: ['battery: active e1 silenced'],
    },
  ]);
  test('asks for a tick at its end', () => {
    const rig = new EngineRig();
    rig.give(smokeAlarm);
    expect(rig.give(order(1_000, 'silence', 1)).nextTickMono).toBe(601_000);
  });
});
