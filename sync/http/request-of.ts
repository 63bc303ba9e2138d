/** What goes over the wire for a group of messages. */
import { createHash } from 'node:crypto';
import type { UplinkSecrets } from '../mqtt/secrets.js';
import type { HttpRequest } from './http-link.js';
import type { HttpPart } from './http-preset.js';
import type { Group } from './outbox.js';

/** So many hex digits tell two lists with the same ends apart. */
const digestDigits = 8;

/** One key for one content: the id of the entry, or the first and the last id of a list with a digest of all of them. */
export function idempotencyKey(ids: readonly string[]): string {
  const [first = '', ...rest] = ids;
  const last = rest.at(-1);
  if (last === undefined) return first;
  return `${first}..${last}.${createHash('sha256').update(ids.join(' ')).digest('hex').slice(0, digestDigits)}`;
}

/** Without `authorization`: that belongs to the moment. */
export function requestOf(basePath: string, group: Group): HttpRequest | null {
  const [first] = group;
  if (first === undefined) return null;
  const { part } = first;
  const all = group.map(({ part: each }) => each.now?.() ?? each.json);
  const body = part.listType === null ? (all[0] ?? '') : `[${all.join(',')}]`;
  const key = idempotencyKey(group.map(({ id }) => id));
  return { ...post(basePath, part, body), headers: { ...headersOf(part), 'idempotency-key': key } };
}

/** A message that is no entry: it may be lost, and come twice. */
export function plainRequest(basePath: string, part: HttpPart): HttpRequest {
  return post(basePath, part, part.listType === null ? part.json : `[${part.json}]`);
}

/** A sign of life where the language has none. */
export function headRequest(basePath: string): HttpRequest {
  return { method: 'HEAD', path: basePath === '' ? '/' : basePath, headers: {}, body: null };
}

/** @param basePath of the url, without a `/` at its end */
function post(basePath: string, part: HttpPart, body: string): HttpRequest {
  const path = `${basePath}${part.path}`;
  return { method: 'POST', path: path === '' ? '/' : path, headers: headersOf(part), body: Buffer.from(body) };
}

function headersOf({ mediaType, listType }: HttpPart): Record<string, string> {
  return { 'content-type': listType ?? mediaType, accept: 'application/json, */*;q=0.1', 'user-agent': 'gengfu' };
}

/** RFC 6750 (a token) or RFC 7617 (name and password); nothing when neither is given. */
export function authorization(username: string | null, { token, password }: UplinkSecrets): Record<string, string> {
  if (token !== null) return { authorization: `Bearer ${token.trim()}` };
  if (username === null) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` };
}
