/** The built gateway under something that listens as systemd does: what it says, what it leaves behind, and that it gives up. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Child } from './child.js';
import { gateway, isEntry, observed, temporaryFolder, writeSmallSite } from './rig.js';

function box() {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  const run = join(path, 'run');
  mkdirSync(run);
  // Nobody listens there: the line is dead, and so is the uplink.
  const site = writeSmallSite(path, { tty: 'tcp:1', brokerPort: 1 });
  return { run, site, data: join(path, 'data'), path };
}

/** Hears datagrams as the service manager would; `ABSTRACT-RECV:name` or `UNIX-RECV:path`. */
async function listener(where: string): Promise<Child> {
  const child = new Child('manager', 'socat', ['-d', '-d', '-u', where, 'STDOUT']);
  await child.errorLine((line) => line.includes('starting data transfer loop'));
  onTestFinished(() => child.kill());
  return child;
}

const started = (child: Child) => observed(child, isEntry('gateway.restarted'));

test('READY with a dead line, and fed; killed, the next start tells why; stopped in order, it says so', async () => {
  const { run, site, data, path } = box();
  const name = `gengfu-test-${process.pid}`;
  const [manager, other] = await Promise.all([
    listener(`ABSTRACT-RECV:${name}`),
    listener(`UNIX-RECV:${join(path, 'notify')}`),
  ]);
  const first = gateway(site, { NOTIFY_SOCKET: `@${name}`, WATCHDOG_USEC: '500000', RUNTIME_DIRECTORY: run });
  await manager.line((line) => line === 'READY=1');
  await manager.line((line) => line === 'WATCHDOG=1');
  // The mark is written beside the watch; the pins come after it.
  await first.line((line) => line.includes('"site.scanned"'));
  expect(await untilWritten(join(data, 'running.json'))).toMatchObject({ isStopped: false });
  first.kill('SIGKILL');
  await first.exited;
  // As ExecStopPost of the unit writes it.
  writeFileSync(join(run, 'ended'), 'signal\nkilled\nKILL\n');

  const next = gateway(site, { NOTIFY_SOCKET: join(path, 'notify'), RUNTIME_DIRECTORY: run });
  const { entry } = await started(next);
  expect(entry?.detail).toMatchObject({ cause: 'killed', status: 'KILL', result: 'signal' });
  await other.line((line) => line === 'READY=1');
  expect(readFileSync(join(run, 'starts'), 'utf8')).toBe('2\n');
  next.kill();
  expect(await next.exited).toBe(0);
  await other.line((line) => line === 'STOPPING=1');
  expect(other.lines).not.toContain('WATCHDOG=1');
  expect(readFileSync(join(run, 'starts'), 'utf8')).toBe('0\n');
  expect(JSON.parse(readFileSync(join(data, 'running.json'), 'utf8'))).toMatchObject({ isStopped: true });
});

test('six ends in a row: it gives up with status 4; a bad site file is 2 and no end', async () => {
  const { run, site, path } = box();
  writeFileSync(join(run, 'starts'), '6\n');
  const given = gateway(site, { RUNTIME_DIRECTORY: run });
  expect(await given.exited).toBe(4);
  expect(readFileSync(join(run, 'starts'), 'utf8')).toBe('5\n');
  writeFileSync(join(path, 'bad.yaml'), 'version: 1\n');
  expect(await gateway(join(path, 'bad.yaml'), { RUNTIME_DIRECTORY: run }).exited).toBe(2);
  expect(readFileSync(join(run, 'starts'), 'utf8')).toBe('0\n');
});

test('gengfu trouble says why and gives way to a signal at once', async () => {
  const { run, site } = box();
  writeFileSync(join(run, 'ended'), 'exit-code\nexited\n2\n');
  const cli = resolve('dist/gateway/cli/gengfu.js');
  const args = [cli, 'trouble', '-c', site, '--json'];
  const trouble = new Child('trouble', process.execPath, args, { env: { ...process.env, RUNTIME_DIRECTORY: run } });
  const said = await trouble.line((line) => line.includes('bad-site-file'));
  expect(JSON.parse(said)).toMatchObject({ kind: 'trouble', reason: 'bad-site-file', pauseMs: 10_000 });
  trouble.kill();
  expect(await trouble.exited).toBe(0);
});

/** Looked at as the gateway writes it, in one piece. */
async function untilWritten(path: string): Promise<unknown> {
  for (;;) {
    try {
      return JSON.parse(readFileSync(path, 'utf8'));
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
