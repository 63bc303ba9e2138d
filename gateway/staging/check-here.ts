import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { type CheckedFile, checkSiteText } from '../check.js';
import type { CheckQuestion } from './check-question.js';

/** Checks one text in this thread. Schemas and parser come with this module: who imports it keeps them. */
export async function checkHere({ file, text, knownUplinks, knownPinDrivers }: CheckQuestion): Promise<CheckedFile> {
  const codecs = await loadCodecs();
  return checkSiteText(file, text, { knownUplinks, knownPinDrivers, knownCodecs: [...codecs.keys()], codecs });
}
