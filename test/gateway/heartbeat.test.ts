/** The pin of a watchdog relay: it moves with the work of the gateway, and with nothing else. */
import { describe, expect, test } from 'vitest';
import { brandId, type OutputId } from '../../config/ids.js';
import type { HeartbeatConfig, SiteConfig } from '../../config/site.js';
import type { OutputPin } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { CheckIns } from '../../gateway/health/check-ins.js';
import { Heartbeat } from '../../gateway/health/heartbeat.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { line, townConfig, VillageRig } from './village-rig.js';

const config: HeartbeatConfig = {
  id: brandId<OutputId>('watchdog'),
  name: { zh: '看门狗', en: 'watchdog' },
  zone: null,
  target: { kind: 'pin', pin: 25, activeLow: false },
};

function beating(hasInputs = true) {
  const clock = new SimClock();
  const changes: number[] = [];
  const faults: boolean[] = [];
  const checkIns = new CheckIns(clock, () => undefined);
  const state = { hasPins: true };
  const pin: OutputPin = {
    set: () => {
      if (!state.hasPins) throw new DriverError('PIN-003', 'GPIO25');
      changes.push(clock.mono());
    },
    read: () => false,
  };
  const heartbeat = new Heartbeat({
    ...{ heartbeats: [config], hasInputs, openPin: () => pin, clock },
    isOverdue: () => checkIns.isAnyOverdue,
    onFault: (_, isAtFault) => void faults.push(isAtFault),
  });
  heartbeat.start();
  /** A loop that works: every `everyMs` it checks in, and a reading goes through the engine. */
  const loop = (name: string, everyMs: number, maxQuietMs = 10_000) => {
    const checkIn = checkIns.register(name, maxQuietMs);
    const part = { isHung: false };
    const round = (): void => {
      if (part.isHung) return;
      checkIn();
      heartbeat.step();
      clock.after(everyMs, round);
    };
    round();
    return part;
  };
  /** How often it changed in so long. */
  const beats = async (ms: number): Promise<number> => {
    const before = changes.length;
    await clock.advance(ms);
    return changes.length - before;
  };
  return { clock, checkIns, heartbeat, faults, state, loop, beats };
}

describe('a heartbeat', () => {
  test('changes once a second, however many readings come', async () => {
    const bench = beating();
    bench.loop('scan:east', 20);
    expect(await bench.beats(60_000)).toBeGreaterThanOrEqual(58);
    expect(await bench.beats(60_000)).toBeLessThanOrEqual(60);
  });

  test('changes with the readings where they come more seldom', async () => {
    const bench = beating();
    bench.loop('scan:east', 5_000);
    expect(await bench.beats(60_000)).toBe(12);
  });

  test('stands still as soon as no reading goes through the engine, although time goes on', async () => {
    const bench = beating();
    const scan = bench.loop('scan:east', 100);
    await bench.beats(10_000);
    scan.isHung = true;
    expect(await bench.beats(60_000)).toBe(0);
  });

  test('stands still when one loop of many hangs for longer than it may, and moves again with it', async () => {
    const bench = beating();
    bench.loop('scan:east', 100);
    const checkIn = bench.checkIns.register('outputs', 10_000);
    expect(await bench.beats(10_000)).toBeGreaterThanOrEqual(9);
    await bench.beats(1_000);
    expect(await bench.beats(60_000)).toBe(0);
    checkIn();
    expect(await bench.beats(5_000)).toBeGreaterThanOrEqual(4);
  });

  test('of a site where nothing is asked goes by the clock, and stands still with a hung loop all the same', async () => {
    const bench = beating(false);
    expect(await bench.beats(10_000)).toBe(10);
    bench.checkIns.register('outputs', 5_000);
    await bench.beats(6_000);
    expect(await bench.beats(60_000)).toBe(0);
  });

  test('at a pin that can not be switched is a fault once, and sound again when it can', async () => {
    const bench = beating();
    bench.loop('scan:east', 100);
    await bench.beats(5_000);
    bench.state.hasPins = false;
    await bench.beats(5_000);
    bench.state.hasPins = true;
    await bench.beats(5_000);
    expect(bench.faults).toEqual([false, true, false]);
  });

  test('stands still from the stop on', async () => {
    const bench = beating();
    bench.loop('scan:east', 100);
    await bench.beats(5_000);
    bench.heartbeat.stop();
    expect(await bench.beats(10_000)).toBe(0);
  });
});

describe('the heartbeat of a village', () => {
  async function watchedTown(): Promise<SiteConfig> {
    return { ...(await townConfig()), heartbeats: [config] };
  }

  /** Changes of the pin in so long. */
  async function beats(rig: VillageRig, ms: number): Promise<number> {
    let changes = 0;
    const cancel = rig.village.board.onChange((pin) => {
      if (pin === config.target.pin) changes++;
    });
    await rig.clock.advance(ms);
    cancel();
    return changes;
  }

  test('goes on with a disk that hangs, with cut lines and during a fire, and is never journaled', async () => {
    const rig = await VillageRig.watching({ config: await watchedTown() });
    expect(await beats(rig, 10_000)).toBeGreaterThanOrEqual(8);
    rig.store.setMode('hangs');
    for (const id of ['east', 'west']) rig.village.cutLine(line(id), true);
    expect(await beats(rig, 20_000)).toBeGreaterThanOrEqual(16);
    expect(rig.entries.filter(({ subject }) => subject.includes('watchdog'))).toEqual([]);
  });

  test('moves at least every 11 s on a box without pins while every line is cut', async () => {
    const town = await watchedTown();
    const points = town.points.filter(({ source }) => source.kind !== 'pin');
    const rig = await VillageRig.watching({ config: { ...town, points } });
    for (const { id } of town.lines) rig.village.cutLine(id, true);
    const moves = [rig.clock.mono()];
    rig.village.board.onChange((pin, _, atMono) => {
      if (pin === config.target.pin) moves.push(atMono);
    });
    await rig.clock.advance(180_000);
    moves.push(rig.clock.mono());
    expect(Math.max(...moves.slice(1).map((mono, i) => mono - (moves[i] ?? 0)))).toBeLessThanOrEqual(11_000);
  });

  test('stands still when the gateway has stopped, and when it was killed', async () => {
    const stopped = await VillageRig.watching({ config: await watchedTown() });
    await stopped.stop();
    expect(await beats(stopped, 20_000)).toBe(0);
    const killed = await VillageRig.watching({ config: await watchedTown() });
    await killed.kill();
    expect(await beats(killed, 20_000)).toBe(0);
  });

  test('at a pin that does not exist is a fault, and the watch goes on', async () => {
    const rig = await VillageRig.make({ config: await watchedTown() });
    rig.village.board.setFault(config.target.pin, 'missing');
    await rig.start();
    await rig.clock.advance(5_000);
    expect(rig.faults).toContain('raised fault:output:watchdog');
    expect(rig.observations.some(({ kind }) => kind === 'site.scanned')).toBe(true);
  });
});
