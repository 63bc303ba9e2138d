import { expect, test } from 'vitest';
import { BareLine, bareLineConfig } from '../../../gateway/wire/bare-line.js';
import { ByteWire } from '../../../hardware-sim/byte-wire.js';
import { makeModel } from '../../../hardware-sim/modbus/models.js';
import { SimUnit } from '../../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { seeded } from '../../drivers/rig.js';

const format = { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;

function rig() {
  const clock = new SimClock();
  const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10, chunkBytes: 'whole', path: '/dev/ttyUSB0' });
  wire.attach(new SimUnit({ address: 5, model: makeModel('xy-md02', clock) }));
  const config = bareLineConfig({ kind: 'serial', path: '/dev/ttyUSB0', format });
  const line = (): BareLine => new BareLine({ config, open: wire.open, clock, random: seeded(7) });
  const wait = async <T>(promise: Promise<T>): Promise<T> => {
    let isDone = false;
    void promise.then(() => {
      isDone = true;
    });
    await clock.until(() => isDone, 60_000, 5);
    return promise;
  };
  return { clock, config, line, wait };
}

test('a line without a site file is asked, and is free for the next one after it', async () => {
  const { line, wait } = rig();
  for (const _ of [1, 2]) {
    const bare = line();
    expect(await wait(bare.open())).toBeNull();
    const answer = await wait(bare.read(5, { table: 'input', address: 1, count: 2 }));
    expect(answer).toMatchObject({ ok: true, values: [expect.any(Number), expect.any(Number)] });
    expect(await wait(bare.read(6, { table: 'input', address: 1, count: 1 }))).toMatchObject({
      ok: false,
      error: { code: 'BUS-001' },
    });
    await wait(bare.close());
  }
});

test('a tty that another one holds is told at once, by its code', async () => {
  const { line, wait } = rig();
  const [first, second] = [line(), line()];
  expect(await wait(first.open())).toBeNull();
  expect(await wait(second.open())).toMatchObject({ code: 'LINK-003' });
  await wait(second.close());
  await wait(first.close());
});

test('a tty that does not open is told after seconds', async () => {
  const { clock, config, wait } = rig();
  const bare = new BareLine({ config, open: () => new Promise<never>(() => undefined), clock, random: seeded(7) });
  const beganMono = clock.mono();
  expect(await wait(bare.open())).toMatchObject({ code: 'LINK-004' });
  expect(clock.mono() - beganMono).toBeLessThan(8_000);
});
