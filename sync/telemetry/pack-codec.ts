/** Samples as the body of a pack, and back. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Sample } from './sample.js';

export function packSamples(samples: readonly Sample[]): Uint8Array {
  return deflateRawSync(JSON.stringify(samples));
}

/** Null: it can not be read. Never throws. */
export function unpackSamples(body: Uint8Array): readonly Sample[] | null {
  try {
    return JSON.parse(inflateRawSync(body).toString('utf8'));
  } catch {
    return null;
  }
}
