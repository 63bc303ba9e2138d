/** The units as systemd reads them. systemd-analyze must be there when CI=true. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unitFileStart } from '../bench/memory.js';

const units = ['gengfu.service', 'gengfu-trouble.service'] as const;
/** In tenths, as `--threshold` takes it. */
const exposureMax = 20;

const hasAnalyze = spawnSync('systemd-analyze', ['--version'], { stdio: 'ignore' }).status === 0;
if (!hasAnalyze && process.env['CI'] === 'true')
  throw new Error('systemd-analyze must be there in CI: apt install systemd');
if (!hasAnalyze) process.stderr.write('systemd-analyze is not there: the units were not looked at\n');

test('the launcher starts node with what keeps its memory small, and this node knows every flag of it', () => {
  const { flags, env } = unitFileStart();
  expect(flags).toEqual(['--max-semi-space-size=2', '--optimize-for-size', '--no-maglev', '--no-sparkplug']);
  expect(env).toMatchObject({ MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' });
  expect(spawnSync(process.execPath, [...flags, '--eval', '0']).status).toBe(0);
});

test('the units promise what the program is built for', () => {
  const [gateway, trouble] = units.map((unit) => readFileSync(`systemd/${unit}`, 'utf8').split('\n'));
  expect(gateway).toEqual(
    expect.arrayContaining([
      ...['Type=notify', 'WatchdogSec=10', 'Restart=always', 'RestartSec=1', 'RestartPreventExitStatus=2 3 4'],
      ...['OnFailure=gengfu-trouble.service', 'ExecStart=/usr/lib/gengfu/gengfu-start', 'User=gengfu'],
      // Both units find it there after a restart of the gateway.
      ...['RuntimeDirectory=gengfu', 'RuntimeDirectoryPreserve=yes', 'StateDirectory=gengfu'],
    ]),
  );
  expect(trouble).toEqual(
    expect.arrayContaining([
      ...['OnSuccess=gengfu.service', 'OnFailure=gengfu.service', 'Conflicts=gengfu.service', 'User=gengfu'],
      ...['RuntimeDirectory=gengfu', 'RuntimeDirectoryPreserve=yes', 'StateDirectory=gengfu'],
    ]),
  );
});

test.skipIf(!hasAnalyze)('systemd finds nothing wrong in the units', () => {
  const root = mkdtempSync(join(tmpdir(), 'gengfu-units-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  // What the units start is put in by stand-ins: the package brings it.
  for (const unit of [...units, 'gengfu-kiosk.service']) {
    const text = readFileSync(`systemd/${unit}`, 'utf8').replaceAll(/^(ExecStart=)\/\S+/gm, '$1/bin/true');
    writeFileSync(join(root, unit), text);
  }
  const files = [...units, 'gengfu-kiosk.service'].map((unit) => join(root, unit));
  const verify = spawnSync('systemd-analyze', ['verify', '--man=no', ...files], { encoding: 'utf8' });
  expect(`${verify.stdout}${verify.stderr}`).toBe('');
  expect(verify.status).toBe(0);
});

test.skipIf(!hasAnalyze)('no unit has more rights than it needs: exposure 2.0 at most', () => {
  for (const unit of units) {
    const args = ['security', '--offline=true', `--threshold=${exposureMax}`, '--no-pager', `systemd/${unit}`];
    const { status, stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    expect(stdout).toMatch(/Overall exposure level for gengfu\S*: (?:[01]\.\d|2\.0) /);
    expect(status).toBe(0);
  }
});
