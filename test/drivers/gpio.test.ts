/** GPIO: numbers of the kernel, contacts and sirens on pins (drivers/gpio). */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { PointConfig } from '../../config/site.js';
import { openOnoffPins } from '../../drivers/gpio/onoff-pins.js';
import { PinDevice } from '../../drivers/gpio/pin-device.js';
import { PinOutput } from '../../drivers/gpio/pin-output.js';
import { sysfsNumber } from '../../drivers/gpio/sysfs-number.js';
import { SimPinBoard } from '../../hardware-sim/gpio-board.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { words } from './rig.js';

describe('the number that the kernel gives a pin', () => {
  const root = mkdtempSync(join(tmpdir(), 'gengfu-gpio-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  let count = 0;

  /** A made-up /sys/class/gpio. */
  function sysfs(...chips: readonly (readonly [name: string, label: string, base: number, ngpio: number])[]): string {
    const folder = join(root, String(count++));
    mkdirSync(folder);
    for (const name of ['export', 'unexport']) writeFileSync(join(folder, name), '');
    for (const [name, label, base, ngpio] of chips) {
      mkdirSync(join(folder, name));
      for (const [file, text] of Object.entries({ label, base, ngpio })) {
        writeFileSync(join(folder, name, file), `${text}\n`);
      }
    }
    return folder;
  }

  it.each([
    ['a kernel before 6.6', sysfs(['gpiochip0', 'pinctrl-bcm2835', 0, 54]), 17, 17],
    ['a Pi 4 since 6.6', sysfs(['gpiochip512', 'pinctrl-bcm2711', 512, 58]), 17, 529],
    ['a Pi 5', sysfs(['gpiochip571', 'pinctrl-rp1', 571, 54]), 4, 575],
    [
      'a board with other chips first',
      sysfs(
        ['gpiochip100', 'brcmvirt-gpio', 100, 8],
        ['gpiochip504', 'raspberrypi-exp-gpio', 504, 8],
        ['gpiochip512', 'pinctrl-bcm2711', 512, 58],
      ),
      4,
      516,
    ],
    ['the first pin', sysfs(['gpiochip512', 'pinctrl-bcm2711', 512, 58]), 0, 512],
    ['the last pin', sysfs(['gpiochip512', 'pinctrl-bcm2711', 512, 58]), 57, 569],
    ['a pin that the chip has not', sysfs(['gpiochip512', 'pinctrl-bcm2711', 512, 58]), 58, null],
    ['a negative pin', sysfs(['gpiochip512', 'pinctrl-bcm2711', 512, 58]), -1, null],
    ['a board with foreign chips only', sysfs(['gpiochip0', 'gpio-mockup-A', 0, 32]), 4, null],
    ['a label that only contains the name', sysfs(['gpiochip0', 'not-pinctrl-bcm2711', 0, 32]), 4, null],
    ['no chip', sysfs(), 4, null],
    ['no folder', join(root, 'nothing'), 4, null],
  ])('%s', (_name, folder, pin, expected) => {
    expect(sysfsNumber(pin, folder)).toBe(expected);
  });

  it('does not exist here, so the driver says PIN-001', async () => {
    await expect(openOnoffPins()).rejects.toMatchObject({ code: 'PIN-001', where: 'gpio' });
  });
});

let clock: SimClock;
let board: SimPinBoard;

beforeEach(() => {
  clock = new SimClock();
  board = new SimPinBoard(clock);
});

function contact(pin: number, low = 'pressed', high = 'released'): PointConfig {
  return {
    id: brandId(`pin/${pin}`),
    name: words(`pin ${pin}`),
    role: 'contact',
    class: null,
    zone: null,
    place: null,
    source: { kind: 'pin', pin, low, high },
    severities: {},
    physicalUnit: null,
    onDelayMs: 0,
    offDelayMs: 0,
  };
}

describe('contacts on pins', () => {
  let edges: number;
  let frames: number;
  let device: PinDevice;
  const register: PointConfig = {
    ...contact(0),
    id: brandId('unit/register'),
    source: {
      kind: 'register',
      device: brandId('unit'),
      table: 'coil',
      address: 0,
      type: 'bool',
      states: null,
      scale: 1,
      offset: 0,
      invalid: [],
      validRange: null,
    },
  };

  beforeEach(() => {
    edges = 0;
    frames = 0;
    device = new PinDevice(
      board,
      clock,
      [contact(4), contact(5, 'normal', 'alarm'), register],
      () => ++frames,
      () => edges++,
    );
  });

  async function states(): Promise<Record<string, unknown>> {
    const { readings } = await device.scan();
    return Object.fromEntries(readings.map(({ pointId, value, reason }) => [pointId, value ?? reason]));
  }

  it('give the state of their level; what is no pin is left aside', async () => {
    expect(device.hasPoints).toBe(true);
    expect(await states()).toEqual({ 'pin/4': 'pressed', 'pin/5': 'normal' });
    board.drive(4, true);
    board.drive(5, true);
    expect(await states()).toEqual({ 'pin/4': 'released', 'pin/5': 'alarm' });
  });

  it('are one frame a scan, confirmed, and of now', async () => {
    await clock.advance(123);
    const { error, readings } = await device.scan();
    expect(error).toBeNull();
    expect(readings).toEqual(
      readings.map(({ pointId, value }) => ({
        pointId,
        quality: 'good',
        value,
        reason: null,
        sampledMono: 123,
        frame: 1,
        confirmed: true,
      })),
    );
    expect((await device.scan()).readings[0]?.frame).toBe(2);
  });

  it('that are not there are bad, the others are read at once, and they are tried again after 10 s', async () => {
    board.setFault(4, 'missing');
    expect((await device.scan()).error).toBeNull();
    expect(await states()).toEqual({ 'pin/4': 'pin-error', 'pin/5': 'normal' });
    board.setFault(4, null);
    await clock.advance(9_000);
    expect(await states()).toEqual({ 'pin/4': 'pin-error', 'pin/5': 'normal' });
    await clock.advance(1_000);
    expect(await states()).toEqual({ 'pin/4': 'pressed', 'pin/5': 'normal' });
  });

  it('that fail are bad, and only when all of them fail the scan itself does', async () => {
    await device.scan();
    board.setFault(5, 'failing');
    const { error, readings } = await device.scan();
    expect(error).toBeNull();
    expect(readings[1]).toMatchObject({ quality: 'bad', value: null, reason: 'pin-error', confirmed: false });
    board.setFault(4, 'failing');
    expect((await device.scan()).error).toMatchObject({ code: 'PIN-003' });
  });

  it('hasten the next scan by their edges, once each, until they are closed', async () => {
    const opened = vi.spyOn(board, 'openInput');
    await device.scan();
    await device.scan();
    expect(opened).toHaveBeenCalledTimes(2);
    board.drive(4, true);
    await clock.advance(5);
    expect(edges).toBe(1);
    board.drive(5, true);
    board.drive(5, false);
    await clock.advance(5);
    expect(edges).toBe(3);
    device.close();
    board.drive(4, false);
    await clock.advance(5);
    expect(edges).toBe(3);
  });

  it('are read right when their edges are lost', async () => {
    await device.scan();
    board.losesEdges = true;
    board.drive(4, true);
    await clock.advance(50);
    expect(edges).toBe(0);
    expect((await states())['pin/4']).toBe('released');
  });
});

describe('a siren on a pin', () => {
  it.each([
    [false, true],
    [true, false],
  ])('active low %s: on is level %s, already when the call returns', (activeLow, levelOn) => {
    const output = new PinOutput(board, { kind: 'pin', pin: 17, activeLow });
    void output.command(true).catch(() => undefined);
    expect(board.level(17)).toBe(levelOn);
    void output.command(false).catch(() => undefined);
    expect(board.level(17)).toBe(!levelOn);
  });

  it.each([false, true])(
    'active low %s: is taken over as it runs, and stays so when the board is let go',
    async (activeLow) => {
      board.drive(17, !activeLow);
      const moves: boolean[] = [];
      board.onChange((_pin, high) => moves.push(high));
      const output = new PinOutput(board, { kind: 'pin', pin: 17, activeLow });
      expect(await output.readBack()).toBe(true);
      expect(output.afterProcessEnd).toBe('holds');
      board.close();
      expect(board.level(17)).toBe(!activeLow);
      expect(moves).toEqual([]);
    },
  );

  it('reads the real level back, not the last order', async () => {
    const output = new PinOutput(board, { kind: 'pin', pin: 17, activeLow: false });
    board.stick(17, false);
    await output.command(true);
    expect(await output.readBack()).toBe(false);
  });

  it('that is not there throws PIN-002; one that fails rejects both with PIN-003', async () => {
    board.setFault(17, 'missing');
    expect(() => new PinOutput(board, { kind: 'pin', pin: 17, activeLow: false })).toThrow(
      expect.objectContaining({ code: 'PIN-002' }),
    );
    board.setFault(17, null);
    const output = new PinOutput(board, { kind: 'pin', pin: 17, activeLow: false });
    board.setFault(17, 'failing');
    await expect(output.command(true)).rejects.toMatchObject({ code: 'PIN-003' });
    await expect(output.readBack()).rejects.toMatchObject({ code: 'PIN-003' });
  });
});
