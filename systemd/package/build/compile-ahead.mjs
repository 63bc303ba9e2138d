/** Compiles for all architectures beside each other: a process for each, and what it made is found in the cache. */
import { spawn } from 'node:child_process';
import { compileModules } from './native.mjs';
import { Refusal } from './places.mjs';
import { fetchRuntime } from './runtime.mjs';

const say = (text) => process.stderr.write(`${text}\n`);

export async function compileAhead(arches) {
  const ends = await Promise.all(
    arches.map(
      (arch) =>
        new Promise((resolve) => {
          const child = spawn(process.execPath, [import.meta.filename, arch], { stdio: ['ignore', 'inherit', 'inherit'] });
          child.once('close', (code) => resolve(code));
        }),
    ),
  );
  if (ends.some((code) => code !== 0)) throw new Refusal('the native modules could not be compiled');
}

if (process.argv[1] === import.meta.filename) {
  try {
    compileModules(fetchRuntime(), process.argv[2], say);
  } catch (cause) {
    say(cause instanceof Refusal ? cause.message : cause.stack);
    process.exitCode = 1;
  }
}
