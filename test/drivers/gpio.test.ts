/** GPIO: numbers of the kernel, contacts and sirens on pins (drivers/gpio). */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { ContactPair, PointConfig } from '../../config/site.js';
import { ContactPairs } from '../../drivers/contact-pairs.js';
import type { Scan } from '../../drivers/driver.js';
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
  const elsewhere: PointConfig = {
    ...contact(0),
    id: brandId('line/load'),
    source: { kind: 'diagnostic', of: { line: brandId('east') }, what: 'load' },
  };

  beforeEach(() => {
    edges = 0;
    frames = 0;
    device = new PinDevice(
      board,
      clock,
      [contact(4), contact(5, 'normal', 'alarm'), elsewhere],
      () => ++frames,
      () => edges++,
    );
  });

  async function scan(): Promise<Scan> {
    const [part] = device.parts;
    if (part === undefined) throw new Error('one part with all pins');
    return part.scan('routine');
  }

  async function states(): Promise<Record<string, unknown>> {
    const { readings } = await scan();
    return Object.fromEntries(readings.map(({ pointId, value, reason }) => [pointId, value ?? reason]));
  }

  it('give the state of their level; what is no pin is left aside', async () => {
    expect(device.parts.map(({ rate, pointIds }) => [rate, ...pointIds])).toEqual([['fast', 'pin/4', 'pin/5']]);
    expect(await states()).toEqual({ 'pin/4': 'pressed', 'pin/5': 'normal' });
    board.drive(4, true);
    board.drive(5, true);
    expect(await states()).toEqual({ 'pin/4': 'released', 'pin/5': 'alarm' });
  });

  it('are one frame a scan, confirmed, and of now', async () => {
    await clock.advance(123);
    const { error, readings } = await scan();
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
    expect((await scan()).readings[0]?.frame).toBe(2);
  });

  it('that are not there are bad, the others are read at once, and they are tried again after 10 s', async () => {
    board.setFault(4, 'missing');
    expect((await scan()).error).toBeNull();
    expect(await states()).toEqual({ 'pin/4': 'pin-error', 'pin/5': 'normal' });
    board.setFault(4, null);
    await clock.advance(9_000);
    expect(await states()).toEqual({ 'pin/4': 'pin-error', 'pin/5': 'normal' });
    await clock.advance(1_000);
    expect(await states()).toEqual({ 'pin/4': 'pressed', 'pin/5': 'normal' });
  });

  it('that fail are bad, and only when all of them fail the scan itself does', async () => {
    await scan();
    board.setFault(5, 'failing');
    const { error, readings } = await scan();
    expect(error).toBeNull();
    expect(readings[1]).toMatchObject({ quality: 'bad', value: null, reason: 'pin-error', confirmed: false });
    board.setFault(4, 'failing');
    expect((await scan()).error).toMatchObject({ code: 'PIN-003' });
  });

  it('hasten the next scan by their edges, once each, until they are closed', async () => {
    const opened = vi.spyOn(board, 'openInput');
    await scan();
    await scan();
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

  it('of a board that can not be seen are all bad, for the reason given', () => {
    expect(device.unseen('pin-error').map(({ pointId, reason }) => [pointId, reason])).toEqual([
      ['pin/4', 'pin-error'],
      ['pin/5', 'pin-error'],
    ]);
  });

  it('are read right when their edges are lost', async () => {
    await scan();
    board.losesEdges = true;
    board.drive(4, true);
    await clock.advance(50);
    expect(edges).toBe(0);
    expect((await states())['pin/4']).toBe('released');
  });
});

describe('two contacts that can not both be as they say', () => {
  /** A tank: full while empty can not be. A smoke contact whose test key can not be turned while it burns. */
  const pairs: readonly ContactPair[] = [
    { points: [brandId('high'), brandId('low')], states: ['full', 'empty'] },
    { points: [brandId('smoke'), brandId('test')], states: ['alarm', 'on'] },
  ];
  const points = new Map([[brandId<PointConfig['id']>('smoke'), { severities: { alarm: 'fire' as const } }]]);
  const good = (id: string, value: string, sampledMono = 1): Reading => ({
    ...{ pointId: brandId(id), quality: 'good', value, reason: null, sampledMono, frame: 1, confirmed: true },
  });
  const bad = (id: string): Reading => ({
    ...{ pointId: brandId(id), quality: 'bad', value: null, reason: 'silent' },
    ...{ sampledMono: 1, frame: 0, confirmed: false },
  });

  it.each<readonly [promise: string, rounds: readonly (readonly Reading[])[], told: readonly string[]]>([
    ['agree, and pass', [[good('high', 'dry'), good('low', 'empty')]], ['high dry', 'low empty']],
    [
      'contradict: both are bad, also when only one of them was read',
      [[good('low', 'empty')], [good('high', 'full')]],
      ['low empty', 'high pair', 'low pair'],
    ],
    [
      'agree again: both are good at once',
      [[good('low', 'empty'), good('high', 'full')], [good('low', 'wet')]],
      ['low empty', 'high pair', 'low pair', 'low wet', 'high full'],
    ],
    [
      'stay bad while they contradict',
      [[good('low', 'empty'), good('high', 'full')], [good('low', 'empty')], [good('high', 'full')]],
      ['low empty', 'high pair', 'low pair', 'low pair', 'high pair'],
    ],
    [
      'are not judged while one of them can not be seen',
      [[good('low', 'empty'), good('high', 'full')], [bad('high')], [good('low', 'empty')]],
      ['low empty', 'high pair', 'low pair', 'high silent', 'low empty', 'low empty'],
    ],
    [
      'a fire is not doubted, its partner is',
      [[good('test', 'on'), good('smoke', 'alarm')]],
      ['test on', 'smoke alarm', 'test pair'],
    ],
    [
      'are not compared while what they said may both have been true, one after the other',
      [[good('low', 'empty', 0)], [good('high', 'full', 30_000)], [good('low', 'wet', 60_000)]],
      ['low empty', 'high full', 'low wet'],
    ],
    [
      'contradict as soon as the older one says the same again',
      [[good('low', 'empty', 0)], [good('high', 'full', 30_000)], [good('low', 'empty', 60_000)]],
      ['low empty', 'high full', 'low pair', 'high pair'],
    ],
    ['others are left alone', [[good('key', 'full')]], ['key full']],
  ])('%s', (_, rounds, told) => {
    const watch = new ContactPairs(pairs, points);
    const seen = rounds.flatMap((round) => watch.take(round));
    expect(seen.map(({ pointId, value, reason }) => `${pointId} ${value ?? reason}`)).toEqual(told);
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
