import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Worker threads and process tests run the built JavaScript, so it is built once before the tests. */
export default function buildOnce(): void {
  // Whoever runs the tests as a service: the gateways of the tests are not that service.
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID', 'RUNTIME_DIRECTORY', 'STATE_DIRECTORY']) {
    delete process.env[name];
  }
  if (process.env['GENGFU_BUILT'] === '1' && existsSync('dist/gateway/main.js')) return;
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
