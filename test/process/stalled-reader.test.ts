/** Whoever reads our lines may stop reading; the watch may not stop for that. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';
import { freePort, simulatedLine, temporaryFolder, writeSmallSite } from './rig.js';

describe.skipIf(missingPrograms('socat'))('a stalled reader', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let ours: number;
  let running: ChildProcess;
  afterEach(async () => {
    running.kill('SIGKILL');
    await killAll();
    closeSync(ours);
    folder.remove();
  });

  async function stalledGateway(nodeArgs: readonly string[] = []): Promise<{ village: Child; gengfu: ChildProcess }> {
    folder = temporaryFolder();
    const tty = join(folder.path, 'village0');
    const siteFile = writeSmallSite(folder.path, { tty, brokerPort: await freePort() });
    const village = await simulatedLine(siteFile, tty);
    const fifo = join(folder.path, 'full');
    expect(spawnSync('mkfifo', [fifo]).status).toBe(0);
    ours = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
    fill(ours);
    const theirs = openSync(fifo, constants.O_WRONLY);
    const cli = resolve('dist/gateway/cli/gengfu.js');
    const args = [...nodeArgs, cli, 'run', '-c', siteFile, '--json'];
    const gengfu = spawn(process.execPath, args, { stdio: ['ignore', theirs, theirs] });
    closeSync(theirs);
    running = gengfu;
    return { village, gengfu };
  }

  test('the siren sounds although nobody reads standard output and standard error, and SIGTERM ends it', async () => {
    const { village, gengfu } = await stalledGateway();
    village.say('set smoke-1/smoke alarm');
    await village.line((line) => line === 'output siren on');
    const began = performance.now();
    gengfu.kill('SIGTERM');
    await ended(gengfu);
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  test('a crash of ours ends the process, so that it can be started again', async () => {
    const bug = 'data:text/javascript,setTimeout(() => { throw new Error("bug") }, 1500)';
    const { gengfu } = await stalledGateway(['--import', bug]);
    const began = performance.now();
    await ended(gengfu);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => child.on('exit', () => done()));
}

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
