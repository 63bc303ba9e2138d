/** A long proof in a process of its own, beside the others: they do not hear their gateway while somebody here waits for a compiler. */
import { spawn } from 'node:child_process';
import { Refusal } from '../build/places.mjs';
import { playOnArm64 } from './arm64.mjs';
import { buildAgain, buildHere } from './built.mjs';
import { baseTarball } from './fresh-root.mjs';

/** Each gets what JSON can carry, and returns what is to be told of it. */
const tasks = {
  build: buildHere,
  'base-root': () => baseTarball(),
  again: buildAgain,
  arm64: playOnArm64,
};

/** Starts one. `done` resolves with { detail, seconds } of its own, or rejects with what it said. */
export class Beside {
  constructor(task, facts) {
    // A group of its own, so that whatever it has started ends with it.
    this.child = spawn(process.execPath, [import.meta.filename, task, JSON.stringify(facts ?? {})], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    let said = '';
    this.child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    this.done = new Promise((resolve, reject) => {
      this.child.once('close', (code) => {
        this.hasEnded = true;
        const { detail, seconds, failure, isRefusal } = said === '' ? { failure: `${task} ended with ${code}` } : JSON.parse(said);
        if (failure === undefined) resolve({ detail, seconds });
        else reject(isRefusal ? new Refusal(failure) : new Error(failure));
      });
    });
    // Whoever asks hears of it; nobody has to.
    this.done.catch(() => undefined);
  }

  stop() {
    if (this.hasEnded) return;
    try {
      process.kill(-this.child.pid, 'SIGTERM');
    } catch (cause) {
      if (cause.code !== 'ESRCH') throw cause;
    }
  }
}

if (process.argv[1] === import.meta.filename) {
  const began = performance.now();
  const [task, facts] = process.argv.slice(2);
  const tell = (told) => process.stdout.write(JSON.stringify(told));
  try {
    const detail = (await tasks[task](JSON.parse(facts))) ?? '';
    tell({ detail, seconds: Math.round((performance.now() - began) / 100) / 10 });
  } catch (cause) {
    tell({ failure: cause instanceof Error ? cause.message : String(cause), isRefusal: cause instanceof Refusal });
  }
}
