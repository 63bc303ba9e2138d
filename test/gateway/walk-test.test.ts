/** The walk test of a zone: what is a test, what is a fire, and that no fire is lost between the two (decision 0027). */
import { describe, expect, test } from 'vitest';
import { pointSubject } from '../../gateway/alarm/subject.js';
import { walkTestRefusal } from '../../gateway/alarm/walk-test-order.js';
import { lampStates } from '../../gateway/annunciator/lamp-states.js';
import { describeStatus } from '../../gateway/cli/control.js';
import { hall, points, WalkRig } from './walk-test-rig.js';

type Row = readonly [promise: string, story: string, told: readonly string[]];

const firesOf = ['7 ended hall fire', '7 raised a'];

describe('under test', () => {
  test.each<Row>([
    ['an alarm is none yet', '0 begin; 5 a=alarm', ['0 begun hall', '5 seen a']],
    ['the same frame twice is one alarm', '0 begin; 5 a=alarm@1; 5 a=alarm@1', ['0 begun hall', '5 seen a']],
    [
      'a detector may return and be tried again',
      '0 begin; 5 a=alarm; 20 a=normal; 40 a=alarm; 50 a=normal',
      ['0 begun hall', '5 seen a', '40 seen a'],
    ],
    [
      'a return is none while it lasts less than 10 s',
      '0 begin; 5 a=alarm; 20 a=normal; 29 a=alarm; 30 a=normal',
      ['0 begun hall', '5 seen a'],
    ],
    [
      'a detector is seen when its delay is over',
      '0 begin; 5 slow=alarm; 8 wait; 9 slow=normal',
      ['0 begun hall', '8 seen slow'],
    ],
    ['and not before', '0 begin; 5 slow=alarm; 7 slow=normal; 30 wait', ['0 begun hall']],
    [
      'from detector to detector: the first had returned',
      '0 begin; 5 a=alarm; 15 a=normal; 20 b=alarm; 30 b=normal',
      ['0 begun hall', '5 seen a', '20 seen b'],
    ],
    [
      'from detector to detector: the first came 31 s before',
      '0 begin; 5 a=alarm; 36 b=alarm; 40 a=normal; 50 b=normal',
      ['0 begun hall', '5 seen a', '36 seen b'],
    ],
    [
      'a look that nobody answered says nothing about an alarm',
      '0 begin; 5 a=alarm; 6 a?; 7 a=normal',
      ['0 begun hall', '5 seen a'],
    ],
    [
      'faults are raised as ever',
      '0 begin; 5 a=broken; 6 a=normal',
      ['0 begun hall', '5 raised fault:point:a', '6 returned fault:point:a'],
    ],
    ['what is no fire is raised as ever', '0 begin; 5 gas=alarm', ['0 begun hall', '5 raised gas']],
    ['another zone that stays normal changes nothing', '0 begin; 5 far=normal; 6 far?', ['0 begun hall']],
    ['a second begin changes nothing', '0 begin; 5 begin', ['0 begun hall']],
    [
      'nobody takes a point out of a test, or puts it back',
      '0 begin; 1 take-out a; 2 put-back a; 5 a=alarm',
      ['0 begun hall', '5 seen a'],
    ],
    [
      'what was out of service stays so',
      '0 take-out a; 1 begin; 5 a=alarm; 6 a=normal; 9 end',
      ['0 service.changed a', '1 begun hall', '5 raised a', '6 returned a', '9 ended hall ordered'],
    ],
  ])('%s', (_, story, told) => {
    expect(new WalkRig().play(story).told).toEqual(told);
  });

  test('nothing sounds, nothing is latched, and the service lamp says why', () => {
    const rig = new WalkRig().play('0 begin; 5 a=alarm@1; 40 b=alarm@2');
    const { alarm, sounder, condition } = rig.of('a') ?? {};
    expect([alarm, sounder, condition]).toEqual([null, 'quiet', 'normal']);
    const { fire, service } = lampStates(rig.state.subjects.values(), 'idle', true);
    expect([fire, service]).toEqual(['off', 'on']);
  });
});

describe('a real fire', () => {
  test.each<Row>([
    [
      'lasts 60 s',
      '0 begin; 5 a=alarm; 64.999 wait; 70 wait',
      ['0 begun hall', '5 seen a', '65 ended hall fire', '65 raised a'],
    ],
    [
      'counts on when it flickers',
      '0 begin; 5 a=alarm; 30 a=normal; 35 a=alarm; 70 wait',
      ['0 begun hall', '5 seen a', '65 ended hall fire', '65 raised a'],
    ],
    [
      'counts on when it flickers at the very moment',
      '0 begin; 5 a=alarm; 60 a=normal; 66 a=alarm',
      ['0 begun hall', '5 seen a', '66 ended hall fire', '66 raised a'],
    ],
    [
      'counts on when nobody sees it any more',
      '0 begin; 5 a=alarm; 6 a?; 70 wait',
      ['0 begun hall', '5 seen a', '65 ended hall fire', '65 raised a'],
    ],
    [
      'counts on when the detector breaks',
      '0 begin; 5 a=alarm; 6 a=broken; 70 wait',
      ['0 begun hall', '5 seen a', '6 raised fault:point:a', '65 ended hall fire', '65 raised a'],
    ],
    [
      'is a second detector within 30 s, confirmed by its own frames',
      '0 begin; 5 a=alarm@1; 35 b=alarm@2',
      [
        '0 begun hall',
        '5 seen a',
        '35 ended hall fire',
        '35 raised a',
        '35 raised b',
        '35 confirmed a second-detector',
        '35 confirmed b second-detector',
      ],
    ],
    [
      'is a second detector that came while the first one flickered, as soon as both stand in alarm',
      '0 begin; 10 a=alarm@1; 14 a=normal@2; 15 b=alarm@3; 16 a=alarm@4',
      [
        '0 begun hall',
        '10 seen a',
        '15 seen b',
        '16 ended hall fire',
        '16 raised a',
        '16 raised b',
        '16 confirmed a second-detector',
        '16 confirmed b second-detector',
      ],
    ],
    [
      'is none when the first one flickers and they came 31 s apart',
      '0 begin; 5 a=alarm; 30 a=normal; 36 b=alarm; 37 a=alarm; 38 a=normal; 39 b=normal',
      ['0 begun hall', '5 seen a', '36 seen b'],
    ],
    [
      'is none when the first one returns and stays so',
      '0 begin; 10 a=alarm; 14 a=normal; 15 b=alarm; 40 b=normal',
      ['0 begun hall', '10 seen a', '15 seen b'],
    ],
    [
      'is two detectors in one frame, which confirm nothing',
      '0 begin; 5 a=alarm@1; 5 b=alarm@1',
      ['0 begun hall', '5 seen a', '5 ended hall fire', '5 raised a', '5 raised b'],
    ],
    [
      'is a call point',
      '0 begin; 7 call=alarm@1; 8 wait',
      ['0 begun hall', '7.1 ended hall fire', '7.1 raised call', '7.1 confirmed call call-point'],
    ],
    [
      'in another zone ends the test too',
      '0 begin; 5 a=alarm; 6 a=normal; 7 far=alarm',
      ['0 begun hall', '5 seen a', '7 raised far', '7 ended hall fire'],
    ],
    [
      'in another zone raises what is in alarm here',
      '0 begin; 5 a=alarm; 7 far=alarm',
      ['0 begun hall', '5 seen a', '7 raised far', ...firesOf],
    ],
    [
      'ends the tests of all zones',
      '0 begin; 0 begin street; 5 far=alarm; 7 a=alarm; 8 call=alarm; 9 wait',
      [
        '0 begun hall',
        '0 begun street',
        '5 seen far',
        '7 seen a',
        '8.1 ended hall fire',
        '8.1 ended street fire',
        '8.1 raised a',
        '8.1 raised call',
        '8.1 confirmed a call-point',
        '8.1 confirmed call call-point',
        '8.1 raised far',
      ],
    ],
    [
      'beside which a detector of the zone burns away is confirmed as it is raised',
      '0 b=normal; 1 begin; 10 a=alarm; 20 b?; 80 wait',
      ['1 begun hall', '10 seen a', '70 ended hall fire', '70 raised a', '70 confirmed a second-lost'],
    ],
    [
      'that waits for its delay and beside which one burns away is confirmed too',
      '0 b=normal; 1 begin; 5 slow=alarm; 6 b?; 7 far=alarm; 8 wait',
      ['1 begun hall', '7 raised far', '7 ended hall fire', '8 raised slow lasted', '8 confirmed slow second-lost'],
    ],
    [
      'that flickers as another one burns away is confirmed too',
      '0 b=normal; 1 begin; 10 a=alarm; 19 a=normal; 20 b?; 21 a=alarm; 80 wait',
      ['1 begun hall', '10 seen a', '70 ended hall fire', '70 raised a', '70 confirmed a second-lost'],
    ],
    [
      'is its own when the one that was lost beside it was a trial that had returned',
      '0 b=normal; 1 begin; 10 a=alarm; 20 b?; 21 a=normal; 40 a=alarm; 101 wait',
      ['1 begun hall', '10 seen a', '40 seen a', '100 ended hall fire', '100 raised a'],
    ],
    [
      'that waits for its delay goes on waiting',
      '0 begin; 5 slow=alarm; 6 far=alarm; 8 wait',
      ['0 begun hall', '6 raised far', '6 ended hall fire', '8 raised slow lasted'],
    ],
    [
      'comes back from its service',
      '0 take-out a; 1 begin; 5 a=alarm; 21 wait',
      ['0 service.changed a', '1 begun hall', '5 raised a', '20 service.changed a', '20 ended hall fire'],
    ],
  ])('%s', (_, story, told) => {
    expect(new WalkRig().play(story).told).toEqual(told);
  });

  test('sounds like any other', () => {
    const facets = new WalkRig().play('0 begin; 5 a=alarm; 65 wait').of('a');
    expect([facets?.condition, facets?.sounder, facets?.service]).toEqual(['active', 'sounding', null]);
  });
});

describe('a test is over', () => {
  test.each<Row>([
    [
      'after 10 min in which no detector was seen',
      '0 begin; 300 a=alarm; 310 a=normal; 899 wait; 1000 wait',
      ['0 begun hall', '300 seen a', '900 ended hall quiet'],
    ],
    [
      'after 30 min',
      '0 begin; 500 a=alarm; 510 a=normal; 1000 a=alarm; 1010 a=normal; 1500 a=alarm; 1510 a=normal; 1801 wait',
      ['0 begun hall', '500 seen a', '1000 seen a', '1500 seen a', '1800 ended hall time'],
    ],
    ['by order', '0 begin; 9 end', ['0 begun hall', '9 ended hall ordered']],
    ['by order, once', '0 begin; 9 end; 10 end', ['0 begun hall', '9 ended hall ordered']],
    [
      'by order, when what is in alarm has returned',
      '0 begin; 5 a=alarm; 9 end; 10 end; 20 a=normal',
      ['0 begun hall', '5 seen a', '20 ended hall ordered'],
    ],
    [
      'by order, unless what is in alarm turns out to be a fire',
      '0 begin; 5 a=alarm; 9 end; 65 wait',
      ['0 begun hall', '5 seen a', '65 ended hall fire', '65 raised a'],
    ],
    [
      'for all that are not in alarm: their next alarm is a fire',
      '0 begin; 5 a=alarm; 9 end; 12 b=alarm',
      ['0 begun hall', '5 seen a', '12 raised b', '12 ended hall fire', '12 raised a'],
    ],
    [
      'for what has just returned: its next alarm is a fire',
      '0 begin; 5 a=alarm; 7 a=normal; 9 end; 10 a=alarm',
      ['0 begun hall', '5 seen a', '9 ended hall ordered', '10 raised a'],
    ],
  ])('%s', (_, story, told) => {
    const rig = new WalkRig().play(story);
    expect(rig.told).toEqual(told);
    expect([
      ...rig.state.walkTests,
      ...[...rig.state.subjects.values()].filter(({ service }) => service !== null),
    ]).toEqual([]);
  });

  test('and tells who was seen and who was not: nothing else leaves the box', () => {
    const rig = new WalkRig().play('0 begin; 5 b=alarm; 20 b=normal; 60 a=alarm; 70 a=normal; 90 end');
    expect(rig.outside.map(({ kind, class: own, detail }) => [kind, own, detail])).toEqual([
      ['walk_test.begun', null, { zone: 'hall', points: ['a', 'b', 'slow', 'call'], for_s: 1800 }],
      [
        'walk_test.ended',
        null,
        { zone: 'hall', reason: 'ordered', seen: ['b', 'a'], not_seen: ['slow', 'call'], lasted_s: 90 },
      ],
    ]);
    expect(rig.saved.size).toBe(0);
  });
});

describe('after a restart', () => {
  test.each<Row>([
    [
      'the test is over',
      '0 begin; 5 a=alarm; 6 a=normal; 17 boot',
      ['0 begun hall', '5 seen a', '17 ended hall restart'],
    ],
    [
      'what was in alarm is a fire: it may have no other way to say so again',
      '0 begin; 5 a=alarm; 9 boot; 9 a=alarm',
      ['0 begun hall', '5 seen a', '9 raised a restart', '9 ended hall restart'],
    ],
    [
      'so is what had returned for less than 10 s: that return is none',
      '0 begin; 5 a=alarm; 6 a=normal; 9 boot',
      ['0 begun hall', '5 seen a', '9 raised a restart', '9 ended hall restart'],
    ],
    [
      'a detector that was lost beside it confirms it then too',
      '0 b=normal; 0 begin; 5 a=alarm; 6 b?; 7 boot',
      ['0 begun hall', '5 seen a', '7 raised a restart', '7 confirmed a second-lost', '7 ended hall restart'],
    ],
    [
      'so is what waited for its delay',
      '0 begin; 5 slow=alarm; 6 boot',
      ['0 begun hall', '6 raised slow restart', '6 ended hall restart'],
    ],
    [
      'so is what was in alarm when a person had ended the test',
      '0 begin; 5 a=alarm; 6 end; 7 boot',
      ['0 begun hall', '5 seen a', '7 raised a restart', '7 ended hall restart'],
    ],
    [
      'the next alarm is a fire',
      '0 begin; 9 boot; 12 a=alarm',
      ['0 begun hall', '9 ended hall restart', '12 raised a'],
    ],
  ])('%s', (_, story, told) => {
    const rig = new WalkRig().play(story);
    expect(rig.told).toEqual(told);
    expect([...rig.saved.values()].filter(({ service }) => service !== 'in-service')).toEqual([]);
    expect(rig.state.walkTests.size).toBe(0);
  });

  test('a disk that answers late ends a test that has begun meanwhile, and raises what is in alarm', () => {
    const rows = [...new WalkRig().play('0 begin; 5 b=alarm').saved.values()];
    const rig = new WalkRig().play('0 begin; 5 a=alarm');
    rig.give({ kind: 'restore', rows, isLate: true });
    expect(rig.told.slice(2)).toEqual([
      '5 ended hall restart',
      '5 raised a',
      '5 raised b restart',
      '5 ended hall restart',
    ]);
    expect(['a', 'b'].map((id) => [rig.of(id)?.condition, rig.of(id)?.service])).toEqual([
      ['active', null],
      ['active', null],
    ]);
  });
});

test.each([
  ['can begin', '0 wait', 'begin', 60_000, null],
  ['lasts half an hour at most', '0 wait', 'begin', 1_800_001, 'too-long'],
  ['lasts some time', '0 wait', 'begin', 0, 'too-long'],
  ['lasts a time that is a number', '0 wait', 'begin', Number.NaN, 'too-long'],
  ['is not begun beside a fire', '0 far=alarm', 'begin', 60_000, 'fire-stands'],
  ['nor beside one that waits for its reset', '0 far=alarm; 1 far=normal', 'begin', 60_000, 'fire-stands'],
  ['nor beside one that waits for its delay', '0 slow=alarm', 'begin', 60_000, 'fire-stands'],
  ['nor beside one that is out of service', '0 take-out far; 1 far=alarm', 'begin', 60_000, 'fire-stands'],
  ['but beside another alarm', '0 gas=alarm', 'begin', 60_000, null],
  ['is not begun twice', '0 begin', 'begin', 60_000, 'already-under-test'],
  ['can be ended', '0 begin', 'end', 0, null],
  ['is not ended where there is none', '0 begin street', 'end', 0, 'not-under-test'],
  [
    'wants a point in service',
    '0 take-out a; 0 take-out b; 0 take-out slow; 0 take-out call',
    'begin',
    60_000,
    'nothing-to-test',
  ],
] as const)('a walk test %s', (_, story, to, forMs, refusal) => {
  const { state } = new WalkRig().play(story);
  expect(walkTestRefusal({ zone: hall, to, forMs, origin: 'panel' }, state, points.map(pointSubject))).toBe(refusal);
});

test('`gengfu status` says that it is under test, in both languages', () => {
  const services = [
    { subject: 'point:a', zh: '烟感', en: 'smoke', is: 'under-test', by: 'panel', untilWall: 0 },
  ] as const;
  const noChecks = { asked: 0, answered: 0, missed: 0, medianS: null };
  const status = {
    boot: 'b',
    order: 0,
    alarms: [],
    requests: [],
    paths: [],
    checks: { shift: { sinceWall: null, ...noChecks }, day: noChecks },
    services,
    exercise: null,
    saying: [],
    isSounding: false,
  };
  expect([describeStatus(status, 'zh'), describeStatus(status, 'en')]).toEqual([
    expect.stringContaining('测试中：烟感'),
    expect.stringContaining('under test: smoke'),
  ]);
});
