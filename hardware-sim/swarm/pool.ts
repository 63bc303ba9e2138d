/** Several workers at once, each with a seed of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { SeedResult } from './run-seed.js';
import type { SeedTask, WorkerWord } from './worker.js';

export interface Finished {
  readonly task: SeedTask;
  /** Null: the worker crashed. */
  readonly result: SeedResult | null;
  /** What it wrote to standard error when it crashed. */
  readonly crash: string | null;
  /** Of processors, ms; null when it crashed. */
  readonly cpuMs: number | null;
  readonly rssMb: number | null;
}

export interface PoolEvents {
  onFinished(finished: Finished): void | Promise<void>;
  /** Of the virtual time of all tasks under way, ms. */
  onProgress(runningMs: number): void;
}

const stderrMaxChars = 4_000;
const workerFile = join(import.meta.dirname, 'worker.js');

export class Pool {
  readonly #tasks: SeedTask[];
  readonly #running = new Map<ChildProcess, number>();
  #isEnded = false;

  constructor(
    tasks: readonly SeedTask[],
    private readonly jobs: number,
    private readonly events: PoolEvents,
  ) {
    this.#tasks = [...tasks];
  }

  /** Resolves when every task is finished, or after end(). */
  async run(): Promise<void> {
    const count = Math.min(this.jobs, this.#tasks.length);
    await Promise.all(Array.from({ length: count }, () => this.#work()));
  }

  /** Workers are stopped; what they had under way is nothing. */
  end(): void {
    this.#isEnded = true;
    for (const child of this.#running.keys()) child.kill('SIGKILL');
  }

  async #work(): Promise<void> {
    let child: ChildProcess | null = null;
    for (let task = this.#tasks.shift(); task !== undefined && !this.#isEnded; task = this.#tasks.shift()) {
      child ??= this.#start();
      const finished = await this.#ask(child, task);
      if (finished.result === null) child = null;
      if (!this.#isEnded) await this.events.onFinished(finished);
    }
    if (child !== null) {
      this.#running.delete(child);
      child.disconnect();
    }
  }

  /** The village is in China, whatever this machine thinks. */
  #start(): ChildProcess {
    const child = fork(workerFile, [], {
      env: { ...process.env, TZ: 'Asia/Shanghai' },
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    this.#running.set(child, 0);
    return child;
  }

  #ask(child: ChildProcess, task: SeedTask): Promise<Finished> {
    return new Promise((resolve) => {
      let stderr = '';
      const hear = (chunk: Buffer): void => {
        stderr = (stderr + chunk.toString('utf8')).slice(-stderrMaxChars);
      };
      const done = (finished: Omit<Finished, 'task'>): void => {
        child.off('message', onWord).off('exit', onExit);
        child.stderr?.off('data', hear);
        this.#running.set(child, 0);
        resolve({ task, ...finished });
      };
      const onWord = (word: WorkerWord): void => {
        if (word.kind === 'result') done({ result: word.result, crash: null, cpuMs: word.cpuMs, rssMb: word.rssMb });
        else {
          this.#running.set(child, word.doneMs);
          this.events.onProgress([...this.#running.values()].reduce((sum, ms) => sum + ms, 0));
        }
      };
      const onExit = (code: number | null, signal: string | null): void => {
        this.#running.delete(child);
        done({ result: null, crash: `exit ${code ?? signal}\n${stderr}`, cpuMs: null, rssMb: null });
      };
      child.on('message', onWord).on('exit', onExit);
      child.stderr?.on('data', hear);
      child.send(task);
    });
  }
}
