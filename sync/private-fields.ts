/**
 * What a centre is not told that has no right to know people by name (`tell.private`): who ordered something is reduced to the way
 * it came, and remarks are left out. Pure.
 */
import type { Entry, JsonValue } from './journal/entry.js';

/** Keys of details that hold an origin: `cli:li.wei` becomes `cli`. */
const originKeys: ReadonlySet<string> = new Set([
  ...['asked_by', 'acknowledged_by', 'answered_by', 'noted_by', 'ordered_by', 'service_by', 'silenced_by', 'origin'],
]);
/** Keys of details in which people write about people. */
const remarkKeys: ReadonlySet<string> = new Set(['note', 'remark', 'person', 'user', 'phone']);

/** The entry without names; the same object when it holds none. */
export function withoutNames<E extends Entry>(entry: E): E {
  const origin = entry.origin === null ? null : wayOf(entry.origin);
  const detail = isNaming(entry.detail) ? nameless(entry.detail) : entry.detail;
  return origin === entry.origin && detail === entry.detail ? entry : { ...entry, origin, detail };
}

function wayOf(origin: string): string {
  const colon = origin.indexOf(':');
  return colon === -1 ? origin : origin.slice(0, colon);
}

function isNaming(detail: Entry['detail']): boolean {
  for (const key in detail) if (originKeys.has(key) || remarkKeys.has(key)) return true;
  return false;
}

function nameless(detail: Entry['detail']): Entry['detail'] {
  const kept = Object.entries(detail).filter(([key]) => !remarkKeys.has(key));
  return Object.fromEntries(
    kept.map(([key, value]): [string, JsonValue] => [
      key,
      originKeys.has(key) && typeof value === 'string' ? wayOf(value) : value,
    ]),
  );
}
