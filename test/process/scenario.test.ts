/** A scenario end to end: the village in one process, the built gateway in another, pseudo-terminals and TCP between them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';
import { temporaryFolder } from './rig.js';

const sim = resolve('dist/hardware-sim/pty-process.js');
/** It is over after some ten seconds, on a computer that does nothing besides. */
const testMaxMs = 90_000;

describe.skipIf(missingPrograms('socat'))('a scenario against the built gateway', () => {
  afterEach(killAll);

  test(
    'a cable that burns before the second detector wakes the village over the other line',
    async () => {
      const args = [sim, '--scenario', 'cable-burns', '--brief', '--json'];
      const child = new Child('sim', process.execPath, args);
      const status = await child.exited;
      const ended = child.lines.at(-1) ?? '{}';
      expect(JSON.parse(ended), child.errors.join('\n')).toMatchObject({ held: true, broken: [] });
      expect(child.lines).toContain('{"kind":"village.output","output":"siren-village","on":true}');
      expect(status).toBe(0);
    },
    testMaxMs,
  );
});

test('a story that real clocks can not play is refused, and so is one that there is not', () => {
  const refusal = (...args: readonly string[]) => spawnSync(process.execPath, [sim, ...args], { encoding: 'utf8' });
  const clock = refusal('--scenario', 'clock-1970');
  expect([clock.status, clock.stderr]).toEqual([
    2,
    expect.stringMatching(/不能在这里演.*虚拟时钟[\s\S]*virtual clock/),
  ]);
  const unknown = refusal('--scenario=flood');
  expect([unknown.status, unknown.stderr]).toEqual([
    2,
    expect.stringMatching(/没有剧本 flood[\s\S]*no scenario flood/),
  ]);
  const byHand = refusal('--scenario', 'power-cut', '--by-hand');
  expect([byHand.status, byHand.stderr]).toEqual([2, expect.stringContaining('leave --by-hand away')]);
  const broker = refusal('--scenario', 'uplink-away', '--broker', 'mqtt://127.0.0.1:1');
  expect([broker.status, broker.stderr]).toEqual([2, expect.stringContaining('leave --broker away')]);
  const both = refusal('--scenario', 'gas', '--by-hand', '--gateway', 'gengfu');
  expect([both.status, both.stderr]).toEqual([2, expect.stringContaining('usage: npm run sim')]);
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'data'));
  const again = refusal('--scenario', 'gas', '--dir', folder.path);
  folder.remove();
  expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('data of an earlier play')]);
});
