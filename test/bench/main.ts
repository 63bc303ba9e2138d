/** `npm run bench -- line|alarm|sync|swarm|history|panel [--json] [--quick] [--only PART] [--days N] [--rows N]`: figures as ratios, each with its limit. */
import { appends } from './appends.js';
import { cardWrites } from './card-writes.js';
import { dataMonth } from './data-month.js';
import { deadUnits } from './dead-units.js';
import { detection } from './detection.js';
import { drain, overtake } from './drain.js';
import { growth } from './growth.js';
import { history } from './history.js';
import { memory } from './memory.js';
import { panelPixels } from './panel-pixels.js';
import { panelWeek } from './panel-week.js';
import { type BenchPart, describeResult, isMet, type Result } from './result.js';
import { sampling } from './sampling.js';
import { sirenLatency } from './siren-latency.js';
import { swarmSpeed } from './swarm-speed.js';
import { thousandRegisters } from './thousand-registers.js';
import { wireUse } from './wire-use.js';

const benches: Readonly<Record<string, Readonly<Record<string, BenchPart>>>> = {
  line: {
    'wire-use': wireUse,
    'dead-units': deadUnits,
    detection,
    'thousand-registers': thousandRegisters,
    growth,
  },
  alarm: { 'siren-latency': sirenLatency },
  sync: { appends, drain, overtake, sampling, month: dataMonth, card: cardWrites, memory },
  swarm: { speed: swarmSpeed },
  history: { history },
  panel: { pixels: panelPixels, week: panelWeek },
};

const [name = '', ...rest] = process.argv.slice(2);
const optionOf = (flag: string): string | undefined => rest[rest.indexOf(flag) + 1 || rest.length];
const parts = benches[name];
const only = optionOf('--only');
if (parts === undefined || (only !== undefined && parts[only] === undefined)) {
  const known = parts === undefined ? Object.keys(benches) : Object.keys(parts);
  process.stderr.write(
    `usage: npm run bench -- line|alarm|sync|swarm|history|panel [--json] [--quick] [--only PART] [--days N] [--rows N]; known: ${known.join(', ')}\n`,
  );
  process.exit(2);
}
const asJson = rest.includes('--json');
const options = {
  quick: rest.includes('--quick'),
  days: Number(optionOf('--days') ?? 0.25),
  rows: optionOf('--rows') === undefined ? null : Number(optionOf('--rows')),
  say: (line: string): void => void process.stderr.write(`  … ${line}\n`),
};
const results: Result[] = [];
for (const [part, measure] of Object.entries(parts)) {
  if (only !== undefined && only !== part) continue;
  for (const result of await measure(options)) {
    results.push(result);
    if (!asJson) process.stdout.write(`${describeResult(result)}\n`);
  }
}
const failed = results.filter((result) => !isMet(result));
if (asJson)
  process.stdout.write(`${JSON.stringify({ bench: name, quick: options.quick, results, failed: failed.length })}\n`);
process.exit(failed.length === 0 ? 0 : 1);
