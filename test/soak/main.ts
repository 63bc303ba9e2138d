/** `npm run soak -- framers|gb26875|alarm|kill|commands|big-journal|full-disk|gb-outage [--count N] [--kills N] [--minutes M] [--rows N] [--pace] [--seed N] [--json]`: long proofs that `npm test` runs in small. */
import { seeded } from '../drivers/rig.js';
import { liveStories } from './alarm-stories.js';
import { bigJournal } from './big-journal.js';
import { soakCommands } from './command-soak.js';
import { fullDisk } from './full-disk.js';
import { fuzzGb } from './gb-fuzz.js';
import { gbOutage } from './gb-outage.js';
import { soakKill } from './kill.js';
import { fuzzModbus } from './modbus-fuzz.js';
import { fuzzStreams } from './stream-fuzz.js';

const [name, ...rest] = process.argv.slice(2);
const numberOf = (flag: string, otherwise: number): number =>
  Number(rest[rest.indexOf(flag) + 1 || rest.length] ?? otherwise);

if (
  name === undefined ||
  !['framers', 'gb26875', 'alarm', 'kill', 'commands', 'big-journal', 'full-disk', 'gb-outage'].includes(name)
) {
  process.stderr.write(
    'usage: npm run soak -- framers|gb26875|alarm|kill|commands|big-journal|full-disk|gb-outage [--count N] [--kills N] [--minutes M] [--rows N] [--pace] [--seed N] [--json]\n',
  );
  process.exit(2);
}
const seed = numberOf('--seed', 20_261_122);
const asJson = rest.includes('--json');
if (name === 'full-disk') {
  const isKept = await fullDisk();
  if (isKept === null) process.stderr.write('nothing can be mounted here: this needs root\n');
  process.exit(isKept === null ? 2 : isKept ? 0 : 1);
}
if (name === 'gb-outage') {
  const isPaced = rest.includes('--pace');
  process.exit((await gbOutage({ rows: numberOf('--rows', 100_000), isPaced, asJson })) ? 0 : 1);
}
if (name === 'big-journal') {
  process.exit((await bigJournal({ rows: numberOf('--rows', 10_000_000), asJson })) ? 0 : 1);
}
if (name === 'alarm') {
  liveStories({ steps: numberOf('--count', 100_000), seed, asJson });
  process.exit(0);
}
if (name === 'kill') {
  const [kills, minutes] = [numberOf('--kills', 300), numberOf('--minutes', Number.POSITIVE_INFINITY)];
  process.exit((await soakKill({ kills, seed, minutes, asJson })) ? 0 : 1);
}
const count = numberOf('--count', 1_000_000);
if (name === 'commands') process.exit(soakCommands({ count, seed, asJson }) ? 0 : 1);
/** So many byte strings at a time, so that progress shows. */
const portion = 50_000;
/** Two of the longest frames and a little, or one of GB/T 26875.3: no framer may hold back more. */
const bufferMaxBytes = name === 'gb26875' ? 1053 : 1024;

interface Tally {
  fed: number;
  found: number;
  maxBufferBytes: number;
}

type Fuzz = (count: number, seed: number) => Tally;

const centres: Readonly<Record<string, Fuzz>> = {
  'GB/T 26875.3': (n, s) => {
    const random = seeded(s);
    return fuzzGb(n, (below) => Math.floor(random() * below));
  },
};

const lines: Readonly<Record<string, Fuzz>> = {
  'modbus rtu': (n, s) => ofModbus('rtu', n, s),
  'modbus tcp': (n, s) => ofModbus('mbap', n, s),
  'serial dialects': (n, s) => {
    const { fed, events, maxBuffer } = fuzzStreams(n, s);
    return { fed, found: events, maxBufferBytes: maxBuffer };
  },
};

function ofModbus(framer: 'rtu' | 'mbap', n: number, s: number): Tally {
  const { fed, answers, maxBufferBytes } = fuzzModbus(framer, n, seeded(s));
  return { fed, found: answers, maxBufferBytes };
}

/** Garbage does not count; `npm run soak` starts node with --expose-gc. */
function collect(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

let hasFailed = false;
for (const [what, fuzz] of Object.entries(name === 'gb26875' ? centres : lines)) {
  const total: Tally = { fed: 0, found: 0, maxBufferBytes: 0 };
  collect();
  const heapBefore = process.memoryUsage().heapUsed;
  const beganMs = performance.now();
  while (total.fed < count) {
    const result = fuzz(Math.min(portion, count - total.fed), seed + total.fed);
    total.fed += result.fed;
    total.found += result.found;
    total.maxBufferBytes = Math.max(total.maxBufferBytes, result.maxBufferBytes);
    const leftS = (((performance.now() - beganMs) / total.fed) * (count - total.fed)) / 1000;
    process.stderr.write(`  … ${what}: ${total.fed} of ${count}, about ${leftS.toFixed(0)} s left\n`);
  }
  const tookS = (performance.now() - beganMs) / 1000;
  collect();
  const heapMb = (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20;
  hasFailed ||= total.maxBufferBytes > bufferMaxBytes;
  process.stdout.write(
    asJson
      ? `${JSON.stringify({ what, seed, ...total, tookS, heapMb })}\n`
      : `${what}: ${total.fed} byte strings, 0 crashes, ${total.found} true answers or events, most held back ${total.maxBufferBytes} bytes, heap ${heapMb >= 0 ? '+' : ''}${heapMb.toFixed(1)} MB, ${tookS.toFixed(1)} s, ${Math.round(total.fed / tookS)}/s (seed ${seed})\n`,
  );
}
process.exit(hasFailed ? 1 : 0);
