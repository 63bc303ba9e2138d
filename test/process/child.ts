import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** Programs are started, on a computer that does other things besides; nobody waits that long when all is well. */
export const waitMaxMs = 30_000;

const started = new Set<Child>();

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Takes each line of its standard output; then none is kept. */
  readonly onLine?: (line: string) => void;
}

/** A program under test or beside it: its lines are kept, and awaited instead of time. */
export class Child {
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  readonly exited: Promise<number | null>;
  #process: ChildProcessByStdio<Writable, Readable, Readable>;
  #exit: { readonly code: number | null } | null = null;
  #listeners: (() => void)[] = [];

  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
    { onLine, ...options }: ChildOptions = {},
  ) {
    this.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    started.add(this);
    collectLines(this.#process.stdout, onLine ?? ((line) => this.#took(this.lines, line)));
    collectLines(this.#process.stderr, (line) => this.#took(this.errors, line));
    this.exited = new Promise((resolve) => {
      this.#process.on('error', (error) => this.#took(this.errors, String(error)));
      this.#process.on('close', (code) => {
        this.#exit = { code };
        started.delete(this);
        for (const listener of this.#listeners.splice(0)) listener();
        resolve(code);
      });
    });
    this.#process.stdin.on('error', () => undefined);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  say(line: string): void {
    this.#process.stdin.write(`${line}\n`);
  }

  /** No more is said. */
  end(): void {
    this.#process.stdin.end();
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): void {
    this.#process.kill(signal);
  }

  /** The first line (from the n-th on) that fits; rejects when the child ends or `limitMs` pass before. */
  async line(fits: (line: string) => boolean, limitMs = waitMaxMs, from = 0): Promise<string> {
    const find = (): string | undefined => this.lines.slice(from).find(fits);
    return await this.#until(find, limitMs);
  }

  /** The same on its standard error. */
  async errorLine(fits: (line: string) => boolean, limitMs = waitMaxMs): Promise<string> {
    return await this.#until(() => this.errors.find(fits), limitMs);
  }

  async #until(find: () => string | undefined, limitMs: number): Promise<string> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || this.#exit !== null) throw new Error(this.#story(`nothing fitted in ${limitMs} ms`));
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#listeners.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #took(into: string[], line: string): void {
    into.push(line);
    for (const listener of this.#listeners.splice(0)) listener();
  }

  #story(what: string): string {
    const end = this.#exit === null ? 'still runs' : `ended with ${this.#exit.code}`;
    return `${this.name}: ${what}; it ${end}\n${this.lines.slice(-15).join('\n')}\n${this.errors.slice(-15).join('\n')}`;
  }
}

/** For afterEach: nothing that a test started outlives it. */
export async function killAll(): Promise<void> {
  const running = [...started];
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(running.map((child) => child.exited));
}

function collectLines(stream: Readable, took: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) took(part);
  });
  stream.on('end', () => {
    if (rest !== '') took(rest);
  });
}
