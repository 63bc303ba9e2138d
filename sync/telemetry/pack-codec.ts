/**
 * Samples as the body of a pack, version 1: a byte with the version, then raw deflate with a dictionary, of columns:
 *
 *   count · texts (ids, units, states, reasons, each once) · per column: point, unit, time since the sample before, kind of value · values
 *
 * Numbers are varints (LEB128, signed ones in zigzag); a value is a decimal `mantissa × 10^-places` where that is exact, else 8 bytes.
 * Measured against the same columns as JSON: decision 0031.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { brandId } from '../../config/ids.js';
import { ByteReader, ByteWriter } from './byte-columns.js';
import { packSamplesMax } from './pack-bounds.js';
import { packDictionary } from './pack-dictionary.js';
import type { Sample } from './sample.js';

const version = 1;
/** A body is no longer; nor is what it inflates to, whatever it says. */
const bodyMaxBytes = 64 * 1024;
const plainMaxBytes = 256 * 1024;
const textMaxBytes = 400;
const placesMax = 12;
const mantissaMax = 2 ** 50;
/** Exact, as far as places go: a whole number divided by one of these is the double next to the decimal, as if it were parsed. */
const powersOfTen = Array.from({ length: placesMax + 1 }, (_, places) => 10 ** places);
/** What most packs inflate to has room in it; a larger piece would be made and thrown away for each pack. */
const inflateChunkBytes = 4 * 1024;

const kinds = { decimal: 0, double: 1, state: 2, bad: 3 } as const;

/** @param samples 1 to 500, in the order of their times; times are whole ms. */
export function packSamples(samples: readonly Sample[]): Uint8Array {
  if (samples.length < 1 || samples.length > packSamplesMax) throw new RangeError('a pack has 1 to 500 samples');
  const texts = new Map<string, number>();
  const indexOf = (text: string): number => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, texts.size);
    return texts.size - 1;
  };
  const columns = new ByteWriter();
  for (const { pointId } of samples) columns.unsigned(indexOf(pointId));
  for (const { unit } of samples) columns.unsigned(unit === null ? 0 : indexOf(unit) + 1);
  let beforeMs = 0;
  for (const { afterMs } of samples) {
    columns.signed(afterMs - beforeMs);
    beforeMs = afterMs;
  }
  const decimals = samples.map(({ value }) => (typeof value === 'number' ? decimalOf(value) : null));
  samples.forEach(({ value }, index) => {
    columns.byte(
      value === null ? kinds.bad : typeof value === 'string' ? kinds.state : kindOf(decimals[index] ?? null),
    );
  });
  samples.forEach(({ value, reason }, index) => {
    const decimal = decimals[index] ?? null;
    if (value === null) columns.unsigned(indexOf(reason ?? ''));
    else if (typeof value === 'string') columns.unsigned(indexOf(value));
    else if (decimal === null) columns.double(value);
    else {
      columns.byte(decimal.places);
      columns.signed(decimal.mantissa);
    }
  });
  const head = new ByteWriter();
  head.unsigned(samples.length);
  head.unsigned(texts.size);
  for (const text of texts.keys()) head.text(text);
  const plain = Buffer.concat([head.bytes(), columns.bytes()]);
  return Buffer.concat([Buffer.of(version), deflateRawSync(plain, { level: 9, dictionary: packDictionary })]);
}

/** Null: damaged, foreign, or of a newer version. Never throws; never makes more than 500 samples of it. */
export function unpackSamples(body: Uint8Array): readonly Sample[] | null {
  if (body.length > bodyMaxBytes || body[0] !== version) return null;
  try {
    const plain = inflateRawSync(body.subarray(1), {
      ...{ dictionary: packDictionary, maxOutputLength: plainMaxBytes, chunkSize: inflateChunkBytes },
    });
    return readColumns(new ByteReader(plain, textMaxBytes));
  } catch {
    return null;
  }
}

/** Throws RangeError for whatever does not fit. */
function readColumns(reader: ByteReader): readonly Sample[] {
  const count = reader.unsigned();
  const textCount = reader.unsigned();
  if (count < 1 || count > packSamplesMax || textCount > 3 * packSamplesMax) throw new RangeError('too many');
  const texts = column(textCount, () => reader.text());
  const textAt = (index: number): string => {
    const text = texts[index];
    if (text === undefined) throw new RangeError('no such text');
    return text;
  };
  const points = column(count, () => textAt(reader.unsigned()));
  const units = column(count, () => {
    const index = reader.unsigned();
    return index === 0 ? null : textAt(index - 1);
  });
  let timeMs = 0;
  const times = column(count, () => {
    timeMs += reader.signed();
    return timeMs;
  });
  const found = column(count, () => reader.byte());
  // Written out, as this runs for each sample of a drain.
  const samples = found.map((kind, index): Sample => {
    const value = readValue(reader, kind, textAt);
    const isBad = kind === kinds.bad;
    return {
      pointId: brandId<Sample['pointId']>(points[index] ?? ''),
      unit: units[index] ?? null,
      afterMs: times[index] ?? 0,
      value: isBad ? null : value,
      reason: isBad ? (value as Sample['reason']) : null,
    };
  });
  if (!reader.isAtEnd) throw new RangeError('something follows');
  return samples;
}

function column<T>(count: number, read: () => T): readonly T[] {
  const values: T[] = [];
  for (let at = 0; at < count; at++) values.push(read());
  return values;
}

/** Of what is bad, the reason. */
function readValue(reader: ByteReader, kind: number, textAt: (index: number) => string): number | string {
  switch (kind) {
    case kinds.bad:
    case kinds.state:
      return textAt(reader.unsigned());
    case kinds.double:
      return reader.double();
    case kinds.decimal: {
      const places = reader.byte();
      if (places > placesMax) throw new RangeError('too many places');
      return reader.signed() / (powersOfTen[places] ?? 1);
    }
    default:
      throw new RangeError('no such kind');
  }
}

interface Decimal {
  readonly mantissa: number;
  readonly places: number;
}

/** Null: it has more digits than that, or is no plain number. */
function decimalOf(value: number): Decimal | null {
  if (!Number.isFinite(value) || Object.is(value, -0)) return null;
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const places = Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
  if (places > placesMax || Math.abs(value) > mantissaMax) return null;
  const mantissa = Math.round(value * 10 ** places);
  const isExact = Math.abs(mantissa) <= mantissaMax && Number(`${mantissa}e-${places}`) === value;
  return isExact ? { mantissa, places } : null;
}

function kindOf(decimal: Decimal | null): number {
  return decimal === null ? kinds.double : kinds.decimal;
}
