import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Worker threads and process tests run the built JavaScript, so it is built once before the tests. */
export default function buildOnce(): void {
  if (process.env['GENGFU_BUILT'] === '1' && existsSync('dist/gateway/main.js')) return;
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
