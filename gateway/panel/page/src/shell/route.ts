/** Which screen is shown: the part of the address after `#`, so that the back key works and nothing is asked of the gateway. */
import { makeStore } from '../live/store.js';

export interface Route {
  /** `/history` */
  readonly path: string;
  /** What follows it, `#/history/abc` → `['abc']`. */
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
}

export const route = makeStore<Route>(read());

/** For as long as the page is open. */
export function followAddress(): void {
  addEventListener('hashchange', () => route.set(read()));
}

/** `href('/history', ['abc'], { zone: 'z1' })` → `#/history/abc?zone=z1` */
export function href(path: string, rest: readonly string[] = [], query: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams(query).toString();
  const tail = rest.map((part) => `/${encodeURIComponent(part)}`).join('');
  return `#${path === '/' && tail !== '' ? '' : path}${tail}${asked === '' ? '' : `?${asked}`}`;
}

export function go(path: string, rest: readonly string[] = [], query: Readonly<Record<string, string>> = {}): void {
  location.hash = href(path, rest, query);
}

/** The same screen, asked otherwise: the address says so, and the back key still leads to the screen before. */
export function keep(path: string, rest: readonly string[], query: Readonly<Record<string, string>>): void {
  history.replaceState(history.state, '', href(path, rest, query));
}

function read(): Route {
  const [address = '', asked = ''] = location.hash.replace(/^#/, '').split('?');
  const [first = '', ...rest] = address.split('/').filter((part) => part !== '');
  return { path: `/${first}`, rest: rest.map(decoded), query: new URLSearchParams(asked) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
