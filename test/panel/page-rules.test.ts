/** What the page decides by itself, without a browser: contact, precedence, sound, keys, steps. */
import { describe, expect, it } from 'vitest';
import { whyNot } from '../../gateway/panel/page/src/first/key-reasons.js';
import { byPrecedence } from '../../gateway/panel/page/src/first/precedence.js';
import { careNear, countOf, stepsFor } from '../../gateway/panel/page/src/first/steps.js';
import { alarmWords, whereWords } from '../../gateway/panel/page/src/first/where-words.js';
import {
  beginLive,
  hasSlept,
  type Live,
  type LiveInput,
  lostAfterMs,
  stepLive,
} from '../../gateway/panel/page/src/live/contact.js';
import { nothingSeen, type Place, type Seen, seenAfterMs, stepSeen } from '../../gateway/panel/page/src/live/seen.js';
import { localOfWall, wallOfLocal } from '../../gateway/panel/page/src/screens/history/site-time.js';
import { mayReload } from '../../gateway/panel/page/src/shell/update.js';
import { pauseOf } from '../../gateway/panel/page/src/sound/cadences.js';
import { isNightAt } from '../../gateway/panel/page/src/sound/night.js';
import { beginsAnew, type Heard, isRoundDue } from '../../gateway/panel/page/src/sound/rounds.js';
import { wantedSound } from '../../gateway/panel/page/src/sound/wanted.js';
import { agoParts } from '../../gateway/panel/page/src/words/ages.js';
import { isKnownZone, spokenIn } from '../../gateway/panel/page/src/words/use-words.js';
import { anAlarm, aSite, aState, beganWall, inAlarm, threeAlarms } from './page-village.js';

const heard: LiveInput = { is: 'beat', wall: beganWall, isWatchHeard: true };
const silent: LiveInput = { is: 'beat', wall: beganWall, isWatchHeard: false };
const whole: LiveInput = { is: 'state', state: aState() };
const patches: LiveInput = { is: 'patches', patches: [{ topic: 'alarms', key: 'smoke7', value: anAlarm({}) }] };
const opened: LiveInput = { is: 'opened' };
const tick: LiveInput = { is: 'tick' };
const slept: LiveInput = { is: 'slept' };

const at = (order: number, boot = 'b1'): Place => ({ boot, order });

/** Each input one second after the one before. */
function liveAfter(...inputs: readonly LiveInput[]): Live {
  return inputs.reduce((live, input, at) => stepLive(live, input, at * 1000), beginLive(0));
}

describe('contact with the gateway', () => {
  it.each<[string, readonly LiveInput[], Live['contact']]>([
    ['is there when the watch was heard and the state has come', [opened, heard, whole], 'live'],
    ['is not there with a state that no watch stands behind', [opened, whole], 'connecting'],
    ['is not there with a state of a silent watch', [opened, silent, whole], 'lost'],
    ['is lost when nothing was heard since the page was opened', [opened, tick, tick, tick, tick, tick], 'lost'],
    ['is lost when the beats end', [heard, whole, tick, tick, tick, tick, tick], 'lost'],
    ['is not lost by one beat that is late', [heard, whole, tick, tick, heard, tick, tick], 'live'],
    ['is lost at once when the panel says that its watch is silent', [heard, whole, silent], 'lost'],
    ['does not come back by time', [heard, whole, silent, tick, tick], 'lost'],
    ['comes back with a beat', [heard, whole, silent, heard], 'live'],
    ['comes back with patches', [heard, whole, silent, patches], 'live'],
    ['is not there again before what was missed has come', [heard, whole, silent, opened, heard], 'lost'],
    ['is there again when nothing was missed', [heard, whole, silent, opened, heard, heard], 'live'],
    ['is not there again by the first part of what was missed', [heard, whole, silent, opened, heard, patches], 'lost'],
    ['is there again by the beat behind it', [heard, whole, silent, opened, heard, patches, heard], 'live'],
    ['is there again with the first word of a watch that was silent', [opened, silent, whole, silent, patches], 'live'],
    ['is lost by a sleep, until all of it was told anew', [heard, whole, slept, opened, heard, patches], 'lost'],
    ['begins anew for somebody else', [heard, whole, { is: 'begin' }], 'connecting'],
  ])('%s', (_, inputs, contact) => {
    expect(liveAfter(...inputs).contact).toBe(contact);
  });

  it('knows a sleep by the wall clock that has gone on without the count of the browser', () => {
    const before = { wall: beganWall, mono: 1000 };
    expect(hasSlept(before, { wall: beganWall + 60_000, mono: 61_000 })).toBe(false);
    expect(hasSlept(before, { wall: beganWall - 3_600_000, mono: 1250 })).toBe(false);
    expect(hasSlept(before, { wall: beganWall + 8 * 3_600_000, mono: 1250 })).toBe(true);
  });

  it('takes what was missed into the state while it is of the past', () => {
    const live = liveAfter(heard, whole, silent, opened, heard, patches);
    expect([live.newsWall, Object.keys(live.state?.alarms ?? {})]).toEqual([beganWall, ['smoke7']]);
  });

  it('is told to be lost within five seconds', () => {
    const live = liveAfter(heard, whole);
    expect(lostAfterMs).toBeLessThan(5000);
    expect(stepLive(live, tick, live.newsMono + lostAfterMs).contact).toBe('lost');
  });

  it('keeps nothing of somebody who has signed out, and changes no state that was drawn', () => {
    const live = liveAfter(heard, whole);
    const next = stepLive(live, patches, 9000);
    expect(Object.keys(next.state?.alarms ?? {})).toEqual(['smoke7']);
    expect(live.state?.alarms).toEqual({});
    expect(stepLive(next, { is: 'begin' }, 9001).state).toBeNull();
  });

  it('does not grow over a week of patches', () => {
    let live = liveAfter(heard, whole);
    for (let at = 0; at < 2000; at += 1) {
      const value = at % 2 === 0 ? anAlarm({ subject: `s${at % 50}` }) : null;
      live = stepLive(live, { is: 'patches', patches: [{ topic: 'alarms', key: `s${at % 50}`, value }] }, at);
    }
    expect(Object.keys(live.state?.alarms ?? {}).length).toBeLessThanOrEqual(50);
  });
});

describe('the first screen', () => {
  it('lists by class, then by who was first', () => {
    const rows = { ...threeAlarms(), old: anAlarm({ subject: 'old', order: 0 }) };
    expect(byPrecedence(rows).map(({ subject }) => subject)).toEqual(['old', 'smoke7', 'call2', 'pump1']);
  });

  it.each([
    ['acknowledge', { isLive: false }, 'lost'],
    ['acknowledge', { level: 0 }, 'signIn'],
    ['acknowledge', { isBusy: true }, 'busy'],
    ['acknowledge', {}, null],
    ['silence', {}, null],
    ['reset', {}, 'level'],
    ['reset', { level: 2 }, null],
  ] as const)('says why %s can not be pressed: %j → %s', (ask, odd, reason) => {
    const state = inAlarm(aState(), threeAlarms());
    expect(whyNot(ask, { isLive: true, level: 1, isBusy: false, state, seenOrder: 6, ...odd })).toBe(reason);
  });

  it.each([
    ['acknowledge', 'nothingNew'],
    ['silence', 'quiet'],
    ['reset', 'nothing'],
  ] as const)('says why %s can not be pressed when all is well: %s', (ask, reason) => {
    expect(whyNot(ask, { isLive: true, level: 2, isBusy: false, state: aState(), seenOrder: 3 })).toBe(reason);
  });

  it.each([
    ['acknowledge', 5, null],
    ['acknowledge', 3, 'fresh'],
    ['silence', 4, null],
    ['silence', null, 'fresh'],
    ['reset', 2, 'fresh'],
  ] as const)('can not %s what nobody can have seen yet: seen to %s → %s', (ask, seenOrder, reason) => {
    const state = inAlarm(aState(), threeAlarms());
    expect(whyNot(ask, { isLive: true, level: 2, isBusy: false, state, seenOrder })).toBe(reason);
  });

  it.each<[string, readonly (readonly [number, Place | null])[], number | null]>([
    ['nothing at once', [[0, at(4)]], null],
    [
      'what stands for a second',
      [
        [0, at(4)],
        [1000, at(4)],
      ],
      4,
    ],
    [
      'not what came while the finger was on its way',
      [
        [0, at(4)],
        [1000, at(4)],
        [1960, at(7)],
        [2000, at(7)],
      ],
      4,
    ],
    [
      'each in its time while they go on coming',
      [
        [0, at(4)],
        [600, at(5)],
        [1200, at(6)],
        [1800, at(7)],
        [2300, at(8)],
      ],
      6,
    ],
    [
      'nothing of a hidden page',
      [
        [0, at(4)],
        [900, null],
        [1500, at(4)],
        [2400, at(4)],
      ],
      null,
    ],
    [
      'what was seen before it was hidden',
      [
        [0, at(4)],
        [1000, at(4)],
        [1100, null],
        [1200, at(5)],
      ],
      4,
    ],
    [
      'nothing of another start',
      [
        [0, at(4)],
        [1000, at(4)],
        [1100, at(9, 'b2')],
      ],
      null,
    ],
  ])('counts as seen %s', (_, looks, order) => {
    const far = looks.reduce<Seen>((seen, [mono, shown]) => stepSeen(seen, shown, mono), nothingSeen);
    expect(far.seen?.order ?? null).toBe(order);
    expect(seenAfterMs).toBe(1000);
  });

  it('shows the steps of the zone before those of everywhere, and what the alarm itself asks for when there are none', () => {
    expect(stepsFor(aSite(), anAlarm({}))).toHaveLength(3);
    expect(stepsFor(aSite(), anAlarm({ zone: 'east' }))).toHaveLength(1);
    const next = { zh: '查线路', en: 'check the line' };
    expect(stepsFor(aSite(), anAlarm({ class: 'warning', next }))).toEqual([next]);
    expect(careNear(aSite(), anAlarm({}))).toHaveLength(1);
    expect(careNear(aSite(), anAlarm({ zone: 'east', device: 'smoke9' }))).toEqual([]);
  });

  it('shows a household at the alarms of its zone, and of the devices beside it whatever zone they are in', () => {
    const place = { zh: '后山 3 号', en: '3 Hill' };
    const hill = { zone: null, place, households: 2, near: ['call2'] };
    const site = { ...aSite(), care: [...aSite().care, hill, { ...hill, zone: 'pump', near: ['smoke7', 'call2'] }] };
    const of = (odd: Parameters<typeof anAlarm>[0]) => careNear(site, anAlarm(odd)).map(({ zone }) => zone);
    expect(of({})).toEqual(['hall', 'pump']);
    expect(of({ zone: 'east', device: 'call2' })).toEqual([null, 'pump']);
    expect(of({ zone: null, device: 'call2' })).toEqual([null, 'pump']);
    expect(of({ zone: null, device: null })).toEqual([]);
    expect(countOf(careNear(site, anAlarm({ device: 'call2' })))).toBe(5);
  });

  it('says where it is by place, else by zone; what is a part of the gateway is at the gateway, and nothing is made up', () => {
    const zh = spokenIn('zh-CN', null);
    const of = (odd: Parameters<typeof anAlarm>[0]) => whereWords(anAlarm(odd), aSite(), zh);
    const nowhere = { place: null, zone: null, device: null, point: null };
    expect([of({}), of({ place: null }), of(nowhere), of({ ...nowhere, point: 'box/disk' })]).toEqual([
      ...['宗祠东厢', '宗祠', '网关', '网关'],
    ]);
    expect(of({ ...nowhere, subject: 'fault:line:east' })).toBe('线路');
    const pin = { ...nowhere, point: 'pin-3/contact' };
    expect([of({ ...nowhere, device: 'smoke7' }), of(pin)]).toEqual(['', '']);
    expect(alarmWords(anAlarm({}), aSite(), zh)).toBe('火警。宗祠东厢，7 号烟感。');
    expect(alarmWords(anAlarm(pin), aSite(), spokenIn('en', null))).toBe('FIRE. smoke detector 7.');
  });

  it('shows times of its own zone when it does not know the one of the site, and knows that', () => {
    for (const zone of ['Etc/Unknown', 'GMT-08:00?', 'CST-8', '']) {
      expect(isKnownZone(zone)).toBe(false);
      expect(spokenIn('zh-CN', zone).time(beganWall)).toBe(spokenIn('zh-CN', null).time(beganWall));
    }
    expect(localOfWall(wallOfLocal('2026-11-30T22:03', 'CST-8') ?? 0, 'CST-8')).toBe('2026-11-30T22:03');
    expect([isKnownZone('Asia/Shanghai'), spokenIn('en', 'Asia/Shanghai').time(beganWall)]).toEqual([true, '22:03:20']);
  });

  it.each<[string, Partial<Parameters<typeof mayReload>[0]>, boolean]>([
    ['when nobody loses anything', {}, true],
    ['not with an alarm on it', { live: { contact: 'live', state: inAlarm(aState(), threeAlarms()) } }, false],
    ['not with something typed', { typed: ['', '李大娘已接出'] }, false],
    ['not while an order is under way', { ordering: { busyKeys: ['reset'], busy: null, last: null } }, false],
    ['not when it would be mute', { neededTouch: true }, false],
    ['not when it might not come back', { live: { contact: 'lost', state: aState() } }, false],
  ])('is loaded again by itself after an update %s', (_, odd, may) => {
    const usual = { live: { contact: 'live', state: aState() }, typed: ['', ' '], neededTouch: false } as const;
    expect(mayReload({ ...usual, ordering: { busyKeys: [], busy: null, last: null }, ...odd })).toBe(may);
  });

  it('says an age in two units, and never a negative one', () => {
    expect(agoParts(-5)).toEqual({ unit: 'seconds', large: 0, small: 0 });
    expect(agoParts(80_000)).toEqual({ unit: 'minutes', large: 1, small: 20 });
    expect(agoParts(90_000_000)).toEqual({ unit: 'days', large: 1, small: 1 });
  });
});

describe('the sound of the page', () => {
  const showing = (state = aState()): Live => liveAfter(heard, { is: 'state', state });
  const check = { id: 'q', is: 'duty-check', by: 'x', sinceWall: 0, untilWall: 1, note: null } as const;
  const acknowledged = { by: 'panel:li', wall: beganWall };
  const silenced = anAlarm({ sounder: 'silenced' });
  const fault = anAlarm({ subject: 'line1', class: 'fault' });

  it.each([
    ['nothing when all is well', showing(), null],
    ['fire above all', showing({ ...inAlarm(aState(), { ...threeAlarms(), fault }), requests: { q: check } }), 'fire'],
    ['nothing when it was silenced', showing(inAlarm(aState(), { silenced })), null],
    ['fire until it is silenced', showing(inAlarm(aState(), { seen: anAlarm({ acknowledged }) })), 'fire'],
    ['a fault until it is acknowledged', showing(inAlarm(aState(), { fault: { ...fault, acknowledged } })), null],
    ['the highest that is not silenced', showing(inAlarm(aState(), { silenced, fault })), 'fault'],
    [
      'the duty check before a fault',
      showing({ ...inAlarm(aState(), { fault }), requests: { q: check } }),
      'duty-check',
    ],
    ['that contact is lost, and no old alarm', stepLive(showing(inAlarm(aState(), threeAlarms())), silent, 2), 'lost'],
  ])('is %s', (_, live, sound) => {
    expect(wantedSound(live)?.sound ?? null).toBe(sound);
  });

  it('begins anew with another alarm of the class, and never keeps a fire back', () => {
    const one = wantedSound(showing(inAlarm(aState(), { smoke7: anAlarm({}) })));
    const two = wantedSound(showing(inAlarm(aState(), threeAlarms())));
    expect([one?.cause, two?.cause, two?.alarm?.subject]).toEqual(['e-b1-9', 'e-b1-11', 'smoke7']);
    const night: Heard = { wanted: one, isNight: true };
    expect(beginsAnew(night, { ...night, isNight: false })).toBe(true);
    expect(beginsAnew({ ...night, isNight: false }, night)).toBe(false);
    for (const sound of ['fire', 'warning', 'duty-check', 'lost'] as const) {
      expect(pauseOf(sound, true)).toBe(pauseOf(sound, false));
      expect(pauseOf(sound, true)).toBeLessThan(60_000);
    }
  });

  it.each([
    [
      'over midnight',
      { fromMinute: 21 * 60 + 30, toMinute: 6 * 60 + 15 },
      '21:29 06:15 12:00',
      '21:30 23:59 00:00 06:14',
    ],
    ['within a day', { fromMinute: 60, toMinute: 300 }, '00:59 05:00 23:00', '01:00 04:59'],
    ['never', null, '00:00 03:00 22:00', ''],
  ])('has its night by the site file, to the minute: %s', (_, night, byDay, atNight) => {
    const of = (times: string) => times.split(' ').filter((time) => time !== '');
    expect(of(byDay).filter((time) => isNightAt(`${time}:30`, night))).toEqual([]);
    expect(of(atNight).filter((time) => !isNightAt(`${time}:30`, night))).toEqual([]);
  });

  it.each([
    ['fault', 21, [21, 22, 7, 8]],
    ['fault', 23, [23, 7, 8]],
    ['technical', 21, [21, 7]],
    ['technical', 23, [7]],
    ['supervisory', 23, [23, 0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ] as const)('lets people sleep, and says in the morning what it kept back: %s of %i h', (sound, from, hours) => {
    const wanted = wantedSound(showing(inAlarm(aState(), { fault: { ...fault, class: sound } })));
    let before: Heard = { wanted: null, isNight: false };
    let ended: number | null = null;
    const heard: number[] = [];
    for (let hour = from; hour <= 24 + 8; hour += 1) {
      const isNight = isNightAt(`${hour % 24}:00:00`, { fromMinute: 23 * 60, toMinute: 7 * 60 });
      const pause = pauseOf(sound, isNight);
      const now: Heard = { wanted: pause === 'never' ? null : wanted, isNight };
      if (beginsAnew(before, now)) ended = null;
      before = now;
      if (!isRoundDue(pause, ended === null ? null : (hour - ended) * 3_600_000)) continue;
      heard.push(hour % 24);
      ended = hour;
    }
    expect(heard).toEqual(hours);
  });
});
