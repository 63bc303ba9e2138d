import type { WordsYaml } from './site-schema.js';
import { isToBeFilledIn } from './to-be-filled-in.js';
import type { Words } from './vocabulary.js';

/** One text stands for both languages. */
export function wordsOf(yaml: WordsYaml): Words {
  return typeof yaml === 'string' ? { zh: yaml, en: yaml } : { zh: yaml.zh, en: yaml.en };
}

/** Where something is; null when it is not written, or not known yet: then the zone is told, and nobody is sent to a place called so. */
export function placeOf(yaml: WordsYaml | undefined): Words | null {
  return yaml === undefined || isToBeFilledIn(yaml) ? null : wordsOf(yaml);
}

/** The name given, or what the thing is together with its id, or the id alone. */
export function nameOf(id: string, given: WordsYaml | undefined, kind?: Words): Words {
  if (given !== undefined) return wordsOf(given);
  return kind === undefined ? { zh: id, en: id } : { zh: `${kind.zh} ${id}`, en: `${kind.en} ${id}` };
}
