import { expect, test } from 'vitest';
import { CheckIns } from '../../gateway/health/check-ins.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

interface Reviewed {
  readonly clock: SimClock;
  readonly checkIns: CheckIns;
  readonly told: string[];
  /** Time passes, with a review every 5 s. */
  pass(ms: number): Promise<void>;
}

function reviewed(): Reviewed {
  const clock = new SimClock();
  const told: string[] = [];
  const checkIns = new CheckIns(clock, (loop, isOverdue) => {
    // That a loop is well may also be said before it was ever overdue.
    if (isOverdue) told.push(`${loop} overdue`);
    else if (told.includes(`${loop} overdue`)) told.push(`${loop} back`);
  });
  const review = (): void => {
    checkIns.review();
    clock.after(5_000, review);
  };
  review();
  return { clock, checkIns, told, pass: (ms) => clock.advance(ms) };
}

test('a loop that makes no progress is overdue once, however long it lasts, and returns once', async () => {
  const { checkIns, told, pass } = reviewed();
  const checkIn = checkIns.register('scan:east', 30_000);
  await pass(30_000);
  expect(told).toEqual([]);
  await pass(600_000);
  expect(told).toEqual(['scan:east overdue']);
  expect(checkIns.overdue).toEqual(['scan:east']);
  checkIn();
  await pass(20_000);
  expect(told).toEqual(['scan:east overdue', 'scan:east back']);
  expect(checkIns.overdue).toEqual([]);
});

test('a loop that stands still does not blame the ones that move', async () => {
  const { clock, checkIns, told, pass } = reviewed();
  const checkIn = checkIns.register('scan:east', 30_000);
  checkIns.register('scan:west', 10_000);
  const move = (): void => {
    checkIn();
    clock.after(20_000, move);
  };
  move();
  await pass(120_000);
  expect(told).toEqual(['scan:west overdue']);
});

test('a wall clock that jumps makes no loop overdue', async () => {
  const { clock, checkIns, told, pass } = reviewed();
  checkIns.register('scan:east', 30_000);
  clock.stepWall(86_400_000);
  await pass(20_000);
  expect(told).toEqual([]);
});
