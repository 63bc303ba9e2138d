/** Whatever may be sent is read as it was sent, for every type, coding and order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAnalog, isComponent, isSystem } from '../../../sync/gb26875/code-numbers.js';
import {
  decodeAdu,
  encodeAdu,
  encodeFrame,
  encodeGb18030,
  type GbAdu,
  type GbFrame,
  GbFramer,
  gbCommands,
  gbTimeOf,
  wallOfGbTime,
} from '../../../sync/gb26875/index.js';
import { bareTypes, layouts } from '../../../sync/gb26875/layouts.js';

const runs = { numRuns: 30, seed: 26_875 };
/** More would only repeat them; the counts of the standard have a test of their own. */
const objectsMax = 5;
const bytes = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const byte = fc.integer({ min: 0, max: 255 });
const coding = fc.record({
  timeCoding: fc.constantFrom('binary' as const, 'bcd' as const),
  serialOrder: fc.constantFrom('little' as const, 'big' as const),
});
const wall = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2099, 11, 31, 23) / 1000 });
const time = fc.option(wall.map((s) => gbTimeOf(s * 1000, 0)));
/** Characters of one, two and four bytes; never a control character, and no blank at the end. */
const character = fc.constantFrom(...'aZ09 -（）村委会一楼走廊洪崖洞𠀀㐀é€😀');
const textOf = (max: number) =>
  fc
    .array(character, { maxLength: max })
    .map((all) => all.join('').replace(/ +$/, ''))
    .filter((text) => encodeGb18030(text, 10_000).length <= max);

/** Each field by its name: what the standard allows there. */
const fields: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  system: fc.constantFrom(...bytes(0, 255).filter(isSystem)),
  component: fc.constantFrom(...bytes(0, 255).filter(isComponent)),
  analog: fc.constantFrom(...bytes(0, 255).filter(isAnalog)),
  address: fc.tuple(byte, byte, byte, byte),
  value: fc.integer({ min: -0x8000, max: 0x7fff }),
  time,
};

function aduOf(type: number): fc.Arbitrary<GbAdu> {
  const layout = layouts.get(type);
  if (layout === undefined) return fc.constant({ type, objects: [{}] } as unknown as GbAdu);
  const object = fc.record(
    Object.fromEntries(
      layout.fields.map(({ name, kind, max }) => {
        if (name === 'text') return [name, textOf(kind === 'text' ? 255 : 31)];
        const top = max ?? (kind === 'word' ? 0xffff : 0xff);
        return [name, fields[name] ?? fc.integer({ min: 0, max: top })];
      }),
    ),
  );
  return fc
    .array(object, { minLength: layout.isAsked ? 1 : 0, maxLength: Math.min(layout.max, objectsMax) })
    .map((objects) => ({ type, objects }) as unknown as GbAdu);
}

const types = [...layouts.keys(), ...bareTypes];

describe('a data unit', () => {
  it('has every type of the standard', () => {
    const own = [1, 2, 3, 4, 5, 6, 7, 8, 21, 24, 25, 26, 28];
    const asked = [61, 62, 63, 64, 65, 66, 67, 68, 81, 84, 85, 86, 88, 89, 90, 91];
    expect(types.sort((a, b) => a - b)).toEqual([...own, ...asked]);
  });

  it.each(types)('of type %d comes back as it was sent', (type) => {
    fc.assert(
      fc.property(aduOf(type), coding, (adu, given) => {
        const sent = encodeAdu(adu, given);
        expect(sent.length).toBeLessThanOrEqual(1024);
        expect(decodeAdu(sent, given)).toEqual({ ok: true, adu });
      }),
      runs,
    );
  });

  it('of a type of its own is handed on as it is, and only such are sent', () => {
    const own = fc.record({
      type: fc.constant('other' as const),
      flag: fc.integer({ min: 128, max: 254 }),
      count: byte,
      body: fc.uint8Array({ maxLength: 1022 }).map((each) => Uint8Array.from(each)),
    });
    fc.assert(
      fc.property(own, coding, (adu, given) => {
        expect(decodeAdu(encodeAdu(adu, given), given)).toEqual({ ok: true, adu });
      }),
      runs,
    );
    const reserved: GbAdu = { type: 'other', flag: 9, count: 1, body: new Uint8Array(1) };
    expect(() => encodeAdu(reserved, { timeCoding: 'binary' })).toThrow(RangeError);
  });

  it('of any bytes is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1024 }), coding, (any, given) => {
        const read = decodeAdu(any, given);
        if (read.ok && read.adu.type !== 'other') expect(any.length).toBeGreaterThanOrEqual(2);
      }),
      { ...runs, numRuns: 200 },
    );
  });

  it('has no more objects than the standard allows, either way', () => {
    const object = { state: 1, time: null };
    const two: GbAdu = { type: 21, objects: [object, object] };
    expect(() => encodeAdu(two, { timeCoding: 'binary' })).toThrow('objects of type 21');
    const tooMany = Uint8Array.from([24, 128, ...new Uint8Array(128 * 8)]);
    expect(decodeAdu(tooMany, { timeCoding: 'binary' })).toEqual({ ok: false, why: 'count', flag: 24 });
    expect(decodeAdu(Uint8Array.of(0x16), { timeCoding: 'binary' })).toEqual({ ok: false, why: 'length', flag: 0x16 });
  });

  it('is never longer than a frame has room for, with as many objects as it may have', () => {
    const longest: Readonly<Record<string, unknown>> = { address: [0, 0, 0, 0], text: '村'.repeat(127), time: null };
    for (const [type, { max, fields: all }] of layouts) {
      const object = Object.fromEntries(all.map(({ name }) => [name, name in longest ? longest[name] : 1]));
      const adu = { type, objects: Array.from({ length: max }, () => object) } as unknown as GbAdu;
      const sent = encodeAdu(adu, { timeCoding: 'binary' });
      expect(sent.length).toBeLessThanOrEqual(1024);
      expect(decodeAdu(sent, { timeCoding: 'binary' })).toMatchObject({ ok: true, adu: { type } });
      const more = { type, objects: Array.from({ length: max + 1 }, () => object) } as unknown as GbAdu;
      expect(() => encodeAdu(more, { timeCoding: 'binary' })).toThrow(RangeError);
    }
  });

  it('says a long name up to the last character that fits', () => {
    const object = { system: 1, systemAddress: 1, component: 42, address: [1, 0, 1, 0], text: '村'.repeat(20) };
    const sent = encodeAdu({ type: 7, objects: [object] }, { timeCoding: 'binary' });
    expect(sent.length).toBe(2 + 38);
    expect(decodeAdu(sent, { timeCoding: 'binary' })).toEqual({
      ok: true,
      adu: { type: 7, objects: [{ ...object, text: '村'.repeat(15) }] },
    });
  });

  it('whose time is no time is read without it', () => {
    const bcd = Uint8Array.of(28, 1, 0x59, 0x59, 0x23, 0x31, 0x12, 0x26);
    expect(decodeAdu(bcd, { timeCoding: 'binary' })).toEqual({
      ok: true,
      adu: { type: 28, objects: [{ time: null }] },
    });
    const time = { second: 59, minute: 59, hour: 23, day: 31, month: 12, year: 26 };
    expect(decodeAdu(bcd, { timeCoding: 'bcd' })).toEqual({ ok: true, adu: { type: 28, objects: [{ time }] } });
  });
});

describe('a frame', () => {
  const six = fc.tuple(byte, byte, byte, byte, byte, byte);
  const frame = fc.record({
    serial: fc.integer({ min: 0, max: 0xffff }),
    version: fc.tuple(byte, byte),
    time,
    source: six,
    destination: six,
    command: fc.constantFrom(1, 2, 3, 4, 5, 6, 128, 255),
    adu: fc.uint8Array({ minLength: 2, maxLength: 1024 }).map((each) => Uint8Array.from(each)),
  });

  it('comes back as it was sent', () => {
    fc.assert(
      fc.property(frame, coding, (sent, given) => {
        expect(new GbFramer(given).push(encodeFrame(sent, given))).toEqual([{ kind: 'frame', frame: sent }]);
      }),
      { ...runs, numRuns: 50 },
    );
  });

  it('that must not be sent is refused', () => {
    const good: GbFrame = {
      ...{ serial: 1, version: [1, 0], time: null, source: [0, 0, 0, 0, 0, 0], destination: [0, 0, 0, 0, 0, 0] },
      ...{ command: gbCommands.confirm, adu: new Uint8Array(0) },
    };
    const standard = { timeCoding: 'binary', serialOrder: 'little' } as const;
    expect(encodeFrame(good, standard).length).toBe(30);
    for (const wrong of [
      { serial: 65_536 },
      { serial: 1.5 },
      { command: 7 },
      { command: 0 },
      { command: gbCommands.request },
      { source: [1] },
      { destination: [0, 0, 0, 0, 0, 256] },
      { adu: new Uint8Array(1025) },
      { time: { second: 0, minute: 0, hour: 0, day: 30, month: 2, year: 24 } },
    ]) {
      expect(() => encodeFrame({ ...good, ...wrong }, standard), JSON.stringify(wrong)).toThrow(RangeError);
    }
  });
});

it('a moment is the same local time as the calendar has it, and back', () => {
  fc.assert(
    fc.property(wall, fc.constantFrom(480, 0, -330, 345), (second, offsetMin) => {
      const at = new Date(second * 1000 + offsetMin * 60_000);
      const time = gbTimeOf(second * 1000, offsetMin);
      if (at.getUTCFullYear() < 2000 || at.getUTCFullYear() > 2099) expect(time).toBeNull();
      else {
        expect(time).toEqual({
          ...{ second: at.getUTCSeconds(), minute: at.getUTCMinutes(), hour: at.getUTCHours() },
          ...{ day: at.getUTCDate(), month: at.getUTCMonth() + 1, year: at.getUTCFullYear() - 2000 },
        });
        if (time !== null) expect(wallOfGbTime(time, offsetMin)).toBe(second * 1000);
      }
    }),
    { ...runs, numRuns: 500 },
  );
  expect(gbTimeOf(0, 480)).toBeNull();
});
