/** Modbus TCP: which answer belongs to which request, and what no connection survives (mbap-framing.ts). */
import { beforeEach, describe, expect, it } from 'vitest';
import { replyShapeOf } from '../../drivers/modbus/frame.js';
import { MbapFraming } from '../../drivers/modbus/mbap-framing.js';
import { ModbusPdu, type ModbusRequest } from '../../drivers/modbus/modbus-pdu.js';
import { ModbusPort } from '../../drivers/modbus/modbus-port.js';
import { encodeRequest } from '../../drivers/modbus/request-frame.js';
import { bytes, hex } from '../hardware-sim/bytes.js';
import { FakeLink, seeded } from './rig.js';

const read = (address: number, count = 1): ModbusRequest => ({ kind: 'read', table: 'holding', address, count });

let link: FakeLink;
let framing: MbapFraming;
let port: ModbusPort;
let pdu: ModbusPdu;
let told: Map<number, readonly number[] | string>;

beforeEach(() => {
  link = new FakeLink();
  framing = new MbapFraming(8);
  port = new ModbusPort(link, framing, () => undefined);
  pdu = new ModbusPdu(port);
  told = new Map();
});

function ask(slot: number, request: ModbusRequest, unit = 1): void {
  pdu.transact(slot, replyShapeOf(encodeRequest(unit, request)), request, (error, values) =>
    told.set(slot, error === null ? values : error.message),
  );
}

function hear(...chunks: readonly string[]): void {
  for (const chunk of chunks) port.receive(bytes(chunk), () => undefined);
}

describe('an exchange', () => {
  it('is the example of the specification, byte for byte (Modbus Messaging on TCP/IP 1.0b, 3.1.3 and 4.4)', () => {
    ask(1, read(5), 0xff);
    expect(link.written.map(hex)).toEqual(['00 01 00 00 00 06 FF 03 00 05 00 01']);
    hear('00 01 00 00 00 05 FF 03 02 00 05');
    expect(told).toEqual(new Map([[1, [5]]]));
  });

  it('of eight at once ends in any order, each with its own values', () => {
    for (let slot = 1; slot <= 8; slot++) ask(slot, read(slot));
    for (const slot of [3, 8, 1, 2, 7, 5, 4, 6]) hear(`00 0${slot} 00 00 00 05 01 03 02 00 ${slot}${slot}`);
    for (let slot = 1; slot <= 8; slot++) expect(told.get(slot)).toEqual([slot * 0x11]);
    expect(framing.counts).toEqual({ strayBytes: 0, strangers: 0 });
  });

  it.each(['00 01 00 00 00 05 01 03 02 00 07 00 02 00 00 00 05 01 03 02 00 08'])(
    'is found in segments cut and joined at every place',
    (both) => {
      const whole = bytes(both);
      for (let cut = 0; cut <= whole.length; cut++) {
        framing = new MbapFraming(8);
        port = new ModbusPort(new FakeLink(), framing, () => undefined);
        pdu = new ModbusPdu(port);
        told = new Map();
        ask(1, read(1));
        ask(2, read(2));
        port.receive(whole.slice(0, cut), () => undefined);
        port.receive(whole.slice(cut), () => undefined);
        expect(told).toEqual(
          new Map([
            [1, [7]],
            [2, [8]],
          ]),
        );
      }
    },
  );

  it('that is refused says so, also in a vendor’s own style', () => {
    ask(1, read(1));
    hear('00 01 00 00 00 03 01 83 02');
    expect(told.get(1)).toContain('exception 2');
    const request = read(1);
    const shape = replyShapeOf(encodeRequest(1, request), 'byte80');
    pdu.transact(2, shape, request, (error) => told.set(2, error?.message ?? ''));
    hear('00 02 00 00 00 03 01 80 03');
    expect(told.get(2)).toContain('exception 3');
  });
});

describe('what is not the answer', () => {
  it.each([
    ['another number', '00 02 00 00 00 05 01 03 02 00 07'],
    ['another unit', '00 01 00 00 00 05 02 03 02 00 07'],
    ['a refusal in the name of another unit', '00 01 00 00 00 03 02 83 02'],
    ['another function', '00 01 00 00 00 05 01 04 02 00 07'],
    ['another length', '00 01 00 00 00 07 01 03 04 00 07 00 08'],
    ['a count that lies', '00 01 00 00 00 05 01 03 04 00 07'],
    ['half of it', '00 01 00 00 00 05 01 03'],
  ])('%s', (_name, heard) => {
    ask(1, read(1));
    hear(heard);
    expect(told.size).toBe(0);
    expect(framing.isBroken).toBe(false);
  });

  it('an answer after its time-out, not even when its slot is asked again: the number is another one', () => {
    ask(1, read(1000));
    framing.forget(1);
    ask(1, read(2000));
    hear('00 01 00 00 00 05 01 03 02 10 00');
    expect(told.size).toBe(0);
    expect(framing.counts.strangers).toBe(1);
    hear('00 02 00 00 00 05 01 03 02 20 00');
    expect(told.get(1)).toEqual([0x2000]);
  });

  it('an answer that comes a whole turn of the numbers late: numbers without an answer are not used again', () => {
    ask(1, read(1));
    framing.forget(1);
    const shape = replyShapeOf(encodeRequest(1, read(2)));
    const request = encodeRequest(1, read(2));
    const used = new Set<number>();
    for (let i = 0; i < 0x1_0000 + 10; i++) {
      const adu = framing.send({ slot: 1, shape }, request);
      const number = ((adu[0] ?? 0) << 8) | (adu[1] ?? 0);
      used.add(number);
      framing.receive(Uint8Array.of(number >>> 8, number & 0xff, 0, 0, 0, 5, 1, 3, 2, 0, 9));
    }
    expect(used.has(1)).toBe(false);
    expect(used.size).toBe(0xffff);
  });
});

describe('a connection that can not go on', () => {
  it.each([
    ['another protocol', '00 01 00 01 00 05 01 03 02 00 07'],
    ['a length below three', '00 01 00 00 00 02 01 03'],
    ['a length above 254', '00 01 00 00 00 FF 01'],
    ['a length of 65535', '00 01 00 00 FF FF 01 03 02'],
    ['text', '48 54 54 50 2F 31 2E 31 20 34 30 30'],
  ])('%s', (_name, heard) => {
    ask(1, read(1));
    hear(heard);
    expect(framing.isBroken).toBe(true);
    hear('00 01 00 00 00 05 01 03 02 00 07');
    expect(told.size).toBe(0);
  });

  it('but not one behind which units are dead: numbers without an answer are left out, the oldest used again in the end', () => {
    for (let i = 0; i < 3_000; i++) {
      ask(1, read(1));
      framing.forget(1);
    }
    expect(framing.isBroken).toBe(false);
    ask(1, read(1));
    hear('0B B9 00 00 00 05 01 03 02 00 07');
    expect(told.get(1)).toEqual([7]);
  });

  it('random bytes: never more than one beginning of an answer is kept, and nothing is taken for one', () => {
    const random = seeded(20261122);
    for (let round = 0; round < 5_000; round++) {
      const own = new MbapFraming(1);
      const shape = replyShapeOf(encodeRequest(1, read(1)));
      own.send({ slot: 1, shape }, encodeRequest(1, read(1)));
      for (let chunk = 0; chunk < 4; chunk++) {
        const length = Math.floor(random() * 80);
        const found = own.receive(Uint8Array.from({ length }, () => Math.floor(random() * 256)));
        expect(found).toEqual([]);
      }
    }
  });
});
