import { type Values, type WordKey, wordOf } from './words.js';

/** A word of the page in the shape in which the gateway says its own. */
export function both(key: WordKey, values: Values = {}): { readonly zh: string; readonly en: string } {
  return { zh: wordOf('zh-CN', key, values), en: wordOf('en', key, values) };
}
