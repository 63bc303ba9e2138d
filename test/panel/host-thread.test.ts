/** Whatever becomes of the panel's thread, the watch goes on, and says so. */
import { expect, test } from 'vitest';
import { PanelThread } from '../../gateway/panel/host/panel-thread.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { hallSiren, hallSmoke, seededRandom } from '../gateway/village-rig.js';
import { LoggedErrors, panelRig, StandInThread, settings } from './host-rig.js';

const fault = 'fault:panel:main';

test('a panel that dies is a fault with cause and next step and begins again, and a fire sounds meanwhile', async () => {
  const { rig, thread, pass } = await panelRig();
  thread.die('ERR_WORKER_OUT_OF_MEMORY');
  expect(rig.entriesOf('alarm.raised', fault)[0]?.detail).toMatchObject({
    ...{
      error_zh: '意外停止',
      cause_zh: expect.any(String),
      next_en: expect.any(String),
      got: 'ERR_WORKER_OUT_OF_MEMORY',
    },
  });
  rig.village.setPoint(hallSmoke, 'alarm');
  await rig.clock.advance(800);
  expect(rig.isOn(hallSiren)).toBe(true);
  await rig.clock.advance(300);
  expect(thread.lives).toBe(2);
  // The new life is told everything at once, and then what changes.
  expect(thread.state?.alarms[`point:${hallSmoke}`]).toMatchObject({ class: 'fire' });
  thread.say({ kind: 'listening', url: 'http://127.0.0.1:8080' });
  await pass(10_000);
  expect(rig.entriesOf('alarm.returned', fault)).toEqual([]);
  await pass(24_000);
  expect(rig.entriesOf('alarm.raised', fault)).toHaveLength(1);
  expect(rig.entriesOf('alarm.returned', fault)).toHaveLength(1);
});

test('a panel that dies again and again begins later and later, once a minute at last', async () => {
  const [clock, thread, waits] = [new SimClock(), new StandInThread(), [] as number[]];
  const life = new PanelThread({
    ...{ clock, random: seededRandom(), log: new LoggedErrors(), open: thread.open },
    ...{ onOpen: () => undefined, onMessage: () => undefined, onTrouble: () => undefined },
  });
  life.use(settings);
  for (let lives = 2; lives < 12; lives++) {
    const diedMono = clock.mono();
    thread.die();
    await clock.until(() => thread.lives === lives, 61_000, 100);
    waits.push(clock.mono() - diedMono);
  }
  expect(waits[0]).toBeLessThanOrEqual(1100);
  expect(waits.slice(1, 5).every((wait, n) => wait > (waits[n] ?? 0))).toBe(true);
  expect(Math.min(...waits.slice(6))).toBeGreaterThan(29_000);
  await life.stop();
});

test('a panel that hangs is ended after 10 s, one that never began after 40 s, and one that can not listen at once', async () => {
  const { rig, thread, pass } = await panelRig();
  await pass(20_000);
  expect([thread.lives, thread.ended]).toEqual([1, 0]);
  await rig.clock.advance(14_000);
  expect(rig.entriesOf('alarm.raised', fault)).toMatchObject([{ detail: { code: 'PANEL-002' } }]);
  expect([thread.lives, thread.ended]).toEqual([2, 1]);
  await rig.clock.advance(36_000);
  expect(thread.lives).toBe(2);
  await rig.clock.advance(10_000);
  expect([thread.lives, thread.ended]).toEqual([3, 2]);
  thread.say({ kind: 'refused', error: { zh: '端口 8080 已被占用', en: 'port 8080 is taken' } });
  expect(thread.ended).toBe(3);
  await rig.clock.advance(10);
  expect(thread.lives).toBe(3);
  expect(rig.runtime.lastRaised.detailOf(fault)).toMatchObject({ code: 'PANEL-002' });
});

test('a panel that can not even be opened, or that talks nonsense, throws nothing into the watch', async () => {
  const { rig, thread, log, pass } = await panelRig();
  thread.cannotOpen = true;
  thread.die();
  await rig.clock.advance(5000);
  expect(rig.entriesOf('alarm.raised', fault)).toHaveLength(1);
  thread.cannotOpen = false;
  await rig.clock.until(() => thread.lives === 2, 61_000, 500);
  thread.say({ kind: 'nonsense' } as never);
  thread.say({ kind: 'order', ask: 1, order: null, by: null } as never);
  thread.say({ kind: 'note', what: null } as never);
  expect(log.lines.length).toBeGreaterThan(0);
  thread.say({ kind: 'doctor', ask: 7 });
  expect(thread.of('doctor')[0]).toMatchObject({ ask: 7, facts: { doctor: 1, version: 'test' } });
  await pass(100);
  expect(thread.state?.head.state).toBe('fault');
});

test.each([
  ['asked', true, 0],
  ['by force when it does not answer', false, 1],
])('it ends within a second: %s', async (_how, endsWhenAsked, forced) => {
  const { rig, host, thread } = await panelRig();
  thread.endsWhenAsked = endsWhenAsked;
  const before = rig.clock.mono();
  let isStopped = false;
  void host.stop().then(() => {
    isStopped = true;
  });
  await rig.clock.until(() => isStopped, 2000, 10);
  expect(rig.clock.mono() - before).toBeLessThanOrEqual(1000);
  expect(thread.ended).toBe(forced);
  expect(thread.posted.at(-1)).toEqual({ kind: 'stop' });
  await rig.clock.advance(60_000);
  expect(thread.lives).toBe(1);
  expect(rig.entriesOf('alarm.raised', fault)).toEqual([]);
});
