/** The text of `gengfu find --json` → what was found. It came from a file: nothing in it is believed before it was looked at. Pure. */
import { z } from 'zod';
import type { Problem } from '../../config/problem.js';
import { keysAt } from '../../config/schema-keys.js';
import { parseYaml } from '../../config/yaml-document.js';
import { problemsOfIssues } from '../../config/zod-problems.js';
import type { Survey } from '../survey/survey.js';

const textMaxChars = 500;
const sentence = z.strictObject({ zh: z.string().max(textMaxChars), en: z.string().max(textMaxChars) });

const formatSchema = z.strictObject({
  baud: z.literal([1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200]),
  parity: z.enum(['none', 'even', 'odd']),
  stopBits: z.literal([1, 2]),
});

const unitSchema = z.object({
  address: z.number().int().min(0).max(255),
  format: formatSchema.nullable(),
  candidates: z
    .array(
      z.object({
        profile: z.string().max(40),
        strength: z.enum(['weak', 'strong']),
        because: sentence,
      }),
    )
    .max(64),
  answerMs: z.number().min(0).max(60_000),
  trouble: sentence.nullable(),
});

const lineSchema = z.object({
  at: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('serial'), path: z.string().regex(/^\//).max(300) }),
    z.object({
      kind: z.literal('tcp'),
      host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/),
      port: z.number().int().min(1).max(65_535),
      transport: z.enum(['tcp', 'rtu_over_tcp']),
    }),
  ]),
  adapter: z.string().max(textMaxChars).nullable(),
  troubles: z.array(sentence).max(64),
  units: z.array(unitSchema).max(512),
});

/** Keys that a later `find` adds are passed over; what is needed must be there. */
const surveySchema = z.object({
  survey: z.literal(1),
  lines: z.array(lineSchema).max(64),
  tookMs: z.number().min(0),
  isWhole: z.boolean(),
});

export type ReadSurvey =
  | { readonly ok: true; readonly survey: Survey }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function readSurvey(file: string, text: string): ReadSurvey {
  // JSON is YAML, and this way every problem has its place.
  const { document, problems } = parseYaml(file, text);
  if (document === null || problems.length > 0) return { ok: false, problems };
  const parsed = surveySchema.safeParse(document.value);
  if (parsed.success) return { ok: true, survey: parsed.data };
  const helps = { knownKeys: (path: readonly (string | number)[]) => keysAt(surveySchema, path) };
  return { ok: false, problems: problemsOfIssues(document, parsed.error.issues, helps) };
}
