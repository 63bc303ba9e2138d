/** A spare box has other adapters: the serial ports of the lines are named anew, and nothing else of the file changes. Pure. */
import type { Problem } from '../../config/problem.js';
import { parseYaml } from '../../config/yaml-document.js';
import { valueAt } from '../../config/zod-problems.js';

export interface SerialLine {
  readonly id: string;
  readonly path: string;
}

/** Lines with a path, as they are written; a file that is no YAML has none. */
export function serialLinesOf(text: string): readonly SerialLine[] {
  const { document } = parseYaml('', text);
  return document === null ? [] : serialLinesAt(document.value).map(({ id, path }) => ({ id, path }));
}

/** Lines whose port is not there. Null: nobody can say, as they are ports of another box than this one. */
export function lostPorts(text: string, root: string, exists: (port: string) => boolean): readonly SerialLine[] | null {
  return root === '' ? serialLinesOf(text).filter(({ path }) => !exists(path)) : null;
}

/** The text with other ports; comments and layout stay. Null: a line of that id is not there, or its port can not be found in the text. */
export function withPorts(text: string, ports: ReadonlyMap<string, string>): string | null {
  let changed = text;
  for (const [id, port] of ports) {
    const next = withPort(changed, id, port);
    if (next === null) return null;
    changed = next;
  }
  return changed;
}

function withPort(text: string, id: string, port: string): string | null {
  const { document } = parseYaml('', text);
  if (document === null) return null;
  const at = serialLinesAt(document.value).find((line) => line.id === id);
  if (at === undefined) return null;
  const offset = offsetOf(text, document.placeOf(['lines', at.index, 'path']));
  const written = [`"${at.path}"`, `'${at.path}'`, at.path].find((form) => text.startsWith(form, offset));
  return written === undefined ? null : `${text.slice(0, offset)}${quoted(port)}${text.slice(offset + written.length)}`;
}

function serialLinesAt(site: unknown): readonly (SerialLine & { readonly index: number })[] {
  const lines = valueAt(site, ['lines']);
  return (Array.isArray(lines) ? lines : []).flatMap((line, index) => {
    const [id, path] = [valueAt(line, ['id']), valueAt(line, ['path'])];
    return typeof id === 'string' && typeof path === 'string' ? [{ id, path, index }] : [];
  });
}

function offsetOf(text: string, { line, column }: NonNullable<Problem['at']>): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

/** Ports are plain words; one with another sign is put in quotes. */
function quoted(port: string): string {
  return /^\/[\w./:@+-]*$/.test(port) && !port.includes(': ') ? port : JSON.stringify(port);
}
