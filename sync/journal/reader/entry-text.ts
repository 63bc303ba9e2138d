/** Literal text in an entry. Upper and lower case of A to Z are the same; nothing in it is a wildcard. */
import type { JsonValue, StoredEntry } from '../entry.js';

/** As it stands inside the JSON of words and detail. */
export function asInJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** In what people are shown: names of fields do not count. */
export function hasText({ words, subject, origin, detail }: StoredEntry, text: string): boolean {
  const sought = text.toLowerCase();
  const isIn = (value: string): boolean => value.toLowerCase().includes(sought);
  return [words.zh, words.en, subject, origin ?? ''].some(isIn) || valuesOf(detail).some(isIn);
}

function valuesOf(value: JsonValue): readonly string[] {
  if (value === null) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(valuesOf) : [String(value)];
}
