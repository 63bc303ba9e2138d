/** Sends an image of the village to the gateway, and finds out how wide and high it is. */

import type { PanelProblem } from '../../../../api/routes.js';
import { askRaw, type Outcome } from '../../api/client.js';
import { both } from '../../words/both.js';
import type { WordKey } from '../../words/words.js';
import { imageName } from './pins.js';

/** As the server has it. */
const bytesMax = 8 * 1024 * 1024;
/** As the contract has it, width : height. */
const aspectMin = 0.1;
const aspectMax = 10;

export interface Uploaded {
  readonly name: string;
  readonly aspect: number;
}

/** `number`: makes its name another one than those before, as browsers keep images. */
export async function uploadPlan(file: File, number: number): Promise<Outcome<Uploaded>> {
  const name = imageName(file.type, `${file.name.replace(/\.\w+$/, '')}-${number}`);
  if (name === null) return wrong('map.wrongKind');
  if (file.size > bytesMax) return wrong('map.tooLarge');
  const aspect = await aspectOf(file);
  if (aspect === null || aspect < aspectMin || aspect > aspectMax) return wrong('map.wrongKind');
  const answer = await askRaw('putImage', { params: { name }, bytes: file });
  return answer.isOk ? { isOk: true, value: { name, aspect } } : answer;
}

async function aspectOf(file: File): Promise<number | null> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image.naturalWidth / image.naturalHeight;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Not sent at all, and why. */
export function wrong(key: WordKey): Outcome<never> {
  const problem: PanelProblem = { code: key, words: both(key), where: null, expected: null, got: null, hint: null };
  return { isOk: false, status: 0, problem };
}
