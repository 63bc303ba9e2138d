/** A place that is not known yet: what stands in a site file in its stead, so that the file is good and nobody overlooks it. */
import type { WordsYaml } from './site-schema.js';
import type { Words } from './vocabulary.js';

/** The one spelling; `gengfu init` writes it, `gengfu check` counts it. */
export const placeToBeFilledIn: Words = { zh: '待填', en: 'to be filled in' };

/** Also when only one of the two languages was filled in: people of the other would be sent nowhere. */
export function isToBeFilledIn(place: WordsYaml): boolean {
  const texts: readonly string[] = typeof place === 'string' ? [place] : [place.zh, place.en];
  return texts.includes(placeToBeFilledIn.zh) || texts.includes(placeToBeFilledIn.en);
}
