/** Others use the codec without the rest of the project: the built module, in a folder that has nothing else. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { gbAnalogs, gbRoleRows } from '../../../config/uplinks/gb-roles.js';
import { isAnalog, isComponent, isSystem } from '../../../sync/gb26875/code-numbers.js';

const root = path.join(import.meta.dirname, '../../..');

/** What `from` pulls in, over and over. */
function pulledIn(from: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(from)) return seen;
  seen.add(from);
  for (const [, to = ''] of readFileSync(from, 'utf8').matchAll(/(?:from|import)\s*\(?'([^']+)'/g)) {
    if (to.startsWith('.')) pulledIn(path.join(path.dirname(from), to.replace(/\.js$/, '.ts')), seen);
    else seen.add(to);
  }
  return seen;
}

it('pulls in nothing but its own files', () => {
  const files = [...pulledIn(path.join(root, 'sync/gb26875/index.ts'))].map((file) => path.relative(root, file));
  expect(files.filter((file) => !file.startsWith(`sync${path.sep}gb26875${path.sep}`))).toEqual([]);
});

it('works as gengfu/gb26875 in a folder with nothing else, and its types are there', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gb26875-'));
  try {
    const home = path.join(folder, 'node_modules/gengfu');
    for (const file of pulledIn(path.join(root, 'sync/gb26875/index.ts'))) {
      const built = path.join('dist', path.relative(root, file));
      cpSync(path.join(root, built.replace(/\.ts$/, '.js')), path.join(home, built.replace(/\.ts$/, '.js')));
    }
    cpSync(path.join(root, 'package.json'), path.join(home, 'package.json'));
    // By its name, as others ask for it.
    const found = createRequire(path.join(folder, 'use.mjs')).resolve('gengfu/gb26875');
    expect(path.relative(home, found)).toBe(path.join('dist', 'sync', 'gb26875', 'index.js'));
    const { decodeAdu, GbFramer }: typeof import('../../../sync/gb26875/index.js') = await import(
      pathToFileURL(found).href
    );
    const standard = { timeCoding: 'binary', serialOrder: 'little' } as const;
    const bytes = Buffer.from('404001000101203a091a090c385b010000007903000000000300015b010a0f2323', 'hex');
    const [seen] = new GbFramer(standard).push(bytes);
    if (seen?.kind !== 'frame') throw new Error('no frame');
    expect(decodeAdu(seen.frame.adu, standard)).toEqual({ ok: true, adu: { type: 91, objects: [{ minutes: 10 }] } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect(existsSync(path.join(root, 'dist/sync/gb26875/index.d.ts'))).toBe(true);
});

it('every code of the built-in table is one that may be sent', () => {
  for (const row of Object.values(gbRoleRows)) {
    if (typeof row === 'string') continue;
    expect(isSystem(row.system) && isComponent(row.component)).toBe(true);
    if (typeof row.analog === 'number') expect(isAnalog(row.analog)).toBe(true);
  }
  expect([...gbAnalogs.keys()].every(isAnalog)).toBe(true);
});
