/** What can be shown of the files alone: the same bytes twice, and sums that somebody signed. */
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/places.mjs';
import { runTool } from '../build/run-tool.mjs';

/** zstd: fast; of which compressor a package is says nothing about its reproducibility. */
const buildArgs = ['--compress', 'zstd'];

/** Builds here into `out`, and from a copy of the sources elsewhere. */
export function buildTwice(work, out, arches) {
  const epoch = runTool('git', ['log', '-1', '--format=%ct'], { cwd: root }).trim();
  const elsewhere = join(work, 'another-place/gengfu');
  mkdirSync(elsewhere, { recursive: true });
  const files = runTool('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root }).split('\0').filter(Boolean);
  for (const file of files) cpSync(join(root, file), join(elsewhere, file));
  runTool('cp', ['-al', join(root, 'node_modules'), join(elsewhere, 'node_modules')]);
  const arch = arches.length === 1 ? arches[0] : 'both';
  const build = (folder, to, env) =>
    runTool(process.execPath, [join(folder, 'systemd/package/package.mjs'), '--arch', arch, '--out', to, ...buildArgs], {
      cwd: folder,
      env: { ...process.env, SOURCE_DATE_EPOCH: epoch, GENGFU_SIGNING_KEY: undefined, ...env },
    });
  build(root, out, {});
  // Another place, another umask and time zone, nothing built before.
  const again = join(work, 'again');
  build(elsewhere, again, { GENGFU_BUILT: '', TZ: 'Asia/Shanghai' });
  const names = readdirSync(out).sort();
  if (names.join() !== readdirSync(again).sort().join()) throw new Error(`other files: ${readdirSync(again)}`);
  for (const name of names) {
    if (!readFileSync(join(out, name)).equals(readFileSync(join(again, name)))) throw new Error(`${name} differs`);
  }
  return names.filter((name) => name.endsWith('.deb')).join(', ');
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
