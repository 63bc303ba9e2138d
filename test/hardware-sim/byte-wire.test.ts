import { beforeEach, describe, expect, it } from 'vitest';
import type { DriverError } from '../../drivers/driver-error.js';
import { ByteWire, type ByteWireOptions } from '../../hardware-sim/byte-wire.js';
import { GenericSmoke } from '../../hardware-sim/modbus/generic-smoke.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytes, hex } from './bytes.js';
import { SimMaster } from './sim-master.js';

const request = '01 03 00 10 00 01 85 CF';
const reply = '01 03 02 00 00 B8 44';
const charMs = 10 / 9.6;
/** 3.5 characters of the guide's 11 bits, though the line has 10. */
const silenceMs = (3.5 * 11) / 9.6;
const turnaroundMs = 12;
const requestMs = 8 * charMs;
const replyStartMono = requestMs + turnaroundMs;
const replyEndMono = replyStartMono + 7 * charMs;

let clock: SimClock;
let unit: SimUnit;
let wire: ByteWire;
let master: SimMaster;

function build(options: Partial<ByteWireOptions> = {}): void {
  clock = new SimClock();
  wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10, path: '/dev/ttySIM', ...options });
  unit = new SimUnit({ address: 1, model: new GenericSmoke(), turnaroundMs });
  wire.attach(unit);
  master = new SimMaster(wire, clock);
}

beforeEach(() => build());

describe('time on the wire', () => {
  it('brings the whole reply to the microsecond: request, turnaround, reply', async () => {
    await master.ask(request);
    expect(master.heard).toEqual([{ hex: reply, atMono: expect.closeTo(replyEndMono, 6) }]);
  });

  it('brings chunks at the pace of the wire', async () => {
    build({ chunkBytes: 3 });
    await master.ask(request);
    expect(master.heard.map((each) => each.hex)).toEqual(['01 03 02', '00 00 B8', '44']);
    for (const [i, chars] of [3, 6, 7].entries()) {
      expect(master.heard[i]?.atMono).toBeCloseTo(replyStartMono + chars * charMs, 6);
    }
  });

  it('counts eleven bits a character where there is parity or a second stop bit', async () => {
    build({ bitsPerChar: 11 });
    await master.ask(request);
    expect(master.heard[0]?.atMono).toBeCloseTo((15 * 11) / 9.6 + turnaroundMs, 6);
  });

  it('never lets a unit answer before the silence that ends the request', async () => {
    unit.turnaroundMs = 0;
    await master.ask(request);
    expect(master.heard[0]?.atMono).toBeCloseTo(requestMs + silenceMs + 7 * charMs, 6);
  });

  it('keeps 1.75 ms of silence above 19200 baud', async () => {
    build({ baud: 115_200 });
    unit.turnaroundMs = 0;
    await master.ask(request);
    expect(master.heard[0]?.atMono).toBeCloseTo((15 * 10) / 115.2 + 1.75, 6);
  });

  it('counts what was said and how long the wire was busy', async () => {
    await master.ask(request);
    expect(wire.counters).toEqual({
      requests: 1,
      replies: 1,
      silenceViolations: 0,
      collisions: 0,
      spoiltRequests: 0,
      busyMs: expect.closeTo(15 * charMs, 6),
    });
  });

  it('takes a request written in two pieces as one frame', async () => {
    master.write('01 03 00');
    expect(await master.ask('10 00 01 85 CF')).toBe(reply);
    expect(wire.counters.requests).toBe(1);
  });

  it('tells when the last bit has left the master', async () => {
    let sentMono: number | null = null;
    master.write(request);
    void wire.sent().then(() => {
      sentMono = clock.mono();
    });
    await clock.advance(100);
    expect(sentMono).toBeCloseTo(requestMs, 6);
  });
});

describe('silence', () => {
  async function askAgainAfterGap(gapMs: number): Promise<string> {
    master.write(request);
    await clock.advance(replyEndMono + gapMs);
    return master.ask(request);
  }

  it('is kept by a master that waits 3.5 characters after the reply', async () => {
    expect(await askAgainAfterGap(silenceMs)).toBe(reply);
    expect(wire.counters.silenceViolations).toBe(0);
  });

  it('is broken by a hundredth of a character less: the units hear nothing', async () => {
    expect(await askAgainAfterGap(silenceMs - charMs / 100)).toBe('');
    expect(wire.counters).toMatchObject({ silenceViolations: 1, spoiltRequests: 1 });
  });

  it('is shorter where the units count the characters that the line has', async () => {
    build({ guideBits: false });
    expect(await askAgainAfterGap(3.5 * charMs)).toBe(reply);
    build();
    expect(await askAgainAfterGap(3.5 * charMs)).toBe('');
  });

  it('after noise is as long as after a reply', async () => {
    wire.inject(bytes('00'));
    await clock.advance(charMs + 1);
    expect(await master.ask(request)).toBe('');
    expect(wire.counters.silenceViolations).toBe(1);
  });

  it('of more than 1.5 characters inside a request breaks it', async () => {
    master.write('01 03 00');
    await clock.advance(3 * charMs + 1.8 * charMs);
    expect(await master.ask('10 00 01 85 CF')).toBe('');
    expect(wire.counters).toMatchObject({ requests: 1, silenceViolations: 1 });
  });

  it('missing between two requests makes one lump of them', async () => {
    master.write(request);
    expect(await master.ask(request)).toBe('');
    expect(wire.counters).toMatchObject({ requests: 1, spoiltRequests: 1 });
  });
});

describe('two at once', () => {
  it('makes garbage of the replies of two units with one address', async () => {
    wire.attach(new SimUnit({ address: 1, model: new GenericSmoke(), turnaroundMs: turnaroundMs + 2 }));
    const heard = await master.ask(request);
    expect(heard).not.toContain(reply);
    expect(heard.split(' ').length).toBeLessThanOrEqual(9);
    expect(wire.counters.collisions).toBe(1);
  });

  it('spoils a request into which a late reply falls, and the part of the reply that fell into it', async () => {
    unit.mischief = ({ reply: normal }) => [{ afterMs: 100, bytes: normal }];
    master.write(request);
    await clock.advance(replyStartMono + 98);
    unit.mischief = null;
    const heard = await master.ask(request);
    expect(heard).not.toContain(reply);
    expect(wire.counters).toMatchObject({ collisions: 1, spoiltRequests: 1 });
  });

  it('spoils a request that talks into a reply', async () => {
    master.write(request);
    await clock.advance(replyStartMono + charMs);
    expect(await master.ask(request)).not.toContain(reply);
    expect(wire.counters).toMatchObject({ silenceViolations: 1, collisions: 1, spoiltRequests: 1 });
  });

  it('spoils a request that noise follows before its silence is over', async () => {
    master.write(request);
    await clock.advance(requestMs + 1);
    wire.inject(bytes('FF'));
    await clock.advance(100);
    expect(master.heard.map((each) => each.hex)).toEqual(['FF']);
  });
});

describe('a cut line', () => {
  it('passes nothing, and everything again when it is mended', async () => {
    wire.setCut(true);
    expect(await master.ask(request)).toBe('');
    wire.setCut(false);
    expect(await master.ask(request)).toBe(reply);
  });

  it('swallows the rest of a reply that is under way', async () => {
    build({ chunkBytes: 1 });
    master.write(request);
    await clock.advance(replyStartMono + 2.5 * charMs);
    wire.setCut(true);
    await clock.advance(100);
    expect(master.heard.map((each) => each.hex)).toEqual(['01', '03']);
  });
});

describe('the wire as a link', () => {
  const chunks: Uint8Array[] = [];
  const downs: DriverError[] = [];
  const events = {
    onBytes: (chunk: Uint8Array) => void chunks.push(chunk),
    onDown: (error: DriverError) => void downs.push(error),
  };

  beforeEach(() => {
    chunks.length = 0;
    downs.length = 0;
  });

  it('carries a request and its reply', async () => {
    const link = await wire.open(events);
    await link.write(bytes(request));
    await clock.advance(100);
    expect(chunks).toEqual([bytes(reply)]);
  });

  it('has one owner at a time', async () => {
    const link = await wire.open(events);
    await expect(wire.open(events)).rejects.toMatchObject({ code: 'LINK-003', where: '/dev/ttySIM' });
    await link.close();
    await expect(wire.open(events)).resolves.toMatchObject({ isOpen: true });
  });

  it('says once that it went away, takes no more bytes, and a new one can be opened after replugging', async () => {
    const link = await wire.open(events);
    wire.unplug();
    wire.unplug();
    expect(downs.map((error) => error.code)).toEqual(['LINK-005']);
    expect(link.isOpen).toBe(false);
    await expect(link.write(bytes(request))).rejects.toMatchObject({ code: 'LINK-005' });
    await expect(wire.open(events)).rejects.toMatchObject({ code: 'LINK-001' });
    wire.replug();
    await expect(wire.open(events)).resolves.toMatchObject({ isOpen: true });
  });

  it('may come back at another socket, with the number it always had', async () => {
    const { adapterId } = wire;
    wire.unplug();
    wire.replug('/dev/ttyOTHER');
    expect(wire).toMatchObject({ path: '/dev/ttyOTHER', firstPath: '/dev/ttySIM', adapterId });
    await expect(wire.open(events)).resolves.toMatchObject({ isOpen: true });
  });

  it('is silent after it was closed', async () => {
    const link = await wire.open(events);
    await link.write(bytes(request));
    await link.close();
    await clock.advance(100);
    wire.unplug();
    expect(chunks).toEqual([]);
    expect(downs).toEqual([]);
  });
});

describe('a device that speaks by itself', () => {
  const heard: string[] = [];
  beforeEach(() => {
    heard.length = 0;
    wire.attachTalker({ hear: (sent) => void heard.push(hex(sent)) });
  });

  it('hears every byte of the master when it has left, frame or not, and can answer at once', async () => {
    wire.attachTalker({ hear: () => wire.inject(bytes('FF 07 A1 A7')) });
    expect(await master.ask('55')).toBe('FF 07 A1 A7');
    expect(heard).toEqual(['55']);
    expect(master.heard[0]?.atMono).toBeCloseTo(5 * charMs, 6);
  });

  it('hears nothing through a cut line, and nothing of what it talked over', async () => {
    wire.setCut(true);
    await master.ask('55');
    wire.setCut(false);
    wire.inject(bytes('FF 07 A1 A7'));
    await master.ask('55');
    expect(heard).toEqual([]);
  });
});

describe('a second master', () => {
  it('is heard by ours, and so is the answer it gets', async () => {
    wire.injectRequest(bytes(request));
    await clock.advance(200);
    expect(master.heard.map((each) => each.hex)).toEqual([request, reply]);
  });

  it('that talks into a reply is not understood, and spoils it', async () => {
    master.write(request);
    await clock.advance(replyStartMono + charMs);
    wire.injectRequest(bytes(request));
    await clock.advance(200);
    expect(master.heard.map((each) => each.hex).join(' ')).not.toContain(reply);
    expect(wire.counters.replies).toBe(1);
  });
});

it('a master that never stops talking costs no memory', async () => {
  for (let i = 0; i < 100; i++) wire.masterWrite(new Uint8Array(1000));
  await clock.advance(200_000);
  expect(wire.counters).toMatchObject({ requests: 1, spoiltRequests: 1 });
  expect(await master.ask(request)).toBe(reply);
});
