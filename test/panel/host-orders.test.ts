/** What people order at the panel, at the same desks as everybody else; and who signed in there. */
import { expect, test } from 'vitest';
import { orderAnswer, type PanelAnswer, type PanelOrder } from '../../gateway/panel/api/orders.js';
import type { PanelOrderer } from '../../gateway/panel/bridge.js';
import { hallSiren, hallSmoke } from '../gateway/village-rig.js';
import { type PanelRig, panelRig } from './host-rig.js';

const smoke = `point:${hallSmoke}`;
const ownScreen: PanelOrderer = { origin: 'panel', level: 1 };
const wang: PanelOrderer = { origin: 'panel:wang', level: 2 };

let asked = 0;
function order({ rig, thread }: PanelRig, given: PanelOrder, by = wang, waitedMs = 0): PanelAnswer {
  const ask = ++asked;
  thread.say({ kind: 'order', ask, order: given, by, madeMono: rig.clock.mono() - waitedMs });
  const answer = thread.of('answer').find((each) => each.ask === ask)?.answer;
  expect(orderAnswer.safeParse(answer).error).toBeUndefined();
  if (answer === undefined) throw new Error('not answered');
  return answer;
}

const asSeen = ({ thread }: PanelRig) => ({
  boot: thread.state?.head.boot ?? '',
  order: thread.state?.head.order ?? 0,
});

test('a fire is acknowledged, silenced and reset with the name; while it burns and below level II it is not reset', async () => {
  const panel = await panelRig();
  const { rig, thread, pass } = panel;
  rig.village.setPoint(hallSmoke, 'alarm');
  await pass(2000);
  expect(rig.isOn(hallSiren)).toBe(true);
  expect(order(panel, { ask: 'acknowledge', ...asSeen(panel) }, ownScreen)).toMatchObject({
    ...{ accepted: true, words: { zh: '已确认 1 项', en: 'acknowledged: 1' }, concerned: [{ subject: smoke }] },
  });
  expect(rig.entriesOf('alarm.acknowledged', smoke)[0]?.origin).toBe('panel');
  expect(order(panel, { ask: 'silence', ...asSeen(panel) }, ownScreen).accepted).toBe(true);
  await pass(1000);
  expect(rig.isOn(hallSiren)).toBe(false);
  expect(thread.state?.alarms[smoke]).toMatchObject({ sounder: 'silenced', acknowledged: { by: 'panel' } });
  expect(order(panel, { ask: 'reset', ...asSeen(panel) }, ownScreen)).toMatchObject({ reason: 'level-too-low' });
  expect(order(panel, { ask: 'reset', ...asSeen(panel) })).toMatchObject({
    ...{ accepted: true, words: { zh: '1 项仍在报警，不能复位' }, concerned: [], still: [{ subject: smoke }] },
  });
  rig.village.setPoint(hallSmoke, 'normal');
  await pass(2000);
  expect(order(panel, { ask: 'reset', ...asSeen(panel) }).concerned).toMatchObject([{ subject: smoke }]);
  await pass(100);
  expect(thread.state?.alarms).toEqual({});
  expect(rig.entriesOf('alarm.reset', smoke)[0]?.origin).toBe('panel:wang');
  expect(order(panel, { ask: 'reset', ...asSeen(panel) }).words.zh).toBe('没有可复位的项');
});

test('who looks at what an earlier start told is refused in words, and nothing is acknowledged', async () => {
  const panel = await panelRig();
  panel.rig.village.setPoint(hallSmoke, 'alarm');
  await panel.pass(2000);
  expect(order(panel, { ask: 'acknowledge', boot: 'another', order: 99 })).toMatchObject({
    ...{ accepted: false, reason: 'stale-view', words: { zh: '网关已重新启动，请先看现状' } },
  });
  expect(panel.rig.entriesOf('alarm.acknowledged')).toEqual([]);
});

test('an order that waited for a watch that was held up is over, but for what names the alarms that were seen', async () => {
  const panel = await panelRig();
  panel.rig.village.setPoint(hallSmoke, 'alarm');
  await panel.pass(2000);
  const call: PanelOrder = { ask: 'call', place: '12 号', zone: null, what: '有烟' };
  expect(order(panel, call, wang, 4_900).accepted).toBe(true);
  for (const given of [call, { ask: 'siren-test' }, { ask: 'reset', ...asSeen(panel) }] as const) {
    expect(order(panel, given, wang, 5_100)).toMatchObject({ accepted: false, reason: 'late' });
  }
  expect(order(panel, call, wang, Number.NaN).reason).toBe('late');
  expect(panel.rig.entriesOf('command.refused').map(({ origin, detail }) => [origin, detail])).toEqual(
    ['call', 'siren-test', 'reset', 'call'].map((command) => ['panel:wang', { command, reason: 'late' }]),
  );
  expect(panel.rig.entriesOf('call.reported')).toHaveLength(1);
  expect(order(panel, { ask: 'silence', ...asSeen(panel) }, ownScreen, 20_100).reason).toBe('late');
  expect(order(panel, { ask: 'acknowledge', ...asSeen(panel) }, ownScreen, 19_900).concerned).toMatchObject([
    { subject: smoke },
  ]);
});

test('a storm of orders is told to wait, and what is no order is no reason to fall', async () => {
  const panel = await panelRig();
  const refused = panel.rig.entriesOf('command.refused').length;
  const answers = Array.from({ length: 200 }, () =>
    order(panel, { ask: 'drill-end', present: null, missing: null, note: null }),
  );
  expect(answers.filter(({ reason }) => reason !== 'busy')).toHaveLength(20);
  expect(panel.rig.entriesOf('command.refused').length - refused).toBe(20);
  await panel.pass(2000);
  expect(order(panel, { ask: 'acknowledge' } as PanelOrder)).toMatchObject({ accepted: false, reason: 'malformed' });
  expect(order(panel, { ask: 'siren-test' }, ownScreen)).toMatchObject({ reason: 'level-too-low' });
});

test('duty: a check is shown and answered with the name, and a shift and a call reach book, journal and screen', async () => {
  const panel = await panelRig();
  const { rig, thread, pass } = panel;
  expect(order(panel, { ask: 'duty-answer' })).toMatchObject({ accepted: false, reason: 'nothing-asked' });
  expect(order(panel, { ask: 'shift', person: '王大爷', note: null, sinceWall: null }).accepted).toBe(true);
  expect(order(panel, { ask: 'call', place: '12 号', zone: null, what: '有烟' }).accepted).toBe(true);
  await pass(100);
  expect(thread.state?.shift.person).toBe('王大爷');
  expect(Object.values(thread.state?.incidents ?? {})).toMatchObject([{ kind: 'call', place: '12 号' }]);
  expect(rig.entriesOf('shift.taken')[0]?.origin).toBe('panel:wang');
});

test('who signed in stays on the box, always with the name; a storm of wrong passwords is counted', async () => {
  const { rig, thread, pass } = await panelRig();
  const note = { by: null, from: '192.168.1.7' };
  for (let n = 0; n < 1000; n++) thread.say({ kind: 'note', what: { is: 'refused', user: `x\n${n}`, ...note } });
  thread.say({ kind: 'note', what: { is: 'signed-in', user: 'wang', ...note } });
  const refused = rig.entriesOf('user.refused');
  expect(refused.length).toBeLessThan(10);
  expect(refused[0]).toMatchObject({ origin: null, lane: 'local', detail: { user: 'x·0', from: '192.168.1.7' } });
  expect(rig.entriesOf('user.signed_in')).toMatchObject([
    { origin: 'panel:wang', lane: 'local', detail: { user: 'wang', left_out: 1000 - refused.length } },
  ]);
  await pass(5000);
  expect(rig.uplink.reports.filter(({ entry }) => entry.kind.startsWith('user.'))).toEqual([]);
});
