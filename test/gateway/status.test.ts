/** What `gengfu status` tells of a running gateway: each alarm and fault with its beginning, and what to do about it. */
import { expect, test } from 'vitest';
import { describeCommand } from '../../gateway/cli/command-words.js';
import { describeStatus } from '../../gateway/cli/control.js';
import { answerControl } from '../../gateway/command/answer-control.js';
import type { CommandAnswer } from '../../gateway/command/command.js';
import type { ControlStatus } from '../../gateway/command/control-socket.js';
import { device, kitchen, sharedDisk, VillageRig } from './village-rig.js';

const statusOf = (rig: VillageRig): ControlStatus =>
  answerControl(rig.runtime, { ask: 'status' }, rig.runtime.orders) as ControlStatus;

test('a fault is told with the time of its beginning, its likely cause and the next step', async () => {
  const rig = await VillageRig.watching();
  rig.village.switchUnit(device('smoke-kitchen'), false);
  await rig.clock.advance(20_000);
  const status = statusOf(rig);
  const fault = status.alarms.find(({ subject }) => subject === 'fault:unit:smoke-kitchen');
  const raised = rig.entriesOf('alarm.raised').find(({ subject }) => subject === 'fault:unit:smoke-kitchen');
  expect(fault).toMatchObject({
    active: true,
    sinceWall: raised?.wall,
    cause: { zh: raised?.detail['cause_zh'], en: raised?.detail['cause_en'] },
    next: { zh: raised?.detail['next_zh'], en: raised?.detail['next_en'] },
  });
  const lines = describeStatus(status, 'zh').split('\n');
  const at = lines.findIndex((line) => line.startsWith(fault?.words?.zh ?? '?'));
  expect(lines[at]).toContain('无应答 (报警中, 未确认)');
  expect(lines.slice(at + 1, at + 4)).toEqual([
    expect.stringMatching(/^ {2}始于 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    `  可能原因：${fault?.cause?.zh}`,
    `  处理：${fault?.next?.zh}`,
  ]);
});

test('the fire stands first whatever was there before, says what to do, and that its detector is lost', async () => {
  const rig = await VillageRig.watching();
  rig.village.switchUnit(device('smoke-1'), false);
  await rig.clock.advance(20_000);
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(2_000);
  const lines = (lang: 'zh' | 'en') => describeStatus(statusOf(rig), lang).split('\n');
  expect(lines('zh')[0]).toBe('警报正在鸣响，未消音');
  expect(lines('zh')[1]).toMatch(/^火警/);
  expect(lines('zh')).toContainEqual(expect.stringMatching(/^故障.*\[fault:unit:smoke-1\]$/));
  expect(lines('zh')).toContainEqual(expect.stringMatching(/^ {2}处理：去现场查看；.*119.*火灭了才复位/));
  expect(lines('zh').join()).not.toContain('看不到现场');
  rig.village.switchUnit(device('smoke-kitchen'), false);
  await rig.clock.advance(20_000);
  expect(lines('zh')[2]).toBe('  探测器失联，看不到现场');
  const { boot, order } = statusOf(rig);
  await answerControl(rig.runtime, { ask: 'silence', boot, order, user: 'guard' });
  expect(lines('en')[0]).toBe('no alarm sounds');
});

test('a device that is taken out is told once, and its fault alone by itself', async () => {
  const rig = await VillageRig.watching();
  const takeOut = async (...subjects: string[]) =>
    answerControl(rig.runtime, { ask: 'out-of-service', subjects, forMs: 3_600_000, user: 'guard' });
  await takeOut('smoke-3');
  const out = () => describeStatus(statusOf(rig), 'en').match(/out of service: .*/g) ?? [];
  expect(statusOf(rig).services.length).toBeGreaterThan(2);
  expect(out()).toEqual([expect.stringContaining('smoke')]);
  await rig.clock.advance(1_000);
  await takeOut('fault:unit:smoke-2');
  expect(out()).toHaveLength(2);
});

test('an alarm keeps its sentence until it is reset, a fault until it is gone', async () => {
  const rig = await VillageRig.watching();
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(2_000);
  rig.village.setPoint(kitchen, 'normal');
  await rig.clock.advance(2_000);
  expect(describeStatus(statusOf(rig), 'en')).toMatch(
    /^an alarm sounds; it is not silenced\nFIRE: .* \(returned, not reset, not acknowledged\)\n {2}since /,
  );
  const { boot, order } = statusOf(rig);
  await answerControl(rig.runtime, { ask: 'reset', boot, order, user: 'guard' });
  expect(describeStatus(statusOf(rig), 'en')).toMatch(/^all quiet: no alarms, no faults/);
  expect(rig.runtime.lastRaised.of(`point:${kitchen}`)).toBeNull();
});

test('a fault that stood before a restart is told with its cause again, and forgotten when it is gone', async () => {
  const first = await VillageRig.make();
  const { config, clock, village } = first;
  const disk = sharedDisk(clock);
  const live = () => VillageRig.watching({ config, clock, village, store: disk() });
  const before = await live();
  village.switchUnit(device('smoke-kitchen'), false);
  await clock.advance(20_000);
  const faultOf = (rig: VillageRig) =>
    statusOf(rig).alarms.find(({ subject }) => subject === 'fault:unit:smoke-kitchen');
  const { cause, next } = faultOf(before) ?? {};
  expect(cause).not.toBeNull();
  await before.durable();
  await before.kill();
  const after = await live();
  await clock.advance(20_000);
  expect(after.entriesOf('alarm.raised', 'fault:unit:smoke-kitchen')).toEqual([]);
  expect(faultOf(after)).toMatchObject({ cause, next });
  village.switchUnit(device('smoke-kitchen'), true);
  await clock.advance(20_000);
  expect(after.runtime.lastRaised.detailOf('fault:unit:smoke-kitchen')).toBeNull();
  await after.stop();
});

test('an order says what it concerned, by class and place, and when there was nothing', async () => {
  const rig = await VillageRig.watching();
  rig.village.switchUnit(device('smoke-1'), false);
  await rig.clock.advance(20_000);
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(2_000);
  const give = (ask: 'acknowledge' | 'silence' | 'reset'): string => {
    const { boot, order } = statusOf(rig);
    const request = { ask, boot, order, user: 'guard' };
    return describeCommand(request, answerControl(rig.runtime, request) as CommandAnswer, 'zh');
  };
  const place = statusOf(rig).alarms[0]?.zh;
  expect(give('acknowledge')).toMatch(new RegExp(`^已确认：火警 1，故障 \\d\n  火警：${place}$`));
  expect(give('acknowledge')).toBe('没有待确认的报警');
  expect(give('silence')).toMatch(/^已消音：火警 1/);
  expect(give('silence')).toBe('没有在响的报警');
  expect(give('reset')).toContain(`仍在报警：${place}`);
  rig.village.setPoint(kitchen, 'normal');
  await rig.clock.advance(2_000);
  expect(give('reset')).toMatch(/^已复位：火警 1/);
  expect(give('reset')).toBe('没有可复位的项');
});

test('what is taken out is one line for each device, with what it means for its zone and after a restart', async () => {
  const rig = await VillageRig.watching();
  const { points } = rig.config;
  const { zone } = points.find(({ id }) => id === kitchen) ?? {};
  const subjects = [...new Set(points.filter((each) => each.zone === zone).map(({ id }) => id.split('/')[0] ?? ''))];
  const give = (names: readonly string[]): readonly string[] => {
    const request = { ask: 'out-of-service' as const, subjects: [...names], forMs: 3_600_000, user: 'guard' };
    return describeCommand(request, answerControl(rig.runtime, request) as CommandAnswer, 'zh').split('\n');
  };
  rig.clock.setTrust('untrusted');
  const lines = give(subjects);
  expect(lines.slice(0, subjects.length).every((line) => line.startsWith('已执行：'))).toBe(true);
  expect(lines.slice(subjects.length)).toEqual([
    '本机时钟不可信：网关重启后自动恢复守望',
    `注意：防区 ${zone} 已没有在守望的火警点`,
  ]);
  expect(give(['smoke-9999'])).toEqual(['被拒绝：没有这个设备、监测点或报警']);
});
