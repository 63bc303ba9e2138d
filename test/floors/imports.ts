import { posix } from 'node:path';
import { readSource } from './source-text.js';

/** Text by path (`gateway/main.ts`, forward slashes), as it lies on the disk or as a test makes it up. */
export type SourceTree = ReadonlyMap<string, string>;

export interface Import {
  readonly from: string;
  /** A file of the tree, or the name of a package. */
  readonly to: string;
  /** `url` = a module that is loaded by its address (a worker). */
  readonly kind: 'value' | 'type' | 'dynamic' | 'url';
}

/** Each pattern ends in the quotes of the specifier; its inside is blank there and is read from the code. */
const patterns: readonly (readonly [RegExp, Import['kind']])[] = [
  [/\b(?:import|export)\s+type\b[^'";]*?\bfrom\s*(['"])( *)\1/dg, 'type'],
  [/\b(?:import|export)\b(?!\s+type\b)\s*[^'";(]*?\bfrom\s*(['"])( *)\1/dg, 'value'],
  [/\bimport\s*(['"])( *)\1/dg, 'value'],
  [/\bimport\s*\(\s*(['"`])( *)\1/dg, 'dynamic'],
  [/\brequire\s*\(\s*(['"`])( *)\1/dg, 'dynamic'],
  [/\bnew\s+URL\s*\(\s*(['"`])( *)\1\s*,\s*import\.meta\.url/dg, 'url'],
];

/** Everything that the files of a tree load: other files (resolved) and packages (by name, without `node:`). */
export function importsOf(tree: SourceTree): readonly Import[] {
  return [...tree].flatMap(([from, text]) => {
    const { code, bare } = readSource(text);
    return patterns.flatMap(([pattern, kind]) =>
      [...bare.matchAll(pattern)].flatMap((match): Import[] => {
        const [start, end] = match.indices?.[2] ?? [0, 0];
        const specifier = code.slice(start, end);
        if (kind === 'url' && !specifier.endsWith('.js')) return [];
        return specifier.startsWith('node:') ? [] : [{ from, to: resolve(from, specifier), kind }];
      }),
    );
  });
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Places where a module is loaded by a name that no reader can see: `import(name)`, `require`, `createRequire`. */
export function hiddenLoads(tree: SourceTree): readonly string[] {
  return [...tree].flatMap(([path, text]) => {
    const { bare } = readSource(text);
    return /\bimport\s*\((?!\s*['"])|\brequire\s*\(|\bcreateRequire\b/.test(bare) ? [path] : [];
  });
}

/** Who imports a package, in any way. */
export function importersOf(imports: readonly Import[], packageName: string): readonly string[] {
  return [...new Set(imports.filter(({ to }) => to === packageName).map(({ from }) => from))].sort();
}

/** Groups of files that reach each other, each written as one round trip. */
export function circlesIn(imports: readonly Import[]): readonly string[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of imports) next.set(from, (next.get(from) ?? new Set()).add(to));
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(file);
    if (seenAt >= 0) circles.push([...trail.slice(seenAt), file].join(' → '));
    if (seenAt >= 0 || done.has(file)) return;
    for (const to of next.get(file) ?? []) walk(to, [...trail, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return circles;
}
