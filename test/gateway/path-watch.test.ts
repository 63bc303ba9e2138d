/** Whether a path that looks open lives: what must be heard by when, and what must be confirmed. */
import { describe, expect, test } from 'vitest';
import { describePaths } from '../../gateway/cli/path-words.js';
import { answerControl } from '../../gateway/command/answer-control.js';
import type { ControlStatus } from '../../gateway/command/control-socket.js';
import { pathTimes } from '../../gateway/path-times.js';
import { type DeadPath, PathWatch } from '../../gateway/path-watch.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { VillageRig } from './village-rig.js';

const noon = Date.UTC(2026, 10, 22, 12);

async function path({ withinMs = null as number | null, mustConfirm = true, tellsHeard = true } = {}) {
  const clock = new SimClock(noon);
  const told: (DeadPath | null)[] = [];
  const uplink: { lastHeardMono?: number | null; expectsHeardWithinMs: number | null } = tellsHeard
    ? { lastHeardMono: null, expectsHeardWithinMs: withinMs }
    : { expectsHeardWithinMs: withinMs };
  const watch = new PathWatch({ clock, uplink, mustConfirm, onFault: (dead) => told.push(dead) });
  await clock.advance(1);
  watch.up();
  const pass = async (ms: number, isOwed = false) => {
    for (let left = ms; left > 0; left -= 10_000) {
      await clock.advance(10_000);
      watch.look(isOwed);
    }
  };
  return { clock, told, uplink, watch, pass };
}

describe('a path', () => {
  test('on which nothing is heard that was promised is dead, and lives again with the next word', async () => {
    const { clock, told, uplink, watch, pass } = await path({ withinMs: 60_000 });
    uplink.lastHeardMono = clock.mono() + 1;
    await pass(70_000);
    expect(told).toEqual([null]);
    await pass(10_000);
    expect([told.at(-1), watch.state.isDead]).toEqual(['not-heard', true]);
    uplink.lastHeardMono = clock.mono();
    await pass(10_000);
    expect(told).toEqual([null, 'not-heard', null]);
  });

  test('that promises nothing may be silent for ever while nothing waits', async () => {
    const { told, pass } = await path();
    await pass(3_600_000);
    expect(told).toEqual([]);
  });

  test('on which something waits and nothing is confirmed is dead after five minutes; each confirmation counts', async () => {
    const { told, watch, pass } = await path();
    await pass(290_000, true);
    expect(told).toEqual([]);
    watch.carried();
    await pass(290_000, true);
    expect(told).toEqual([null]);
    await pass(20_000, true);
    expect(told.at(-1)).toBe('not-confirmed');
    await pass(10_000);
    expect(told.at(-1)).toBe(null);
  });

  test('whose messages may wait for hours is not asked for confirmations', async () => {
    const { told, pass } = await path({ mustConfirm: false });
    await pass(3_600_000, true);
    expect(told).toEqual([]);
  });

  test('that is down is the outage’s to tell; up again it has its time anew', async () => {
    const { told, watch, pass } = await path({ withinMs: 60_000 });
    watch.down();
    await pass(3_600_000, true);
    watch.up();
    await pass(60_000);
    expect(told).toEqual([]);
  });

  test('that is dead stays so over links that open and say nothing, until something is heard', async () => {
    const { clock, told, uplink, watch, pass } = await path({ withinMs: 60_000 });
    await pass(80_000);
    expect(told).toEqual(['not-heard']);
    for (let links = 0; links < 3; links++) {
      watch.down();
      await pass(10_000);
      watch.up();
      await pass(40_000);
    }
    expect([told, watch.state.isDead]).toEqual([['not-heard'], true]);
    uplink.lastHeardMono = clock.mono();
    await pass(10_000);
    expect(told).toEqual(['not-heard', null]);
  });

  test('on which nothing was confirmed stays dead over links while something waits; other words do not help', async () => {
    const { clock, told, uplink, watch, pass } = await path();
    await pass(320_000, true);
    expect(told).toEqual(['not-confirmed']);
    watch.down();
    watch.up();
    uplink.lastHeardMono = clock.mono();
    await pass(60_000, true);
    expect(told).toEqual(['not-confirmed']);
    watch.carried();
    await pass(10_000, true);
    expect(told).toEqual(['not-confirmed', null]);
  });

  test('that an earlier start left dead is told well only by a word; where none is told, by a link that an answer made', async () => {
    const silent = await path();
    await silent.pass(60_000);
    expect(silent.told).toEqual([]);
    silent.watch.carried();
    await silent.pass(10_000);
    expect(silent.told).toEqual([null]);
    const answered = await path({ tellsHeard: false });
    await answered.pass(10_000);
    expect(answered.told).toEqual([null]);
  });
});

test('is told with its moments, and what is expected by when', async () => {
  const { clock, uplink, watch, pass } = await path({ withinMs: 60_000 });
  uplink.lastHeardMono = clock.mono();
  await pass(20_000, true);
  const times = pathTimes(watch.state, clock);
  expect(times).toEqual({
    ...{ isDead: false, heardWall: noon, heardByWall: noon + 60_000, toldWall: null, toldByWall: noon + 310_000 },
  });
  const row = { id: 'county' as never, way: 'gb26875', isUp: true, error: null, unkept: 0, ...times } as const;
  const lines = describePaths([{ ...row, queued: { fire: 0, journal: 1, telemetry: 0 } }], 'zh');
  expect(lines[0]).toMatch(/^上传通道 county（国标）：在线，最近收到 .*，应在 .* 前，最近确认 启动后没有，应在 .* 前$/);
});

test('a link of a village that looks open and is dead is a fault with its next step, shown by `status`; it outlives the link', async () => {
  const rig = await VillageRig.watching();
  rig.uplink.expectsHeardWithinMs = 20_000;
  rig.uplink.send = () => new Promise<void>(() => undefined);
  await rig.clock.advance(50_000);
  const fault = `fault:path:${rig.uplink.id}`;
  expect(rig.faults).toContain(`raised ${fault}`);
  const status = answerControl(rig.runtime, { ask: 'status' }) as ControlStatus;
  expect(status.paths).toMatchObject([{ id: rig.uplink.id, way: 'mqtt', isUp: true, isDead: true }]);
  expect(status.alarms.find(({ subject }) => subject === fault)?.words?.zh).toContain('该来的应答没有来');
  expect(status.alarms.find(({ subject }) => subject === fault)?.next?.en).toContain('firewall');
  rig.uplink.setPulled(true);
  await rig.clock.advance(20_000);
  rig.uplink.setPulled(false);
  await rig.clock.advance(10_000);
  expect(rig.faults).not.toContain(`returned ${fault}`);
  rig.uplink.lastHeardMono = rig.clock.mono();
  await rig.clock.advance(10_000);
  expect(rig.faults).toContain(`returned ${fault}`);
  await rig.stop();
});
