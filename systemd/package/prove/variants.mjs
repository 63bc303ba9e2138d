/** The same package as another version, whole or broken: for upgrades. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../build/run-tool.mjs';
import { seal } from '../build/tree.mjs';

/** `isBroken`: `gengfu run` ends at once. Everything else of it works, as of a release with a bug at its start. */
export function variantOf(deb, version, file, isBroken) {
  const folder = mkdtempSync(join(tmpdir(), 'gengfu-variant-'));
  try {
    runTool('dpkg-deb', ['--raw-extract', deb, folder]);
    const control = join(folder, 'DEBIAN/control');
    writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, `Version: ${version}`));
    rmSync(join(folder, 'DEBIAN/md5sums'));
    const tree = join(folder, 'usr/lib/gengfu/package');
    const about = JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8'));
    writeFileSync(join(tree, 'package.json'), JSON.stringify({ ...about, version }));
    const program = join(tree, 'dist/gateway/cli/gengfu.js');
    if (isBroken) {
      const text = readFileSync(program, 'utf8').replace(/^#!.*\n/, '');
      writeFileSync(program, "if (process.argv[2] === 'run') process.exit(1);\n");
      writeFileSync(join(tree, 'dist/gateway/cli/whole.js'), text);
      appendFileSync(program, "await import('./whole.js');\n");
    }
    seal(tree, version);
    runTool('dpkg-deb', ['--root-owner-group', '-Znone', '--build', folder, file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
