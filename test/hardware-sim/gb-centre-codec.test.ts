/** The centre's own reading of GB/T 26875.3 against frames of others. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type AduObject, readAdu, writeAdu } from '../../hardware-sim/centre26875/adu.js';
import { type Found, FrameReader, writeFrame } from '../../hardware-sim/centre26875/frame.js';
import { readGbText, writeGbText } from '../../hardware-sim/centre26875/gb-text.js';
import { bitWords } from '../../hardware-sim/centre26875/tables.js';
import { localText, readTime, writeTime } from '../../hardware-sim/centre26875/wire-time.js';

interface Vector {
  readonly kind: 'frame' | 'adu';
  readonly hex: string;
  readonly meaning: string;
  readonly decoded: {
    readonly serial: number;
    readonly time: string;
    readonly src: string;
    readonly dst: string;
    readonly cmd: number;
    readonly adu: VectorUnit | null;
  } & VectorUnit;
}
interface VectorUnit {
  readonly type: number;
  readonly count: number;
  readonly objects?: readonly Readonly<Record<string, unknown>>[];
  readonly body?: string;
}

const vectors: readonly Vector[] = JSON.parse(readFileSync('test/vectors/gb26875.json', 'utf8'));
const dialect = { timeCoding: 'binary', serialOrder: 'little', version: [1, 1] } as const;
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
/** How the vectors call what the centre reads. */
const names: Readonly<Record<string, keyof AduObject>> = {
  ...{ sysType: 'system', sysAddr: 'systemAddress', compType: 'component', compAddrBytes: 'componentAddress' },
  ...{ state: 'state', desc: 'text', analogType: 'analog', raw: 'value', op: 'operation', operator: 'operator' },
  ...{ major: 'major', minor: 'minor', time: 'time' },
};

/** Blanks in the place of an empty description: they are not written again. */
const isUntidy = (unit: Uint8Array): boolean => Buffer.from(unit).includes('  ');

/** Texts that are shorter than they say; their file does not call them negative. */
const cutTexts = ['060101010501', '1a011f010501'];

function expectUnit(unit: Uint8Array, wanted: VectorUnit, isNegative: boolean): void {
  const adu = readAdu(unit, 'binary');
  expect(adu).toMatchObject({ type: wanted.type, count: wanted.count, faults: isNegative ? ['short'] : [] });
  for (const [i, object] of (wanted.objects ?? []).entries())
    for (const [theirs, ours] of Object.entries(names))
      if (object[theirs] !== undefined) expect(adu?.objects[i]?.[ours]).toBe(object[theirs]);
  if (adu !== null && !isNegative && !isUntidy(unit))
    expect(Buffer.from(writeAdu(adu.type, adu.objects, 'binary')).toString('hex')).toBe(
      Buffer.from(unit).toString('hex'),
    );
}

it('reads every vector as its file says, and writes the same bytes again', () => {
  expect(vectors.length).toBeGreaterThan(50);
  for (const { kind, hex, meaning, decoded } of vectors) {
    if (kind === 'adu') {
      expectUnit(bytesOf(hex), decoded, meaning.startsWith('NEGATIVE') || cutTexts.includes(hex));
      continue;
    }
    const [found, ...more] = new FrameReader(dialect).take(bytesOf(hex));
    expect(more).toEqual([]);
    if (found?.kind !== 'frame') throw new Error(`no frame: ${meaning}`);
    const { frame } = found;
    const { serial, time, src, dst, cmd, adu } = decoded;
    expect(frame).toMatchObject({ serial, time, source: src, destination: dst, command: cmd });
    if (adu === null) expect(frame.adu).toHaveLength(0);
    else expectUnit(frame.adu, adu, false);
    expect(Buffer.from(writeFrame(frame, dialect)).toString('hex')).toBe(hex);
  }
});

it('writes texts as GB 18030, whole characters alone, and reads each of them again', () => {
  const hexOf = (text: string, max = 255): string => Buffer.from(writeGbText(text, max)).toString('hex');
  expect(hexOf('烟感 A')).toBe('d1ccb8d02041');
  // Codes of four bytes: in the 16-bit plane, and behind it.
  expect([hexOf('é'), hexOf('㐀'), hexOf('𠀀'), hexOf('\u{10ffff}')]).toEqual([
    ...['a8a6', '8139ee39', '95328236', 'e3329a35'],
  ]);
  expect([hexOf('\ud800'), hexOf('烟感', 3), hexOf('烟\u{20000}', 5), hexOf('', 31)]).toEqual([
    '3f',
    'd1cc',
    'd1cc',
    '',
  ]);
  const points = Array.from({ length: 0x3000 }, (_, i) => 0x20 + i * 7).filter(
    (each) => each < 0xd800 || each > 0xf900,
  );
  const text = String.fromCodePoint(...points);
  expect(readGbText(Uint8Array.from(writeGbText(text, 60_000)))).toBe(text);
  const [read] = readAdu(writeAdu(26, [{ text: '村'.repeat(200) }], 'binary'), 'binary')?.objects ?? [];
  expect(read?.text).toBe('村'.repeat(127));
  const [described] = readAdu(writeAdu(7, [{ text: '村'.repeat(16) }], 'binary'), 'binary')?.objects ?? [];
  expect(described?.text).toBe('村'.repeat(15));
});

it('finds frames in any pieces, between noise, and behind frames that lie or are spoilt', () => {
  const good = bytesOf(vectors.find(({ kind }) => kind === 'frame')?.hex ?? '');
  const lying = good.slice();
  lying.set([0xff, 0xff], 24);
  const badSum = good.slice();
  badSum.set([(good.at(-3) ?? 0) ^ 1], good.length - 3);
  const badEnd = good.slice();
  badEnd.set([0], good.length - 1);
  const badCommand = good.slice();
  badCommand.set([9], 26);
  badCommand.set([((good.at(-3) ?? 0) + 7) & 255], good.length - 3);
  const stream = Buffer.concat([
    Uint8Array.of(1, 2, 0x40, 3),
    good,
    lying,
    good,
    badSum,
    good,
    badEnd,
    badCommand,
    good,
  ]);
  for (const pieceBytes of [1, 7, stream.length]) {
    const reader = new FrameReader(dialect);
    const found: Found[] = [];
    for (let at = 0; at < stream.length; at += pieceBytes)
      found.push(...reader.take(stream.subarray(at, at + pieceBytes)));
    const kinds = found.map((each) => (each.kind === 'spoilt' ? each.fault : each.kind));
    expect(kinds.filter((kind, i) => !(kind === 'noise' && kinds[i - 1] === 'noise'))).toEqual([
      ...['noise', 'frame', 'length', 'frame', 'sum', 'frame', 'end', 'command', 'frame'],
    ]);
  }
});

it('says of a time what it is in either coding, and of none that it is none', () => {
  expect(readTime(bytesOf('203a091a090c'), 'binary')).toBe('2012-09-26 09:58:32');
  expect(readTime(bytesOf('325809260912'), 'bcd')).toBe('2012-09-26 09:58:32');
  expect(readTime(new Uint8Array(6), 'binary')).toBeNull();
  expect(readTime(bytesOf('3a3a091f0200'), 'binary')).toBe('?3a3a091f0200');
  for (const coding of ['binary', 'bcd'] as const)
    for (const text of ['2026-02-28 23:59:59', '2024-02-29 00:00:00', null])
      expect(readTime(writeTime(text, coding), coding)).toBe(text);
  expect(localText(Date.UTC(2026, 11, 31, 18, 20, 1), 480)).toBe('2027-01-01 02:20:01');
  expect(localText(Date.UTC(2024, 1, 28, 23, 0, 0), 60)).toBe('2024-02-29 00:00:00');
});

it('calls the bits of a word by their table', () => {
  const zh = (type: number, word: number): string =>
    bitWords(type, word)
      .map((words) => words.zh)
      .join(' ');
  expect(zh(2, 0x0103)).toBe('正常 火警 电源故障');
  expect(zh(1, 0x0102)).toBe('火警 主电故障');
  expect(zh(21, 0x21)).toBe('正常监视 通信信道故障');
  expect(zh(24, 0x20)).toBe('查岗应答');
  expect(zh(4, 0x20)).toBe('确认');
});
