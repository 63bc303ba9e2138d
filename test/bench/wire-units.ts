/** Units of test/foreign-units/wire-unit.c in a process of their own. */
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const source = path.resolve('test/foreign-units/wire-unit.c');
let folder: string | null = null;

/** Compiles the units once; the folder is taken away when the process ends. */
function built(): string {
  if (folder !== null) return folder;
  const made = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-'));
  execFileSync('gcc', ['-O2', '-pthread', source, '-o', path.join(made, 'wire-unit')]);
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
}

export interface WireStats {
  readonly requests: number;
  readonly replies: number;
  readonly unanswered: number;
  readonly badFrames: number;
  readonly violations: number;
  readonly dropped: number;
  readonly gapMeanMs: number;
  readonly gapMinMs: number;
  readonly cpuMs: number;
}

export interface WireUnitsOptions {
  readonly baud: number;
  /** 10 for 8N1. */
  readonly bitsPerChar?: number;
  readonly turnaroundMs?: number;
  readonly dead?: readonly number[];
  /** Requests that break the silence are not answered. */
  readonly enforces?: boolean;
}

let count = 0;

export class WireUnits {
  readonly #waiting: ((line: string) => void)[] = [];
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;

  private constructor(
    readonly tty: string,
    args: readonly string[],
  ) {
    this.#process = spawn(path.join(built(), 'wire-unit'), [tty, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#waiting.shift()?.(line));
  }

  static async start(options: WireUnitsOptions): Promise<WireUnits> {
    const { baud, bitsPerChar = 10, turnaroundMs = 0, dead = [], enforces = false } = options;
    const args = [`${baud}`, `${bitsPerChar}`, '--turnaround', `${turnaroundMs}`];
    if (dead.length > 0) args.push('--dead', dead.join(','));
    if (enforces) args.push('--enforce');
    const units = new WireUnits(path.join(built(), `tty-${process.pid}-${count++}`), args);
    await units.#line();
    return units;
  }

  /** Sets a register of a unit; returns when, on the clock of `process.hrtime`, ms. */
  async set(unit: number, register: number, value: number): Promise<number> {
    const line = await this.#say(`set ${unit} ${register} ${value}`);
    return Number(line.split(' ').at(-1));
  }

  /** Counts since the last call. */
  async stats(): Promise<WireStats> {
    return JSON.parse(await this.#say('stats')) as WireStats;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.on('close', resolve));
    this.#process.kill('SIGTERM');
    await ended;
  }

  #line(): Promise<string> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #say(order: string): Promise<string> {
    const line = this.#line();
    this.#process.stdin.write(`${order}\n`);
    return line;
  }
}

/** `process.hrtime` in ms: CLOCK_MONOTONIC, which other processes see too. */
export function sharedMono(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
