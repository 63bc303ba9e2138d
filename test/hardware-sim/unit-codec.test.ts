import { describe, expect, it } from 'vitest';
import { crc16, hasGoodCrc, withCrc } from '../../hardware-sim/modbus/crc16.js';
import {
  bitsReply,
  exceptionReply,
  parseRequest,
  registersReply,
  writeManyReply,
} from '../../hardware-sim/modbus/unit-codec.js';
import { bytes, hex } from './bytes.js';

/** Frames printed in the papers of the devices. */
const published: readonly [string, string, object][] = [
  ['read of a smoke detector', '01 03 00 10 00 01 85 CF', { unit: 1, kind: 'read', fc: 3, address: 0x10, count: 1 }],
  ['read of eight inputs', '01 03 00 81 00 08 14 24', { unit: 1, kind: 'read', fc: 3, address: 0x81, count: 8 }],
  [
    'unlinking of the inputs',
    '01 06 00 FD 00 00 18 3A',
    { unit: 1, kind: 'write-one', fc: 6, address: 0xfd, value: 0 },
  ],
  ['output 1 on', '01 06 00 01 01 00 D9 9A', { unit: 1, kind: 'write-one', fc: 6, address: 1, value: 0x0100 }],
  ['relay 1 on', '01 05 00 00 FF 00 8C 3A', { unit: 1, kind: 'write-one', fc: 5, address: 0, value: 0xff00 }],
  ['relay 1 on for 2 s', '01 05 02 00 00 14 CC 7D', { unit: 1, kind: 'write-one', fc: 5, address: 0x200, value: 20 }],
  ['read of eight discrete inputs', '01 02 00 00 00 08 79 CC', { unit: 1, kind: 'read', fc: 2, address: 0, count: 8 }],
  ['read of an input register', '01 04 00 01 00 02 20 0B', { unit: 1, kind: 'read', fc: 4, address: 1, count: 2 }],
];

describe('the unit-side codec', () => {
  it.each(published)('reads the published %s', (_, frame, request) => {
    expect(parseRequest(bytes(frame))).toEqual(request);
  });

  it.each(published)('computes the published check sum of the %s', (_, frame) => {
    const raw = bytes(frame);
    expect(hex(withCrc(raw.subarray(0, -2)))).toBe(frame);
    expect(hasGoodCrc(raw)).toBe(true);
  });

  it('builds the published alarm reply of one register', () => {
    expect(hex(registersReply(1, 3, [1]))).toBe('01 03 02 00 01 79 84');
  });

  it('packs coils with the first in the lowest bit, as the Modbus specification shows', () => {
    // Modbus Application Protocol V1.1b3 §6.1: coils 20-38 read CD 6B 05.
    const coils = [1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1];
    expect(hex(bitsReply(1, 1, coils).subarray(0, 6))).toBe('01 01 03 CD 6B 05');
  });

  it('reads the coils of FC 15, as the Modbus specification shows', () => {
    // §6.11: ten coils from 20 (wire 0013), CD 01.
    expect(parseRequest(withCrc([1, 15, 0, 0x13, 0, 10, 2, 0xcd, 0x01]))).toEqual({
      unit: 1,
      kind: 'write-many',
      fc: 15,
      address: 0x13,
      values: [1, 0, 1, 1, 0, 0, 1, 1, 1, 0],
      isSound: true,
    });
    expect(hex(writeManyReply(1, 15, 0x13, 10).subarray(0, 6))).toBe('01 0F 00 13 00 0A');
  });

  it('reads the registers of FC 16', () => {
    expect(parseRequest(withCrc([1, 16, 0, 1, 0, 2, 4, 0, 10, 1, 2]))).toMatchObject({
      values: [10, 0x0102],
      isSound: true,
    });
  });

  it('marks a quantity that disagrees with the byte count as unsound', () => {
    expect(parseRequest(withCrc([1, 16, 0, 1, 0, 3, 4, 0, 10, 1, 2]))).toMatchObject({ isSound: false });
  });

  it('sets the highest bit of the function in a refusal', () => {
    expect(hex(exceptionReply(1, 3, 2))).toBe('01 83 02 C0 F1');
  });

  it('hears nothing in a frame with one wrong bit, a missing byte or a byte too many', () => {
    for (const frame of [
      '01 03 00 11 00 01 85 CF',
      '01 03 00 10 00 01 85',
      '01 03 00 10 00 01 85 CF 00',
      '01 03',
      '',
    ]) {
      expect(parseRequest(bytes(frame))).toBeNull();
    }
  });

  it('names an unknown function instead of guessing its length', () => {
    expect(parseRequest(withCrc([1, 0x42]))).toEqual({ unit: 1, kind: 'unknown', fc: 0x42 });
  });

  it('has the check value of CRC-16/MODBUS', () => {
    expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x4b37);
  });
});
