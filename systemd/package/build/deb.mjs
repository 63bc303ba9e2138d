/** One .deb: the tree of a version, and what the system is told of it. The same bytes from the same sources, wherever it is built. */
import { chmodSync, copyFileSync, existsSync, lstatSync, lutimesSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { own, root } from './places.mjs';
import { filesUnder } from './reachable.mjs';
import { runTool } from './run-tool.mjs';

const unit = /\.(?:service|timer|target|path|socket)$/;
const scripts = ['postinst', 'prerm', 'postrm'];
const kib = 1024;

/** xz: 29 MB after a minute. zstd: 37 MB after six seconds, for a package that goes no further than this machine. none: to be compared. */
export const compressions = { xz: ['-Zxz'], zstd: ['-Zzstd', '-z9'], none: ['-Znone'] };

/** Where files of systemd/package/files go. */
const places = {
  '70-gengfu.rules': 'usr/lib/udev/rules.d/70-gengfu.rules',
  'modules-load.conf': 'usr/lib/modules-load.d/gengfu.conf',
  'journald.conf': 'usr/lib/systemd/journald.conf.d/60-gengfu.conf',
  'sysusers.conf': 'usr/lib/sysusers.d/gengfu.conf',
  'tmpfiles.conf': 'usr/lib/tmpfiles.d/gengfu.conf',
  'gengfu.service.conf': 'usr/lib/systemd/system/gengfu.service.d/package.conf',
};

/** Of systemd/, what is neither a unit nor only read by us. */
const besideUnits = { 'gengfu-watchdog.conf': 'usr/lib/systemd/system.conf.d/gengfu-watchdog.conf' };

/** Where each shell looks for what completes a command by its name. */
const completions = {
  bash: 'usr/share/bash-completion/completions/gengfu',
  zsh: 'usr/share/zsh/vendor-completions/_gengfu',
  fish: 'usr/share/fish/vendor_completions.d/gengfu.fish',
};

/** `staging` holds usr/lib/gengfu/package and usr/share/doc/gengfu already. Writes `file`. */
export function makeDeb({ staging, file, version, arch, depends, epoch, compress }) {
  const put = (from, to, mode) => {
    const place = join(staging, to);
    mkdirSync(dirname(place), { recursive: true });
    copyFileSync(from, place);
    chmodSync(place, mode);
  };
  for (const [name, place] of Object.entries(places)) put(join(own, 'files', name), place, 0o644);
  for (const name of ['gengfu-start', 'serial-name']) put(join(own, name), `usr/lib/gengfu/${name}`, 0o755);
  put(join(own, 'gengfu'), 'usr/bin/gengfu', 0o755);
  putUnits(put);
  putCompletions(staging);
  rmSync(join(staging, 'DEBIAN'), { recursive: true, force: true });
  for (const name of scripts) put(join(own, 'debian', name), `DEBIAN/${name}`, 0o755);
  const bytes = filesUnder(staging).reduce((sum, path) => sum + statSync(join(staging, path)).size, 0);
  writeFileSync(join(staging, 'DEBIAN/control'), control({ version, arch, depends, installedKib: Math.ceil(bytes / kib) }));
  writeFileSync(join(staging, 'DEBIAN/md5sums'), sums(staging));
  settle(staging, epoch);
  mkdirSync(dirname(file), { recursive: true });
  // One thread: how xz cuts its blocks must not depend on the machine.
  runTool('dpkg-deb', ['--root-owner-group', ...compressions[compress], '--threads-max=1', '--build', staging, file], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) },
  });
  return { bytes, files: filesUnder(staging).length - scripts.length - 2 };
}

/** Units, and folders of drop-ins beside them, as systemd/ has them. */
function putUnits(put) {
  for (const entry of readdirSync(join(root, 'systemd'), { withFileTypes: true })) {
    const from = join(root, 'systemd', entry.name);
    if (entry.isFile() && unit.test(entry.name)) put(from, `usr/lib/systemd/system/${entry.name}`, 0o644);
    if (Object.hasOwn(besideUnits, entry.name)) put(from, besideUnits[entry.name], 0o644);
    if (!entry.isDirectory() || !entry.name.endsWith('.d')) continue;
    // Of a unit (gengfu.service.d), or of systemd itself (system.conf.d).
    const to = unit.test(entry.name.slice(0, -2)) ? `usr/lib/systemd/system/${entry.name}` : `usr/lib/systemd/${entry.name}`;
    for (const path of filesUnder(from)) put(join(from, path), `${to}/${path}`, 0o644);
  }
}

/** As the program itself prints them. */
function putCompletions(staging) {
  for (const [shell, place] of Object.entries(completions)) {
    const file = join(staging, place);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, runTool(process.execPath, [join(root, 'dist/gateway/cli/gengfu.js'), 'completion', shell]), { mode: 0o644 });
    chmodSync(file, 0o644);
  }
}

function control({ version, arch, depends, installedKib }) {
  return `${[
    'Package: gengfu',
    `Version: ${version}`,
    `Architecture: ${arch}`,
    'Maintainer: Gengfu <gengfu@localhost>',
    'Section: net',
    'Priority: optional',
    `Installed-Size: ${installedKib}`,
    `Depends: ${depends}`,
    // Recommended, they would be asked of a network that is not there.
    'Suggests: udev, kmod, alsa-utils, i2c-tools',
    'Description: Gengfu, the box that watches a village',
    ' Reads the smoke, electrical and water sensors of a village, sounds sirens and',
    ' loudspeakers, keeps every event, shows what to do and tells the district.',
    ' Carries its own Node.js; needs nothing from the network to be installed.',
    ' .',
    ' An upgrade keeps the version before, which runs again by itself when the new',
    ' one does not become healthy. Site file and data are kept until purge.',
  ].join('\n')}\n`;
}

function sums(staging) {
  const paths = filesUnder(staging).filter((path) => !path.startsWith('DEBIAN/'));
  return runTool('md5sum', ['--', ...paths], { cwd: staging });
}

/** Times and rights of everything, so that neither the hour nor the umask of whoever builds gets in. */
function settle(staging, epoch) {
  chmodSync(staging, 0o755);
  lutimesSync(staging, epoch, epoch);
  for (const name of readdirSync(staging, { recursive: true })) {
    const place = join(staging, String(name));
    const facts = lstatSync(place);
    if (!facts.isSymbolicLink()) chmodSync(place, facts.isDirectory() || (facts.mode & 0o100) !== 0 ? 0o755 : 0o644);
    lutimesSync(place, epoch, epoch);
  }
}

/** Of package.json, as Debian orders versions. */
export function debVersion() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return version.replace('-', '~');
}

export function isBuilt() {
  return existsSync(join(root, 'dist/gateway/cli/gengfu.js'));
}
