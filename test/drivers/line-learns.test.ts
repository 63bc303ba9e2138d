/** What a line learns about its units: their pace, garbled answers, two units of one address, a link that has gone deaf. */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../drivers/modbus/exchange.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { LineQueue, priorities } from '../../drivers/modbus/line-queue.js';
import { Turnaround } from '../../drivers/modbus/turnaround.js';
import { corrupted, doubled, noisy, saying } from '../../hardware-sim/modbus/mischief.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytes } from '../hardware-sim/bytes.js';
import {
  errorOf,
  FakeLink,
  isTrue,
  type LineRig,
  lineConfig,
  lineRig,
  seeded,
  standing,
  unitAt,
  waitOn,
} from './rig.js';

const holding = (address: number, count = 1) => ({ kind: 'read', table: 'holding', address, count }) as const;
const read = (rig: LineRig, unit: number, address: number, count = 1): Promise<Answer> =>
  rig.line.request(unitAt(unit), priorities.fire, holding(address, count));

/** How long one look takes. */
async function took(rig: LineRig, unit: number): Promise<number> {
  const beganMono = rig.clock.mono();
  await rig.wait(read(rig, unit, 0));
  return rig.clock.mono() - beganMono;
}

describe('the pace of a unit', () => {
  it('is learned in eight answers; then a dead one costs a fraction of the full wait, and the quiet after it stays', async () => {
    const rig = await lineRig({ config: { timeoutMs: 400, quarantineMs: 50 } });
    const { unit } = rig.unit(1, 8);
    unit.on = false;
    const untaughtMs = await took(rig, 1);
    expect(untaughtMs).toBeGreaterThan(400);
    await rig.clock.advance(1000);
    unit.on = true;
    for (let i = 0; i < 12; i++) await took(rig, 1);
    unit.on = false;
    const taughtMs = await took(rig, 1);
    expect(taughtMs).toBeLessThan(90);
    expect(taughtMs).toBeGreaterThan(45);
    // The next question does not leave before the slowest answer that the unit may give would have come.
    expect(await took(rig, 1)).toBeGreaterThan(400);
  });

  it('never costs a unit that becomes slow more than one look: the full wait counts again after a miss', async () => {
    const rig = await lineRig({ config: { timeoutMs: 400, quarantineMs: 50 } });
    const { unit } = rig.unit(1, 8);
    for (let i = 0; i < 12; i++) await took(rig, 1);
    unit.turnaroundMs = 300;
    const answers: Answer[] = [];
    for (let i = 0; i < 12; i++) {
      answers.push(await rig.wait(read(rig, 1, 0)));
      await rig.clock.advance(500);
    }
    expect(answers.filter((answer) => !answer.ok)).toHaveLength(1);
    expect(answers.every((answer) => !answer.ok || isTrue(1, 0, answer))).toBe(true);
  });

  it.each([
    [[], 500, 500],
    [[5, 5, 5, 5, 5, 5, 5], 500, 500],
    [[5, 5, 5, 5, 5, 5, 5, 5], 500, 35],
    [[0, 0, 0, 0, 0, 0, 0, 0], 500, 30],
    [[100, 5, 5, 5, 5, 5, 5, 5], 500, 388],
    [[100, 5, 5, 5, 5, 5, 5, 5], 200, 200],
    [[0, 0, 0, 0, 0, 0, 0, 0], 20, 20],
  ])('%j with a full wait of %i ms gives %i ms', (turnarounds, fullMs, expected) => {
    const turnaround = new Turnaround();
    for (const ms of turnarounds) turnaround.learn(ms);
    expect(Math.round(turnaround.timeoutMs(fullMs))).toBe(expected);
    turnaround.missed();
    expect(turnaround.timeoutMs(fullMs)).toBe(fullMs);
  });
});

describe('a garbled answer', () => {
  it('ends the look as soon as it is plain that it is one, and is counted as such', async () => {
    const rig = await lineRig({ config: { timeoutMs: 400, quarantineMs: 50 } });
    rig.unit(1).unit.mischief = corrupted(4);
    const beganMono = rig.clock.mono();
    expect(errorOf(await rig.wait(read(rig, 1, 0)))?.code).toBe('BUS-006');
    expect(rig.clock.mono() - beganMono).toBeLessThan(60);
    expect(rig.line.unitStats(1)).toMatchObject({ requests: 1, answers: 0, timeouts: 0, crcErrors: 1 });
  });

  it('is not assumed while a good one may still follow the noise', async () => {
    const rig = await lineRig();
    rig.unit(1, 5).unit.mischief = noisy(bytes('01 03 02 00 01 79 85 01 03 02'));
    const answer = await rig.wait(read(rig, 1, 0));
    expect(answer.ok && isTrue(1, 0, answer)).toBe(true);
  });
});

describe('two answers to one question', () => {
  it('are told after the third within a minute, with the address', async () => {
    const clock = new SimClock();
    const told: number[] = [];
    const rig = await lineRig({ clock, onTwoAnswers: (address) => told.push(address) });
    rig.unit(1).unit.mischief = doubled(30);
    rig.unit(2);
    for (let i = 0; i < 3; i++) {
      expect(told).toEqual([]);
      await rig.wait(read(rig, 1, 0));
      await rig.clock.advance(200);
      await rig.wait(read(rig, 2, 0));
    }
    expect(told).toEqual([1]);
    expect(rig.line.unitStats(1).doubles).toBe(3);
    expect(rig.line.unitStats(2).doubles).toBe(0);
  });
});

describe('a vendor’s own refusal', () => {
  it('by function byte 80 is a refusal for a unit of that style, and nothing for others', async () => {
    const rig = await lineRig();
    rig.unit(1).unit.mischief = saying(bytes('01 80 01 80 00'));
    const style = unitAt(1, { exceptionStyle: 'byte80' });
    const refused = await rig.wait(rig.line.request(style, priorities.fire, holding(0)));
    expect(errorOf(refused)).toMatchObject({ code: 'BUS-002', got: 'exception 1' });
    expect(errorOf(await rig.wait(read(rig, 1, 0)))?.code).toBe('BUS-001');
  });
});

describe('inside a class', () => {
  it('the question that was answered longest ago goes first, whoever came first', () => {
    const queue = new LineQueue<string>();
    queue.push(priorities.fire, 300, 'young');
    queue.push(priorities.fire, 100, 'old');
    queue.push(priorities.fire, Number.NEGATIVE_INFINITY, 'never');
    queue.push(priorities.state, 0, 'state');
    queue.push(priorities.secondLook, 400, 'second');
    const order = Array.from({ length: 5 }, () => queue.take(() => standing(0), 1));
    expect(order.map((taken) => (taken.kind === 'job' ? taken.job : ''))).toEqual([
      'second',
      'never',
      'old',
      'young',
      'state',
    ]);
  });
});

describe('a link that says nothing and reports no error', () => {
  it('is opened anew after 10 s in vain, then ever more seldom, and nobody is told that the line went down', async () => {
    const clock = new SimClock();
    const links: { readonly link: FakeLink; readonly atMono: number }[] = [];
    const downs: unknown[] = [];
    let frame = 0;
    const line = new ModbusLine({
      config: lineConfig(),
      open: async (events) => {
        const link = new FakeLink(events);
        links.push({ link, atMono: clock.mono() });
        return link;
      },
      clock,
      random: seeded(3),
      nextFrame: () => ++frame,
      onUp: () => undefined,
      onDown: (error) => downs.push(error),
    });
    line.start();
    await clock.advance(1);
    const codes = new Set<string | undefined>();
    while (clock.mono() < 200_000) {
      codes.add(errorOf(await waitOn(clock, line.request(unitAt(1), priorities.fire, holding(0))))?.code);
      await clock.advance(400);
    }
    expect(codes).toEqual(new Set(['BUS-001']));
    expect(downs).toEqual([]);
    const gaps = links.slice(1).map(({ atMono }, i) => Math.round((atMono - (links[i]?.atMono ?? 0)) / 1000));
    expect(gaps.map((gap) => Math.round(gap / 10) * 10)).toEqual([10, 20, 40, 80]);
    expect(links.map(({ link }) => link.isOpen)).toEqual([...links.slice(1).map(() => false), true]);
    await line.stop();
  });
});
