/** The trap of RTU: answers carry no number, so a late one can answer the wrong question. Here none ever does. */
import { expect, test } from 'vitest';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { withCrc } from '../../hardware-sim/modbus/crc16.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { isTrue, lineConfig, seeded, TruthModel, unitAt } from './rig.js';

type Trick = 'late' | 'doubled' | 'truncated' | 'foreign' | 'corrupted' | 'none';
const tricks: readonly Trick[] = ['late', 'doubled', 'truncated', 'foreign', 'corrupted'];

test('1,000 late, doubled, truncated, corrupted and foreign answers give 0 wrong values', async () => {
  const clock = new SimClock();
  const random = seeded(20261122);
  const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10 });
  const played: Record<Trick, number> = { late: 0, doubled: 0, truncated: 0, foreign: 0, corrupted: 0, none: 0 };
  for (const address of [1, 2, 3]) {
    const unit = new SimUnit({ address, model: new TruthModel(address, clock), turnaroundMs: 8 });
    unit.mischief = ({ reply }) => {
      const trick: Trick = random() < 0.5 ? 'none' : (tricks[Math.floor(random() * tricks.length)] ?? 'none');
      played[trick]++;
      const foreign = withCrc([9, ...reply.subarray(1, reply.length - 2)]);
      switch (trick) {
        case 'late':
          return [{ afterMs: 55 + random() * 350, bytes: reply }];
        case 'doubled':
          return [
            { afterMs: 0, bytes: reply },
            { afterMs: 12 + random() * 25, bytes: reply },
          ];
        case 'truncated':
          return [{ afterMs: 0, bytes: reply.slice(0, 1 + Math.floor(random() * (reply.length - 1))) }];
        case 'foreign':
          return [
            { afterMs: 0, bytes: foreign },
            { afterMs: 14 + random() * 20, bytes: reply },
          ];
        case 'corrupted':
          return [{ afterMs: 0, bytes: reply.map((byte, i) => (i === 3 ? byte ^ 0x55 : byte)) }];
        case 'none':
          return [{ afterMs: 0, bytes: reply }];
      }
    };
    wire.attach(unit);
  }
  let frame = 0;
  const line = new ModbusLine({
    config: lineConfig(),
    open: wire.open,
    clock,
    random,
    nextFrame: () => ++frame,
    onUp: () => undefined,
    onDown: (error) => {
      throw error;
    },
  });
  line.start();
  await clock.advance(1);

  const counts = { good: 0, refusedOrSilent: 0, wrong: 0 };
  const mischievous = (): number => tricks.reduce((sum, trick) => sum + played[trick], 0);
  const ask = async (unit: number, until: number): Promise<void> => {
    while (mischievous() < until) {
      // Two blocks of the same shape and one of another: what a device with several blocks is asked.
      for (const [address, count] of [
        [0, 2],
        [10, 2],
        [20, 5],
      ] as const) {
        const answer = await line.request(unitAt(unit), priorities.fire, {
          kind: 'read',
          table: 'holding',
          address,
          count,
        });
        if (!answer.ok) counts.refusedOrSilent++;
        else if (isTrue(unit, address, answer)) counts.good++;
        else counts.wrong++;
      }
    }
  };
  // First one unit alone, where every late answer meets the next question to the same unit; then all of them.
  const done = ask(1, 600).then(() => Promise.all([ask(1, 1_000), ask(2, 1_000), ask(3, 1_000)]));
  let isDone = false;
  void done.then(() => {
    isDone = true;
  });
  await clock.until(() => isDone, 3_600_000, 1_000);
  expect(counts.wrong).toBe(0);
  expect(mischievous()).toBeGreaterThanOrEqual(1_000);
  expect(counts.good).toBeGreaterThan(500);
  for (const trick of tricks) expect(played[trick]).toBeGreaterThan(150);
});
