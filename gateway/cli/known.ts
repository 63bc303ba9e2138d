/** What this build can drive. */
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import type { CheckOptions } from '../check.js';
import { knownPinDrivers, knownUplinks } from '../known-parts.js';

export async function known(): Promise<CheckOptions> {
  const codecs = await loadCodecs();
  return { knownUplinks, knownPinDrivers, knownCodecs: [...codecs.keys()], codecs };
}
