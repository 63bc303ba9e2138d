/** A tty as a ByteLink: the real serialport stream on simulated wires, and on a tty that is not there (serial-link.ts). */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ByteLink } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { serialLinkOpener } from '../../drivers/serial/serial-link.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { mockSerialBinding } from '../../hardware-sim/mock-serial.js';
import { GenericSmoke } from '../../hardware-sim/modbus/generic-smoke.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytes, hex } from '../hardware-sim/bytes.js';
import { lineConfig } from './rig.js';

const request = bytes('01 03 00 10 00 01 85 CF');
const reply = '01 03 02 00 00 B8 44';
const path = '/dev/ttySIM';

let clock: SimClock;
let wire: ByteWire;
let binding: unknown;
let heard: { readonly hex: string; readonly atMono: number }[];
let downs: DriverError[];

beforeEach(() => {
  clock = new SimClock();
  wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10, path });
  wire.attach(new SimUnit({ address: 1, model: new GenericSmoke() }));
  binding = mockSerialBinding(new Map([[path, wire]]));
  heard = [];
  downs = [];
});

function open(changes: { readonly path?: string; readonly baud?: number } = {}): Promise<ByteLink> {
  return serialLinkOpener(
    lineConfig({ path, ...changes }),
    clock,
    binding,
  )({
    onBytes: (raw, atMono) => heard.push({ hex: hex(raw), atMono }),
    onDown: (error) => downs.push(error),
  });
}

describe('a serial link', () => {
  it('carries bytes both ways and stamps them with the clock', async () => {
    const link = await open();
    expect(link.isOpen).toBe(true);
    const written = link.write(request);
    await clock.advance(100);
    await written;
    expect(heard).toEqual([{ hex: reply, atMono: expect.any(Number) }]);
    const replyEndMono = (8 * 10) / 9.6 + 10 + (7 * 10) / 9.6;
    expect(heard[0]?.atMono).toBeCloseTo(replyEndMono, 3);
    await link.close();
  });

  it('to a path that is not there is LINK-001, and can be opened once it is', async () => {
    await expect(open({ path: '/dev/ttyNONE' })).rejects.toMatchObject({ code: 'LINK-001', where: '/dev/ttyNONE' });
    wire.unplug();
    await expect(open()).rejects.toMatchObject({ code: 'LINK-001' });
    wire.replug();
    const link = await open();
    expect(link.isOpen).toBe(true);
    expect(downs).toEqual([]);
    await link.close();
  });

  it('to a path that is taken is LINK-003, does not disturb its owner, and is free after his close', async () => {
    const owner = await open();
    await expect(open()).rejects.toMatchObject({ code: 'LINK-003', where: path });
    const written = owner.write(request);
    await clock.advance(100);
    await written;
    expect(heard.map((each) => each.hex)).toEqual([reply]);
    await owner.close();
    const next = await open();
    await next.close();
  });

  it.each([
    ['Error: Permission denied, cannot open /dev/ttyX', 'LINK-002'],
    ['Error: No such file or directory, cannot open /dev/ttyX', 'LINK-001'],
    ['Error Resource temporarily unavailable Cannot lock port', 'LINK-003'],
    ['Error: Device or resource busy, cannot open /dev/ttyX', 'LINK-003'],
    ['Error: Input/output error setting custom baud rate of 9600', 'LINK-004'],
  ])('that the system refuses with "%s" is %s', async (message, code) => {
    binding = { list: async () => [], open: () => Promise.reject(new Error(message)) };
    await expect(open()).rejects.toMatchObject({ code, where: path, cause: expect.any(Error) });
  });

  it('whose adapter is pulled tells LINK-005 once, is closed from that moment, and says nothing after', async () => {
    const link = await open();
    await clock.advance(1);
    wire.unplug();
    await clock.until(() => downs.length > 0, 100);
    expect(downs).toEqual([expect.any(DriverError)]);
    expect(downs[0]).toMatchObject({ code: 'LINK-005', where: path });
    expect(link.isOpen).toBe(false);
    await expect(link.write(request)).rejects.toMatchObject({ code: 'LINK-005' });
    await link.close();
    await clock.advance(2_000);
    expect(downs).toHaveLength(1);
  });

  it('that was closed tells nothing more: no byte, and no failure when its adapter is pulled', async () => {
    const link = await open();
    const written = link.write(request);
    await clock.advance(1);
    await written;
    await link.close();
    expect(link.isOpen).toBe(false);
    await clock.advance(100);
    wire.unplug();
    await clock.advance(2_000);
    expect(heard).toEqual([]);
    expect(downs).toEqual([]);
  });

  it('that is closed refuses writes, and they do not leave when the path is opened again', async () => {
    const first = await open();
    await first.close();
    await expect(first.write(request)).rejects.toMatchObject({ code: 'LINK-005' });
    const second = await open();
    await clock.advance(1_000);
    expect(wire.counters.requests).toBe(0);
    expect(second.isOpen).toBe(true);
    await second.close();
  });

  it('can be closed as often as one likes, also at the same time', async () => {
    const link = await open();
    await Promise.all([link.close(), link.close()]);
    await link.close();
    const next = await open();
    await next.close();
    expect(downs).toEqual([]);
  });

  it('is let go after 1 s when the system does not close it, and is deaf from the first moment on', async () => {
    const real = mockSerialBinding(new Map([[path, wire]]));
    binding = {
      list: real.list,
      open: async (options: Parameters<typeof real.open>[0]) => {
        const port = await real.open(options);
        port.close = () => new Promise(() => undefined);
        return port;
      },
    };
    const link = await open();
    let isClosed = false;
    link.close().then(
      () => {
        isClosed = true;
      },
      () => undefined,
    );
    wire.inject(bytes(reply));
    await clock.advance(999);
    expect(isClosed).toBe(false);
    expect(heard).toEqual([]);
    await clock.advance(2);
    expect(isClosed).toBe(true);
  });

  it('to a real tty that does not exist is LINK-001 too', async () => {
    binding = undefined;
    await expect(open({ path: '/dev/does-not-exist' })).rejects.toMatchObject({
      code: 'LINK-001',
      where: '/dev/does-not-exist',
    });
  });
});
