import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { versionRolledBackDraft } from '../../gateway/version-rolled-back.js';

const launcher = resolve('systemd/package/gengfu-start');
const roots: string[] = [];
const lastingS = 300;

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

/** A box that has versions whose node prints how it was started, and whose `check` ends as a file says. */
class Box {
  readonly root = mkdtempSync(join(tmpdir(), 'gengfu-start-'));
  readonly state = join(this.root, 'var/lib/gengfu/start');

  constructor(current: string, previous?: string) {
    roots.push(this.root);
    for (const folder of ['proc/sys/kernel/random', 'etc/gengfu', 'var/lib/gengfu']) {
      mkdirSync(join(this.root, folder), { recursive: true });
    }
    this.clock(1000);
    writeFileSync(join(this.root, 'etc/gengfu/gateway.yaml'), 'version: 1\n');
    for (const version of [previous, current]) if (version !== undefined) this.install(version);
  }

  get #lib(): string {
    return join(this.root, 'usr/lib/gengfu');
  }

  /** As the package does: what was current is the version before. */
  install(version: string): void {
    const folder = join(this.#lib, 'versions', version);
    mkdirSync(join(folder, 'dist/gateway/cli'), { recursive: true });
    mkdirSync(join(folder, 'systemd'));
    writeFileSync(join(folder, 'dist/gateway/cli/gengfu.js'), '');
    writeFileSync(join(folder, 'systemd/node-flags'), '--one\n--two\n');
    writeFileSync(
      join(folder, 'node'),
      `#!/bin/sh\nif [ "$2" = check ]; then exit $(cat ${folder}/check 2>/dev/null || echo 0); fi\necho "${version} $*"\necho "told \${GENGFU_ROLLED_BACK:-nothing}"\n`,
    );
    chmodSync(join(folder, 'node'), 0o755);
    const current = join(this.#lib, 'current');
    if (existsSync(current)) this.#point('previous', readFileSync(join(current, 'version'), 'utf8'));
    writeFileSync(join(folder, 'version'), version);
    this.#point('current', version);
  }

  refusesSite(version: string): void {
    writeFileSync(join(this.#lib, 'versions', version, 'check'), '2');
  }

  clock(upS: number, boot = 'boot-1'): void {
    writeFileSync(join(this.root, 'proc/uptime'), `${upS}.17 0.00\n`);
    writeFileSync(join(this.root, 'proc/sys/kernel/random/boot_id'), `${boot}\n`);
  }

  run(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    const { stdout, status } = spawnSync('/bin/sh', [launcher, ...args], {
      env: { PATH: process.env['PATH'], GENGFU_ROOT: this.root, ...env },
      encoding: 'utf8',
    });
    const [started = '', told = ''] = stdout.trim().split('\n');
    return { version: started.split(' ')[0] ?? '', started, told: told.replace('told ', ''), status };
  }

  /** The versions of so many starts, one after the other. */
  starts(count: number): readonly string[] {
    return Array.from({ length: count }, () => this.run().version);
  }

  /** So many starts of the current version have failed, and one more was begun. */
  triedBefore(failed: number): void {
    mkdirSync(this.state, { recursive: true });
    writeFileSync(join(this.state, 'trial'), `2.0 ${failed} begun boot-1 900\n`);
  }

  healthy(): void {
    this.run(['--healthy']);
  }

  ended(result: string): void {
    this.run(['--ended'], { SERVICE_RESULT: result });
  }

  #point(link: string, version: string): void {
    rmSync(join(this.#lib, link), { force: true });
    symlinkSync(`versions/${version}`, join(this.#lib, link));
  }
}

test('a start is the current version with its own flags, the site file and what else was said', () => {
  const box = new Box('1.0');
  const here = join(box.root, 'usr/lib/gengfu/versions/1.0');
  const site = join(box.root, 'etc/gengfu/gateway.yaml');
  expect(box.run(['--json']).started).toBe(
    `1.0 --one --two ${here}/dist/gateway/cli/gengfu.js run --config ${site} --json`,
  );
  expect(box.run(['--cli', 'status']).started).toBe(`1.0 ${here}/dist/gateway/cli/gengfu.js status`);
});

test('without a version before, a version that does not become ready is started all the same', () => {
  expect(new Set(new Box('1.0').starts(5))).toEqual(new Set(['1.0']));
});

test('after three starts that were never ready the version before runs, says so until it is ready, and stays', () => {
  const box = new Box('2.0', '1.0');
  expect(box.starts(4)).toEqual(['2.0', '2.0', '2.0', '1.0']);
  const { told } = box.run();
  expect(versionRolledBackDraft(told)).toMatchObject({
    kind: 'gateway.rolled_back',
    detail: { from: '2.0', to: '1.0', reason: 'not-ready', failed_starts: 3 },
  });
  box.healthy();
  expect(box.run()).toMatchObject({ version: '1.0', told: 'nothing' });
  expect([box.run(['--which']).version, ...box.starts(2)]).toEqual(['1.0', '1.0', '1.0']);
  box.install('3.0');
  expect(box.run().version).toBe('3.0');
});

test('a start that ends badly before it was ready is one that was not ready', () => {
  const box = new Box('2.0', '1.0');
  box.triedBefore(2);
  box.ended('exit-code');
  expect(box.run().told).toBe('2.0 1.0 not-ready 3');
});

test('a version that was ready and lasted is trusted: what it does later is no reason to go back', () => {
  const box = new Box('2.0', '1.0');
  box.run();
  box.clock(1010);
  box.healthy();
  box.clock(1010 + lastingS);
  box.ended('core-dump');
  expect(new Set(box.starts(5))).toEqual(new Set(['2.0']));
});

test.each([
  ['crashes soon after it was ready', 'watchdog', 'boot-1', '1.0'],
  ['is stopped by a person', 'success', 'boot-1', '2.0'],
  ['loses its power after it was ready', null, 'another', '2.0'],
])('a version on trial that %s (%s)', (_, result, nextBoot, version) => {
  const box = new Box('2.0', '1.0');
  for (let n = 0; n < 3; n++) {
    box.clock(1000 + n, nextBoot === 'another' ? `boot-${n}` : nextBoot);
    box.run();
    box.healthy();
    if (result !== null) box.ended(result);
  }
  box.clock(1004, nextBoot);
  expect(box.run().version).toBe(version);
});

test('a version that does not take the site file is given up at once, unless the one before does not take it either', () => {
  const box = new Box('2.0', '1.0');
  box.refusesSite('2.0');
  const { version, told } = box.run();
  expect([version, told]).toEqual(['1.0', '2.0 1.0 site-file 0']);
  const broken = new Box('2.0', '1.0');
  broken.refusesSite('2.0');
  broken.refusesSite('1.0');
  expect(broken.run().version).toBe('2.0');
});

test('a person may give a version that was rolled back another trial', () => {
  const box = new Box('2.0', '1.0');
  box.triedBefore(2);
  expect(box.run().version).toBe('1.0');
  expect(box.run(['--try-again']).started).toContain('2.0');
  expect(box.run().version).toBe('2.0');
  expect(box.run(['--try-again']).started).toContain('no version was rolled back');
});

test.each([
  ['a damaged file of the trial', (box: Box) => writeFileSync(join(box.state, 'trial'), 'x\u0000\n2.0 -9 ??')],
  ['an empty one', (box: Box) => writeFileSync(join(box.state, 'trial'), '')],
  ['a folder that can not be written', (box: Box) => rmSync(box.state, { recursive: true })],
])('%s does not keep the watch from starting', (_, spoil) => {
  const box = new Box('2.0', '1.0');
  box.triedBefore(1);
  spoil(box);
  if (!existsSync(box.state)) writeFileSync(box.state, 'no folder');
  expect(box.run()).toMatchObject({ version: '2.0', status: 0 });
});

test('a version with parts missing is passed over, and without any the launcher says what to do', () => {
  const box = new Box('2.0', '1.0');
  rmSync(join(box.root, 'usr/lib/gengfu/versions/2.0/node'));
  expect(box.run().version).toBe('1.0');
  rmSync(join(box.root, 'usr/lib/gengfu'), { recursive: true });
  expect(box.run().status).toBe(1);
});

test('whenever the power goes, the next start has a version to start, and one that fails is given up in the end', () => {
  const shims = mkdtempSync(join(tmpdir(), 'gengfu-shims-'));
  roots.push(shims);
  // Before its n-th step onto the disk, the launcher is gone.
  for (const tool of ['sync', 'mv', 'rm']) {
    const real = spawnSync('/bin/sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
    const shim = `#!/bin/sh\nn=$(($(cat ${shims}/n) - 1))\necho $n >${shims}/n\nif [ $n -eq 0 ]; then kill -9 $PPID; exit 1; fi\nexec ${real} "$@"\n`;
    writeFileSync(join(shims, tool), shim);
    chmodSync(join(shims, tool), 0o755);
  }
  const versions = new Set<string>();
  for (let step = 1; step <= 9; step++) {
    const box = new Box('2.0', '1.0');
    box.triedBefore(2);
    writeFileSync(join(shims, 'n'), `${step}\n`);
    const cut = box.run([], { PATH: `${shims}:${process.env['PATH'] ?? ''}` });
    versions.add(cut.version);
    expect(box.run()).toMatchObject({ version: '1.0', told: '2.0 1.0 not-ready 3' });
    expect(readdirSync(box.state).filter((name) => name === 'bad')).toEqual(['bad']);
  }
  // Some were cut, and the last had no more steps to be cut at.
  expect(versions).toEqual(new Set(['', '1.0']));
});
