/** Mains and battery of the box: by the kernel's files, by boards on I2C, and what is not made up when they say nothing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BoxFigure, UpsBoardKind } from '../../config/site.js';
import { systemFiles } from '../../drivers/box/box-files.js';
import { systemI2cBus } from '../../drivers/box/i2c-bus.js';
import { powerSensors } from '../../drivers/box/power-supply.js';
import { openRealBox } from '../../drivers/box/real-box.js';
import { upsSensors } from '../../drivers/box/ups-sensors.js';
import type { BoxSensor } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { SimI2c } from '../../hardware-sim/sim-i2c.js';

/** Each figure, or the code of the error instead of it. */
async function told(sensors: readonly BoxSensor[]): Promise<Readonly<Partial<Record<BoxFigure, number | string>>>> {
  const answers = await Promise.all(
    sensors.map(async ({ what, read }) => {
      const value = await read().catch((error: unknown) => (error instanceof DriverError ? error.code : String(error)));
      return [what, value] as const;
    }),
  );
  return Object.fromEntries(answers);
}

describe('by the kernel', () => {
  async function supplies(files: Readonly<Record<string, string>>): Promise<ReturnType<typeof told>> {
    const root = mkdtempSync(join(tmpdir(), 'gengfu-power-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), `${text}\n`);
    }
    return told(await powerSensors(systemFiles, root));
  }

  const battery = {
    'bat/type': 'Battery',
    'bat/status': 'Discharging',
    'bat/capacity': '63',
    'bat/voltage_now': '12345678',
  };
  const socket = (online: string) => ({ 'ac/type': 'Mains', 'ac/online': online });
  const both = { battery_charge: 63, battery_voltage: 12.35 };

  it.each<
    readonly [promise: string, files: Readonly<Record<string, string>>, figures: Awaited<ReturnType<typeof told>>]
  >([
    ['a box without a battery has no power to tell about, whatever feeds it', socket('1'), {}],
    ['nor has one without anything', {}, {}],
    [
      'a dead socket and a battery that is emptied: on battery',
      { ...battery, ...socket('0') },
      { ...both, mains: 'on_battery' },
    ],
    [
      'a live socket: on mains, though the battery helps out',
      { ...battery, ...socket('1') },
      { ...both, mains: 'on_mains' },
    ],
    [
      'no socket to be seen: the battery says it',
      { ...battery, 'bat/status': 'Charging' },
      { ...both, mains: 'on_mains' },
    ],
    [
      'a battery that does not know, and no socket: nothing is said',
      { ...battery, 'bat/status': 'Unknown' },
      { ...both, mains: 'BOX-001' },
    ],
    ['the battery of a mouse is not that of the box', { ...battery, 'bat/scope': 'Device' }, {}],
    [
      'a charge above 100 is nonsense, not 100',
      { ...battery, 'bat/capacity': '101' },
      { ...both, mains: 'on_battery', battery_charge: 'BOX-001' },
    ],
    [
      'so is a voltage in another unit',
      { ...battery, 'bat/voltage_now': '12345' },
      { ...both, mains: 'on_battery', battery_voltage: 'BOX-001' },
    ],
    [
      'so is what is no number',
      { ...battery, 'bat/capacity': '' },
      { ...both, mains: 'on_battery', battery_charge: 'BOX-001' },
    ],
    [
      'of two batteries the weaker one counts',
      { ...battery, 'b2/type': 'UPS', 'b2/status': 'Full', 'b2/capacity': '9' },
      { ...both, mains: 'on_battery', battery_charge: 9 },
    ],
  ])('%s', async (_promise, files, figures) => {
    expect(await supplies(files)).toEqual(figures);
  });
});

/** 16 bits, high byte first. */
const high = (value: number) => [(value >> 8) & 0xff, value & 0xff];
/** 16 bits, low byte first. */
const low = (value: number) => [value & 0xff, (value >> 8) & 0xff];

describe('by a board on I2C', () => {
  const address = { 'waveshare-e': 0x2d, 'waveshare-b': 0x42, 'waveshare-c': 0x43 } as const;

  function board(kind: UpsBoardKind, registers: Readonly<Record<number, readonly number[]>>) {
    const bus = new SimI2c();
    for (const [register, bytes] of Object.entries(registers)) bus.write(address[kind], Number(register), bytes);
    return { bus, sensors: upsSensors({ board: kind, i2cBus: 1 }, bus) };
  }

  /** Volts × 250 is the number of 4 mV steps, three bits further up; milliamps × 0.01 Ω are steps of 10 µV. */
  const ina = (volts: number, milliamps: number) => ({ 1: high(milliamps), 2: high(Math.round(volts * 250) << 3) });

  /** A HAT (E) whose battery has 16.2 V, −812 mA, 87 %, and cells of these millivolts. */
  const hatE = (state: number, percent: number, cells: readonly number[]) => ({
    0: [0x0a],
    2: [state],
    32: [...low(16_200), ...low(-812), ...low(percent), ...low(4300), ...low(320), ...low(0xffff)],
    48: cells.flatMap(low),
  });
  const cells = [4050, 4062, 4048, 4051];

  it.each<
    readonly [
      promise: string,
      kind: UpsBoardKind,
      registers: Readonly<Record<number, readonly number[]>>,
      figures: Awaited<ReturnType<typeof told>>,
    ]
  >([
    // 50 steps of 10 µV over 0.01 Ω: 50 mA into the battery. 0x405A without its three low bits is 2059 steps of 4 mV: 8.236 V.
    [
      '(B) as its registers stand',
      'waveshare-b',
      { 1: [0x00, 0x32], 2: [0x40, 0x5a] },
      { mains: 'on_mains', battery_voltage: 8.24, battery_charge: 93 },
    ],
    [
      '(B) feeding the box: 633 mA out of two cells',
      'waveshare-b',
      ina(7.2, -633),
      { mains: 'on_battery', battery_voltage: 7.2, battery_charge: 50 },
    ],
    [
      '(B) 100 mA out is not yet on battery',
      'waveshare-b',
      ina(8.4, -100),
      { mains: 'on_mains', battery_voltage: 8.4, battery_charge: 100 },
    ],
    [
      '(B) 101 mA is',
      'waveshare-b',
      ina(8.4, -101),
      { mains: 'on_battery', battery_voltage: 8.4, battery_charge: 100 },
    ],
    [
      '(C) one cell',
      'waveshare-c',
      ina(3.24, -250),
      { mains: 'on_battery', battery_voltage: 3.24, battery_charge: 20 },
    ],
    [
      '(C) with the voltage of two cells is not (C)',
      'waveshare-c',
      ina(7.2, 0),
      { mains: 'BOX-004', battery_voltage: 'BOX-004', battery_charge: 'BOX-004' },
    ],
    [
      '(B) whose number did not fit',
      'waveshare-b',
      { 1: [0, 0], 2: high((1800 << 3) | 1) },
      { mains: 'BOX-004', battery_voltage: 'BOX-004', battery_charge: 'BOX-004' },
    ],
    [
      '(E) with its socket live',
      'waveshare-e',
      hatE(0xa2, 87, cells),
      { mains: 'on_mains', battery_voltage: 16.2, battery_charge: 87, battery_cell: 4.05 },
    ],
    [
      '(E) without',
      'waveshare-e',
      hatE(0x00, 87, [4050, 3390, 4048, 4051]),
      { mains: 'on_battery', battery_voltage: 16.2, battery_charge: 87, battery_cell: 3.39 },
    ],
    [
      '(E) with nonsense in two figures tells the others',
      'waveshare-e',
      hatE(0x20, 300, [4050, 0, 4048, 4051]),
      { mains: 'on_mains', battery_voltage: 16.2, battery_charge: 'BOX-004', battery_cell: 'BOX-004' },
    ],
    [
      'another device at the address of (E) is not (E)',
      'waveshare-e',
      { ...hatE(0x20, 87, cells), 0: [0x0b] },
      { mains: 'BOX-004', battery_voltage: 'BOX-004', battery_charge: 'BOX-004', battery_cell: 'BOX-004' },
    ],
    [
      'nobody at the address',
      'waveshare-b',
      {},
      { mains: 'BOX-002', battery_voltage: 'BOX-002', battery_charge: 'BOX-002' },
    ],
  ])('%s', async (_promise, kind, registers, figures) => {
    expect(await told(board(kind, registers).sensors)).toEqual(figures);
  });

  it('half an answer is none, and the next whole one counts', async () => {
    const { bus, sensors } = board('waveshare-b', ina(7.2, 50));
    bus.setMood('short');
    expect(Object.values(await told(sensors))).toEqual(['BOX-002', 'BOX-002', 'BOX-002']);
    bus.setMood('works');
    expect(await told(sensors)).toMatchObject({ mains: 'on_mains', battery_charge: 50 });
  });

  it('a board that hangs is asked once, whoever wants to know; when it answers they all hear of it', async () => {
    const { bus, sensors } = board('waveshare-e', hatE(0x20, 87, cells));
    bus.setMood('hangs');
    const all = Promise.all([told(sensors), told(sensors)]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(bus.asked).toBe(1);
    bus.setMood('works');
    expect((await all)[1]).toMatchObject({ battery_charge: 87 });
    expect(bus.mostAtOnce).toBe(1);
  });

  it('a bus that this box has not is a fault of the board, asked for real', async () => {
    await expect(systemI2cBus(31).read(0x42, 1, 2)).rejects.toMatchObject({ code: 'BOX-002', where: '/dev/i2c-31 42' });
  });

  it('a board that the site file names is asked instead of the kernel, and is there though it does not answer', async () => {
    const nowhere = join(tmpdir(), 'gengfu-no-such-folder');
    const roots = { thermalRoot: nowhere, hwmonRoot: nowhere, powerRoot: nowhere };
    const named = await openRealBox({ dataDir: tmpdir(), ups: { board: 'waveshare-e', i2cBus: 31 }, ...roots });
    const plain = await openRealBox({ dataDir: tmpdir(), ...roots });
    const names = (sensors: readonly BoxSensor[]) => sensors.map(({ what }) => what).sort();
    expect(names(plain)).toEqual(['disk_free', 'memory']);
    expect(names(named)).toEqual(['battery_cell', 'battery_charge', 'battery_voltage', 'disk_free', 'mains', 'memory']);
  });
});
