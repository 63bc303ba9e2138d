/** Which bytes are the answer to our request, and which are not (frame.ts, rtu-framing.ts, modbus-port.ts, modbus-pdu.ts). */
import { beforeEach, describe, expect, it } from 'vitest';
import { findReply, looksAlike, replyShapeOf } from '../../drivers/modbus/frame.js';
import { charMs, silenceMs } from '../../drivers/modbus/line-timing.js';
import { ModbusException, ModbusPdu, type ModbusRequest } from '../../drivers/modbus/modbus-pdu.js';
import { ModbusPort } from '../../drivers/modbus/modbus-port.js';
import { encodeRequest } from '../../drivers/modbus/request-frame.js';
import { RtuFraming } from '../../drivers/modbus/rtu-framing.js';
import { hasGoodCrc, withCrc } from '../../hardware-sim/modbus/crc16.js';
import { bytes, hex } from '../hardware-sim/bytes.js';
import { FakeLink, lineConfig, seeded } from './rig.js';

const read = (table: 'coil' | 'discrete' | 'input' | 'holding', address: number, count: number): ModbusRequest => ({
  kind: 'read',
  table,
  address,
  count,
});
const write = (table: 'coil' | 'holding', address: number, value: number): ModbusRequest => ({
  kind: 'write',
  table,
  address,
  value,
});

/** Frames as the makers print them; the check sums were computed anew. */
const inputsReply = '01 03 10 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00 E0 A5';
const published: readonly (readonly [string, ModbusRequest, string, string, readonly number[]])[] = [
  ['smoke detector, normal', read('holding', 0x10, 1), '01 03 00 10 00 01 85 CF', '01 03 02 00 00 B8 44', [0]],
  ['smoke detector, alarm', read('holding', 0x10, 1), '01 03 00 10 00 01 85 CF', '01 03 02 00 01 79 84', [1]],
  ['N4D8 inputs', read('holding', 0x81, 8), '01 03 00 81 00 08 14 24', inputsReply, [0, 0, 1, 0, 0, 0, 0, 0]],
  ['N4D8 unlink', write('holding', 0xfd, 0), '01 06 00 FD 00 00 18 3A', '01 06 00 FD 00 00 18 3A', []],
  ['N4D8 output 1 on', write('holding', 1, 0x0100), '01 06 00 01 01 00 D9 9A', '01 06 00 01 01 00 D9 9A', []],
  ['Waveshare relay 1 on', write('coil', 0, 1), '01 05 00 00 FF 00 8C 3A', '01 05 00 00 FF 00 8C 3A', []],
  [
    'Waveshare relay 1 for 2 s',
    { kind: 'write', table: 'coil', address: 0x200, value: 20, asWord: true },
    '01 05 02 00 00 14 CC 7D',
    '01 05 02 00 00 14 CC 7D',
    [],
  ],
  ['Waveshare relay 1 off', write('coil', 0, 0), '01 05 00 00 00 00 CD CA', '01 05 00 00 00 00 CD CA', []],
  ['Waveshare relays', read('coil', 0, 8), '01 01 00 00 00 08 3D CC', '01 01 01 05 91 8B', [1, 0, 1, 0, 0, 0, 0, 0]],
  [
    'Waveshare inputs',
    read('discrete', 0, 8),
    '01 02 00 00 00 08 79 CC',
    '01 02 01 80 A0 28',
    [0, 0, 0, 0, 0, 0, 0, 1],
  ],
  ['XY-MD02', read('input', 1, 2), '01 04 00 01 00 02 20 0B', '01 04 04 01 17 02 3D 8A CD', [279, 573]],
];

interface Told {
  error: Error | null;
  values: readonly number[];
}

let link: FakeLink;
let framing: RtuFraming;
let port: ModbusPort;
let pdu: ModbusPdu;
let told: Told[];
let noises: number;

beforeEach(() => {
  link = new FakeLink();
  noises = 0;
  framing = new RtuFraming();
  port = new ModbusPort(link, framing, (error) => {
    throw error;
  });
  pdu = new ModbusPdu(port);
  told = [];
});

function ask(request: ModbusRequest, unit = 1): void {
  const shape = replyShapeOf(encodeRequest(unit, request));
  pdu.transact(1, shape, request, (error, values) => told.push({ error, values }));
}

function take(chunk: Uint8Array): void {
  port.receive(chunk, ({ stray }) => {
    if (stray.length > 0) noises++;
  });
}

/** The values handed up, or what else became of the request. */
function outcome(): readonly number[] | string {
  const [first] = told;
  if (first === undefined) return 'waits';
  if (told.length > 1) return 'told twice';
  return first.error === null ? first.values : first.error.message;
}

function hear(...chunks: readonly string[]): readonly number[] | string {
  for (const chunk of chunks) take(bytes(chunk));
  return outcome();
}

const smokeRead = read('holding', 0x10, 1);
const smokeRequest = '01 03 00 10 00 01 85 CF';
const alarmReply = '01 03 02 00 01 79 84';

describe('published frames', () => {
  it.each(published)('%s: goes out and is understood as printed', (_name, request, sent, reply, values) => {
    ask(request);
    expect(link.written.map(hex)).toEqual([sent]);
    expect(hex(encodeRequest(1, request))).toBe(sent);
    expect(hear(reply)).toEqual(values);
  });

  it.each(published)(
    '%s: is understood cut at every place, and byte by byte',
    (_name, request, _sent, reply, values) => {
      const whole = bytes(reply);
      for (let cut = 1; cut < whole.length; cut++) {
        told = [];
        ask(request);
        take(whole.slice(0, cut));
        expect(outcome()).toBe('waits');
        take(whole.slice(cut));
        expect(outcome()).toEqual(values);
      }
      told = [];
      ask(request);
      for (const byte of whole) take(Uint8Array.of(byte));
      expect(outcome()).toEqual(values);
      expect(framing.counts.strayBytes).toBe(0);
    },
  );

  it.each(published)('%s: nothing is understood with any one bit turned over', (_name, request, _sent, reply) => {
    for (let bit = 0; bit < bytes(reply).length * 8; bit++) {
      told = [];
      ask(request);
      take(bytes(reply).map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
      expect(outcome()).toBe('waits');
    }
  });

  it('reads the longest answers: 125 registers and 2,000 bits', () => {
    const values = Array.from({ length: 125 }, (_, i) => 65535 - i * 500);
    ask(read('holding', 0, 125), 247);
    take(withCrc([247, 3, 250, ...values.flatMap((value) => [value >>> 8, value & 0xff])]));
    expect(outcome()).toEqual(values);
    told = [];
    ask(read('coil', 0, 2000), 247);
    take(withCrc([247, 1, 250, ...new Array<number>(250).fill(0xaa)]));
    expect(outcome()).toEqual(Array.from({ length: 2000 }, (_, i) => i % 2));
  });
});

describe('an answer among other bytes', () => {
  beforeEach(() => ask(smokeRead));

  it('is the first of two in a chunk; the second is nobody’s', () => {
    expect(hear(`${alarmReply} 01 03 02 00 00 B8 44`)).toEqual([1]);
    ask(smokeRead);
    expect(framing.counts.strayBytes).toBe(7);
  });

  it.each([
    ['noise', '00 FF 13'],
    ['noise that looks like its head', '01 03 01 03 02 01 03 02 00'],
    ['a whole answer of another unit', '02 03 02 00 00 FC 44'],
    ['an answer of its own unit to another function', '01 04 02 00 00 B9 30'],
    ['an answer of its own unit of another length', '01 03 04 00 00 00 00 FA 33'],
    ['its own answer with a bad check sum', '01 03 02 00 00 B8 45'],
    ['the echo of our own request', smokeRequest],
  ])('is found behind %s', (_name, before) => {
    expect(hear(before)).toBe('waits');
    expect(hear(alarmReply)).toEqual([1]);
    expect(framing.counts.strayBytes).toBe(bytes(before).length);
  });

  it('is found in front of noise, which is dropped before the next request', () => {
    expect(hear(`${alarmReply} 01 03 02`)).toEqual([1]);
    told = [];
    ask(smokeRead);
    expect(hear('00 00 B8 44')).toBe('waits');
    expect(hear('01 03 02 00 00 B8 44')).toEqual([0]);
  });

  it.each([
    ['another unit', '02 03 02 00 01 3D 84'],
    ['another function', '01 04 02 00 01 78 F0'],
    ['fewer bytes than it counts', '01 03 02 01 31 78'],
    ['more bytes than it counts', '01 03 02 00 01 00 02 A2 32'],
    ['a count that does not fit the question', '01 03 04 00 01 00 02 2A 32'],
    ['an odd count', '01 03 01 01 31 88'],
    ['its check sum the wrong way round', '01 03 02 00 01 84 79'],
    ['an exception to another function', '01 84 02 C2 C1'],
    ['an exception of another unit', '02 83 02 30 F1'],
    ['an exception with a bad check sum', '01 83 02 C0 F0'],
  ])('is not taken from %s', (name, reply) => {
    expect(hasGoodCrc(bytes(reply))).toBe(!name.includes('check sum'));
    expect(hear(reply)).toBe('waits');
  });

  it('keeps waiting through silence and any amount of noise, and keeps little of it', () => {
    expect(outcome()).toBe('waits');
    for (let i = 0; i < 500; i++) take(new Uint8Array(100).fill(0x01));
    expect(outcome()).toBe('waits');
    expect(framing.rest.length).toBeLessThanOrEqual(600);
    expect(hear(alarmReply)).toEqual([1]);
  });

  it('is nobody’s when nothing is waited for any more', () => {
    framing.forget();
    expect(hear(alarmReply)).toBe('waits');
    expect(framing.rest.length).toBe(7);
  });
});

describe('refusals and echoes', () => {
  it('hands every exception code up as one', () => {
    for (let code = 0; code < 256; code++) {
      told = [];
      ask(smokeRead);
      take(withCrc([1, 0x83, code]));
      expect(told).toEqual([{ error: new ModbusException(code), values: [] }]);
    }
  });

  it.each([
    ['a coil that went the other way', write('coil', 0, 1), '01 05 00 00 00 00 CD CA'],
    ['another coil', write('coil', 0, 1), '01 05 00 01 FF 00 DD FA'],
    ['another register', write('holding', 1, 0x0100), '01 06 00 02 01 00 29 9A'],
    ['another value', write('holding', 1, 0x0100), '01 06 00 01 02 00 D9 6A'],
    ['another unit', write('coil', 0, 1), '02 05 00 00 FF 00 8C 09'],
  ])('does not take the confirmation of %s', (_name, request, reply) => {
    expect(hasGoodCrc(bytes(reply))).toBe(true);
    ask(request);
    expect(hear(reply)).toBe('waits');
  });

  /*
   * Our own read request is a well-formed answer to itself when the high byte of its address is the byte count that is
   * waited for: bits at 0x0300 to 0x03FF, 17 to 24 at a time, always; others where the check sums happen to meet.
   */
  it.each([
    ['unit 1, 20 coils at 0x0310', 1, read('coil', 0x0310, 20)],
    ['unit 1, 17 inputs at 0x03FF', 1, read('discrete', 0x03ff, 17)],
    ['unit 4, register 688', 4, read('holding', 688, 1)],
    ['unit 5, input register 736', 5, read('input', 736, 1)],
  ])('never takes the echo of our own request for its answer: %s', (_name, unit, request) => {
    const echo = encodeRequest(unit, request);
    ask(request, unit);
    for (const byte of echo) take(Uint8Array.of(byte));
    expect(outcome()).toBe('waits');
    take(withCrc([...replyShapeOf(echo).head, ...new Array<number>(replyShapeOf(echo).length - 5).fill(0)]));
    expect(outcome()).toEqual(new Array(request.kind === 'read' ? request.count : 0).fill(0));
    expect(noises).toBe(0);
  });

  it('asks for more than the echo of a write once a read has shown that the adapter hears itself', () => {
    const order = '01 05 00 00 FF 00 8C 3A';
    ask(write('coil', 0, 1));
    expect(hear(order)).toEqual([]);
    told = [];
    ask(smokeRead);
    expect(hear(smokeRequest, alarmReply)).toEqual([1]);
    told = [];
    ask(write('coil', 0, 1));
    expect(hear(order)).toBe('waits');
    expect(hear(order)).toEqual([]);
  });

  it('believes the echo of a write again when reads come back without one: it was a unit that echoed, not the adapter', () => {
    const order = '01 05 00 00 FF 00 8C 3A';
    ask(smokeRead);
    expect(hear(smokeRequest, alarmReply)).toEqual([1]);
    for (const isYetBelieved of [false, false, true]) {
      told = [];
      ask(smokeRead);
      expect(hear(alarmReply)).toEqual([1]);
      told = [];
      ask(write('coil', 0, 1));
      expect(hear(order)).toEqual(isYetBelieved ? [] : 'waits');
    }
  });

  it('tells of noise before it hands on the answer that stood behind it, and only then', () => {
    const order: string[] = [];
    const own = new ModbusPort(link, new RtuFraming(), () => undefined);
    const shape = replyShapeOf(encodeRequest(1, smokeRead));
    new ModbusPdu(own).transact(1, shape, smokeRead, () => order.push('answer'));
    own.receive(bytes(`13 ${alarmReply}`), ({ stray }) => order.push(stray.length > 0 ? 'noise' : 'clean'));
    expect(order).toEqual(['noise', 'answer']);
    ask(smokeRead);
    expect(hear(alarmReply, '13')).toEqual([1]);
    expect(noises).toBe(0);
  });
});

describe('shapes', () => {
  const shape = (unit: number, request: ModbusRequest) => replyShapeOf(encodeRequest(unit, request));

  it.each([
    ['two blocks of one unit and one length', read('holding', 0, 2), read('holding', 10, 2), true],
    ['blocks of other lengths', read('holding', 0, 2), read('holding', 0, 3), false],
    ['the two tables of registers', read('holding', 0, 2), read('input', 0, 2), false],
    ['bits that fill the same bytes', read('coil', 0, 1), read('coil', 8, 8), true],
    ['on and off of one coil', write('coil', 0, 1), write('coil', 0, 0), false],
    ['one order given twice', write('coil', 0, 1), write('coil', 0, 1), true],
  ])('can be mixed up or not: %s', (_name, a, b, expected) => {
    expect(looksAlike(shape(1, a), shape(1, b))).toBe(expected);
    expect(looksAlike(shape(1, b), shape(1, a))).toBe(expected);
    expect(looksAlike(shape(1, a), shape(2, b))).toBe(false);
  });

  it('are not made for functions that we never send', () => {
    expect(() => replyShapeOf(bytes('01 2B 0E 01 00 70 77'))).toThrow('function code 43');
  });
});

describe('silence between frames', () => {
  it.each([
    [1200, 'none', 1, 32.0833],
    [9600, 'none', 1, 4.0104],
    [9600, 'even', 1, 4.0104],
    [9600, 'none', 2, 4.0104],
    [19200, 'none', 1, 2.0051],
    [19201, 'none', 1, 1.75],
    [115200, 'none', 1, 1.75],
  ] as const)('at %i baud, parity %s, %i stop bits: %f ms', (baud, parity, stopBits, expected) => {
    expect(silenceMs(lineConfig({ baud, parity, stopBits }))).toBeCloseTo(expected, 3);
    expect(charMs({ baud, dataBits: 8, parity, stopBits })).toBeCloseTo(
      ((9 + (parity === 'none' ? 0 : 1) + stopBits) * 1000) / baud,
      9,
    );
  });
});

describe('20,000 random byte strings', () => {
  it('never break the search, and it finds the first true answer in them and nothing else', () => {
    const random = seeded(20261122);
    const below = (limit: number): number => Math.floor(random() * limit);
    let found = 0;
    for (let round = 0; round < 20_000; round++) {
      const [, request] = published[below(published.length)] ?? published[0] ?? [];
      if (request === undefined) throw new Error('no request');
      const shape = replyShapeOf(encodeRequest(1, request));
      const pieces: number[] = [];
      for (let i = below(4); i >= 0; i--) pieces.push(...piece(below, shape));
      const text = Uint8Array.from(pieces.slice(0, 1 + below(pieces.length)));
      const hit = findReply(text, shape);
      const told = hit === null ? 'nothing' : `${hit.start}: ${hex(hit.frame)}`;
      const truth = firstAnswer(text, shape);
      if (told !== truth) expect({ round, text: hex(text), told }).toEqual({ round, text: hex(text), told: truth });
      if (hit !== null) found++;
      if (round % 10 === 0) inChunks(text, below);
    }
    expect(found).toBeGreaterThan(2_000);
    expect(found).toBeLessThan(18_000);
  });

  type Shape = ReturnType<typeof replyShapeOf>;

  /** Noise, or something that is nearly or really an answer. */
  function piece(below: (limit: number) => number, shape: Shape): readonly number[] {
    const noise = Array.from({ length: below(12) }, () => below(256));
    const head = [...shape.head];
    const body = [...head, ...Array.from({ length: shape.length - 2 - head.length }, () => below(256))];
    switch (below(6)) {
      case 0:
        return [...withCrc(body)];
      case 1:
        return [...withCrc([shape.unit, shape.functionCode | 0x80, below(256)])];
      case 2:
        return [...withCrc(body.map((byte, i) => (i === below(body.length) ? below(256) : byte)))];
      case 3:
        return [...withCrc(body)].map((byte) => (below(8) === 0 ? byte ^ (1 << below(8)) : byte));
      case 4:
        return [...head.slice(0, 1 + below(head.length)), ...noise];
      default:
        return noise;
    }
  }

  /** What an answer is, said a second time and with the simulator's check sum. */
  function firstAnswer(text: Uint8Array, shape: Shape): string {
    for (let start = 0; start < text.length; start++) {
      if (text[start] !== shape.unit) continue;
      const whole = text.subarray(start, start + shape.length);
      const refusal = text.subarray(start, start + 5);
      const isWhole = whole.length === shape.length && shape.head.every((byte, i) => whole[i] === byte);
      const isRefusal = refusal.length === 5 && refusal[1] === shape.functionCode + 128;
      if (isWhole && hasGoodCrc(whole)) return `${start}: ${hex(whole)}`;
      if (isRefusal && hasGoodCrc(refusal)) return `${start}: ${hex(refusal)}`;
    }
    return 'nothing';
  }

  /** The same through the port and modbus-serial, cut anywhere. */
  function inChunks(text: Uint8Array, below: (limit: number) => number): void {
    ask(smokeRead);
    for (let at = 0; at < text.length; ) {
      const length = 1 + below(9);
      take(text.slice(at, at + length));
      at += length;
    }
    framing.forget();
  }
});
