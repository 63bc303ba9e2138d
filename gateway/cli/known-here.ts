/** What this build can drive, for whoever reads a site file. */
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import type { CheckOptions } from '../check.js';
import { knownPinDrivers, knownUplinks } from '../known-parts.js';

export async function knownHere(): Promise<CheckOptions> {
  const codecs = await loadCodecs();
  return { knownUplinks, knownPinDrivers, knownCodecs: [...codecs.keys()], codecs };
}
