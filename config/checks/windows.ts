/** Parts of the local day that are written with their beginning and their end. */
import type { Words } from '../vocabulary.js';
import type { YamlPath } from '../yaml-document.js';
import type { Finding } from './finding.js';

const twoTimes: Words = { zh: '两个不同的时间', en: 'two different times' };

/** A window that ends when it begins is none, or the whole day: nobody can tell which. */
export function* emptyWindow(
  { from, to }: { readonly from: string; readonly to: string },
  path: YamlPath,
  where: string,
): Generator<Finding> {
  if (from === to) yield { code: 'CONF-079', path: [...path, 'to'], where, expected: twoTimes, got: to };
}

/** Over midnight where `to` is earlier. The beginning belongs to it, the end does not. Times as they are written. */
export function isWithin(at: string, { from, to }: { readonly from: string; readonly to: string }): boolean {
  return from < to ? at >= from && at < to : from !== to && (at >= from || at < to);
}
