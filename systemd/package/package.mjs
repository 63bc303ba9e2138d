/** `npm run package`: .deb of both architectures with what is inside, licences and signed sums. See README.md beside it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packagesInBundles } from './build/bundled.mjs';
import { problemsIn, writeSums } from './build/checksums.mjs';
import { compileAhead } from './build/compile-ahead.mjs';
import { debVersion, isBuilt, makeDeb } from './build/deb.mjs';
import { dependsOf } from './build/elf.mjs';
import { putHandbook } from './build/handbook.mjs';
import { licencesText } from './build/licences.mjs';
import { parseOptions } from './build/options.mjs';
import { Refusal, root } from './build/places.mjs';
import { hasTool, runTool } from './build/run-tool.mjs';
import { fetchRuntime } from './build/runtime.mjs';
import { sbomText } from './build/sbom.mjs';
import { elfFiles, makeTree } from './build/tree.mjs';

const megabyte = 1e6;
const say = (text) => process.stderr.write(`${text}\n`);

async function build({ arches, out, version, compress, key }) {
  if (!hasTool('dpkg-deb')) throw new Refusal('dpkg-deb, which writes the package, is not installed: apt install dpkg');
  if (process.env.GENGFU_BUILT !== '1' || !isBuilt()) runTool('npm', ['run', '--silent', 'build'], { cwd: root });
  const runtime = fetchRuntime();
  await compileAhead(arches);
  const name = version ?? debVersion();
  const epoch = commitTime();
  rmSync(resolve(out), { recursive: true, force: true });
  mkdirSync(resolve(out), { recursive: true });
  for (const arch of arches) {
    const started = performance.now();
    const told = await buildOne({ arch, version: name, out: resolve(out), compress, runtime, epoch });
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    say(
      `gengfu_${name}_${arch}.deb: ${mb(told.debBytes)} MB, installed ${mb(told.bytes)} MB in ${told.files} files, ` +
        `needs ${told.depends} (${seconds} s)`,
    );
  }
  const isSigned = writeSums(resolve(out), key);
  say(isSigned ? 'SHA256SUMS is signed' : 'SHA256SUMS is NOT signed: no GENGFU_SIGNING_KEY and no --key');
}

async function buildOne({ arch, version, out, compress, runtime, epoch }) {
  const staging = mkdtempSync(join(tmpdir(), 'gengfu-package-'));
  try {
    const folder = join(staging, 'usr/lib/gengfu/package');
    const { installed, modules } = await makeTree({ folder, arch, version, runtime, say });
    const parts = [...new Set([...modules, ...packagesInBundles(installed)])].sort();
    const sbom = sbomText({ version, arch, parts, runtime, epoch });
    const doc = join(staging, 'usr/share/doc/gengfu');
    mkdirSync(doc, { recursive: true });
    writeFileSync(join(doc, 'sbom.cdx.json'), sbom);
    writeFileSync(join(doc, 'copyright'), licencesText(parts, runtime, arch));
    putHandbook(doc);
    const depends = dependsOf(elfFiles(folder), arch);
    const base = `gengfu_${version}_${arch}`;
    const file = join(out, `${base}.deb`);
    const { bytes, files } = makeDeb({ staging, file, version, arch, depends, epoch, compress });
    cpSync(join(doc, 'sbom.cdx.json'), join(out, `${base}.cdx.json`));
    cpSync(join(doc, 'copyright'), join(out, `${base}.licences.txt`));
    return { depends, bytes, files, debBytes: statSync(file).size };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Seconds since 1970 of what is built: a package carries no other time. */
function commitTime() {
  const given = process.env.SOURCE_DATE_EPOCH;
  return Number(given ?? runTool('git', ['log', '-1', '--format=%ct'], { cwd: root }));
}

function mb(bytes) {
  return (bytes / megabyte).toFixed(1);
}

function check({ folder, key }) {
  const problems = problemsIn(resolve(folder), key);
  for (const problem of problems) say(problem);
  if (problems.length > 0) throw new Refusal(`${folder} is NOT as it was built`);
  say(key === null ? `${folder}: the sums are right; who made them was not checked (no --key)` : `${folder}: signed, and unchanged`);
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.verb === 'verify') check(options);
  else if (options.verb === 'sign') writeSums(resolve(options.folder), options.key);
  else await build(options);
} catch (cause) {
  if (!(cause instanceof Refusal)) throw cause;
  say(cause.message);
  process.exitCode = 1;
}
