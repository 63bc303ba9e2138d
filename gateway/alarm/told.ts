import type { Words } from '../../config/vocabulary.js';
import type { JsonValue } from '../../sync/journal/entry.js';

/** An error in the words of its table, as the detail of a fault; empty for none. */
export function toldOf<Code extends string>(
  error: { readonly code: Code } | null,
  table: Readonly<Record<Code, Words>>,
): Readonly<Record<string, JsonValue>> {
  if (error === null) return {};
  const { zh, en } = table[error.code];
  return { code: error.code, error_zh: zh, error_en: en };
}
