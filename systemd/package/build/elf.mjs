/** What the programs in the package need of the system's libraries, read from their symbols. */
import { Refusal, toolOf } from './places.mjs';
import { runTool } from './run-tool.mjs';

/** The oldest system that we promise: Debian 12. */
const glibcMax = '2.36';
const libstdcxxMax = '12';
/** Which libstdc++6 of Debian first had a symbol version. */
const libstdcxxOf = [
  ['3.4.33', '14'],
  ['3.4.31', '13'],
  ['3.4.30', '12'],
  ['3.4.29', '11'],
  ['3.4.26', '9'],
  ['0', '8'],
];
const known = /^(?:lib(?:c|m|dl|pthread|rt|stdc\+\+|gcc_s)\.so\.\d+|ld-linux-.*\.so\.\d)$/;

/** The line `Depends:` of the package. Throws when something needs more than a library of the oldest system has. */
export function dependsOf(files, arch) {
  const readelf = toolOf(arch, 'readelf');
  let glibc = '0';
  let glibcxx = '0';
  for (const file of files) {
    const told = runTool(readelf, ['--wide', '--dynamic', '--version-info', file]);
    for (const [, name] of told.matchAll(/\(NEEDED\).*\[(.+)\]/g)) {
      if (!known.test(name)) throw new Refusal(`${file} needs ${name}, which the package does not depend on`);
    }
    for (const [, version] of told.matchAll(/\bGLIBC_(\d+(?:\.\d+)+)/g)) glibc = later(glibc, version);
    for (const [, version] of told.matchAll(/\bGLIBCXX_(\d+(?:\.\d+)+)/g)) glibcxx = later(glibcxx, version);
  }
  const libstdcxx = libstdcxxOf.find(([from]) => later(from, glibcxx) === glibcxx)[1];
  if (later(glibc, glibcMax) !== glibcMax || later(libstdcxx, libstdcxxMax) !== libstdcxxMax) {
    throw new Refusal(`it needs GLIBC_${glibc} and GLIBCXX_${glibcxx}: more than Debian 12 has; compile it on Debian 12`);
  }
  return `libc6 (>= ${glibc}), libgcc-s1, libstdc++6 (>= ${libstdcxx})`;
}

function later(a, b) {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference > 0 ? a : b;
  }
  return a;
}
