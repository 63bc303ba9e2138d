/** `gengfu selftest --box`: figures beside their budgets; bounded writes that leave nothing; pins of lamps, and never of what sounds. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { OutputConfig } from '../../config/site.js';
import { SystemClock } from '../../drivers/clock.js';
import type { PinBoard } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { describeFigure, figure, percentile } from '../../gateway/box/selftest/figure.js';
import { appends, measureDisk } from '../../gateway/box/selftest/measure-disk.js';
import { lampPins, measurePins } from '../../gateway/box/selftest/measure-pins.js';
import { measureWire } from '../../gateway/box/selftest/measure-wire.js';
import { runningFigures } from '../../gateway/box/selftest/running-figures.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { trialCommits } from '../../sync/journal/sqlite-trial.js';
import { smallSite } from '../hardware-sim/small-site.js';
import { tempDir } from '../sync/rig.js';

const what = { zh: '落盘', en: 'fsync' };

test('a figure is judged by its budget, and says why where it was not measured', () => {
  expect(figure('a', what, 'ms', 3.14459, { budget: 5, developed: 1 })).toMatchObject({ value: 3.14, verdict: 'ok' });
  expect(figure('a', what, 'ms', 6, { budget: 5 }).verdict).toBe('over');
  expect(figure('a', what, 'ms', 6).verdict).toBe('no-budget');
  const none = figure('a', what, 'ms', null, { note: { zh: '没有应答', en: 'no answer' } });
  expect(none.verdict).toBe('not-measured');
  expect(describeFigure(none, 'zh')).toBe('[未测] 落盘：–\n      没有应答');
  expect(describeFigure(figure('a', what, 'ms', 6, { budget: 5, developed: 1 }), 'en')).toBe(
    '[over] fsync: 6 ms, budget ≤ 5 ms, where it was developed 1 ms',
  );
  expect([percentile([3, 1, 2], 50), percentile([3, 1, 2], 99), percentile([], 99)]).toEqual([2, 3, null]);
});

test('the disk is asked so many times and nothing is left on it', async () => {
  const folder = tempDir();
  const figures = await measureDisk(folder, new SystemClock(), trialCommits);
  expect(figures.map(({ id, value }) => [id, value !== null])).toEqual([
    ['fsync-p50', true],
    ['fsync-p99', true],
    ['commit-p50', true],
    ['commit-p99', true],
  ]);
  expect(figures[0]?.note?.en).toContain(`${appends} times`);
  expect(readdirSync(folder)).toEqual([]);
  await expect(measureDisk(`${folder}/none`, new SystemClock(), trialCommits)).rejects.toThrow('ENOENT');
});

const output = (id: string, kind: OutputConfig['kind'], pin: number): OutputConfig => ({
  ...{ id: brandId(id), name: what, kind, zone: null, onControlLost: 'go-quiet' },
  target: { kind: 'pin', pin, activeLow: false },
});

test('lamps on pins are switched and left as they were; sirens, strobes and amplifiers are not touched', () => {
  const lamps = lampPins({
    outputs: [
      output('siren', 'siren', 4),
      output('flash', 'strobe', 5),
      output('amp', 'amplifier', 6),
      output('red', 'lamp', 17),
    ],
  });
  expect(lamps.map(({ pin }) => pin)).toEqual([17]);
  let level = true;
  let nowMs = 0;
  let eachTakesMs = 1;
  const clock = Object.assign(new SimClock(), { mono: () => nowMs });
  const levels: boolean[] = [];
  const set = (on: boolean): void => {
    level = on;
    nowMs += eachTakesMs;
    levels.push(on);
  };
  const board = { openOutput: () => ({ set, read: () => level }) } as unknown as PinBoard;
  const [took, wrong] = measurePins(board, lamps, clock);
  expect([took?.value, took?.verdict, wrong?.value, level]).toEqual([1, 'ok', 0, true]);
  expect(new Set(levels)).toEqual(new Set([true, false]));
  eachTakesMs = 40;
  expect(measurePins(board, lamps, clock)[0]).toMatchObject({ value: 40, verdict: 'over' });
  const stuck = { openOutput: () => ({ set: () => undefined, read: () => true }) } as unknown as PinBoard;
  expect(measurePins(stuck, lamps, clock)[1]).toMatchObject({ verdict: 'over' });
});

test('a line that does not open is told, and the next one is measured all the same', async () => {
  const clock = new SimClock();
  const asked: string[] = [];
  const openerOf = () => () => Promise.reject(new DriverError('LINK-001', 'tty', 'no such file'));
  const measuring = measureWire({
    config: smallSite(),
    clock,
    random: () => 0.5,
    openerOf,
    onProgress: (line) => asked.push(line),
  });
  await expect.poll(() => clock.advance(500).then(() => asked.length)).toBe(2);
  await clock.advance(4000);
  expect((await measuring).map(({ id, note }) => [id, note?.en])).toEqual([
    ['line/east', 'does not open: LINK-001 no such file'],
    ['line/west', 'does not open: LINK-001 no such file'],
  ]);
});

test('a running gateway is asked for what it has measured, and an older one that tells less as well', () => {
  const facts = {
    memoryMb: 99,
    loopDelayMs: 3,
    commitMs: 20,
    scannedMs: 800,
    wire: [{ of: 'smoke-1', what: 'latency-p95', value: 22 }],
  };
  const figures = runningFigures(facts as never);
  expect(figures.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
    'start ok',
    'loop-delay-p99 ok',
    'gateway-commit-p95 ok',
    'memory ok',
    'latency-p95/smoke-1 over',
  ]);
  const { scannedMs: _, wire: _wire, ...older } = facts;
  expect(runningFigures(older as never)[0]).toMatchObject({ id: 'start', verdict: 'not-measured' });
});
