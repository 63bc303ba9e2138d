import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
// @ts-expect-error: part of the build, which is plain JavaScript
import { toAscii } from '../../gateway/cli/ascii-files.mjs';

/** What node holds of these files: they and all that they import at once. */
function loadedBy(files: readonly string[]): readonly string[] {
  const loaded = new Set<string>();
  const follow = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|^import|[;}]import)\s*"(\.[^"]+)"/gm))
      follow(path.join(path.dirname(file), name));
  };
  for (const file of files) follow(file);
  return [...loaded];
}

const ofRun = loadedBy(
  ['cli/gengfu.js', 'bundle/cli.js', 'bundle/run.js', 'bundle/main.js'].map((name) => `dist/gateway/${name}`),
);
const textOf = (file: string): string => readFileSync(file, 'utf8');

test('a gateway that runs holds neither the parser of its site file nor the schemas of devices', () => {
  const sources = ofRun
    .filter((file) => textOf(file).includes('sourceMappingURL'))
    .flatMap((file) => (JSON.parse(textOf(`${file}.map`)) as { readonly sources: readonly string[] }).sources);
  expect(sources.filter((source) => source.endsWith('gateway/runtime.ts'))).toHaveLength(1);
  expect(sources.filter((source) => /node_modules\/yaml\/|config\/(?:site|profile)-schema\.ts/.test(source))).toEqual(
    [],
  );
});

test('it is told in ASCII, which V8 keeps in half the memory', () => {
  const bundled = [...ofRun, 'dist/gateway/panel/server/thread.js'];
  expect(bundled.length).toBeGreaterThan(10);
  expect(bundled.filter((file) => /[^\0-\x7f]/.test(textOf(file)))).toEqual([]);
});

test('an escaped word means the same, and what stands behind it is found in its source', () => {
  // Two segments: column 0 and column 8 of the one line.
  const { code, mappings } = toAscii('f("火警");g()', 'AAAA,QACA') as { code: string; mappings: string };
  expect(code).toBe('f("\\u706b\\u8b66");g()');
  const map = new SourceMap({
    version: 3,
    file: '',
    sources: ['a.ts'],
    sourcesContent: [],
    names: [],
    mappings,
  } as never);
  expect(map.findEntry(0, code.indexOf('g'))).toMatchObject({ generatedColumn: code.indexOf('g'), originalLine: 1 });
});
