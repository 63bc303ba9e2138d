import type { z } from 'zod';
import { quoteOutside, type Told } from '../../config/problem.js';
import { type OptionFault, StreamOptionError, type StreamOptions } from './framer.js';

/** The options as the codec's schema understands them; StreamOptionError names every one that does not fit. */
export function readOptions<T extends z.ZodType>(codec: string, schema: T, options: StreamOptions): z.output<T> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue): OptionFault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        key,
        expected: { zh: '没有这个选项', en: 'no such option' },
        got: gotOf(options, key),
      }));
    }
    const key = issue.path.map(String).join('.');
    return [{ key, expected: expectedOf(issue), got: gotOf(options, key) }];
  });
  throw new StreamOptionError(codec, faults);
}

function expectedOf(issue: z.core.$ZodIssue): Told {
  if (issue.code === 'invalid_value') return issue.values.map(String).join(', ');
  if (issue.code === 'invalid_type') return typeWords[issue.expected] ?? issue.expected;
  if (issue.code === 'too_small') return { zh: `不小于 ${issue.minimum}`, en: `at least ${issue.minimum}` };
  if (issue.code === 'too_big') return { zh: `不大于 ${issue.maximum}`, en: `at most ${issue.maximum}` };
  return issue.message.replace(/^Invalid input: (?:expected )?/, '');
}

/** What the types of options are called. */
const typeWords: Readonly<Record<string, Told>> = {
  boolean: { zh: 'true 或 false', en: 'true or false' },
  number: { zh: '数值', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  string: { zh: '文字', en: 'a text' },
};

function gotOf(options: StreamOptions, key: string): Told {
  const value = options[key];
  return value === undefined ? { zh: '没有写', en: 'nothing' } : quoteOutside(String(value));
}
