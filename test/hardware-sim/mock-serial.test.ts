import { SerialPort } from 'serialport';
import { beforeEach, describe, expect, it } from 'vitest';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { type MockSerialBinding, mockSerialBinding } from '../../hardware-sim/mock-serial.js';
import { GenericSmoke } from '../../hardware-sim/modbus/generic-smoke.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytes, hex } from './bytes.js';

const request = Buffer.from(bytes('01 03 00 10 00 01 85 CF'));
const reply = '01 03 02 00 00 B8 44';

let clock: SimClock;
let wire: ByteWire;
let binding: MockSerialBinding;

beforeEach(() => {
  clock = new SimClock();
  wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10 });
  wire.attach(new SimUnit({ address: 1, model: new GenericSmoke() }));
  binding = mockSerialBinding(new Map([['/dev/ttySIM', wire]]));
});

function makePort(path = '/dev/ttySIM', baudRate = 9600): SerialPort {
  return new SerialPort({ path, baudRate, autoOpen: false, ...{ binding } });
}

function open(port: SerialPort): Promise<string> {
  return new Promise((resolve) => port.open((error) => resolve(error?.message ?? 'open')));
}

function close(port: SerialPort): Promise<void> {
  return new Promise((resolve) => port.close(() => resolve()));
}

describe('a real serial port on a simulated wire', () => {
  it('carries a request and its reply, no faster than the wire', async () => {
    const port = makePort();
    expect(await open(port)).toBe('open');
    const heard: string[] = [];
    port.on('data', (chunk: Buffer) => heard.push(hex(chunk)));
    port.write(request);
    await clock.advance(25);
    expect(heard).toEqual([]);
    await clock.advance(1);
    expect(heard).toEqual([reply]);
    await close(port);
  });

  it('drains when the last bit has left', async () => {
    const port = makePort();
    await open(port);
    let drainedMono: number | null = null;
    port.write(request);
    port.drain(() => {
      drainedMono = clock.mono();
    });
    await clock.advance(100);
    expect(drainedMono).toBeCloseTo(8 * (10 / 9.6), 6);
    await close(port);
  });

  it('is not there without a wire, and says so as a tty does', async () => {
    expect(await open(makePort('/dev/ttyNONE'))).toBe('Error: No such file or directory, cannot open /dev/ttyNONE');
  });

  it('has one owner', async () => {
    const port = makePort();
    await open(port);
    expect(await open(makePort())).toContain('Cannot lock port');
    await close(port);
    const next = makePort();
    expect(await open(next)).toBe('open');
    await close(next);
  });

  it('closes with an error when it is unplugged, is gone until it is replugged, then opens anew', async () => {
    const port = makePort();
    await open(port);
    port.on('data', () => {});
    await clock.advance(1);
    const closed = new Promise<Error | null>((resolve) => port.once('close', resolve));
    wire.unplug();
    expect(await closed).toMatchObject({ disconnected: true });
    expect(port.isOpen).toBe(false);
    expect(await open(makePort())).toContain('No such file or directory');
    wire.replug();
    const next = makePort();
    expect(await open(next)).toBe('open');
    await close(next);
  });

  it('forgets what came in while it was closed', async () => {
    const first = makePort();
    await open(first);
    first.write(request);
    await clock.advance(1);
    await close(first);
    await clock.advance(100);
    const heard: string[] = [];
    const next = makePort();
    next.on('data', (chunk: Buffer) => heard.push(hex(chunk)));
    await open(next);
    await clock.advance(10);
    expect(heard).toEqual([]);
    await close(next);
  });

  it('understands nothing at the wrong baud rate', async () => {
    const port = makePort('/dev/ttySIM', 4800);
    await open(port);
    const heard: string[] = [];
    port.on('data', (chunk: Buffer) => heard.push(hex(chunk)));
    port.write(request);
    await clock.advance(100);
    expect(heard).toEqual([]);
    expect(wire.counters.spoiltRequests).toBe(1);
    await close(port);
  });

  it('is listed while it is plugged in', async () => {
    expect((await binding.list()).map((each) => each.path)).toEqual(['/dev/ttySIM']);
    wire.unplug();
    expect(await binding.list()).toEqual([]);
  });
});

it('an adapter in another socket is listed there with its own number, opens there and not where it was', async () => {
  const [before] = await binding.list();
  wire.unplug();
  wire.replug('/dev/ttyUSB7');
  const [after] = await binding.list();
  expect(after).toMatchObject({ path: '/dev/ttyUSB7', serialNumber: before?.serialNumber, pnpId: before?.pnpId });
  expect(await open(makePort())).toContain('No such file or directory');
  const port = makePort('/dev/ttyUSB7');
  expect(await open(port)).toBe('open');
  await close(port);
});
