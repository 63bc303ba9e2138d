/** An adapter that is pulled and plugged in again, in its own socket or another: the whole line recovers by itself. */
import { describe, expect, it } from 'vitest';
import type { SerialLineConfig } from '../../config/site.js';
import type { DriverError } from '../../drivers/driver-error.js';
import type { Answer } from '../../drivers/modbus/exchange.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import { type AdapterClaims, AdapterMemory, type ListedAdapter } from '../../drivers/serial/adapter-memory.js';
import { rs485Struct } from '../../drivers/serial/kernel-rs485.js';
import { serialLinkOpener } from '../../drivers/serial/serial-link.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { mockSerialBinding } from '../../hardware-sim/mock-serial.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { hex } from '../hardware-sim/bytes.js';
import { errorOf, isTrue, lineConfig, seeded, TruthModel, unitAt, waitOn } from './rig.js';

/** Turns of the real event loop beside each step of virtual time: serialport's streams need them. */
const turns = 20;

const path = '/dev/ttyUSB0';

async function pluggedLine() {
  const clock = new SimClock();
  const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10, path });
  wire.attach(new SimUnit({ address: 1, model: new TruthModel(1, clock), turnaroundMs: 8 }));
  const binding = mockSerialBinding(new Map([[path, wire]]));
  const config: SerialLineConfig = lineConfig({ path });
  const downs: DriverError[] = [];
  let ups = 0;
  let frame = 0;
  const line = new ModbusLine({
    config,
    open: serialLinkOpener(config, clock, binding),
    clock,
    random: seeded(9),
    nextFrame: () => ++frame,
    onUp: () => ups++,
    onDown: (error) => downs.push(error),
  });
  line.start();
  await settle(clock, 100);
  const read = (): Promise<Answer> =>
    waitOn(clock, line.request(unitAt(1), priorities.fire, { kind: 'read', table: 'holding', address: 5, count: 2 }));
  return { clock, wire, line, downs, read, ups: () => ups };
}

/** serialport's streams need turns of the real event loop; virtual time goes on meanwhile. */
async function settle(clock: SimClock, forMs: number): Promise<void> {
  for (let i = 0; i < 50; i++) {
    await clock.advance(forMs / 50);
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('an adapter', () => {
  it('pulled in the middle of a request and plugged in again: one fault of the line, then every answer is right', async () => {
    const rig = await pluggedLine();
    expect((await rig.read()).ok).toBe(true);
    const cut = rig.line.request(unitAt(1), priorities.fire, { kind: 'read', table: 'holding', address: 5, count: 2 });
    await rig.clock.advance(3);
    rig.wire.unplug();
    expect(errorOf(await waitOn(rig.clock, cut))?.code).toBe('LINK-005');
    await settle(rig.clock, 5_000);
    expect(errorOf(await rig.read())?.code).toBe('BUS-003');
    rig.wire.replug();
    await settle(rig.clock, 10_000);
    const answer = await rig.read();
    expect(answer.ok && isTrue(1, 5, answer)).toBe(true);
    expect(rig.ups()).toBe(2);
    expect([...new Set(rig.downs.map((error) => error.code))]).toEqual(['LINK-005', 'LINK-001']);
    await rig.line.stop();
  });

  it('that comes back under another name is found by its own number', async () => {
    const rig = await pluggedLine();
    await rig.read();
    rig.wire.unplug();
    await settle(rig.clock, 2_000);
    rig.wire.replug('/dev/ttyUSB7');
    await settle(rig.clock, 10_000);
    const answer = await rig.read();
    expect(answer.ok && isTrue(1, 5, answer)).toBe(true);
    rig.wire.unplug();
    await settle(rig.clock, 2_000);
    rig.wire.replug(path);
    await settle(rig.clock, 10_000);
    expect((await rig.read()).ok).toBe(true);
    await rig.line.stop();
  });

  it('of another line that comes back in this one’s place is not read as this line', async () => {
    const claims: AdapterClaims = new Map();
    const [east, west] = [new AdapterMemory(claims), new AdapterMemory(claims)];
    const at = (path: string, serialNumber: string): ListedAdapter => ({ path, serialNumber, pnpId: 'x' });
    east.learn([at('/dev/a', 'E'), at('/dev/b', 'W')], '/dev/a');
    west.learn([at('/dev/a', 'E'), at('/dev/b', 'W')], '/dev/b');
    expect(east.locate([at('/dev/a', 'W'), at('/dev/b', 'E')], '/dev/a')).toEqual({ kind: 'open', path: '/dev/b' });
    expect(east.locate([at('/dev/a', 'W')], '/dev/a')).toEqual({ kind: 'occupied', by: 'W x' });
    // One that nobody knows is a replacement.
    expect(east.locate([at('/dev/a', 'N')], '/dev/a')).toEqual({ kind: 'open', path: '/dev/a' });
  });

  const cheap = { serialNumber: undefined, pnpId: undefined };
  it.each([
    ['its number, elsewhere', [{ path: '/dev/b', serialNumber: 'A1', pnpId: 'x' }], '/dev/b'],
    ['no such number', [{ path: '/dev/b', serialNumber: 'A2', pnpId: 'x' }], '/dev/a'],
    [
      'its number twice',
      [
        { path: '/dev/b', serialNumber: 'A1', pnpId: 'x' },
        { path: '/dev/c', serialNumber: 'A1', pnpId: 'x' },
      ],
      '/dev/a',
    ],
    ['an adapter without a number', [{ path: '/dev/b', ...cheap }], '/dev/a'],
    ['nothing', [], '/dev/a'],
  ])('is looked for by what is unique about it, and never guessed: %s', (_name, listed, expected) => {
    const memory = new AdapterMemory();
    memory.learn([{ path: '/dev/a', serialNumber: 'A1', pnpId: 'x' }], '/dev/a');
    expect(memory.locate(listed, '/dev/a')).toEqual({ kind: 'open', path: expected });
    // One without a number has no identity to remember.
    const cheapMemory = new AdapterMemory();
    cheapMemory.learn([{ path: '/dev/a', ...cheap }], '/dev/a');
    expect(cheapMemory.isKnown).toBe(false);
  });
});

describe('the kernel’s own RS-485 switch', () => {
  const base = { mode: 'kernel', rtsOnSend: 'high', delayBeforeMs: 0, delayAfterMs: 0, receivesOwn: false } as const;
  const zeros = (count: number): string => ' 00'.repeat(count);
  it.each([
    ['RTS high while sending', base, `03 00 00 00${zeros(28)}`],
    ['RTS low while sending', { ...base, rtsOnSend: 'low' } as const, `05 00 00 00${zeros(28)}`],
    [
      'delays, and its own voice',
      { ...base, delayBeforeMs: 1, delayAfterMs: 2, receivesOwn: true },
      `13 00 00 00 01 00 00 00 02 00 00 00${zeros(20)}`,
    ],
  ])('is told as linux/serial.h says: %s', (_name, config, expected) => {
    expect(hex(rs485Struct(config))).toBe(expected);
  });
});
