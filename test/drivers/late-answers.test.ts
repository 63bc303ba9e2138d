/** The trap of RTU: answers carry no number, so a late one can answer the wrong question. Here none ever does. */
import { expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { LineConfig } from '../../config/site.js';
import { type Answer, ModbusLine } from '../../drivers/modbus/line.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { withCrc } from '../../hardware-sim/modbus/crc16.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import type { ExceptionCode } from '../../hardware-sim/modbus/unit-codec.js';
import { noRelays, type UnitModel } from '../../hardware-sim/modbus/unit-model.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

const config: LineConfig = {
  id: brandId('main'),
  name: { zh: '主线', en: 'main line' },
  transport: 'serial',
  path: 'wire',
  baud: 9600,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  timeoutMs: 60,
  quarantineMs: 40,
};

/** A register that says where it is and when it was read: any mix-up shows in the value. */
const stepMs = 20;
function truth(unit: number, address: number, mono: number): number {
  return ((unit * 7 + address) * 509 + Math.floor(mono / stepMs)) & 0xffff;
}

class TruthModel implements UnitModel {
  readonly functions = new Set([3]);
  readonly relays = noRelays.relays;
  readonly relayAt = noRelays.relayAt;
  readonly setPower = noRelays.setPower;
  readonly commission = noRelays.commission;

  constructor(
    private readonly unit: number,
    private readonly clock: SimClock,
  ) {}

  read(_table: string, address: number): number | null {
    return address < 64 ? truth(this.unit, address, this.clock.mono()) : null;
  }

  write(): ExceptionCode {
    return 1;
  }

  setRaw(): void {}
}

function isTrue(unit: number, address: number, answer: Extract<Answer, { ok: true }>): boolean {
  return answer.values.every((value, i) => {
    const slots = Math.floor(answer.receivedMono / stepMs) - Math.floor(answer.sampledMono / stepMs);
    return Array.from({ length: slots + 1 }, (_, slot) => answer.sampledMono + slot * stepMs).some(
      (mono) => truth(unit, address + i, mono) === value || truth(unit, address + i, answer.receivedMono) === value,
    );
  });
}

/** xorshift32, so that a failing run can be repeated by its seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

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
    config,
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
        const answer = await line.request(unit, priorities.fire, { kind: 'read', table: 'holding', address, count });
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
