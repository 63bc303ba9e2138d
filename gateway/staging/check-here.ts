import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { type CheckedFile, checkSiteText } from '../check.js';
import type { CheckQuestion } from './check-question.js';

/** Checks one text in this thread. Schemas and parser come with this module: who imports it keeps them. */
export async function checkHere({ file, text, ...options }: CheckQuestion): Promise<CheckedFile> {
  const codecs = await loadCodecs();
  return checkSiteText(file, text, { ...options, knownCodecs: [...codecs.keys()], codecs });
}
