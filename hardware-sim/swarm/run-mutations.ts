/**
 * Breaks a copy of the tree in one way after the other and looks who says so: `npm run swarm -- --mutations [name …]`.
 * Run from the root of the sources. The working tree is only read, but for the table in test/swarm/README.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../drivers/clock.js';
import { type Mutation, mutations } from './mutations.js';
import type { SeedResult } from './run-seed.js';

const seedsMax = 12;
const runMaxMs = 300_000;
const sources = ['config', 'drivers', 'sync', 'gateway', 'hardware-sim', 'package.json', 'tsconfig.json'];
const readme = 'test/swarm/README.md';
const [tableBegins, tableEnds] = ['<!-- mutations -->', '<!-- /mutations -->'];
const minuteMs = 60_000;

interface Caught {
  readonly mutation: Mutation;
  /** Null: nobody says anything. */
  readonly by: string | null;
  readonly seed: number | null;
  readonly virtualMs: number;
  readonly tookMs: number;
}

const clock = new SystemClock();
const root = process.cwd();

/** The exit status: 0 when each was caught by the judge that it is meant for, 1 when not, 2 for a name that is none. */
export function runMutations(wanted: readonly string[]): number {
  const unknown = wanted.find((name) => !mutations.some((each) => each.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`没有变异 ${unknown}\nno mutation ${unknown}\n`);
    return 2;
  }
  return new MutationRun(wanted).run();
}

class MutationRun {
  readonly #tree = mkdtempSync(join(tmpdir(), 'gengfu-mutations-'));
  readonly #chosen: readonly Mutation[];
  readonly #isWhole: boolean;

  constructor(wanted: readonly string[]) {
    this.#isWhole = wanted.length === 0;
    this.#chosen = mutations.filter(({ name }) => this.#isWhole || wanted.includes(name));
  }

  run(): number {
    try {
      return this.#runAll();
    } finally {
      rmSync(this.#tree, { recursive: true, force: true });
    }
  }

  #runAll(): number {
    for (const name of [...sources, 'tsconfig.build.json'])
      cpSync(join(root, name), join(this.#tree, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.#tree, 'node_modules'));
    this.#build();
    // Whoever accuses the sound this.#tree proves nothing of a broken one: such a seed is told and left out.
    const seeds = Array.from({ length: seedsMax }, (_, at) => at + 1).filter((seed) => {
      const [first] = this.#run(seed, 1, false).violations;
      if (first !== undefined) process.stderr.write(`seed ${seed} left out: ${first.checker}: ${first.what}\n`);
      return first === undefined;
    });
    const results = this.#chosen.map((mutation) => {
      const caught = this.#tryOne(mutation, seeds);
      process.stdout.write(`${rowOf(caught)}\n`);
      return caught;
    });
    if (this.#isWhole) writeTable(results);
    return results.every(({ by, mutation }) => by === mutation.checker) ? 0 : 1;
  }

  #tryOne(mutation: Mutation, seeds: readonly number[]): Caught {
    const { name, hours = 1, isQuiet = false, checker } = mutation;
    const edits = mutation.also === undefined ? [mutation] : [mutation, mutation.also];
    const originals = edits.map(({ file }) => readFileSync(join(this.#tree, file), 'utf8'));
    for (const [at, { file, find, replace }] of edits.entries()) {
      const original = originals[at] ?? '';
      if (original.split(find).length !== 2) throw new Error(`${name}: its text must stand once in ${file}`);
      writeFileSync(
        join(this.#tree, file),
        original.replace(find, () => replace),
      );
    }
    const beganMono = clock.mono();
    let virtualMs = 0;
    let other: { readonly by: string; readonly seed: number } | null = null;
    try {
      this.#build();
      for (const seed of seeds) {
        const result = this.#run(seed, hours, isQuiet);
        virtualMs += result.virtualMs;
        const [first] = result.violations;
        if (result.violations.some((each) => each.checker === checker)) {
          return { mutation, by: checker, seed, virtualMs, tookMs: clock.mono() - beganMono };
        }
        if (first?.checker === 'no-crash') process.stderr.write(`${name}: ${first.what}\n`);
        if (first !== undefined) other ??= { by: first.checker, seed };
        // Somebody else has said so; whoever was expected gets three seeds more.
        if (other !== null && seed >= other.seed + 3) break;
      }
      return {
        mutation,
        by: other?.by ?? null,
        seed: other?.seed ?? null,
        virtualMs,
        tookMs: clock.mono() - beganMono,
      };
    } finally {
      for (const [at, { file }] of edits.entries()) writeFileSync(join(this.#tree, file), originals[at] ?? '');
    }
  }

  /** What no longer compiles is a mutation gone stale; what is not used any more is part of the game. */
  #build(): void {
    const compiler = join(root, 'node_modules/.bin/tsc');
    const flags = [
      '--allowUnreachableCode',
      'true',
      '--noUnusedLocals',
      'false',
      '--noUnusedParameters',
      'false',
      '--sourceMap',
      'false',
    ];
    execFileSync(compiler, ['-p', 'tsconfig.build.json', '--incremental', ...flags], {
      cwd: this.#tree,
      stdio: 'inherit',
    });
    for (const name of [
      'config/profiles',
      'config/examples',
      'hardware-sim/scenarios',
      'hardware-sim/swarm/hamlet.yaml',
    ]) {
      const to = join(this.#tree, 'dist', name);
      if (!existsSync(to)) cpSync(join(this.#tree, name), to, { recursive: true });
    }
  }

  #run(seed: number, hours: number, isQuiet: boolean): SeedResult {
    const args = ['--expose-gc', 'dist/hardware-sim/swarm/mutant.js', String(seed), String(hours)];
    const { stdout, stderr, status } = spawnSync(process.execPath, isQuiet ? [...args, 'quiet'] : args, {
      ...{ cwd: this.#tree, encoding: 'utf8', timeout: runMaxMs, maxBuffer: 1 << 26 },
      env: { ...process.env, TZ: 'Asia/Shanghai' },
    });
    if (status === 0) return JSON.parse(stdout) as SeedResult;
    const violations = [{ checker: 'no-crash', mono: 0, what: stderr.slice(0, 300) }];
    return { seed, site: 'hamlet', virtualMs: 0, violations, faults: 0, happenings: 0, facts: 0 };
  }
}

function rowOf({ mutation, by, seed, virtualMs, tookMs }: Caught): string {
  const caught = by === null ? '**nobody**' : by === mutation.checker ? by : `${by} (not ${mutation.checker})`;
  const cells = [mutation.name, mutation.what, caught, seed ?? '–'];
  return `| ${[...cells, Math.round(virtualMs / minuteMs), (tookMs / 1000).toFixed(0)].join(' | ')} |`;
}

function writeTable(results: readonly Caught[]): void {
  const head =
    '| mutation | what is broken | caught by | seed | virtual minutes | seconds |\n|---|---|---|---|---|---|';
  const table = `${tableBegins}\n\n${head}\n${results.map(rowOf).join('\n')}\n\n${tableEnds}`;
  const path = join(root, readme);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '# test/swarm\n';
  const [before = '', rest = ''] = text.split(tableBegins);
  const after = rest.split(tableEnds)[1] ?? '\n';
  writeFileSync(path, `${before.trimEnd()}\n\n${table}${after}`);
}
