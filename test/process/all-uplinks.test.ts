/** Four ways to a centre at once, and the built gateway as a process of its own that uses all of them. */
import { resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';

const sim = resolve('dist/hardware-sim/pty-process.js');
/** It is over after some seven seconds, on a computer that does nothing besides. */
const testMaxMs = 90_000;

interface Told {
  readonly kind: string;
  readonly paths?: readonly { readonly uplink: string; readonly confirmedMs: number; readonly knownMs: number }[];
}

describe.skipIf(missingPrograms('socat'))('a fire at the built gateway with four uplinks', () => {
  afterEach(killAll);

  test(
    'reaches four centres, each of which confirms it in time, and the gateway knows that they did',
    async () => {
      // Limits of a slow machine: whoever runs tests does other things besides.
      const args = [sim, '--scenario', 'hall-fire', '--all-uplinks', '--slow', '3', '--brief', '--json'];
      const child = new Child('sim', process.execPath, args);
      const status = await child.exited;
      const told = child.lines.map((line): Told => JSON.parse(line));
      const ways = told.find(({ kind }) => kind === 'scenario.paths');
      expect(ways, child.errors.join('\n')).toMatchObject({ held: true });
      const paths = ways?.paths ?? [];
      expect(paths.map(({ uplink }) => uplink)).toEqual(['mqtt', 'gb26875', 'http', 'sms']);
      for (const { confirmedMs, knownMs } of paths) {
        expect(confirmedMs).toBeGreaterThanOrEqual(0);
        expect(knownMs).toBeGreaterThanOrEqual(confirmedMs);
      }
      // The network of a telephone takes 1.5 s for a message: the times are not all one and the same.
      expect(paths.find(({ uplink }) => uplink === 'sms')?.confirmedMs).toBeGreaterThan(1_500);
      expect(told.at(-1)).toMatchObject({ kind: 'scenario.ended', held: true });
      expect(status).toBe(0);
    },
    testMaxMs,
  );
});
