/** Options: facts that stand on one box's label. What a site file gives for them, and what a profile makes of it. */
import assert from 'node:assert/strict';
import { type Told, toldIn } from './problem.js';
import type { OptionYaml } from './profile-schema.js';
import { roles } from './profile-words.js';
import type { PointRole, Words } from './vocabulary.js';

/** What people write for an option. */
export type OptionValue = string | number | boolean;
/** Key of the option → its value, defaults included. */
export type OptionValues = ReadonlyMap<string, OptionValue>;

/** A value of a profile, or the option that decides about it. */
export type OrOption<T> = T | OptionReference<T>;

/** Names the option; without `of` its value itself counts, else what stands there beside it. */
export interface OptionReference<T> {
  readonly option: string;
  readonly of?: Readonly<Record<string, T>> | undefined;
}

/** One thing wrong with one option: not known, not there, or not allowed. */
export interface OptionFault {
  readonly kind: 'unknown' | 'missing' | 'wrong';
  readonly key: string;
  readonly expected: Told;
  readonly got: Told;
}

/** Everything that is wrong with what was given. */
export function optionFaults(
  options: readonly OptionYaml[],
  given: Readonly<Record<string, OptionValue>>,
): OptionFault[] {
  const keys = options.map(({ key }) => key);
  const unknown = Object.keys(given).filter((key) => !keys.includes(key));
  return [
    ...unknown.map((key): OptionFault => {
      return {
        kind: 'unknown',
        key,
        expected: keys.length === 0 ? { zh: '没有选项', en: 'no options' } : keys.join(', '),
        got: key,
      };
    }),
    ...options.flatMap((option): OptionFault[] => {
      const { key } = option;
      const value = Object.hasOwn(given, key) ? given[key] : option.default;
      const expected = optionRange(option);
      if (value === undefined) {
        const named = { zh: `${key}：${toldIn(expected, 'zh')}`, en: `${key}: ${toldIn(expected, 'en')}` };
        return [{ kind: 'missing', key, expected: named, got: { zh: '没有写', en: 'none' } }];
      }
      return fits(option, value) ? [] : [{ kind: 'wrong', key, expected, got: JSON.stringify(value) }];
    }),
  ];
}

/** Given values and defaults together; call it when there are no faults. */
export function optionValues(
  options: readonly OptionYaml[],
  given: Readonly<Record<string, OptionValue>>,
): OptionValues {
  const values = new Map<string, OptionValue>();
  for (const option of options) {
    const value = Object.hasOwn(given, option.key) ? given[option.key] : option.default;
    if (value !== undefined) values.set(option.key, value);
  }
  return values;
}

/** Is it of the option's type, in its range, one of its values? */
export function fits(option: OptionYaml, value: OptionValue): boolean {
  switch (option.type) {
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && option.values?.includes(value) === true;
    case 'number':
      return typeof value === 'number' && value >= (option.min ?? -Infinity) && value <= (option.max ?? Infinity);
  }
}

/** `0 to 100 MPa`, `MPa, kPa`, `true, false`. */
export function optionRange(option: OptionYaml): Told {
  const { type, values, min, max, unit } = option;
  if (type === 'flag') return 'true, false';
  if (type === 'choice') return (values ?? []).join(', ');
  const { zh, en } = rangeWords(min, max);
  return unit === undefined ? { zh, en } : { zh: `${zh} ${unit}`, en: `${en} ${unit}` };
}

function rangeWords(min: number | undefined, max: number | undefined): Words {
  if (min === undefined && max === undefined) return { zh: '数值', en: 'a number' };
  if (min === undefined) return { zh: `最大 ${max}`, en: `at most ${max}` };
  if (max === undefined) return { zh: `最小 ${min}`, en: `at least ${min}` };
  return { zh: `${min} 至 ${max}`, en: `${min} to ${max}` };
}

/** The option that decides about a value, or null for a fixed one. */
export function decidedBy(value: OrOption<OptionValue> | undefined): string | null {
  return isReference(value) ? value.option : null;
}

/** True when an option decides. */
export function isReference<T>(value: OrOption<T> | undefined): value is OptionReference<T> {
  return typeof value === 'object' && value !== null && 'option' in value;
}

/** The value for this device. The rules of the profile saw to it that an option of the right type decides. */
export function chosen(value: OrOption<OptionValue>, values: OptionValues): OptionValue {
  if (!isReference(value)) return value;
  const given = values.get(value.option);
  assert(given !== undefined, `option ${value.option} was checked`);
  if (value.of === undefined) return given;
  const key = String(given);
  const found = Object.hasOwn(value.of, key) ? value.of[key] : undefined;
  assert(found !== undefined, `option ${value.option} covers ${key}`);
  return found;
}

/** The same for a number. */
export function chosenNumber(value: OrOption<number>, values: OptionValues): number {
  const found = chosen(value, values);
  assert(typeof found === 'number', 'a number was checked');
  return found;
}

/** The same for a text. */
export function chosenText(value: OrOption<string>, values: OptionValues): string {
  const found = chosen(value, values);
  assert(typeof found === 'string', 'a text was checked');
  return found;
}

/** The same for a role. */
export function chosenRole(value: OrOption<PointRole>, values: OptionValues): PointRole {
  const found = chosen(value, values);
  const role = roles.find((known) => known === found);
  assert(role !== undefined, 'a role was checked');
  return role;
}

/** All that a value can become, whatever the options say; an empty list for a number that people write. */
export function possibleValues(value: OrOption<OptionValue>, options: readonly OptionYaml[]): readonly OptionValue[] {
  if (!isReference(value)) return [value];
  if (value.of !== undefined) return Object.values(value.of);
  return options.find(({ key }) => key === value.option)?.values ?? [];
}
