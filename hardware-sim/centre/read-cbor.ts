/** CBOR (RFC 8949) as far as SenML needs it, read and never written: definite lengths, no byte strings, decimal fractions. Pure. */
import { must, ShapeFault } from './read-json.js';

export type Cbor = number | string | boolean | null | readonly Cbor[] | ReadonlyMap<Cbor, Cbor>;

const depthMax = 8;

/** One value and nothing behind it. Throws ShapeFault. */
export function readCbor(bytes: Uint8Array): Cbor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const take = (length: number): number => {
    must(at + length <= bytes.length, 'CBOR ends too early');
    at += length;
    return at - length;
  };

  const argument = (info: number): number => {
    if (info < 24) return info;
    if (info === 24) return view.getUint8(take(1));
    if (info === 25) return view.getUint16(take(2));
    if (info === 26) return view.getUint32(take(4));
    must(info === 27, 'CBOR of indefinite length');
    const long = view.getBigUint64(take(8));
    must(long <= BigInt(Number.MAX_SAFE_INTEGER), 'CBOR integer');
    return Number(long);
  };

  const read = (depth: number): Cbor => {
    must(depth <= depthMax, 'CBOR depth');
    const head = view.getUint8(take(1));
    const major = head >> 5;
    const info = head & 31;
    if (major === 7) return simple(info);
    const length = argument(info);
    switch (major) {
      case 0:
        return length;
      case 1:
        return -1 - length;
      case 3: {
        const from = take(length);
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, from + length));
      }
      case 4: {
        must(length <= bytes.length, 'CBOR array');
        return Array.from({ length }, () => read(depth + 1));
      }
      case 5: {
        must(length <= bytes.length, 'CBOR map');
        return new Map(Array.from({ length }, () => [read(depth + 1), read(depth + 1)] as const));
      }
      case 6: {
        must(length === 4, 'CBOR tag');
        const parts = read(depth + 1);
        must(Array.isArray(parts) && parts.length === 2, 'CBOR decimal fraction');
        const [exponent, mantissa] = parts as readonly Cbor[];
        must(typeof exponent === 'number' && typeof mantissa === 'number', 'CBOR decimal fraction');
        return Number(`${mantissa}e${exponent}`);
      }
      default:
        throw new ShapeFault('CBOR byte string');
    }
  };

  const simple = (info: number): Cbor => {
    if (info === 20 || info === 21) return info === 21;
    if (info === 22) return null;
    if (info === 26) return view.getFloat32(take(4));
    must(info === 27, 'CBOR simple value');
    return view.getFloat64(take(8));
  };

  const value = read(0);
  must(at === bytes.length, 'bytes behind the CBOR');
  return value;
}
