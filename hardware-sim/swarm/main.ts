/** `npm run swarm`: villages on a clock that we turn by hand. See options.ts for what it can be told. */
import { availableParallelism } from 'node:os';
import { SystemClock } from '../../drivers/clock.js';
import { parseSwarmOptions, type SwarmOptions } from './options.js';
import { type Finished, Pool } from './pool.js';
import { runMutations } from './run-mutations.js';
import { livenessMs } from './run-seed.js';
import { keepSeed, readSeeds } from './seed-file.js';
import { failureLines, progressLine, seedLine } from './tell.js';
import type { SeedTask } from './worker.js';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Fresh seeds of a day; those of tomorrow are others. */
const seedsOfDay = 100_000;
const progressEveryMs = 5_000;

const [first, ...others] = process.argv.slice(2);
if (first === '--mutations') process.exit(runMutations(others));
const parsed = parseSwarmOptions(process.argv.slice(2), availableParallelism());
if (!parsed.ok) {
  process.stderr.write(`${parsed.words.zh}\n${parsed.words.en}\n`);
  process.exit(2);
}
process.exit(await swarm(parsed.options));

async function swarm(options: SwarmOptions): Promise<number> {
  const clock = new SystemClock();
  const first = options.firstSeed ?? Math.floor(clock.wall() / dayMs) * seedsOfDay;
  const { hours, site, isQuiet, hasTrace, replayFile, isJson } = options;
  const fresh = Array.from({ length: options.seeds }, (_, i) => ({ seed: first + i, hours, site }));
  const kept = replayFile === null ? [] : await readSeeds(replayFile);
  const tasks: readonly SeedTask[] = [...kept, ...fresh].map((each) => ({ ...each, isQuiet, hasTrace }));
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (!isJson && !hasTrace)
    say(`${kept.length} kept seeds, ${fresh.length} fresh ones from ${first} on, ${hours} h each`);
  const lengthOf = (task: SeedTask): number => task.hours * hourMs + livenessMs;
  const wholeMs = tasks.reduce((sum, task) => sum + lengthOf(task), 0);
  const beganMono = clock.mono();
  const standing = { finished: 0, of: tasks.length, failed: 0, doneMs: 0, wholeMs, tookMs: 0 };
  let toldMono = beganMono;
  const progress = (runningMs: number): void => {
    const now = clock.mono();
    if (hasTrace || now - toldMono < progressEveryMs) return;
    toldMono = now;
    const line = progressLine({ ...standing, doneMs: standing.doneMs + runningMs, tookMs: now - beganMono });
    process.stderr.write(process.stderr.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
  };
  const pool = new Pool(tasks, hasTrace ? 1 : options.jobs, {
    onProgress: progress,
    onFinished: async (finished) => {
      standing.finished++;
      standing.doneMs += lengthOf(finished.task);
      const hasFailed = finished.result === null || finished.result.violations.length > 0;
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      say(isJson ? JSON.stringify(finished) : seedLine(finished));
      if (!hasFailed) return;
      standing.failed++;
      if (!isJson) for (const line of failureLines(finished)) say(line);
      if (options.keeps && replayFile !== null) {
        await keepSeed(
          replayFile,
          { ...finished.task, site: finished.result?.site ?? finished.task.site },
          whyOf(finished),
        );
      }
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => pool.end());
  await pool.run();
  const tookMs = clock.mono() - beganMono;
  if (!isJson) say(progressLine({ ...standing, tookMs }));
  return standing.failed === 0 && standing.finished === tasks.length ? 0 : 1;
}

function whyOf({ result, crash }: Finished): string {
  const [first] = result?.violations ?? [];
  return first === undefined ? `crashed: ${crash ?? ''}` : `${first.checker}: ${first.what}`;
}
