/** Whoever reads our lines may stop reading; the watch may not stop for that. */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { killAll } from './child.js';
import { missingPrograms } from './programs.js';
import { freePort, simulatedLine, temporaryFolder, writeSmallSite } from './rig.js';

describe.skipIf(missingPrograms('socat'))('a stalled reader', () => {
  const folder = temporaryFolder();
  afterEach(async () => {
    await killAll();
    folder.remove();
  });

  test('the siren sounds although nobody reads standard output and standard error', async () => {
    const tty = join(folder.path, 'village0');
    const siteFile = writeSmallSite(folder.path, { tty, brokerPort: await freePort() });
    const village = await simulatedLine(siteFile, tty);
    const fifo = join(folder.path, 'full');
    expect(spawnSync('mkfifo', [fifo]).status).toBe(0);
    const ours = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
    fill(ours);
    const theirs = openSync(fifo, constants.O_WRONLY);
    const cli = resolve('dist/gateway/cli/gengfu.js');
    const gengfu = spawn(process.execPath, [cli, 'run', '-c', siteFile, '--json'], {
      stdio: ['ignore', theirs, theirs],
    });
    try {
      village.say('set smoke-1/smoke alarm');
      await village.line((line) => line === 'output siren on', 10_000);
    } finally {
      gengfu.kill('SIGKILL');
      closeSync(theirs);
      closeSync(ours);
    }
  });
});

/** Not one byte more fits. */
function fill(fd: number): void {
  for (const size of [4096, 1]) {
    try {
      for (;;) writeSync(fd, Buffer.alloc(size));
    } catch {
      // EAGAIN: full.
    }
  }
}
