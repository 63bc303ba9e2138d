/** `npm run vortex`: the built gateway as a process among real parts that break; usage and exit status: options.ts. */
import { resolve } from 'node:path';
import { loadConfigOf } from '../../config/load-config.js';
import { Chance } from '../../hardware-sim/chance.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import { missingPrograms } from '../process/programs.js';
import { parseVortexOptions, usage } from './options.js';
import { describeStep, planOf } from './plan.js';
import { isGood, toJson, toText } from './report.js';
import { Round } from './round.js';
import { targetsOf } from './targets.js';
import { examplePlaces, siteText } from './vortex-site.js';

async function main(): Promise<number> {
  const today = Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''));
  const options = parseVortexOptions(process.argv.slice(2), today);
  if (options === null) {
    process.stdout.write(`${usage.zh}\n${usage.en}\n`);
    return 0;
  }
  if ('zh' in options) {
    process.stderr.write(`${options.zh}\n${options.en}\n`);
    return 2;
  }
  const { seed, minutes, asJson, isPlanOnly } = options;
  if (isPlanOnly) return await printPlan(seed, minutes);
  if (missingPrograms('socat', 'mosquitto')) return 2;
  const round = new Round({ seed, minutes, say: (text) => process.stderr.write(`  … vortex: ${text}\n`) });
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      isInterrupted = true;
      void round.close().finally(() => process.exit(2));
    });
  }
  try {
    const result = await round.run();
    process.stdout.write(asJson ? toJson(result) : toText(result));
    return isGood(result) ? 0 : 1;
  } catch (error) {
    if (!isInterrupted) {
      process.stderr.write(
        `vortex: seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`,
      );
    }
    return isInterrupted ? 2 : 1;
  } finally {
    await round.close();
  }
}

async function printPlan(seed: number, minutes: number): Promise<number> {
  const loaded = await loadConfigOf(resolve('gateway.yaml'), siteText(examplePlaces), knownParts);
  if (!loaded.ok) return 1;
  const plan = planOf(new Chance(seed), targetsOf(loaded.config), minutes * 60_000);
  process.stdout.write(`${plan.map(describeStep).join('\n')}\n`);
  return 0;
}

process.exit(await main());
