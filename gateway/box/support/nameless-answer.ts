/** What a gateway answers to `status`, without names: who ordered something is reduced to the way it came. Pure. */

const byKeys: ReadonlySet<string> = new Set(['by', 'origin', 'ordered_by', 'acknowledged_by']);
const goneKeys: ReadonlySet<string> = new Set(['note', 'remark', 'user', 'person', 'phone', 'saying']);

export function namelessAnswer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(namelessAnswer);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !goneKeys.has(key))
      .map(([key, each]) => [
        key,
        byKeys.has(key) && typeof each === 'string' ? each.split(':')[0] : namelessAnswer(each),
      ]),
  );
}
