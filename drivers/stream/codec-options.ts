import type { z } from 'zod';
import { quoteOutside } from '../../config/problem.js';
import { type OptionFault, StreamOptionError, type StreamOptions } from './framer.js';

/** The options as the codec's schema understands them; StreamOptionError names every one that does not fit. */
export function readOptions<T extends z.ZodType>(codec: string, schema: T, options: StreamOptions): z.output<T> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue): OptionFault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ key, expected: 'no such option', got: gotOf(options, key) }));
    }
    const key = issue.path.map(String).join('.');
    return [{ key, expected: expectedOf(issue), got: gotOf(options, key) }];
  });
  throw new StreamOptionError(codec, faults);
}

function expectedOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return issue.values.map(String).join(', ');
  return issue.message.replace(/^Invalid input: (?:expected )?/, '');
}

function gotOf(options: StreamOptions, key: string): string {
  const value = options[key];
  return value === undefined ? 'nothing' : quoteOutside(String(value));
}
