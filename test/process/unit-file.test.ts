import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { unitFileStart } from '../bench/memory.js';

test('node is started with what keeps its memory small, and this node knows every flag of it', () => {
  const { flags, env } = unitFileStart();
  expect(flags).toEqual(['--max-semi-space-size=2', '--optimize-for-size', '--no-maglev', '--no-sparkplug']);
  expect(env).toMatchObject({ MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' });
  expect(spawnSync(process.execPath, [...flags, '--eval', '0']).status).toBe(0);
});
