/** shellcheck has nothing to say of any script of the repository. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/places.mjs';
import { hasTool, runTool } from '../build/run-tool.mjs';

const headBytes = 64;
/** What stands in single quotes is meant for another program. */
const meant = 'SC2016';

export function checkShellFiles() {
  if (!hasTool('shellcheck')) return 'left out: shellcheck is not installed (apt install shellcheck)';
  const files = runTool('git', ['ls-files', '-z'], { cwd: root }).split('\0').filter((file) => file !== '' && isShell(file));
  runTool('shellcheck', ['--exclude', meant, ...files], { cwd: root });
  return `${files.length} files`;
}

function isShell(file) {
  const place = join(root, file);
  if (!existsSync(place)) return false;
  const head = Buffer.alloc(headBytes);
  const handle = openSync(place, 'r');
  try {
    readSync(handle, head, 0, headBytes, 0);
  } finally {
    closeSync(handle);
  }
  return /^#!.*\b(?:ba|da)?sh\b/.test(head.toString('latin1'));
}
