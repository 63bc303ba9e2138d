/** `gengfu trouble` and `gengfu quiet`: called by the units, with their folders in the environment. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readTextFile } from '../../config/read-text.js';
import { SystemClock } from '../../drivers/clock.js';
import type { DriverError } from '../../drivers/driver-error.js';
import { readEnds } from '../health/run-mark.js';
import { knownPinDrivers, knownUplinks } from '../known-parts.js';
import { openLog } from '../log.js';
import { openPinsBy } from '../main.js';
import { checkAtStart } from '../staging/worker-check.js';
import { readQuietPins, readTroublePins, type TroublePins, troublePinsOf } from '../trouble/remembered-pins.js';
import { countTry, pauseBefore } from '../trouble/tries.js';
import { quietPins, showTrouble } from '../trouble/trouble.js';
import { reasonOf, troubleLine } from '../trouble/trouble-words.js';
import type { RunOptions } from './exercise-orders.js';

/** Of the unit, where systemd does not say. */
const installedRun = '/run/gengfu';
const installedState = '/var/lib/gengfu';
const exitRefused = 1;

export async function trouble(options: RunOptions): Promise<void> {
  const clock = new SystemClock();
  const log = openLog('info');
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  const file = path.resolve(options.config);
  const runFolder = folderOf('RUNTIME_DIRECTORY', installedRun);
  const { last, before } = await readEnds(runFolder);
  const reason = reasonOf(last);
  const pauseMs = pauseBefore(await countTry(runFolder));
  const words = troubleLine(reason, reason === 'gave-up' ? before : last, pauseMs);
  const { zh, en } = words;
  log.error({ reason, zh, en }, 'trouble');
  if (options.json === true) process.stdout.write(`${JSON.stringify({ kind: 'trouble', reason, pauseMs, zh, en })}\n`);
  else process.stdout.write(`${options.lang === 'zh' ? zh : en}\n`);
  // What was remembered is there at once; a site file takes a slow box seconds to read.
  const pins = (await readTroublePins(folderOf('STATE_DIRECTORY', installedState))) ?? (await pinsOfSite(file, clock));
  await showTrouble({
    ...{ clock, reason, pauseMs, pins, stopped },
    openPins: (driver) => openPinsBy(driver, clock),
    stampOfSite: () =>
      stat(file).then(
        ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
        () => null,
      ),
    onError: (error: DriverError) => log.error({ code: error.code, error: error.message }, 'trouble'),
  });
  await log.end(clock);
  process.exit(0);
}

export async function quiet(options: RunOptions): Promise<void> {
  const clock = new SystemClock();
  const pins = await readQuietPins(folderOf('RUNTIME_DIRECTORY', installedRun));
  const failed = pins === null ? 0 : await quietPins(pins, (driver) => openPinsBy(driver, clock));
  if (failed > 0) {
    const words =
      options.lang === 'zh' ? `有 ${failed} 个输出不能关闭` : `outputs that can not be switched off: ${failed}`;
    process.stderr.write(`${words}\n`);
  }
  process.exit(failed === 0 ? 0 : exitRefused);
}

/** Null when the file can not be read or is not fit. */
async function pinsOfSite(file: string, clock: SystemClock): Promise<TroublePins | null> {
  const text = await readTextFile(file);
  if (!text.ok) return null;
  const checked = await checkAtStart({ file, knownUplinks, knownPinDrivers }, clock)(text.text).catch(() => null);
  return checked?.ok === true ? troublePinsOf(checked.config) : null;
}

function folderOf(variable: string, installed: string): string {
  return process.env[variable]?.split(':')[0] ?? installed;
}
