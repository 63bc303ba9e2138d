/** What can be shown of the files alone: the same bytes twice, and sums that somebody signed. */
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/places.mjs';
import { runTool } from '../build/run-tool.mjs';

/** Of which compressor a package is says nothing about its reproducibility: the first is one that can be installed soon, the second none. */
const [firstCompress, secondCompress] = ['zstd', 'none'];
/** The one that is built twice: both go the same way, and this one's native modules are for this machine. */
const twice = 'amd64';

export function buildHere({ out, arches }) {
  build(root, out, arches.length === 1 ? arches[0] : 'both', firstCompress, {});
  return readdirSync(out)
    .filter((name) => name.endsWith('.deb'))
    .join(', ');
}

/** From a copy of the sources in another place, with another umask and time zone, nothing built before. Compiled modules are of the same cache. */
export function buildAgain({ work, out }) {
  const elsewhere = join(work, 'another-place/gengfu');
  mkdirSync(elsewhere, { recursive: true });
  const files = runTool('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root }).split('\0').filter(Boolean);
  for (const file of files.filter((each) => existsSync(join(root, each)))) cpSync(join(root, file), join(elsewhere, file));
  copyModules(elsewhere);
  const again = join(work, 'again');
  process.umask(0o077);
  build(elsewhere, again, twice, secondCompress, { GENGFU_BUILT: '', TZ: 'Asia/Shanghai' });
  const names = readdirSync(again).filter((name) => !name.startsWith('SHA256SUMS'));
  for (const name of names) {
    const [here, there] = [join(out, name), join(again, name)];
    if (!existsSync(here)) throw new Error(`the first build has no ${name}`);
    const isSame = name.endsWith('.deb') ? insideOf(here) === insideOf(there) : readFileSync(here).equals(readFileSync(there));
    if (!isSame) throw new Error(`${name} differs`);
  }
  return `${names.join(', ')}: control, files, bill of materials and licences`;
}

function build(folder, to, arch, compress, env) {
  const epoch = runTool('git', ['log', '-1', '--format=%ct'], { cwd: root }).trim();
  runTool(process.execPath, [join(folder, 'systemd/package/package.mjs'), '--arch', arch, '--out', to, '--compress', compress], {
    cwd: folder,
    env: { ...process.env, SOURCE_DATE_EPOCH: epoch, GENGFU_SIGNING_KEY: undefined, ...env },
  });
}

/** Hard links cost nothing; they do not reach another file system. */
function copyModules(elsewhere) {
  const copy = (how) => runTool('cp', [how, join(root, 'node_modules'), elsewhere]);
  try {
    copy('-al');
  } catch {
    copy('-a');
  }
}

/** Sums of both archives inside a package, as they are before they are compressed. */
function insideOf(deb) {
  const script = 'set -e; for what in ctrl fsys; do dpkg-deb --$what-tarfile "$1" | sha256sum; done';
  return runTool('sh', ['-c', script, 'sh', deb]);
}

export function signAndTamper(work, out) {
  const folder = join(work, 'signed');
  cpSync(out, folder, { recursive: true });
  const [key, publicKey] = [join(work, 'key.pem'), join(work, 'key.pub.pem')];
  runTool('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', key]);
  writeFileSync(publicKey, runTool('openssl', ['pkey', '-in', key, '-pubout']));
  const packages = join(import.meta.dirname, '../package.mjs');
  runTool(process.execPath, [packages, 'sign', folder, '--key', key]);
  const verify = () => runTool(process.execPath, [packages, 'verify', folder, '--key', publicKey]);
  verify();
  // The same by hand, as the README has it.
  runTool('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', publicKey, '-rawin', '-in', 'SHA256SUMS', '-sigfile', 'SHA256SUMS.sig'], { cwd: folder });
  runTool('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder });
  const [deb] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
  appendFileSync(join(folder, deb), '\0');
  mustFail(verify, `${deb} was changed`);
  runTool(process.execPath, [packages, 'sign', folder, '--key', key]);
  verify();
  appendFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  more\n`);
  mustFail(verify, 'the list was changed');
}

function mustFail(act, what) {
  try {
    act();
  } catch {
    return;
  }
  throw new Error(`${what}, and nobody saw it`);
}
