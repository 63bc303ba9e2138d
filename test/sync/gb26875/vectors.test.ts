/** Frames and data units of other programs, and ones computed from the standard; their source stands beside each. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  decodeAdu,
  encodeAdu,
  encodeFrame,
  type GbAdu,
  type GbCoding,
  GbFramer,
  type GbTime,
} from '../../../sync/gb26875/index.js';

interface Vector {
  readonly kind: 'frame' | 'adu';
  readonly hex: string;
  readonly meaning: string;
  readonly conforms?: boolean;
  readonly decoded: Readonly<Record<string, unknown>>;
}

const vectors = JSON.parse(readFileSync('test/vectors/gb26875.json', 'utf8')) as readonly Vector[];
const frames = vectors.filter(({ kind }) => kind === 'frame');
const units = vectors.filter(({ kind }) => kind === 'adu');
const standard: GbCoding = { timeCoding: 'binary', serialOrder: 'little' };
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const hexOf = (bytes: ArrayLike<number>): string => Buffer.from(Uint8Array.from(bytes)).toString('hex');

/** Not by 8.3: their text is shorter than the byte before it says. */
const cutShort = new Set(['060101010501', '1a011f010501']);
/** They set bits that the standard reserves: read, never sent. */
const reservedBits = new Set([
  '0201010279010203040402d5e2cac7d2bbb8f6d7aac2ebb2e2cad4000000000000000000000000000000040009020715',
  '0401010284fa040009020715',
]);
/** Padded otherwise than we do: with blanks, or with NUL inside a text that says how long it is. */
const otherPadding = /2020202020|^0602/;

describe('the vectors', () => {
  it('has them all', () => {
    expect([frames.length, units.length]).toEqual([35, 25]);
    expect(frames.every(({ conforms }) => conforms === true)).toBe(true);
  });

  it.each(frames.map((each) => [each.meaning, each] as const))('frame %s', (_, { hex, decoded }) => {
    const [found] = new GbFramer(standard).push(bytesOf(hex));
    if (found?.kind !== 'frame') throw new Error(`no frame: ${JSON.stringify(found)}`);
    const { frame } = found;
    expect({
      serial: frame.serial,
      verMain: frame.version[0],
      verUser: frame.version[1],
      time: timeText(frame.time),
      src: hexOf(frame.source),
      dst: hexOf(frame.destination),
      len: frame.adu.length,
      cmd: frame.command,
      adu: frame.adu.length === 0 ? null : inTheirWords(frame.adu),
    }).toEqual({ ...decoded, adu: said(decoded['adu']) });
    expect(hexOf(encodeFrame(frame, standard))).toBe(hex);
    if (frame.adu.length > 0) mustComeBack(frame.adu, hexOf(frame.adu));
  });

  it.each(units.map((each) => [`${each.meaning} ${each.hex.slice(0, 20)}`, each] as const))('%s', (_, vector) => {
    const bytes = bytesOf(vector.hex);
    if (vector.meaning.startsWith('NEGATIVE') || cutShort.has(vector.hex)) {
      expect(decodeAdu(bytes, standard)).toEqual({ ok: false, why: 'length', flag: bytes[0] });
      return;
    }
    expect(inTheirWords(bytes)).toEqual(said(vector.decoded));
    mustComeBack(bytes, vector.hex);
  });
});

function mustComeBack(bytes: Uint8Array, hex: string): void {
  const adu = read(bytes);
  if (reservedBits.has(hex)) {
    expect(() => encodeAdu(adu, standard)).toThrow(RangeError);
    return;
  }
  const again = encodeAdu(adu, standard);
  if (otherPadding.test(hex)) expect(read(again)).toEqual(adu);
  else expect(hexOf(again)).toBe(hex);
}

function read(bytes: Uint8Array): GbAdu {
  const decoded = decodeAdu(bytes, standard);
  if (!decoded.ok) throw new Error(`${decoded.why} of type ${decoded.flag}`);
  return decoded.adu;
}

/** What the file says of a unit, without its words for bits; where it gives bytes only, those. */
function said(adu: unknown): unknown {
  if (adu === null) return null;
  const { objects, body, ...rest } = adu as {
    objects?: readonly Readonly<Record<string, unknown>>[];
    body?: string;
  };
  if (objects === undefined) return { ...rest, body };
  return { ...rest, objects: objects.map(({ bits: _bits, compAddrBytes: _bytes, ...each }) => each) };
}

const theirNames: Readonly<Record<string, string>> = {
  system: 'sysType',
  systemAddress: 'sysAddr',
  component: 'compType',
  analog: 'analogType',
  value: 'raw',
  operation: 'op',
  text: 'desc',
};
/** Of these the file gives the body as bytes; what we read in it is proven by writing it again. */
const asBytes = new Set([6, 26, 61, 62, 63, 66, 67, 68, 81, 84, 85, 88, 89, 90, 91]);

function inTheirWords(bytes: Uint8Array): unknown {
  const adu = read(bytes);
  if (adu.type === 'other') throw new Error(`type ${adu.flag} is not known`);
  const head = { type: adu.type, count: adu.objects.length };
  if (asBytes.has(adu.type)) return { ...head, body: hexOf(bytes.subarray(2)) };
  const objects = adu.objects.map((object) =>
    Object.fromEntries(
      Object.entries(object).flatMap(([name, value]): [string, unknown][] => {
        if (name === 'time') return [['time', timeText(value as GbTime | null)]];
        if (name === 'address') return [['compAddr', Buffer.from(value as number[]).readUInt32LE()]];
        return [[theirNames[name] ?? name, value]];
      }),
    ),
  );
  return { ...head, objects };
}

function timeText(time: GbTime | null): string | null {
  if (time === null) return null;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `20${two(time.year)}-${two(time.month)}-${two(time.day)} ${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
}
