import { describe, expect, it } from 'vitest';
import { brandId, type PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import { resolveTelemetry } from '../../config/resolve-keeping.js';
import type { PointConfig, SamplingConfig, TelemetryConfig } from '../../config/site.js';
import { SiteTelemetry } from '../../gateway/telemetry/site-telemetry.js';
import { usualDeadband } from '../../gateway/telemetry/usual-deadbands.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { JournalCore } from '../../sync/journal/journal-core.js';
import { packJsonMaxBytes, packSpanMs } from '../../sync/telemetry/pack-bounds.js';
import { unpackSamples } from '../../sync/telemetry/pack-codec.js';
import { register } from '../hardware-sim/small-site.js';

type Pack = Parameters<JournalCore['keepTelemetry']>[0][number];

const volts = { ...register('meter-1/voltage', 'meter-1', 0), physicalUnit: 'V' };
const smoke = { ...register('smoke-1/smoke', 'smoke-1', 0), role: 'smoke.alarm' as const };
const baud = { ...register('smoke-1/baud', 'smoke-1', 1), role: 'setting' as const };
const key = { ...register('key/reset', 'io-1', 1), role: 'key.reset' as const };
const quality = {
  ...register('smoke-1/bus_quality', 'smoke-1', 0),
  role: 'bus.quality' as const,
  physicalUnit: '%',
  source: { kind: 'diagnostic', of: { unit: brandId('smoke-1') }, what: 'quality' } as PointConfig['source'],
};
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface Change {
  readonly telemetry?: Partial<TelemetryConfig>;
  readonly sampling?: Readonly<Record<string, Partial<SamplingConfig>>>;
  readonly points?: readonly PointConfig[];
}

function watch({ telemetry = {}, sampling = {}, points = [volts, smoke, baud, key, quality] }: Change = {}) {
  const clock = new SimClock();
  const commits: Pack[][] = [];
  const faults: boolean[] = [];
  const own = new Map(
    Object.entries(sampling).map(([id, each]) => [
      brandId<PointId>(id),
      { deadband: null, heartbeatMs: null, isOff: false, ...each },
    ]),
  );
  let mustThrow = false;
  const site = new SiteTelemetry({
    config: { points, telemetry: { ...resolveTelemetry(undefined, []), points: own, ...telemetry } },
    clock,
    keep: (packs) => {
      if (mustThrow) throw new Error('a bug');
      commits.push([...packs]);
    },
    onFault: (_, isActive) => faults.push(isActive),
  });
  site.start();
  let frame = 0;
  const see = (id: string, value: number | string | null, reason: Reading['reason'] = 'silent'): void => {
    const stamp = { pointId: brandId<PointId>(id), sampledMono: clock.mono(), frame: ++frame, confirmed: true };
    site.see(
      value === null
        ? { ...stamp, quality: 'bad', value, reason: reason ?? 'silent' }
        : { ...stamp, quality: 'good', value, reason: null },
    );
  };
  const told = (id = 'meter-1/voltage') => {
    site.finish();
    return commits
      .flat()
      .flatMap(({ body, mono }) =>
        (unpackSamples(body) ?? [])
          .filter(({ pointId }) => pointId === id)
          .map(({ value, reason, afterMs }) => [Math.round((mono + afterMs) / 1000), value ?? reason] as const),
      );
  };
  const fail = (now: boolean): void => {
    mustThrow = now;
  };
  return { clock, site, see, told, commits, faults, fail };
}

describe('sampling', () => {
  it('a change smaller than the deadband is no sample, one that adds up to it is', async () => {
    const { clock, see, told } = watch();
    for (const value of [230, 231, 232, 233, 234, 234.5, 234.7, 230.1, 226]) {
      see('meter-1/voltage', value);
      await clock.advance(3 * minuteMs);
    }
    // 2 % of 230 V is 4.6 V.
    expect(told().map(([, value]) => value)).toEqual([230, 234.7, 226]);
  });

  it('the deadband of the site file counts, and rounds as finely as it asks', async () => {
    const { clock, see, told } = watch({ sampling: { 'meter-1/voltage': { deadband: 0.1 } } });
    for (const value of [24.2, 24.25, 24.3, 24.4567]) {
      see('meter-1/voltage', value);
      await clock.advance(3 * minuteMs);
    }
    expect(told().map(([, value]) => value)).toEqual([24.2, 24.3, 24.46]);
  });

  it('a number waits for the end of the interval, and its newest value goes then', async () => {
    const { clock, see, told } = watch();
    see('meter-1/voltage', 230);
    for (const value of [240, 250, 260]) {
      await clock.advance(10_000);
      see('meter-1/voltage', value);
    }
    expect(told()).toEqual([[0, 230]]);
    await clock.advance(100_000);
    // Nothing was seen for a while when it goes: it is told as of now.
    expect(told()).toEqual([
      [0, 230],
      [120, 260],
    ]);
  });

  it('a number that has come back within its interval is no second sample', async () => {
    const { clock, see, told } = watch();
    see('meter-1/voltage', 230);
    await clock.advance(10_000);
    see('meter-1/voltage', 260);
    await clock.advance(10_000);
    see('meter-1/voltage', 231);
    await clock.advance(10 * minuteMs);
    expect(told()).toEqual([[0, 230]]);
  });

  it('bad goes at once, with its reason and without a value, and so does good again', async () => {
    const { clock, see, told } = watch();
    see('meter-1/voltage', 230);
    await clock.advance(5000);
    see('meter-1/voltage', null, 'out-of-range');
    await clock.advance(5000);
    see('meter-1/voltage', 230);
    expect(told()).toEqual([
      [0, 230],
      [5, 'out-of-range'],
      [10, 230],
    ]);
  });

  it('a contact that chatters gives a few samples a minute, the last of them how it stands', async () => {
    const { clock, see, told } = watch();
    for (let at = 0; at < 1200; at++) {
      see('smoke-1/smoke', at % 2 === 0 ? 'normal' : 'alarm');
      await clock.advance(500);
    }
    await clock.advance(2 * minuteMs);
    const samples = told('smoke-1/smoke');
    expect(samples.length).toBeLessThanOrEqual(12 * 5);
    expect(samples.length).toBeGreaterThanOrEqual(10 * 4);
    expect(samples.at(-1)?.[1]).toBe('alarm');
  });

  it('a silent point has its heartbeat all the same, own lines a sixth as often', async () => {
    const { clock, see, told } = watch();
    see('smoke-1/smoke', 'normal');
    see('smoke-1/bus_quality', 100);
    await clock.advance(25 * hourMs);
    expect(told('smoke-1/smoke')).toHaveLength(1 + 6);
    expect(told('smoke-1/bus_quality')).toHaveLength(1 + 1);
  });

  it('settings, keys, what is off and what was never seen are never sampled', async () => {
    const { clock, see, told, commits } = watch({ sampling: { 'smoke-1/smoke': { isOff: true } } });
    for (const id of ['smoke-1/baud', 'key/reset', 'smoke-1/smoke']) see(id, 1);
    await clock.advance(10 * hourMs);
    expect(told()).toEqual([]);
    expect(commits).toEqual([]);
  });

  it('nothing hangs on the wall clock', async () => {
    const { clock, see, told } = watch();
    see('meter-1/voltage', 230);
    clock.stepWall(-30 * 24 * hourMs);
    see('meter-1/voltage', 250);
    await clock.advance(2 * minuteMs + 5000);
    clock.stepWall(60 * 24 * hourMs);
    await clock.advance(2 * hourMs);
    expect(told()).toHaveLength(2);
  });

  it('every unit of the profiles has a deadband of its own', () => {
    const units = 'V A mA W VA var kW kvar Hz kWh Wh °C %RH MPa m %LEL ppm m/s 1 % MB ms'.split(' ');
    const unknown = usualDeadband({ role: 'measurement', physicalUnit: 'furlong' });
    expect(units.filter((physicalUnit) => usualDeadband({ role: 'measurement', physicalUnit }) === unknown)).toEqual(
      [],
    );
  });
});

describe('packing', () => {
  it('a pack tells of at most a minute, in order, and fits a message; the journal gets it every five minutes or 4 kB', async () => {
    const points = Array.from({ length: 400 }, (_, at) => ({ ...volts, id: brandId<PointId>(`meter-${at}/voltage`) }));
    const { clock, see, site, commits } = watch({ points });
    for (let at = 0; at < 40; at++) {
      for (let row = 0; row < 10; row++) see(`meter-${at * 10 + row}/voltage`, 200 + at);
      await clock.advance(5000);
    }
    await clock.advance(10 * minuteMs);
    const calm = commits.length;
    site.finish();
    expect(commits.length).toBe(calm);
    const packs = commits.flat();
    expect(packs.reduce((sum, { samples }) => sum + samples, 0)).toBe(400);
    for (const { body, samples } of packs) {
      const unpacked = unpackSamples(body) ?? [];
      expect(unpacked).toHaveLength(samples);
      const times = unpacked.map(({ afterMs }) => afterMs);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(Math.max(...times)).toBeLessThanOrEqual(packSpanMs);
      expect(JSON.stringify(unpacked).length).toBeLessThan(2 * packJsonMaxBytes);
    }
    // 200 s of samples: one hand-over, five minutes after the first pack was ready, and one for the rest.
    expect(calm).toBeLessThanOrEqual(2);
  });

  it('many samples at once are split; 4 kB go to the journal at once', async () => {
    const points = Array.from({ length: 1000 }, (_, at) => ({ ...volts, id: brandId<PointId>(`meter-${at}/voltage`) }));
    const { clock, see, commits } = watch({ points });
    for (let at = 0; at < 1000; at++) see(`meter-${at}/voltage`, 230 + Math.sin(at) * 3);
    await clock.advance(65_000);
    expect(commits).toHaveLength(1);
    expect(commits[0]?.length).toBeGreaterThan(5);
  });

  it('what is not packed yet goes to the journal at the stop', async () => {
    const { see, site, commits } = watch();
    see('meter-1/voltage', 230);
    site.stop();
    expect(commits.flat().map(({ samples }) => samples)).toEqual([1]);
  });

  it('a bug in it is a fault, the watch goes on, and it begins anew', async () => {
    const { clock, see, faults, fail, told } = watch();
    fail(true);
    see('meter-1/voltage', 230);
    await clock.advance(6.5 * minuteMs);
    expect(faults.at(-1)).toBe(true);
    fail(false);
    see('meter-1/voltage', 230);
    await clock.advance(2 * minuteMs);
    see('meter-1/voltage', 240);
    await clock.advance(10 * minuteMs);
    expect(faults.at(-1)).toBe(false);
    expect(told().at(-1)?.[1]).toBe(240);
  });
});
