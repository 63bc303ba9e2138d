import { spawnSync } from 'node:child_process';
import { Refusal } from './places.mjs';

/** Runs a program to its end and returns what it printed. Whatever goes wrong is told with the end of what it said. */
export function runTool(program, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  if (error?.code === 'ENOENT') throw new Refusal(`${program} is not installed`);
  if (error !== undefined) throw error;
  if (status !== 0) {
    const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-15).join('\n');
    throw new Refusal(`${program} ${args.slice(0, 3).join(' ')} … ended with ${status}:\n${said}`);
  }
  return stdout ?? '';
}

export function hasTool(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}
