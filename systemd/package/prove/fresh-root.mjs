/** A fresh Debian in a folder: what debootstrap makes of the mirror that apt uses here, kept as a tarball. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, Refusal } from '../build/places.mjs';
import { runTool } from '../build/run-tool.mjs';
import { Talk } from './talk.mjs';

/** Ours alone: with its own proc, and the pseudo-terminals of this machine. */
const mounts = [
  ['proc', ['-t', 'proc', 'proc']],
  ['dev/pts', ['--bind', '/dev/pts']],
];

export class FreshRoot {
  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    const tarball = baseTarball();
    runTool('tar', ['-xf', tarball, '-C', folder]);
    for (const [place, args] of mounts) {
      mkdirSync(join(folder, place), { recursive: true });
      runTool('mount', [...args, join(folder, place)]);
    }
  }

  path(inside) {
    return join(this.folder, inside);
  }

  /** Returns { status, text }. `offline`: without any network. `user`: null is root. */
  run(command, { user = null, offline = false, env = {} } = {}) {
    const [program, args] = this.#enter(command, user, offline);
    const done = spawnSync(program, args, { encoding: 'utf8', input: '', env: { ...plainEnv, ...env } });
    return { status: done.status, text: `${done.stdout ?? ''}${done.stderr ?? ''}` };
  }

  /** Throws with what was said unless it ends with 0. */
  must(command, options) {
    const { status, text } = this.run(command, options);
    if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${text.trim().split('\n').slice(-12).join('\n')}`);
    return text;
  }

  /** As `must`, and whoever speaks meanwhile is heard. */
  async mustSlowly(command, options) {
    const talk = new Talk(this.start(command, options));
    const status = await talk.ended;
    const text = talk.lines.join('\n');
    if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${talk.lines.slice(-12).join('\n')}`);
    return text;
  }

  start(command, { user = null, env = {} } = {}) {
    const [program, args] = this.#enter(command, user, false);
    return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...plainEnv, ...env } });
  }

  #enter(command, user, offline) {
    const whose = user === null ? [] : [`--userspec=${user}:${user}`];
    const inside = ['chroot', ...whose, this.folder, ...command];
    return offline ? ['unshare', ['--net', ...inside]] : ['chroot', inside.slice(1)];
  }

  /** @param isKept its files stay, to be looked at. */
  close(isKept) {
    for (const [place] of [...mounts].reverse()) spawnSync('umount', ['--lazy', join(this.folder, place)]);
    if (readFileSync('/proc/mounts', 'utf8').includes(`${this.folder}/`)) return;
    if (!isKept) rmSync(this.folder, { recursive: true, force: true });
  }
}

const plainEnv = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  DEBIAN_FRONTEND: 'noninteractive',
  LANG: 'C.UTF-8',
  HOME: '/root',
};

export function baseTarball() {
  const suite = /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  const mirror = runTool('apt-get', ['indextargets', '--format', '$(SITE) $(CODENAME) $(COMPONENT) $(IDENTIFIER)'])
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, codename, component, what]) => codename === suite && component === 'main' && what === 'Packages')?.[0];
  if (suite === undefined || mirror === undefined) throw new Refusal('no mirror of this Debian among the sources of apt; run apt-get update');
  const place = join(cache, `root-${suite}.tar`);
  if (existsSync(place)) return place;
  const folder = join(cache, `root-${process.pid}`);
  try {
    runTool('debootstrap', ['--variant=minbase', suite, folder, mirror]);
    runTool('tar', ['-cf', `${place}.${process.pid}`, '-C', folder, '.']);
    renameSync(`${place}.${process.pid}`, place);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return place;
}
