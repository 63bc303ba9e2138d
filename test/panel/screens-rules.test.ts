/** What the further screens decide by themselves, without a browser. */
import { describe, expect, it } from 'vitest';
import { entryKinds } from '../../config/vocabulary.js';
import type { HistoryEntry } from '../../gateway/panel/api/history.js';
import type { MapPlan } from '../../gateway/panel/api/map.js';
import type { SiteInfo } from '../../gateway/panel/api/site.js';
import type { Incident, PanelState, PointValue } from '../../gateway/panel/api/state.js';
import { checksOf } from '../../gateway/panel/page/src/screens/duty/checks.js';
import { openItems } from '../../gateway/panel/page/src/screens/duty/open-items.js';
import { lastWalkTest } from '../../gateway/panel/page/src/screens/duty/walk-test.js';
import { boxFactsOf, calmName } from '../../gateway/panel/page/src/screens/health/box-facts.js';
import { devicesHealth, intactOf } from '../../gateway/panel/page/src/screens/health/intact.js';
import {
  emptyForm,
  formOf,
  type HistoryForm,
  queryOf,
  soughtBy,
} from '../../gateway/panel/page/src/screens/history/history-form.js';
import { groups } from '../../gateway/panel/page/src/screens/history/kind-groups.js';
import { Lines } from '../../gateway/panel/page/src/screens/history/lines.js';
import { localOfWall, wallOfLocal } from '../../gateway/panel/page/src/screens/history/site-time.js';
import { timelineOf } from '../../gateway/panel/page/src/screens/incident/timeline.js';
import { isBehind } from '../../gateway/panel/page/src/screens/map/doors.js';
import { fitted, photoOf, pinOf, whereOf, withPhoto } from '../../gateway/panel/page/src/screens/map/photos.js';
import {
  imageName,
  type Plan,
  pinStanding,
  placeablesOf,
  placed,
  removed,
} from '../../gateway/panel/page/src/screens/map/pins.js';
import { mayPress } from '../../gateway/panel/page/src/screens/parts/key-level.js';
import { originWords } from '../../gateway/panel/page/src/screens/parts/origins.js';
import { speakerZones, turned } from '../../gateway/panel/page/src/screens/voice/speaker-zones.js';
import { fillOf, groupsOf, standingOf } from '../../gateway/panel/page/src/screens/water/gauges.js';
import { type Buckets, seriesOf, summaryOf, tableOf } from '../../gateway/panel/page/src/screens/water/trend-series.js';
import { type Values, type WordKey, wordOf } from '../../gateway/panel/page/src/words/words.js';
import { aHousehold, anAlarm, aSite, aState, beganWall, inAlarm } from './page-village.js';
import { anEntry, aPoint, aTown } from './screens-town.js';

const both = (zh: string, en = zh) => ({ zh, en });

function withPoints(
  points: Readonly<Record<string, number | string | null>>,
  odd: Partial<PanelState> = {},
): PanelState {
  const values = Object.entries(points).map(([id, value]): [string, PointValue] => [
    id,
    { id, value, quality: value === null ? 'bad' : 'good', reason: value === null ? 'silent' : null, wall: beganWall },
  ]);
  return { ...aState(), points: Object.fromEntries(values), ...odd };
}

describe('the history', () => {
  it('reads times in the zone of the site, also across a change of its clocks', () => {
    expect(wallOfLocal('2026-11-30T22:03', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 30, 14, 3));
    expect(wallOfLocal('2026-03-29T01:59', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 0, 59));
    expect(wallOfLocal('2026-03-29T03:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 0));
    expect(wallOfLocal('yesterday', 'Asia/Shanghai')).toBeNull();
    expect(localOfWall(Date.UTC(2026, 10, 30, 14, 3), 'Asia/Shanghai')).toBe('2026-11-30T22:03');
  });

  it('asks for what was filled in and nothing else, and for the whole of the last minute', () => {
    const chosen = { ...emptyForm, span: 'chosen', from: '2026-11-30T22:03', to: '2026-11-30T22:03' } as const;
    const { filter, text } = soughtBy({ ...chosen, zone: 'hall', text: ' smoke ' }, beganWall, 'Asia/Shanghai');
    expect(filter).toMatchObject({ zones: ['hall'], devices: [], classes: [], alarm: null });
    expect((filter.toWall ?? 0) - (filter.fromWall ?? 0)).toBe(59_999);
    expect(text).toBe('smoke');
    expect(soughtBy({ ...emptyForm, span: 'day' }, beganWall, null).filter.fromWall).toBe(beganWall - 86_400_000);
    expect(soughtBy(emptyForm, beganWall, null)).toMatchObject({
      filter: { fromWall: null, toWall: null },
      text: null,
    });
  });

  it('asks by groups of kinds or by one, and finds all of it again in the address', () => {
    const kinds = (kind: string) => soughtBy({ ...emptyForm, kind }, beganWall, null).filter.kinds;
    expect(kinds('users')).toEqual(entryKinds.filter((each) => each.startsWith('user.')));
    expect(groups.flatMap(kinds).sort()).toEqual([...entryKinds].sort());
    expect([kinds('alarm.reset'), kinds(''), kinds('toString')]).toEqual([['alarm.reset'], [], []]);
    const form: HistoryForm = {
      ...{ span: 'chosen', from: '2026-11-30T22:03', to: '2026-11-30T23:03', classes: ['fire', 'fault'] },
      ...{ zone: 'hall', device: 'smoke-1', kind: 'alarms', alarm: 'e-1', text: '12 号', isFree: true },
    };
    expect(formOf(new URLSearchParams(queryOf(form)))).toEqual(form);
    expect(queryOf(emptyForm)).toEqual({});
    expect(formOf(new URLSearchParams('kind=nonsense&span=ever'))).toEqual(emptyForm);
  });

  it('reads lines however they are cut, passes over what is none, and keeps no endless one', () => {
    const lines = new Lines<{ n: number }>();
    expect(lines.take('{"n":1}\n{"n"')).toEqual([{ n: 1 }]);
    expect(lines.take(':2}\nnonsense\n\n{"n":3}')).toEqual([{ n: 2 }]);
    expect(lines.end()).toEqual([{ n: 3 }]);
    expect(lines.end()).toEqual([]);
    expect(lines.take('x'.repeat(1_000_001))).toEqual([]);
    expect(lines.take('\n{"n":4}\n')).toEqual([{ n: 4 }]);
  });
});

describe('trends', () => {
  const gap = [3000, null, null, null] as const;
  const buckets: Buckets = [[1000, 1, 9, 2], [2000, 3, 4, 4], [...gap], [4000, null, null, null], [5000, 0, 1, 1]];

  it('are drawn with gaps as gaps', () => {
    expect(seriesOf(buckets)).toMatchObject({ seconds: [1, 2, 3, 4, 5], largest: [9, 4, null, null, 1] });
  });

  it('are thinned for the table without losing a peak or hiding a gap', () => {
    expect(tableOf(buckets, 3)).toEqual([
      { fromWall: 5000, least: 0, largest: 1, last: 1 },
      { fromWall: 3000, least: null, largest: null, last: null },
      { fromWall: 1000, least: 1, largest: 9, last: 4 },
    ]);
    expect(summaryOf(buckets)).toEqual({ least: 0, largest: 9, gaps: 2 });
    expect(summaryOf([[...gap]])).toBeNull();
    expect(tableOf([], 24)).toEqual([]);
  });
});

describe('water and power', () => {
  const { points } = aTown();
  const tank = points.find(({ id }) => id === 'pool/level') ?? aPoint({});

  it('groups what the site measures, each point once', () => {
    const groups = groupsOf(points);
    const ids = Object.values(groups).map((list: SiteInfo['points']) => list.map(({ id }) => id));
    expect(ids).toEqual([
      ['pool/level'],
      ['main/pressure'],
      ['pump/running'],
      ['breaker/residual'],
      ['breaker/voltage'],
    ]);
  });

  it('draws a tank as high as its device says, and never a level that was not read', () => {
    const fill = fillOf(tank, withPoints({ 'pool/level': 2, 'pool/full_scale': 5 }).points);
    expect(fill).toEqual({ level: 0.4, reserve: 0.1, overflow: 0.8, top: 5 });
    expect(fillOf(tank, withPoints({ 'pool/level': 6, 'pool/full_scale': 5 }).points)?.level).toBeLessThan(1);
    expect(fillOf(tank, withPoints({ 'pool/level': null }).points)).toBeNull();
    expect(fillOf(tank, {})).toBeNull();
  });

  it('never calls normal what can not be read', () => {
    const low = anAlarm({ class: 'supervisory', point: 'pool/level' });
    expect(standingOf('pool/level', withPoints({ 'pool/level': null }))).toBe('unknown');
    expect(standingOf('pool/level', withPoints({}))).toBe('unknown');
    expect(standingOf('pool/level', withPoints({ 'pool/level': 1 }))).toBe('normal');
    expect(standingOf('pool/level', withPoints({ 'pool/level': null }, { alarms: { low } }))).toBe('supervisory');
  });
});

describe('the health of the devices', () => {
  const town = aTown();
  const fault = anAlarm({ subject: 'fault:unit:smoke-2', class: 'fault', device: 'smoke-2', raisedWall: 5 });

  it('counts as intact only what can be read and has no fault, and is never rounded up to all', () => {
    const values = { 'smoke-1/smoke': 'normal', 'smoke-2/smoke': 'normal', 'pool/level': 2, 'relay/bus_quality': 100 };
    const health = devicesHealth(town, withPoints(values, { alarms: { fault } }));
    expect(health.map(({ device, is }) => `${device.id} ${is}`)).toEqual([
      'smoke-1 intact',
      'smoke-2 faulty',
      'pool intact',
      'relay intact',
    ]);
    expect(intactOf(health)).toEqual({ percent: 75, intact: 3, faulty: 1, unknown: 0, sinceWall: 5 });
    const many = Array.from({ length: 999 }, () => health[0])
      .concat(health[1])
      .filter((each) => each !== undefined);
    expect(intactOf(many).percent).toBe(99);
  });

  it('knows of no percentage before anything was read', () => {
    expect(intactOf(devicesHealth(town, aState()))).toMatchObject({ percent: null, unknown: 4 });
    expect(intactOf(devicesHealth(town, withPoints({ 'smoke-1/smoke': null })))).toMatchObject({
      percent: 0,
      faulty: 1,
    });
  });

  it('takes out of the facts of the box only what is there', () => {
    expect(boxFactsOf({ card: null, data: 'x', journal: 3 })).toEqual({ oldestWall: null, cardMb: null, dataUse: [] });
    const card = { deviceBytesPerDay: 2e6, processBytesPerDay: 1, budgetBytes: 4e6 };
    expect(boxFactsOf({ card }).cardMb).toEqual({ perDay: 2, budget: 4 });
    // "Clock can not be trusted: trusted" is nothing that anybody understands.
    expect(['box.clock', 'mains.lost', 'box.supply', 'box.disk'].map(calmName)).toEqual([
      ...['health.boxClock', 'health.boxMains', 'health.boxVoltage', null],
    ]);
  });
});

describe('duty', () => {
  it('hands over alarms by class and age, calls, and causes that nobody told', () => {
    const incident = (id: string, odd: Partial<Incident>): Incident => ({
      ...{
        id,
        kind: 'alarm',
        name: both(id),
        place: null,
        zone: null,
        beganWall,
        verdict: null,
        isClosed: false,
        notes: [],
      },
      ...odd,
    });
    const state = inAlarm(aState(), {
      a: anAlarm({ subject: 'a', class: 'fault', alarm: 'e-1' }),
      b: anAlarm({ subject: 'b', alarm: 'e-2' }),
    });
    const incidents = {
      'e-2': incident('e-2', {}),
      'e-3': incident('e-3', {}),
      'e-4': incident('e-4', { verdict: 'cooking' }),
      c: incident('c', { kind: 'call' }),
      d: incident('d', { kind: 'call', isClosed: true }),
    };
    const items = openItems({ ...state, incidents }).map(({ kind, id }) => `${kind} ${id}`);
    expect(items).toEqual(['alarm b', 'alarm a', 'verdict e-3', 'call c']);
  });

  it('counts the duty checks of a shift, and says who answered the last one', () => {
    const asked = (at: number, command: string) =>
      anEntry({ kind: 'duty.asked', wall: at, detail: { command, withinS: 60 } });
    const answered = (at: number, command: string, origin: string) =>
      anEntry({ kind: 'duty.answered', wall: at, origin, detail: { command, afterS: 12 } });
    const entries = [
      ...[asked(400_000, 'c4'), answered(212_000, 'c2', 'key:desk/ok'), answered(12_000, 'c1', 'panel:li')],
      ...[asked(300_000, 'c3'), asked(200_000, 'c2'), asked(0, 'c1')],
    ];
    expect(checksOf(entries, 401_000)).toEqual({
      ...{ asked: 4, answered: 2, missed: 1, medianS: 12 },
      last: { by: 'key:desk/ok', wall: 212_000, afterS: 12 },
    });
    expect(checksOf([], 0)).toEqual({ asked: 0, answered: 0, missed: 0, medianS: null, last: null });
  });

  it('takes at the box, where nobody has signed in, what can not wait, and nothing else', () => {
    const box = { level: 1, isOwnScreen: true, user: null } as const;
    const phone = { ...box, isOwnScreen: false } as const;
    expect(mayPress({ ...box, user: 'li' }, 2, true)).toBe(false);
    expect([mayPress(box, 2, true), mayPress(box, 2, false), mayPress(phone, 2, true)]).toEqual([true, false, false]);
    expect([mayPress({ ...phone, level: 2 }, 2, false), mayPress(null, 1, true)]).toEqual([true, false]);
  });

  it('names whoever did something as people do', () => {
    const site = { ...aTown(), points: [aPoint({ id: 'desk/ok', name: both('值班按钮', 'desk button') })] };
    const spoken = {
      t: (key: WordKey, values: Values = {}) => wordOf('zh-CN', key, values),
      say: (words: { readonly zh: string } | null | undefined) => words?.zh ?? '',
    };
    const named = [
      'panel',
      'panel:li',
      'key:desk/ok',
      'key:gone',
      'centre:district',
      'uplink:district',
      'centre',
      'cli:wang',
      'x:y',
    ];
    expect(named.map((origin) => originWords(origin, spoken, site))).toEqual([
      ...[
        '值班屏',
        'li',
        '按钮 值班按钮',
        '按钮 gone',
        '县消防指挥中心',
        '县消防指挥中心',
        '上级平台',
        'wang（命令行）',
        'x:y',
      ],
    ]);
  });

  it('tells of the last walk test which detectors were seen, and not of the one before', () => {
    const seen = (at: number, point: string): HistoryEntry =>
      anEntry({ kind: 'walk_test.seen', subject: `point:${point}`, wall: at });
    const begun = anEntry({ kind: 'walk_test.begun', wall: 10, origin: 'panel:li', detail: { points: ['p1', 'p2'] } });
    const test = lastWalkTest([seen(13, 'p1'), seen(12, 'p1'), begun, seen(5, 'p2')]);
    expect(test).toMatchObject({ beganWall: 10, endedWall: null, points: ['p1', 'p2'] });
    expect([...(test?.seen ?? [])]).toEqual([['p1', 12]]);
    expect(lastWalkTest([seen(5, 'p2')])).toBeNull();
  });
});

describe('an incident', () => {
  const note = (wall: number, text: string) => ({ wall, by: 'panel:li', what: 'note' as const, text });
  const incident: Incident = {
    ...{
      id: 'e-1',
      kind: 'alarm',
      name: both('x'),
      place: null,
      zone: null,
      beganWall,
      verdict: null,
      isClosed: false,
    },
    notes: [note(3000, 'pan on fire'), note(9000, 'water off')],
  };

  it('is told in order, and a note that the journal has is told once', () => {
    const entries = [
      anEntry({ id: 'e-2', kind: 'alarm.acknowledged', wall: 2000 }),
      anEntry({ id: 'e-3', wall: 3100, kind: 'incident.noted', words: both('note: pan on fire') }),
      anEntry({ id: 'e-1', wall: 1000 }),
    ];
    const told = timelineOf(entries, null, incident).map(({ key, kind }) => `${kind} ${key}`);
    expect(told).toEqual([
      ...['alarm.raised e-1', 'alarm.acknowledged e-2', 'incident.noted e-3', 'incident.noted note 0'],
    ]);
  });

  it('is told from what is live while the journal can not be read', () => {
    const row = anAlarm({ alarm: 'e-1', raisedWall: 1000, acknowledged: { by: 'panel', wall: 2000 } });
    const told = timelineOf(null, row, incident).map(({ kind }) => kind);
    expect(told).toEqual(['alarm.raised', 'alarm.acknowledged', 'incident.noted', 'incident.noted']);
  });
});

describe('loudspeakers', () => {
  it('are chosen zone by zone where a zone has several, and one by one', () => {
    const zones = ['hall', 'street', 'pool'].map((id) => ({ id, name: both(id, id) }));
    const speaker = (id: string, zone: string | null) => ({ id, name: both(id, id), zone });
    const speakers = [speaker('a', 'hall'), speaker('b', 'street'), speaker('c', 'hall'), speaker('d', null)];
    expect(speakerZones({ zones, speakers }).map((each) => [each.zone.id, each.speakers])).toEqual([
      ['hall', ['a', 'c']],
    ]);
    expect(turned(['b', 'c'], ['a', 'c'])).toEqual(['b', 'a', 'c']);
    expect(turned(['b', 'a', 'c'], ['a', 'c'])).toEqual(['b']);
  });
});

describe('the map', () => {
  const plan: Plan = { id: 'p', name: both('p'), image: 'a.png', aspect: 1, pins: [] };

  it('has each thing once, and never beside the picture', () => {
    const thing = { of: 'smoke-1', kind: 'device' } as const;
    const twice = placed(placed(plan, thing, 0.2, 0.2), thing, 1.4, -3);
    expect(twice.pins).toEqual([{ ...thing, x: 1, y: 0 }]);
    expect(removed(twice, thing).pins).toEqual([]);
  });

  it('shows the worst of a thing, and what can not be seen as unknown', () => {
    const thing = { of: 'smoke-1', kind: 'device' } as const;
    const rows = { a: anAlarm({ device: 'smoke-1', class: 'fault' }), b: anAlarm({ device: 'smoke-1' }) };
    expect(pinStanding(thing, aTown(), withPoints({}, { alarms: rows }))).toBe('fire');
    expect(pinStanding(thing, aTown(), withPoints({ 'smoke-1/smoke': null }))).toBe('unknown');
    expect(pinStanding(thing, aTown(), withPoints({ 'smoke-1/smoke': 'normal' }))).toBe('normal');
    expect(pinStanding({ of: 'x', kind: 'speaker' }, aSite(), aState())).toBe('normal');
  });

  it('has doors of those who need help, without a word of who they are, and shows which are near a fire', () => {
    const site = { ...aTown(), care: [...aSite().care, { zone: 'hall', place: null, households: 2, near: [] }] };
    const doors = placeablesOf(site).filter(({ kind }) => kind === 'household');
    expect(doors).toMatchObject([{ of: 'hall/东巷 12 号', zone: 'hall', name: { zh: '需帮扶 1 户' } }]);
    const of = { of: 'hall/东巷 12 号', kind: 'household' } as const;
    const behind = [aHousehold(), { ...aHousehold(), zone: 'east' }].map(
      (each) => site.care.filter((door) => isBehind(each, door)).length,
    );
    expect(behind).toEqual([1, 0]);
    expect(pinStanding(of, site, aState())).toBe('normal');
    expect(pinStanding(of, site, inAlarm(aState(), { a: anAlarm({}) }))).toBe('fire');
    const elsewhere = { zone: 'east', device: 'smoke-9' };
    expect(pinStanding(of, site, inAlarm(aState(), { a: anAlarm(elsewhere) }))).toBe('normal');
    expect(pinStanding(of, site, inAlarm(aState(), { a: anAlarm({ ...elsewhere, device: 'smoke7' }) }))).toBe('fire');
    expect(pinStanding(of, site, inAlarm(aState(), { a: anAlarm({ class: 'fault' }) }))).toBe('normal');
  });

  it('has a photo for each device, or for its zone, and knows where something stands', () => {
    const device = { of: 'smoke-1', kind: 'device' } as const;
    const photos = withPhoto(withPhoto([], { of: 'hall', kind: 'zone' }, 'hall.jpg'), device, 'a.jpg');
    const map: MapPlan = {
      plans: [placed(plan, device, 0.2, 0.2)],
      photos: [...withPhoto(photos, device, 'b.jpg')],
      revision: 1,
    };
    const where = (id: string) => whereOf(`point:${id}/smoke`, 'hall', aTown().points);
    expect([photoOf(map, where('smoke-1')), photoOf(map, where('smoke-2'))]).toEqual(['b.jpg', 'hall.jpg']);
    expect([photoOf(map, { device: null, zone: null }), photoOf(null, where('smoke-1'))]).toEqual([null, null]);
    expect(withPhoto(map.photos, device, null)).toHaveLength(1);
    expect([pinOf(map, where('smoke-1')), pinOf(map, where('smoke-2'))]).toEqual([device, null]);
    expect(pinOf({ ...map, plans: [{ ...placed(plan, device, 0, 0), image: null }] }, where('smoke-1'))).toBeNull();
    expect([fitted(4000, 3000, 1280), fitted(600, 800, 1280)]).toEqual([
      [1280, 960],
      [600, 800],
    ]);
  });

  it('gives images names that the gateway takes', () => {
    expect(imageName('image/jpeg', '../村图 Nord.JPG')).toBe('nord-jpg.jpg');
    expect(imageName('image/png', '村图')).toBe('plan.png');
    expect(imageName('image/svg+xml', 'a')).toBeNull();
  });
});
