/** GPIO through the character device: the bytes of its interface, and a board on a made-up kernel (drivers/gpio/chip-*). */
import { closeSync, openSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PinBoard } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { openChipPins } from '../../drivers/gpio/chip-pins.js';
import type { ChipSystem } from '../../drivers/gpio/chip-system.js';
import {
  decodeChipInfo,
  decodeLineInfo,
  decodeValue,
  encodeLineInfo,
  encodeLineRequest,
  encodeOutputConfig,
  encodeValues,
  grantedFd,
  lineFlag,
  requests,
  structBytes,
} from '../../drivers/gpio/gpio-uapi.js';
import { openRealPins } from '../../drivers/gpio/real-pins.js';
import { loadLibc } from '../../drivers/native/libc.js';
import { SimPinBoard } from '../../hardware-sim/gpio-board.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

/** What a C program with linux/gpio.h of kernel 6.1 printed; `[n]` = n zero bytes. */
const fromC = {
  sizes: { chipInfo: 68, lineInfo: 256, lineRequest: 592, lineConfig: 272, lineValues: 16, lineEvent: 48 },
  requests: {
    chipInfo: 0x8044b401,
    lineInfo: 0xc100b405,
    line: 0xc250b407,
    setConfig: 0xc110b40d,
    getValues: 0xc010b40e,
    setValues: 0xc010b40f,
  },
};

function hex(bytes: Uint8Array): string {
  const each = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return each.replace(/(?:00 ?){9,}/g, (zeros) => `[${Math.ceil(zeros.length / 3)}]`).replaceAll(' ', '');
}

describe('the structs of the character device', () => {
  it('have the sizes that the kernel checks, and its request numbers', () => {
    expect({ sizes: structBytes, requests }).toEqual(fromC);
    for (const [name, size] of Object.entries(structBytes)) {
      const request = (requests as Record<string, number>)[name];
      if (request !== undefined) expect((request >>> 16) & 0x3fff).toBe(size);
    }
  });

  it.each([
    ['a question about GPIO17', encodeLineInfo(17), '[64]11[191]'],
    [
      'GPIO4 as input with edges',
      encodeLineRequest({ pin: 4, flags: lineFlag.input | lineFlag.edges, consumer: 'gengfu', eventsMax: 64 }),
      '04[255]67656e676675[26]34[271]0100000040[27]',
    ],
    [
      'GPIO17 as it is',
      encodeLineRequest({ pin: 17, flags: 0n, consumer: 'gengfu', eventsMax: 0 }),
      '11[255]67656e676675[298]01[31]',
    ],
    ['output, high', encodeOutputConfig(true), '080000000000000001[23]0200000000000000010000000000000001[223]'],
    ['output, low', encodeOutputConfig(false), '080000000000000001[23]02[15]01[223]'],
    ['level high', encodeValues(true), '01000000000000000100000000000000'],
    ['level low, and the question for the level', encodeValues(), '00000000000000000100000000000000'],
  ])('%s', (_, bytes, expected) => {
    expect(hex(bytes)).toBe(expected);
  });

  it('keep the end of a name that is too long for them', () => {
    const request = encodeLineRequest({ pin: 0, flags: 0n, consumer: 'x'.repeat(40), eventsMax: 0 });
    expect(Buffer.from(request.subarray(256, 288)).toString()).toBe(`${'x'.repeat(31)}\0`);
  });

  it('are read back', () => {
    const chip = new Uint8Array(68);
    chip.set(Buffer.from('gpiochip0'), 0);
    chip.set(Buffer.from('pinctrl-bcm2711'), 32);
    chip[64] = 58;
    expect(decodeChipInfo(chip)).toEqual({ label: 'pinctrl-bcm2711', lines: 58 });
    const info = new Uint8Array(256);
    info.set(Buffer.from('o'.repeat(32)), 32);
    info[72] = 1 + 8;
    expect(decodeLineInfo(info)).toEqual({ isUsed: true, isOutput: true, consumer: 'o'.repeat(32) });
    const granted = new Uint8Array(592);
    granted[588] = 23;
    expect(grantedFd(granted)).toBe(23);
    expect([decodeValue(Uint8Array.of(3, ...Array(15).fill(0))), decodeValue(new Uint8Array(16))]).toEqual([
      true,
      false,
    ]);
  });
});

interface FakeLine {
  level: boolean;
  isOutput: boolean;
  owner: string | null;
  hasEdges: boolean;
  canTellEdges: boolean;
  events: number;
}

/** A kernel with two chips, of which the second is the header's. It reads the structs by the offsets of linux/gpio.h. */
class FakeKernel implements ChipSystem {
  readonly lines: readonly FakeLine[] = Array.from({ length: 54 }, () => ({
    ...{ level: false, isOutput: false, owner: null, hasEdges: false, canTellEdges: true, events: 0 },
  }));
  /** Every level that the kernel was told to give, in order. */
  readonly driven: string[] = [];
  readonly closed: number[] = [];
  paths = ['/dev/gpiochip0', '/dev/gpiochip1'];
  headerLabel = 'pinctrl-bcm2835';
  persists: string | null = null;
  broken: string | null = null;
  waits = 0;
  wake = (): void => undefined;

  constructor(private readonly clock: SimClock) {}

  chips(): readonly string[] {
    return this.paths;
  }

  open(path: string): number {
    if (path.endsWith('9')) throw new Error(`EACCES: permission denied, open '${path}'`);
    return path.endsWith('0') ? 100 : 101;
  }

  close(fd: number): void {
    this.closed.push(fd);
    const line = this.lines[fd - 200];
    if (line !== undefined) line.owner = null;
  }

  drain(fd: number): void {
    this.#of(fd).events = 0;
  }

  waitReadable(fds: readonly number[], timeoutMs: number): Promise<readonly number[]> {
    this.waits++;
    const ready = (): readonly number[] => fds.filter((fd) => this.#of(fd).events > 0);
    return new Promise((resolve) => {
      if (ready().length > 0) return resolve(ready());
      const timedOut = this.clock.after(timeoutMs, () => resolve([]));
      this.wake = () => {
        if (ready().length === 0) return;
        timedOut();
        resolve(ready());
      };
    });
  }

  moduleParameter(module: string, name: string): string | null {
    return module === 'pinctrl_bcm2835' && name === 'persist_gpio_outputs' ? this.persists : null;
  }

  /** The world moves an input. */
  drive(pin: number, level: boolean): void {
    const line = this.#of(200 + pin);
    line.level = level;
    if (!line.hasEdges) return;
    line.events++;
    this.wake();
  }

  ioctl(fd: number, request: number, struct: Uint8Array): string | null {
    const view = new DataView(struct.buffer);
    switch (request) {
      case 0x8044b401:
        struct.set(Buffer.from(fd === 100 ? 'raspberrypi-exp-gpio' : this.headerLabel), 32);
        view.setUint32(64, fd === 100 ? 8 : this.lines.length, true);
        return null;
      case 0xc100b405: {
        const line = this.#of(200 + view.getUint32(64, true));
        struct.set(Buffer.from(line.owner ?? ''), 32);
        view.setUint32(72, (line.owner === null ? 0 : 1) + (line.isOutput ? 8 : 4), true);
        return null;
      }
      case 0xc250b407: {
        const pin = view.getUint32(0, true);
        const line = this.#of(200 + pin);
        if (line.owner !== null) return 'EBUSY';
        const flags = view.getUint32(288, true);
        if ((flags & 48) !== 0 && !line.canTellEdges) return 'ENXIO';
        line.owner = Buffer.from(struct.subarray(256, 262)).toString();
        line.hasEdges = (flags & 48) === 48;
        if ((flags & 4) !== 0) line.isOutput = false;
        view.setInt32(588, 200 + pin, true);
        return null;
      }
      default:
        return this.broken ?? this.#onLine(fd, request, view);
    }
  }

  #onLine(fd: number, request: number, view: DataView): string | null {
    const line = this.#of(fd);
    const isConfig = request === 0xc110b40d;
    if (request === 0xc010b40e) view.setUint32(0, line.level ? 1 : 0, true);
    else if (isConfig || request === 0xc010b40f) {
      line.level = view.getUint32(isConfig ? 40 : 0, true) === 1;
      if (isConfig) line.isOutput = true;
      this.driven.push(`GPIO${fd - 200} ${line.level ? 'high' : 'low'}`);
    } else return 'ENOTTY';
    return null;
  }

  #of(fd: number): FakeLine {
    const line = this.lines[fd - 200];
    if (line === undefined) throw new Error(`no line behind ${fd}`);
    return line;
  }
}

describe('a board on the character device', () => {
  let kernel: FakeKernel;
  let clock: SimClock;
  let board: PinBoard;
  const line = (pin: number): FakeLine => {
    const found = kernel.lines[pin];
    if (found === undefined) throw new Error(`no GPIO${pin}`);
    return found;
  };
  const open = (): Promise<PinBoard> => openChipPins(clock, async () => kernel);

  beforeEach(async () => {
    clock = new SimClock();
    kernel = new FakeKernel(clock);
    board = await open();
  });

  it.each([false, true])(
    'active low %s: gives a pin that was no output its quiet level, and switches it',
    (activeLow) => {
      line(17).level = !activeLow;
      const pin = board.openOutput(17, activeLow);
      expect([line(17).level, pin.read()]).toEqual([activeLow, false]);
      pin.set(true);
      expect([line(17).level, pin.read()]).toEqual([!activeLow, true]);
      expect(kernel.driven).toHaveLength(2);
    },
  );

  it.each([false, true])('active low %s: takes a sounding siren over without a gap', (activeLow) => {
    Object.assign(line(17), { isOutput: true, level: !activeLow });
    expect(board.openOutput(17, activeLow).read()).toBe(true);
    expect(kernel.driven).toEqual([`GPIO17 ${activeLow ? 'low' : 'high'}`]);
  });

  it('reads the real level back, not the last order', () => {
    const pin = board.openOutput(17, false);
    pin.set(true);
    line(17).level = false;
    expect(pin.read()).toBe(false);
  });

  it('says who has the pin, and which pins there are', () => {
    line(17).owner = 'sysfs';
    line(4).owner = 'cooler';
    const failure = (where: string, got: string) => expect.objectContaining({ code: 'PIN-002', where, got });
    expect(() => board.openOutput(17, false)).toThrow(failure('GPIO17', 'in use by sysfs; restart the box to free it'));
    expect(() => board.openInput(4)).toThrow(failure('GPIO4', 'in use by cooler'));
    expect(() => board.openInput(54)).toThrow(failure('GPIO54', 'pinctrl-bcm2835 has GPIO0 to GPIO53'));
  });

  it('lets a pin go again that it can not make an output', () => {
    kernel.broken = 'EIO';
    expect(() => board.openOutput(17, false)).toThrow(expect.objectContaining({ code: 'PIN-002', got: 'EIO' }));
    expect(line(17).owner).toBeNull();
  });

  it('fails with PIN-003 when a pin can be read or set no more', () => {
    const output = board.openOutput(17, false);
    const input = board.openInput(4);
    kernel.broken = 'ENODEV';
    for (const act of [() => output.set(true), () => output.read(), () => input.read()]) {
      expect(act).toThrow(expect.objectContaining({ code: 'PIN-003', got: 'ENODEV' }));
    }
  });

  it('tells at once that an input moved, a storm of edges once in 5 ms, and nothing after its listener left', async () => {
    const input = board.openInput(4);
    board.openInput(5).onEdge(() => undefined);
    let moves = 0;
    const cancel = input.onEdge(() => moves++);
    await clock.advance(100);
    kernel.drive(4, true);
    await clock.advance(0);
    expect([moves, input.read()]).toEqual([1, true]);
    for (let count = 0; count < 100; count++) kernel.drive(4, count % 2 === 0);
    await clock.advance(4);
    expect(moves).toBe(1);
    await clock.advance(1);
    expect(moves).toBe(2);
    cancel();
    kernel.drive(4, true);
    await clock.advance(500);
    expect(moves).toBe(2);
  });

  it('waits for edges only while somebody listens, four times a second', async () => {
    board.openInput(4);
    await clock.advance(1000);
    expect(kernel.waits).toBe(0);
    const cancel = board.openInput(5).onEdge(() => undefined);
    await clock.advance(1000);
    expect(kernel.waits).toBe(4);
    cancel();
    await clock.advance(1000);
    expect(kernel.waits).toBe(4);
    board.openInput(6).onEdge(() => undefined);
    await clock.advance(100);
    expect(kernel.waits).toBe(5);
  });

  it('reads a line that can not tell edges', () => {
    line(4).canTellEdges = false;
    const input = board.openInput(4);
    kernel.drive(4, true);
    expect(input.read()).toBe(true);
  });

  it('keeps its outputs when it is closed, and lets the rest go', async () => {
    board.openOutput(17, false).set(true);
    let moves = 0;
    board.openInput(4).onEdge(() => moves++);
    board.close();
    await clock.advance(50);
    expect(line(17)).toMatchObject({ owner: 'gengfu', level: true });
    expect([line(4).owner, moves]).toEqual([null, 0]);
    expect(kernel.closed).toEqual([100, 204, 101]);
  });

  it('says what this kernel does with outputs when the process ends', async () => {
    expect(board.afterProcessEnd).toBe('drops');
    kernel.persists = 'N';
    expect((await open()).afterProcessEnd).toBe('drops');
    kernel.persists = 'Y';
    expect((await open()).afterProcessEnd).toBe('holds');
    kernel.headerLabel = 'pinctrl-rp1';
    expect((await open()).afterProcessEnd).toBe('drops');
  });

  it.each<readonly [string, () => void, string]>([
    ['no chip', () => (kernel.paths = []), 'no /dev/gpiochip'],
    ['only a foreign chip', () => (kernel.paths = ['/dev/gpiochip0']), '/dev/gpiochip0: raspberrypi-exp-gpio'],
    [
      'no permission',
      () => (kernel.paths = ['/dev/gpiochip9']),
      "Error: EACCES: permission denied, open '/dev/gpiochip9'",
    ],
  ])('is PIN-001 with what is there instead: %s', async (_, change, got) => {
    change();
    await expect(open()).rejects.toMatchObject({ code: 'PIN-001', where: 'gpio', got });
  });
});

describe('the way to the pins', () => {
  const clock = new SimClock();
  const sysfs = new SimPinBoard(clock);
  const chip = new SimPinBoard(clock);
  const none = (got: string) => (): Promise<PinBoard> => Promise.reject(new DriverError('PIN-001', 'gpio', got));

  it('is the one that the site names, and no other instead', async () => {
    expect(await openRealPins('sysfs', clock, { sysfs: async () => sysfs, chip: none('y') })).toBe(sysfs);
    expect(await openRealPins('chip', clock, { sysfs: async () => sysfs, chip: async () => chip })).toBe(chip);
    const ways = { sysfs: none('x'), chip: async () => chip };
    await expect(openRealPins('sysfs', clock, ways)).rejects.toMatchObject({ code: 'PIN-001', got: 'x' });
  });

  it('of auto is sysfs, else the character device, else PIN-001 with both reasons', async () => {
    expect(await openRealPins('auto', clock, { sysfs: async () => sysfs, chip: async () => chip })).toBe(sysfs);
    expect(await openRealPins('auto', clock, { sysfs: none('x'), chip: async () => chip })).toBe(chip);
    await expect(openRealPins('auto', clock, { sysfs: none('x'), chip: none('y') })).rejects.toMatchObject({
      code: 'PIN-001',
      got: 'sysfs: x; chip: y',
    });
  });
});

it('the C library is asked for real: an ioctl that a file does not know, what can be read, what is closed', async () => {
  const libc = await loadLibc();
  const fd = openSync('/dev/zero', 'r');
  expect(libc.ioctl(fd, requests.chipInfo, new Uint8Array(structBytes.chipInfo))).toBe('ENOTTY');
  expect(await libc.waitReadable([fd], 1000)).toEqual([fd]);
  closeSync(fd);
  expect(libc.ioctl(fd, requests.chipInfo, new Uint8Array(structBytes.chipInfo))).toBe('EBADF');
  expect(await libc.waitReadable([fd], 1000)).toEqual([]);
});
