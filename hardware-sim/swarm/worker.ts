/** Runs seeds that it is handed, one after the other; a process of its own, so that several run at once and a crash is a result. */
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { runSeed } from './run-seed.js';
import type { SiteName } from './swarm-site.js';
import { Trace } from './trace.js';

/** What a worker is asked. */
export interface SeedTask {
  readonly seed: number;
  readonly hours: number;
  readonly site: SiteName | null;
  readonly isQuiet: boolean;
  readonly hasTrace: boolean;
}

export type WorkerWord =
  | { readonly kind: 'progress'; readonly doneMs: number; readonly ofMs: number }
  | {
      readonly kind: 'result';
      readonly result: Awaited<ReturnType<typeof runSeed>>;
      readonly cpuMs: number;
      readonly rssMb: number;
    };

/** Of virtual time, between two words on how far it is. */
const progressEveryMs = 60_000;

const codecs = await loadCodecs();
const send = (word: WorkerWord): void => void process.send?.(word);

process.on('message', (task: SeedTask) => void run(task));
process.on('disconnect', () => process.exit(0));

async function run({ seed, hours, site, isQuiet, hasTrace }: SeedTask): Promise<void> {
  const trace = hasTrace ? new Trace((line) => process.stdout.write(`${line}\n`)) : null;
  const before = process.cpuUsage();
  let toldMs = 0;
  const result = await runSeed({
    ...{ seed, hours, site, codecs, hasFaults: !isQuiet },
    ...(trace === null ? {} : { onFact: (fact, world) => trace.see(fact, world) }),
    onProgress: (doneMs, ofMs) => {
      if (doneMs - toldMs < progressEveryMs) return;
      toldMs = doneMs;
      send({ kind: 'progress', doneMs, ofMs });
    },
  });
  trace?.flush();
  const { user, system } = process.cpuUsage(before);
  send({ kind: 'result', result, cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 1e6 });
}
