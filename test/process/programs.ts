import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const probes: Readonly<Record<string, () => boolean>> = {
  socat: () => onPath('socat'),
  openssl: () => onPath('openssl'),
  mosquitto: () => onPath('mosquitto'),
  mosquitto_sub: () => onPath('mosquitto_sub'),
  // pyenv and the like hide Debian's packages; the tests use the system's interpreter.
  pymodbus: () =>
    spawnSync('/usr/bin/python3', ['-c', 'import pymodbus, serial_asyncio'], { stdio: 'ignore' }).status === 0,
};

/** The real parts that a test file needs. In CI they must be there; elsewhere the file says what it leaves out. */
export function missingPrograms(...names: readonly string[]): boolean {
  const missing = names.filter((name) => probes[name]?.() !== true);
  if (missing.length === 0) return false;
  const text = `not found: ${missing.join(', ')}`;
  if (process.env['CI'] === 'true') throw new Error(`${text}; CI must have installed them (.ci/run)`);
  process.stderr.write(`left out, ${text}\n`);
  return true;
}

function onPath(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];
  return folders.some((folder) => existsSync(`${folder}/${program}`));
}
