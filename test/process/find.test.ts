/** `gengfu find` as a process of its own, over real pseudo-terminals, against lines whose units speak at two speeds. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Survey } from '../../gateway/survey/survey.js';
import { Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';
import { temporaryFolder } from './rig.js';

const sim = resolve('dist/hardware-sim/pty-process.js');
const gengfu = resolve('dist/gateway/cli/gengfu.js');
/** It is over after 12 s, on a computer that does nothing besides. */
const testMaxMs = 120_000;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await killAll();
  folder.remove();
});

async function startLine(id: string, ...slow: readonly number[]): Promise<string> {
  const tty = join(folder.path, id);
  const speeds = slow.flatMap((address) => ['--unit-baud', `${address}=4800`]);
  const child = new Child(id, process.execPath, [sim, '--pty', tty, '--line', id, ...speeds]);
  await child.line((line) => line.startsWith('ready'));
  return tty;
}

function find(...args: readonly string[]): Child {
  return new Child('find', process.execPath, [gengfu, 'find', ...args]);
}

describe.skipIf(missingPrograms('socat'))('gengfu find over pseudo-terminals', () => {
  it(
    'finds all 24 units of the town on two lines with mixed speeds; a second one is told that the line is held',
    async () => {
      const [east, west] = await Promise.all([startLine('east', 1, 3, 5, 20), startLine('west', 2, 7, 30)]);
      const out = join(folder.path, 'survey.json');
      const ports = ['--port', east, '--port', west];
      const some = ['--bauds', '9600,4800', '--addresses', '1-12,20-21,30'];
      const first = find(...ports, ...some, '--json', '--out', out);
      await first.errorLine((line) => line.includes('只读不写'));
      const second = find('--port', east, ...some, '--lang', 'en');
      expect(await second.exited, second.lines.join('\n')).toBe(3);
      expect(second.lines.join('\n')).toMatch(/in use by another program.*systemctl stop gengfu/);
      expect(await first.exited, first.errors.join('\n')).toBe(0);
      const survey = JSON.parse(first.lines.join('\n')) as Survey;
      expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(survey);
      const told = survey.lines.map(({ units }) =>
        units.map(({ address, format, candidates }) => `${address} ${format?.baud} ${candidates[0]?.profile}`),
      );
      const smoke = (address: number, baud: number): string => `${address} ${baud} generic-smoke-0010`;
      const [s, f] = [4800, 9600];
      expect(told).toEqual([
        [
          ...[s, f, s, f, s, f, f, f, f, f, f, f].map((baud, i) => smoke(i + 1, baud)),
          ...['20 4800 n4d8b08', '30 9600 waveshare-relay8'],
        ],
        [
          ...[f, s, f, f, f, f, s].map((baud, i) => smoke(i + 1, baud)),
          ...['20 9600 n4d8b08', '21 9600 n4d8b08', '30 4800 waveshare-relay8'],
        ],
      ]);
      expect(survey.isWhole).toBe(true);
    },
    testMaxMs,
  );
});

it('a port that is not there, and a line that nobody can mean, are refused with what to do', async () => {
  const gone = find('--port', join(folder.path, 'ttyUSB9'), '--quick', '--lang', 'en');
  const wrong = find('--addresses', '0-300');
  expect([await gone.exited, await wrong.exited]).toEqual([1, 2]);
  expect(gone.lines.join('\n')).toMatch(/does not exist; is the adapter plugged in/);
  expect(wrong.errors.join('\n')).toContain('--addresses');
});
