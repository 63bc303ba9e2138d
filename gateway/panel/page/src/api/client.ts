/** Asks the gateway, by the name of a route. Whatever goes wrong comes back as a problem in words, never as an exception. */
import type { z } from 'zod';
import type { PanelProblem, RouteName, routes } from '../../../api/routes.js';
import { both } from '../words/both.js';
import { paths } from './paths.js';

/**
 * An answer that takes longer is none, ms; a reset waits up to 10 s for its units, and the
 * server up to 20 s for the watch.
 */
const answerMaxMs = 22_000;

type Part<Name extends RouteName, Key extends string> = (typeof routes)[Name] extends {
  readonly [K in Key]: infer Schema extends z.ZodType;
}
  ? Schema
  : never;
export type AnswerOf<Name extends RouteName> = z.output<Part<Name, 'answer'>>;
export type BodyOf<Name extends RouteName> = z.input<Part<Name, 'body'>>;

export interface Ask<Name extends RouteName> {
  /** Of `/:name` in the path. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: BodyOf<Name>;
  /** Sent as they are, of their own type: an image. */
  readonly bytes?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export type Outcome<Value> =
  | { readonly isOk: true; readonly value: Value }
  /** Status 0: no answer at all. */
  | { readonly isOk: false; readonly status: number; readonly problem: PanelProblem };

let csrf = '';
let onDenied = async (): Promise<void> => {};

/** Of the session: sent with everything that changes something. */
export function setCsrf(next: string): void {
  csrf = next;
}

/** Called when the gateway does not know the session any more. */
export function whenDenied(listener: () => Promise<void>): void {
  onDenied = listener;
}

/** When it is known again who looks here. */
export function deniedAsked(): Promise<void> {
  return onDenied();
}

export function pathOf(name: RouteName, params: Readonly<Record<string, string>> = {}): string {
  return paths[name][1].replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
}

/** The answer as it comes: for files, and for lines that are read while they come (search). */
export async function askRaw<Name extends RouteName>(name: Name, given: Ask<Name> = {}): Promise<Outcome<Response>> {
  const [method] = paths[name];
  const query = new URLSearchParams(Object.entries(given.query ?? {}).map(([key, value]) => [key, String(value)]));
  const url = pathOf(name, given.params) + (query.size > 0 ? `?${query}` : '');
  const headers = new Headers({ accept: 'application/json', ...given.headers });
  if (method !== 'GET') headers.set('x-gengfu-csrf', csrf);
  if (given.body !== undefined) headers.set('content-type', 'application/json');
  else if (given.bytes !== undefined) headers.set('content-type', given.bytes.type);
  try {
    const response = await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      body: given.body === undefined ? (given.bytes ?? null) : JSON.stringify(given.body),
      signal: given.signal ?? null,
    });
    if (response.ok) return { isOk: true, value: response };
    if (response.status === 401 || response.status === 403) void onDenied();
    return { isOk: false, status: response.status, problem: await problemOf(response) };
  } catch {
    return { isOk: false, status: 0, problem: ownProblem('no-answer', both('api.noAnswer')) };
  }
}

export async function ask<Name extends RouteName>(name: Name, given: Ask<Name> = {}): Promise<Outcome<AnswerOf<Name>>> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), answerMaxMs);
  given.signal?.addEventListener('abort', () => limit.abort(), { once: true });
  try {
    const answer = await askRaw(name, { ...given, signal: limit.signal });
    if (!answer.isOk) return answer;
    return { isOk: true, value: (await answer.value.json()) as AnswerOf<Name> };
  } catch {
    return { isOk: false, status: 0, problem: ownProblem('no-answer', both('api.noAnswer')) };
  } finally {
    clearTimeout(timer);
  }
}

async function problemOf(response: Response): Promise<PanelProblem> {
  try {
    const problem = (await response.json()) as Partial<PanelProblem>;
    if (typeof problem.words?.zh === 'string' && typeof problem.words.en === 'string') {
      return { code: 'unknown', where: null, expected: null, got: null, hint: null, ...problem, words: problem.words };
    }
  } catch {
    // What is no JSON is told by its status below.
  }
  return ownProblem(`http-${response.status}`, both('api.refused', { status: response.status }));
}

function ownProblem(code: string, words: PanelProblem['words']): PanelProblem {
  return { code, words, where: null, expected: null, got: null, hint: null };
}
