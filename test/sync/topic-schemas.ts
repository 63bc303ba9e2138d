/** What may stand on each topic below `gengfu/v1/{district}/{site}/`, and what is wrong with a message that was heard there. */
import type { z } from 'zod';
import { resultSchema } from '../../sync/messages/command.js';
import { reportSchema } from '../../sync/messages/report.js';
import { statusSchema } from '../../sync/messages/status.js';

const schemas: readonly (readonly [RegExp, z.ZodType])[] = [
  [/^report\/(?:fire|warning|supervisory|fault|technical|operation)$/, reportSchema],
  [/^status$/, statusSchema],
  [/^result$/, resultSchema],
];
/** SenML has tests of its own; what goes to the gateway comes from the test, and may be hostile. */
const otherTopics = /^(?:telemetry|command|receipt)$/;

/** Null: it is as the schemas say, or not from us. */
export function messageFault(topic: string, text: string): string | null {
  const match = /^gengfu\/v1\/[^/]+\/[^/]+\/(.+)$/.exec(topic);
  if (match === null) return null;
  const place = match[1] ?? '';
  const schema = schemas.find(([pattern]) => pattern.test(place))?.[1];
  if (schema === undefined) return otherTopics.test(place) ? null : `${topic}: no such topic`;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? null : `${topic}: ${JSON.stringify(parsed.error.issues)} in ${text}`;
  } catch (error) {
    return `${topic}: ${String(error)} in ${text}`;
  }
}
