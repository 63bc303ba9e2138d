/** The box as sensors: hot, full, weak, slow, without a clock; and never in the way of the watch. */
import { describe, expect, it } from 'vitest';
import type { SiteConfig } from '../../config/site.js';
import { upsSensors } from '../../drivers/box/ups-sensors.js';
import { BoxHealth, withBox } from '../../gateway/health/box-health.js';
import { CheckIns } from '../../gateway/health/check-ins.js';
import { CommitLatency } from '../../gateway/health/commit-latency.js';
import { LoopDelay } from '../../gateway/health/loop-delay.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { SimI2c } from '../../hardware-sim/sim-i2c.js';
import { buildVillage } from '../../hardware-sim/village.js';
import { configOf, siteText } from '../config/rig.js';
import { point, townConfig, VillageRig } from './village-rig.js';

const minuteMs = 60_000;

function smallSite(...changes: readonly (readonly [from: string, to: string])[]): SiteConfig {
  return configOf(siteText(...changes));
}

async function watching(config = smallSite()): Promise<VillageRig> {
  return VillageRig.watching({ config, hasBox: true });
}

/** Kind and Chinese sentence of each entry about a subject, in order. */
function story(rig: VillageRig, subject: string): readonly string[] {
  return rig.entries.filter((entry) => entry.subject === subject).map(({ kind, words }) => `${kind} ${words.zh}`);
}

describe('the box of a site', () => {
  it('that gets hot is told, and that it has cooled down by more than the deadband', async () => {
    const rig = await watching();
    const at = async (celsius: number): Promise<readonly string[]> => {
      rig.village.setPoint(point('box/temperature'), celsius);
      await rig.clock.advance(minuteMs);
      return story(rig, 'point:box/temperature');
    };
    expect(await at(79)).toEqual([]);
    const raised = 'alarm.raised 提示：网关温度 83 °C，高于报警值 80 °C';
    expect(await at(83)).toEqual([raised]);
    expect(await at(76)).toEqual([raised]);
    expect(await at(70)).toEqual([raised, 'alarm.returned 提示：网关温度 已恢复正常']);
    expect(rig.entriesOf('alarm.raised').at(-1)?.words.en).toBe(
      'TECHNICAL: temperature of the box: 83 °C, above the alarm limit of 80 °C',
    );
    await rig.stop();
  });

  it('that runs full, or whose supply is weak, is at fault; a supply that dips and dips is one fault', async () => {
    const rig = await watching();
    rig.village.setPoint(point('box/disk_free'), 7.5);
    await rig.clock.advance(minuteMs);
    expect(story(rig, 'point:box/disk_free')).toEqual(['alarm.raised 故障：网关磁盘剩余空间 7.5 %，低于报警值 10 %']);
    for (const state of ['low', 'normal', 'low', 'normal']) {
      rig.village.setPoint(point('box/supply'), state);
      await rig.clock.advance(4000);
    }
    expect(story(rig, 'point:box/supply')).toEqual(['alarm.raised 故障：网关供电电压过低']);
    await rig.clock.advance(minuteMs);
    expect(story(rig, 'point:box/supply')).toHaveLength(2);
    await rig.stop();
  });

  it('that loses its mains for half a minute is at fault, and not for a flicker; charge and cell that run low are faults too', async () => {
    const rig = await watching();
    const at = async (figure: string, value: number | string, seconds: number): Promise<readonly string[]> => {
      rig.village.setPoint(point(`box/${figure}`), value);
      await rig.clock.advance(seconds * 1000);
      return story(rig, `point:box/${figure}`);
    };
    expect(await at('mains', 'on_battery', 20)).toEqual([]);
    expect(await at('mains', 'on_mains', 10)).toEqual([]);
    const lost = 'alarm.raised 故障：网关市电中断，电池供电';
    expect(await at('mains', 'on_battery', 40)).toEqual([lost]);
    expect(await at('battery_charge', 21, 60)).toEqual([]);
    expect(await at('battery_charge', 19, 45)).toEqual(['alarm.raised 故障：网关电池电量 19 %，低于报警值 20 %']);
    expect(await at('battery_cell', 3.38, 45)).toEqual([
      'alarm.raised 故障：网关最弱电芯电压 3.38 V，低于报警值 3.4 V',
    ]);
    expect(await at('mains', 'on_mains', 20)).toEqual([lost]);
    expect(await at('mains', 'on_mains', 20)).toHaveLength(2);
    await rig.stop();
  });

  it('whose UPS board is named and does not answer is at fault, and says so in the words of the board', async () => {
    const config = smallSite(['uplinks:', 'box: {ups: {board: waveshare-b, i2c_bus: 3}}\nuplinks:']);
    expect(config.ups).toEqual({ board: 'waveshare-b', i2cBus: 3 });
    const told: string[] = [];
    const clock = new SimClock();
    const health = new BoxHealth({
      ...{ config, clock, commits: new CommitLatency(clock), nextFrame: () => 1 },
      sensors: upsSensors({ board: 'waveshare-b', i2cBus: 3 }, new SimI2c()),
      checkIns: new CheckIns(clock, () => undefined),
      onReadings: () => undefined,
      onFault: ({ key }, isActive, { error_zh }) => told.push(`${key} ${isActive} ${String(error_zh)}`),
    });
    health.start();
    await clock.advance(minuteMs);
    expect(told).toEqual([]);
    await clock.advance(2 * minuteMs);
    expect([...new Set(told)].sort()).toEqual(
      ['battery_charge', 'battery_voltage', 'mains'].map((what) => `fault:point:box/${what} true UPS 板无应答`),
    );
    health.stop();
  });

  it('has limits of its own where the site file says so', async () => {
    const rig = await watching(smallSite(['uplinks:', 'box: {limits: {temperature: {high: 60}}}\nuplinks:']));
    rig.village.setPoint(point('box/temperature'), 61);
    await rig.clock.advance(minuteMs);
    expect(story(rig, 'point:box/temperature')).toHaveLength(1);
    await rig.stop();
  });

  it('one look that fails is a bad reading and no alarm; a figure that stays away is a fault until it is there again', async () => {
    const rig = await watching();
    rig.village.setPoint(point('box/temperature'), 'unreadable');
    await rig.clock.advance(minuteMs);
    expect(rig.runtime.points.get(point('box/temperature'))).toMatchObject({ quality: 'bad', reason: 'silent' });
    expect(rig.faults).toEqual([]);
    await rig.clock.advance(2 * minuteMs);
    const raised = 'alarm.raised 故障：网关温度 读不出';
    expect(story(rig, 'fault:point:box/temperature')).toEqual([raised]);
    rig.village.setPoint(point('box/temperature'), 50);
    await rig.clock.advance(minuteMs);
    expect(story(rig, 'fault:point:box/temperature')).toEqual([raised, 'alarm.returned 故障：网关温度 已恢复正常']);
    expect(story(rig, 'point:box/temperature')).toEqual([]);
    await rig.stop();
  });

  it('a figure that can not be read keeps its alarm: losing sight is no all-clear', async () => {
    const rig = await watching();
    rig.village.setPoint(point('box/disk_free'), 5);
    await rig.clock.advance(minuteMs);
    rig.village.setPoint(point('box/disk_free'), 'unreadable');
    await rig.clock.advance(5 * minuteMs);
    expect(story(rig, 'point:box/disk_free')).toHaveLength(1);
    await rig.stop();
  });

  it('a sensor that hangs is asked once and no more, is a fault, and goes on by itself', async () => {
    const rig = await watching();
    rig.village.setPoint(point('box/disk_free'), 'hangs');
    await rig.clock.advance(minuteMs);
    const asked = rig.village.box.asked('disk_free');
    rig.village.setPoint(point('box/temperature'), 51);
    await rig.clock.advance(3 * minuteMs);
    expect(rig.runtime.points.get(point('box/disk_free'))).toMatchObject({ quality: 'bad' });
    expect(rig.runtime.points.get(point('box/temperature'))).toMatchObject({ value: 51 });
    expect(rig.village.box.asked('disk_free')).toBe(asked);
    expect(rig.faults).toEqual(['raised fault:loop:box:disk_free']);
    rig.village.setPoint(point('box/disk_free'), 60);
    await rig.clock.advance(2 * minuteMs);
    expect(rig.runtime.points.get(point('box/disk_free'))).toMatchObject({ value: 60 });
    expect(rig.faults.at(-1)).toBe('returned fault:loop:box:disk_free');
    await rig.stop();
  });

  it('a clock that nobody keeps right is told after an hour, and returns once it is kept [GB 4717-2024 5.4.10.3]', async () => {
    const rig = await watching();
    rig.clock.setTrust('untrusted');
    await rig.clock.advance(59 * minuteMs);
    expect(story(rig, 'point:box/clock')).toEqual([]);
    await rig.clock.advance(2 * minuteMs);
    expect(story(rig, 'point:box/clock')).toEqual(['alarm.raised 提示：网关时钟不可信']);
    rig.clock.setTrust('trusted');
    await rig.clock.advance(10_000);
    expect(story(rig, 'point:box/clock')[1]).toBe('alarm.returned 提示：网关时钟不可信 已恢复正常');
    await rig.stop();
  });

  it('a disk that is slow is a fault, and none once it has been quick again', async () => {
    const rig = await watching();
    rig.store.setMode({ slowMs: 2500 });
    rig.village.setPoint(point('call-1/contact'), 'alarm');
    await rig.clock.advance(20_000);
    expect(story(rig, 'point:box/commit')[0]).toMatch(
      /^alarm\.raised 故障：网关写盘用时 \d+(?:\.\d)? ms，高于报警值 2000 ms$/,
    );
    rig.store.setMode('works');
    rig.village.setPoint(point('call-1/contact'), 'normal');
    await rig.clock.advance(11 * minuteMs);
    expect(story(rig, 'point:box/commit').map((entry) => entry.split(' ')[0])).toEqual([
      'alarm.raised',
      'alarm.returned',
    ]);
    await rig.stop();
  });

  it('that lacks a sensor lacks its point; what the gateway measures itself is always there', async () => {
    const town = await townConfig();
    const ids = (config: SiteConfig) => config.points.map(({ id }) => String(id)).filter((id) => id.startsWith('box/'));
    expect(ids(town)).toHaveLength(11);
    expect(ids(withBox(town, []))).toEqual(['box/loop_delay', 'box/commit', 'box/clock']);
    const sensors = [{ what: 'memory' as const, read: async () => 80 }];
    expect(ids(withBox(town, sensors))).toContain('box/memory');
  });

  it('stops with an answer still under way, and takes nothing after that', async () => {
    const rig = await watching();
    rig.village.setPoint(point('box/supply'), 'hangs');
    await rig.clock.advance(4000);
    await rig.stop();
    const before = rig.observations.length;
    rig.village.setPoint(point('box/supply'), 'low');
    await rig.clock.advance(minuteMs);
    expect(rig.observations).toHaveLength(before);
  });
});

describe('the delay of the event loop', () => {
  /** A clock whose timers stand still for a while: what a blocked event loop looks like from inside. */
  class HaltingClock extends SimClock {
    haltMs = 0;

    override mono(): number {
      return super.mono() + this.haltMs;
    }
  }

  it('is nothing while everything has its turn', async () => {
    const clock = new SimClock();
    const loop = new LoopDelay(clock);
    expect(loop.p99Ms).toBeNull();
    loop.start();
    await clock.advance(minuteMs);
    expect(loop.p99Ms).toBe(0);
    loop.stop();
  });

  it.each([
    [500, 0, 0],
    [5000, 4000, 5000],
    [600_000, 59_000, 60_000],
  ])('after a halt of %i ms tells of all the moments in it, and not of one late timer', async (haltMs, least, most) => {
    const clock = new HaltingClock();
    const loop = new LoopDelay(clock);
    loop.start();
    await clock.advance(minuteMs);
    clock.haltMs = haltMs;
    await clock.advance(100);
    expect(loop.p99Ms).toBeGreaterThanOrEqual(least);
    expect(loop.p99Ms).toBeLessThanOrEqual(most);
    loop.stop();
  });

  it('is forgotten after a minute', async () => {
    const clock = new HaltingClock();
    const loop = new LoopDelay(clock);
    loop.start();
    clock.haltMs = 5000;
    await clock.advance(2 * minuteMs);
    expect(loop.p99Ms).toBe(0);
    loop.stop();
  });
});

describe('the time until an entry is on disk', () => {
  it('is that of 95 in 100 of the last ten minutes, and of the last one when all was quiet since', async () => {
    const clock = new SimClock();
    const commits = new CommitLatency(clock);
    expect(commits.p95Ms).toBeNull();
    commits.see(3000);
    for (let each = 0; each < 99; each++) commits.see(each < 5 ? 900 : 8);
    expect(commits.p95Ms).toBe(900);
    await clock.advance(11 * minuteMs);
    expect(commits.p95Ms).toBe(8);
  });
});

it('the loop of the box proves progress', async () => {
  const clock = new SimClock();
  const overdue: string[] = [];
  const checkIns = new CheckIns(clock, (loop, isOverdue) => {
    if (isOverdue) overdue.push(loop);
  });
  const health = new BoxHealth({
    config: { points: [] },
    sensors: [],
    commits: new CommitLatency(clock),
    clock,
    nextFrame: () => 1,
    checkIns,
    onReadings: () => undefined,
    onFault: () => undefined,
  });
  health.start();
  await clock.advance(5 * minuteMs);
  checkIns.review();
  expect(overdue).toEqual([]);
  health.stop();
  await clock.advance(5 * minuteMs);
  checkIns.review();
  expect(overdue).toEqual(['box']);
});

it('a battery whose voltage falls is a fault, through a transmitter at an analog input', async () => {
  const battery =
    'battery-1, profile: analog-4-20ma, input: {device: ai-1, channel: 1}, place: 值班室, ' +
    'options: {medium: battery, unit: V, range_low: 0, range_high: 30}, limits: {value: {low: 22, deadband: 1}}';
  const devices = `devices:\n  - {id: ai-1, profile: waveshare-ai8, line: west, unit: 40}\n  - {id: ${battery}}`;
  const config = smallSite(['devices:', devices]);
  const clock = new SimClock();
  const village = buildVillage(config, clock);
  village.setPoint(point('battery-1/value'), 25.2);
  const rig = await VillageRig.watching({ config, clock, village });
  const at = async (volts: number): Promise<readonly string[]> => {
    rig.village.setPoint(point('battery-1/value'), volts);
    await rig.clock.advance(11_000);
    return story(rig, 'point:battery-1/value');
  };
  expect(await at(25.2)).toEqual([]);
  const raised = await at(21.5);
  expect(raised).toHaveLength(1);
  expect(raised[0]).toMatch(/^alarm\.raised 故障：值班室 .*低于报警值 22 V$/);
  expect(await at(24)).toHaveLength(2);
  await rig.stop();
});
