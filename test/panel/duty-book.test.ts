/** The duty book: incidents, calls, shifts; what is refused, what is kept, and what leaves. */
import { Buffer } from 'node:buffer';
import { describe, expect, it, test } from 'vitest';
import { fresh } from '../../gateway/alarm/facets.js';
import { incidentsMax, incidentsMaxBytes, notesMax } from '../../gateway/duty/incident-list.js';
import type { DutyOrder } from '../../gateway/panel/api/orders.js';
import { incident as incidentShape, panelState } from '../../gateway/panel/api/state.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { laneOf } from '../../sync/journal/entry.js';
import { tellAll } from '../../sync/tell-filter.js';
import { DutyRig } from './duty-rig.js';

const hourMs = 3_600_000;
const note = (incident: string, text = '冒烟'): DutyOrder => ({ ask: 'note', incident, text });
const call: DutyOrder = { ask: 'call', place: '老街 12 号', zone: 'hall', what: '有人打电话说冒烟' };
const shift: DutyOrder = { ask: 'shift', person: '李四', note: '钥匙在抽屉', sinceWall: null };

describe('an incident', () => {
  it('begins with a fire or warning, by the name of its alarm, and with nothing else', () => {
    const rig = new DutyRig();
    for (const each of ['fire', 'warning', 'supervisory', 'fault', 'technical'] as const) rig.raise(each, each);
    expect(Object.keys(rig.book.incidents)).toEqual(['fire', 'warning']);
    rig.raise('a1', 'fire', 'point:smoke');
    expect(rig.incident('a1')).toMatchObject({ name: { zh: 'a1 号', en: 'no. a1' }, zone: 'hall' });
    expect(rig.patches.at(-1)).toEqual({ topic: 'incidents', key: 'a1', value: rig.incident('a1') });
  });

  it('takes notes, who arrived and what it was, each with a name, as entries of the alarm', () => {
    const rig = new DutyRig();
    rig.raise('a1');
    rig.take(note('a1'), 'panel', 1);
    rig.take({ ask: 'arrived', incident: 'a1', who: '张三' });
    rig.take({ ask: 'verdict', incident: 'a1', verdict: 'unknown' });
    rig.take({ ask: 'verdict', incident: 'a1', verdict: 'cooking' }, 'panel:li');
    rig.reset('a1');
    const shown = rig.incident('a1');
    expect(shown).toMatchObject({ verdict: 'cooking', isClosed: true });
    expect(shown?.notes.map(({ what, by, text }) => `${what} ${by} ${text}`)).toEqual([
      'note panel 冒烟',
      'arrived panel:wang 张三',
      'verdict panel:li cooking',
      'closed panel:li ',
    ]);
    expect(rig.drafts.every(({ alarm, class: alarmClass }) => alarm === 'a1' && alarmClass === 'fire')).toBe(true);
    expect(incidentShape.parse(shown)).toEqual(shown);
  });

  it('is closed by hand or on its own, and leaves a day after that, whatever the wall clock does', async () => {
    const rig = new DutyRig();
    rig.raise('a1');
    rig.raise('a2');
    rig.set('point:a2', null);
    await rig.clock.advance(61_000);
    expect([rig.incident('a1')?.isClosed, rig.incident('a2')?.isClosed]).toEqual([false, true]);
    rig.clock.stepWall(48 * hourMs);
    await rig.clock.advance(24 * hourMs - 60_000);
    expect(rig.incident('a2')).not.toBeNull();
    await rig.clock.advance(120_000);
    expect([rig.incident('a1')?.isClosed, rig.incident('a2')]).toEqual([false, null]);
    expect(rig.patches.at(-1)).toEqual({ topic: 'incidents', key: 'a2', value: null });
  });

  it('is opened again when its alarm was only out of sight', async () => {
    const rig = new DutyRig();
    rig.raise('a1');
    const facets = rig.alarms.subjects.get('point:a1') ?? null;
    rig.set('point:a1', null);
    await rig.clock.advance(60_000);
    rig.set('point:a1', facets);
    await rig.clock.advance(60_000);
    expect(rig.incident('a1')).toMatchObject({ isClosed: false, notes: [] });
  });

  it('has a limit of notes, and says so; what it was can still be said', () => {
    const rig = new DutyRig();
    rig.raise('a1');
    const answers = Array.from({ length: notesMax + 1 }, () => rig.take(note('a1')));
    expect(answers.map(({ reason }) => reason).lastIndexOf(null)).toBe(notesMax - 1);
    expect(answers.at(-1)).toMatchObject({ accepted: false, reason: 'too-many-notes' });
    expect(rig.take({ ask: 'verdict', incident: 'a1', verdict: 'insects' }).accepted).toBe(true);
  });
});

describe('more incidents than are kept', () => {
  it('closed ones leave first, the oldest of them, and that is said once for all of them', async () => {
    const rig = new DutyRig();
    for (const id of ['old', 'closed-1', 'closed-2']) {
      rig.raise(id);
      await rig.clock.advance(1_000);
    }
    rig.reset('closed-1');
    rig.reset('closed-2');
    for (let nr = 0; nr < incidentsMax - 1; nr++) rig.raise(`n${nr}`);
    await rig.clock.advance(10_000);
    expect(Object.keys(rig.book.incidents)).toHaveLength(incidentsMax);
    expect([rig.incident('old'), rig.incident('closed-1'), rig.incident('closed-2')]).toMatchObject([{}, null, null]);
    expect(rig.drafts.map(({ detail }) => detail)).toEqual([{ reason: 'full', dropped: 2 }]);
  });

  it('while all are open, what people have said stays, and nothing is begun and thrown away again and again', async () => {
    const rig = new DutyRig();
    for (let nr = 0; nr < 45; nr++) {
      rig.raise(`f${nr}`);
      await rig.clock.advance(1_000);
    }
    rig.take(note('f0'));
    rig.take({ ask: 'arrived', incident: 'f0', who: '张三' });
    for (let nr = 45; nr < 60; nr++) {
      rig.raise(`f${nr}`);
      await rig.clock.advance(1_000);
    }
    await rig.clock.advance(10_000);
    const told = rig.drafts.length;
    const shown = Object.keys(rig.book.incidents);
    await rig.clock.advance(hourMs);
    expect([Object.keys(rig.book.incidents), rig.drafts.length]).toEqual([shown, told]);
    expect(rig.incident('f0')?.notes).toHaveLength(2);
    const dropped = rig.drafts.flatMap(({ detail }) => (detail['reason'] === 'full' ? [detail['dropped']] : []));
    expect(dropped.reduce<number>((sum, each) => sum + Number(each), 0)).toBe(10);
    // A call is somebody's word from the beginning: a fire that nobody has said anything about leaves for it.
    const { warnings } = rig.take(call);
    expect([rig.incident('f49'), rig.incident('f0')?.notes.length, warnings.length]).toEqual([null, 2, 1]);
    rig.reset('f0');
    await rig.clock.advance(61_000);
    expect(Object.values(rig.book.incidents).filter(({ isClosed }) => !isClosed)).toHaveLength(incidentsMax);
  });

  it('or more bytes: what is saved stays within its limit, and whoever wrote the last straw is told', async () => {
    const rig = new DutyRig();
    const long = '烟'.repeat(500);
    const warnings: string[] = [];
    for (const id of ['a', 'b', 'c', 'd']) {
      rig.raise(id);
      for (let nr = 0; nr < notesMax; nr++) warnings.push(...rig.take(note(id, long)).warnings.map(({ en }) => en));
    }
    const saved = rig.marks.get('duty')?.detail ?? '';
    expect(Buffer.byteLength(saved)).toBeLessThan(incidentsMaxBytes + 1_000);
    expect(Object.keys(rig.book.incidents)).toEqual(['a', 'b', 'c', 'd']);
    expect(Object.values(rig.book.incidents).filter(({ notes }) => notes.length < 5)).toEqual([]);
    expect(warnings.at(-1)).toContain('the notes are too long in all: 1 earlier');
    await rig.clock.advance(hourMs);
    expect(rig.drafts).toHaveLength(4 * notesMax);
  });
});

describe('a call by phone', () => {
  it('is an entry of class fire in the fire lane, belongs to no alarm, and is closed by hand', () => {
    const rig = new DutyRig();
    expect(rig.take(call, 'panel', 1).accepted).toBe(true);
    const [id = ''] = Object.keys(rig.book.incidents);
    expect(rig.incident(id)).toMatchObject({ kind: 'call', place: '老街 12 号', zone: 'hall', isClosed: false });
    expect(rig.take({ ask: 'close-call', incident: id }, 'panel', 1).accepted).toBe(true);
    expect(rig.incident(id)?.isClosed).toBe(true);
    expect(rig.take({ ask: 'close-call', incident: id }).reason).toBe('no-call');
    expect(rig.told).toEqual(['call.reported panel', 'call.closed panel']);
    for (const draft of rig.drafts) {
      expect(draft).toMatchObject({ class: 'fire', alarm: null, zone: 'hall', detail: { call: id } });
      expect(laneOf(draft)).toBe('fire');
    }
  });

  it('has an id of its own, also when two come in the same moment or after a restart', () => {
    const rig = new DutyRig();
    for (let nr = 0; nr < 3; nr++) rig.take(call);
    const next = rig.restarted();
    next.take(call);
    expect(Object.keys(next.book.incidents)).toHaveLength(4);
  });

  it('is said to be written down when it is, and to be reported only where a centre hears of calls', () => {
    const rig = new DutyRig();
    expect(rig.take(call).words).toEqual({
      ...{ zh: '已记下，待上报平台', en: 'written down; it waits to be reported to the centres' },
    });
    rig.site = { ...rig.site, uplinks: [{ tell: { ...tellAll, classes: ['fault'] } }] };
    expect(rig.take(call).words.zh).toBe('已记下；没有接收这类报告的平台');
    rig.site = { ...rig.site, uplinks: [] };
    expect(rig.take(call).words.zh).toBe('已记下；没有接收这类报告的平台');
  });

  it('or anything else that the journal does not take is refused in words, and nowhere to be seen', async () => {
    const rig = new DutyRig();
    rig.raise('a1');
    await rig.clock.advance(10_000);
    const before = [rig.book.incidents, rig.book.shift, rig.patches.length];
    rig.isTaking = false;
    for (const each of [call, note('a1'), shift]) {
      expect(rig.take(each)).toMatchObject({ accepted: false, reason: 'not-recorded' });
    }
    expect([rig.book.incidents, rig.book.shift, rig.patches.length]).toEqual(before);
    rig.isTaking = true;
    expect(rig.take(note('a1')).accepted).toBe(true);
    expect(rig.incident('a1')?.notes).toHaveLength(1);
  });

  it('is refused when too many are open', () => {
    const rig = new DutyRig();
    const reasons = Array.from({ length: 21 }, () => rig.take(call).reason);
    expect([reasons.filter((each) => each === null).length, reasons.at(-1)]).toEqual([20, 'too-many-calls']);
  });
});

describe('a handover of the shift', () => {
  it('is signed by name and account, and names what stands open, the gravest first', () => {
    const rig = new DutyRig();
    rig.raise('t1', 'technical');
    rig.raise('a1');
    rig.raise('done');
    rig.reset('done');
    const service = { is: 'shelved', by: 'x', untilMono: 1, untilWall: 1, isWallSure: true } as const;
    const pump = { key: 'point:pump', class: 'fault', zone: null, name: { zh: '泵', en: 'pump' } } as const;
    rig.set('point:pump', { ...fresh(pump), service });
    rig.take(call);
    const answer = rig.take(shift);
    expect(answer.still.map((each) => each.class)).toEqual(['fire', 'call', 'shelved', 'no-verdict', 'technical']);
    const draft = rig.drafts.at(-1);
    expect(draft).toMatchObject({ kind: 'shift.taken', origin: 'panel:wang' });
    expect(draft?.detail).toMatchObject({ person: '李四', note: '钥匙在抽屉', more: 0, before: null });
    expect(draft?.detail['open']).toHaveLength(5);
    expect(rig.book.shift).toEqual({ person: '李四', note: '钥匙在抽屉', sinceWall: rig.clock.wall() });
  });

  it('is taken by one of two who sign at once: the other one is told who has it, and may take over from him', async () => {
    const rig = new DutyRig();
    const both = { ask: 'shift', note: '钥匙在抽屉', sinceWall: null } as const;
    expect(rig.take({ ...both, person: '李四' }, 'panel:li').accepted).toBe(true);
    await rig.clock.advance(500);
    expect(rig.take({ ...both, person: '王五', note: null }, 'panel:wang')).toMatchObject({
      ...{ accepted: false, reason: 'other-shift', words: { zh: '刚刚由 李四 接班；看过留言和未了事项再接班' } },
    });
    expect([rig.book.shift.person, rig.book.shift.note, rig.told]).toEqual([
      '李四',
      '钥匙在抽屉',
      ['shift.taken panel:li'],
    ]);
    const { sinceWall } = rig.book.shift;
    expect(rig.take({ ...both, person: '王五', sinceWall }, 'panel:wang').accepted).toBe(true);
  });

  it('a village in flames fits into one entry: the rest is counted', () => {
    const rig = new DutyRig();
    for (let nr = 0; nr < 300; nr++) rig.raise(`n${nr}`);
    rig.take(shift);
    const draft = rig.drafts.find(({ kind }) => kind === 'shift.taken');
    expect(draft?.detail).toMatchObject({ more: 260 });
    expect(Buffer.byteLength(JSON.stringify(draft))).toBeLessThan(16_384);
  });
});

describe('names of people', () => {
  it('stay on the box: lane local, and never in the words of an entry', () => {
    const rig = new DutyRig();
    rig.raise('a1');
    rig.take(note('a1', '张三'));
    rig.take({ ask: 'arrived', incident: 'a1', who: '张三' });
    rig.take({ ask: 'shift', person: '张三', note: '张三', sinceWall: null });
    expect(rig.drafts.map(laneOf)).toEqual(['local', 'local', 'local']);
    expect(rig.drafts.filter(({ words }) => JSON.stringify(words).includes('张三'))).toEqual([]);
    rig.take({ ask: 'verdict', incident: 'a1', verdict: 'real-fire' });
    const verdict = rig.drafts.at(-1);
    expect(verdict === undefined ? null : laneOf(verdict)).toBe('fire');
  });
});

/** Refused, for whom, why. */
test.each<readonly [DutyOrder, string, 1 | 2 | 3, string | null]>([
  [note('a1'), 'panel', 1, null],
  [note('a1'), 'panel:li', 1, 'level-too-low'],
  [note('a1'), 'panel:li', 2, null],
  [note('nothing'), 'panel:li', 2, 'no-incident'],
  [{ ask: 'verdict', incident: 'a1', verdict: 'test' }, 'panel', 1, null],
  [{ ask: 'verdict', incident: 'nothing', verdict: 'test' }, 'panel', 1, 'no-incident'],
  [{ ask: 'close-call', incident: 'a1' }, 'panel:li', 3, 'no-call'],
  [{ ask: 'close-call', incident: 'a1' }, 'panel:li', 1, 'level-too-low'],
  [{ ...call, zone: 'nowhere' }, 'panel', 1, 'no-zone'],
  [call, 'panel:li', 1, 'level-too-low'],
  [shift, 'panel', 1, 'not-signed-in'],
  [shift, 'panel', 3, 'not-signed-in'],
  [shift, 'panel:li', 1, 'level-too-low'],
  [shift, 'panel:li', 2, null],
  [{ ask: 'duty-answer' }, 'panel', 1, 'nothing-asked'],
])('%j by %s at level %i: %s', (order, origin, level, reason) => {
  const rig = new DutyRig();
  rig.raise('a1');
  const answer = rig.take(order, origin, level);
  expect([answer.accepted, answer.reason]).toEqual([reason === null, reason]);
  expect(answer.words.zh).toMatch(/[\u4e00-\u9fff]/);
  if (reason === null) return;
  const isBarred = reason === 'level-too-low' || reason === 'not-signed-in';
  expect([rig.told, rig.marks.size]).toEqual([isBarred ? [`command.refused ${origin}`] : [], 0]);
});

it('a duty check is answered at the desk that asked, at any level', () => {
  const rig = new DutyRig();
  rig.asked = 1;
  expect(rig.take({ ask: 'duty-answer' }, 'panel:li', 1)).toMatchObject({ accepted: true, reason: null });
});

describe('a restart', () => {
  it('keeps shift, incidents, notes and calls, and the day of what is closed goes on', async () => {
    const rig = new DutyRig();
    rig.raise('a1');
    rig.raise('a2');
    rig.take(note('a2'));
    rig.take(call);
    rig.take(shift);
    rig.reset('a2');
    const before = { shift: rig.book.shift, incidents: rig.book.incidents };
    await rig.clock.advance(23 * hourMs);
    const next = rig.restarted();
    expect({ shift: next.book.shift, incidents: next.book.incidents }).toEqual(before);
    expect(panelState.pick({ shift: true, incidents: true }).parse(before)).toEqual(before);
    await next.clock.advance(hourMs + 60_000);
    expect([next.incident('a1') === null, next.incident('a2')]).toEqual([false, null]);
  });

  it('by a clock that nobody vouches for begins that day anew', async () => {
    const rig = new DutyRig(new SimClock(undefined, 'untrusted'));
    rig.raise('a1');
    rig.reset('a1');
    await rig.clock.advance(23 * hourMs);
    const next = rig.restarted();
    await next.clock.advance(23 * hourMs);
    expect(next.incident('a1')).not.toBeNull();
  });

  it('by a kill forgets no fire that was over a second before: nobody has said yet what it was', async () => {
    const rig = new DutyRig();
    rig.raise('a1');
    await rig.clock.advance(1_000);
    rig.reset('a1');
    await rig.clock.advance(600);
    const next = new DutyRig(rig.clock, rig.marks, 'boot2');
    expect(next.incident('a1')).toMatchObject({ isClosed: true, verdict: null });
  });

  it('begins it anew as well when nobody vouched for the clock that closed it', async () => {
    const clock = new SimClock(Date.UTC(2026, 7, 22), 'untrusted');
    const rig = new DutyRig(clock);
    rig.raise('a1');
    rig.reset('a1');
    await clock.advance(10_000);
    // The right time comes, three months later.
    clock.stepWall(90 * 24 * hourMs);
    clock.setTrust('trusted');
    const next = rig.restarted();
    await clock.advance(60_000);
    expect(next.incident('a1')).toMatchObject({ isClosed: true, verdict: null });
  });

  it('a disk that answers late is never written over: what it had is merged', async () => {
    const rig = new DutyRig();
    rig.raise('a1');
    rig.take(note('a1'));
    rig.take(shift);
    rig.reset('a1');
    rig.book.stop();
    const saved = rig.marks.get('duty');
    const late = new DutyRig(rig.clock, rig.marks, 'boot2', false);
    late.raise('b1');
    late.take(note('b1'));
    await late.clock.advance(30_000);
    expect([late.marks.get('duty'), late.incident('a1')]).toEqual([saved, null]);
    late.isRead = true;
    await late.clock.advance(60_000);
    expect([late.book.shift.person, Object.keys(late.book.incidents)]).toEqual(['李四', ['b1', 'a1']]);
    expect(Object.keys(late.restarted().book.incidents)).toEqual(['b1', 'a1']);
  });

  it('what nobody can read any more is as if it were not there', () => {
    for (const detail of ['', '{', '[]', '{"shift":1,"incidents":[]}']) {
      const rig = new DutyRig(new SimClock(), new Map([['duty', { name: 'duty', wall: 0, detail }]]));
      expect([rig.book.shift.person, rig.book.incidents]).toEqual([null, {}]);
    }
  });
});

it('a storm of alarms is saved in a few writes', async () => {
  const rig = new DutyRig();
  let writes = 0;
  const set = rig.marks.set.bind(rig.marks);
  rig.marks.set = (name, mark) => {
    writes += 1;
    return set(name, mark);
  };
  for (let nr = 0; nr < 500; nr++) {
    rig.raise(`n${nr}`);
    await rig.clock.advance(20);
  }
  await rig.clock.advance(10_000);
  expect(writes).toBeLessThanOrEqual(2);
});
