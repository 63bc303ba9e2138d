/** The text of a file of answers → what it says, or every problem at its line and column. Pure. */
import type { Problem } from '../../config/problem.js';
import { keysAt } from '../../config/schema-keys.js';
import { parseYaml, type YamlDocument } from '../../config/yaml-document.js';
import { problemsOfIssues } from '../../config/zod-problems.js';
import { type Answers, answersSchema } from './answers-schema.js';

export type ReadAnswers =
  | { readonly ok: true; readonly answers: Answers; readonly document: YamlDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function readAnswers(file: string, text: string): ReadAnswers {
  const { document, problems } = parseYaml(file, text);
  if (document === null || problems.length > 0) return { ok: false, problems };
  const parsed = answersSchema.safeParse(document.value);
  if (parsed.success) return { ok: true, answers: parsed.data, document };
  const helps = { knownKeys: (path: readonly (string | number)[]) => keysAt(answersSchema, path) };
  return { ok: false, problems: problemsOfIssues(document, parsed.error.issues, helps) };
}
