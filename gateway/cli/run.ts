/**
 * `gengfu run`. What checks a site file is not loaded here: schemas and parser took 9 MB of a process that needs them once a year
 * (decision 0056).
 */
import path from 'node:path';
import type { Problem } from '../../config/problem.js';
import { readTextFile } from '../../config/read-text.js';
import { type Clock, SystemClock } from '../../drivers/clock.js';
import type { CheckedFile } from '../check.js';
import { openServiceLife } from '../health/service-life.js';
import { knownPinDrivers, knownUplinks } from '../known-parts.js';
import { type Lines, type OwnLog, openLines, openLog } from '../log.js';
import type { Gateway } from '../main.js';
import type { CheckText } from '../staging/starting-site.js';
import { checkAtStart, checkInWorker } from '../staging/worker-check.js';
import { readVersion } from '../version.js';
import type { RunOptions } from './exercise-orders.js';
import { refuse } from './refuse.js';
import { jsonLine, Teller } from './teller.js';

/** Exit statuses. */
const exitCrash = 1;
const exitSecond = 3;
/** It has ended too often: no gateway runs, until the trouble unit has it tried again. */
const exitGaveUp = 4;

export async function run(options: RunOptions): Promise<void> {
  const file = path.resolve(options.config);
  const clock = new SystemClock();
  const log = openLog('info');
  const question = { file, knownUplinks, knownPinDrivers };
  const check = checkAtStart(question, clock);
  const checking = readAndCheck(file, check);
  void checking.catch(() => undefined);
  const life = await openServiceLife({ clock, log, version: await readVersion(), env: process.env, pid: process.pid });
  if (life.start === 'none') return giveUp(options.lang);
  // What watches is loaded while a thread checks the site file: a third of the start. Not sooner: this thread is busy with it for so
  // long that the ladder, which is waited for a moment only, would not be heard.
  const loading = import('../main.js');
  void loading.catch(() => undefined);
  const refused = async (problems: readonly Problem[]): Promise<void> => {
    await life.refused();
    refuse(problems, options);
  };
  const { text, checked } = await checking;
  const { startGateway, SecondGatewayError } = await loading;
  if (!checked.ok) return refused(checked.problems);
  // Journal and applied site files name people and passwords' files: nobody else on the box reads them.
  process.umask(0o077);
  const { config, userProfiles = {} } = checked;
  const teller = new Teller(options.lang, process.stdout.isTTY === true, () => clock.wall());
  const lines = openLines();
  process.on('uncaughtException', (error) => void crash(error, log, clock));
  const tell = (line: string | null): void => {
    if (line !== null) lines.write(line);
  };
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  try {
    const gateway = await startGateway({
      ...{ config, clock, log, life },
      rolledBack: process.env['GENGFU_ROLLED_BACK'],
      installed: { text, userProfiles, checkNow: check, check: checkInWorker(question, clock) },
      observe: (seen) => tell(options.json === true ? jsonLine(seen, clock.mono()) : teller.tell(seen)),
    });
    void signalled.then(() => stopAndEnd(gateway, lines, log, clock));
  } catch (error) {
    if (!(error instanceof SecondGatewayError)) throw error;
    await life.refused();
    process.stderr.write(
      options.lang === 'zh'
        ? `已有另一个网关在使用数据目录 ${error.dataDir}，本进程退出。\n`
        : `another gateway already uses the data directory ${error.dataDir}; this one ends.\n`,
    );
    process.exit(exitSecond);
  }
}

async function readAndCheck(file: string, check: CheckText): Promise<{ text: string; checked: CheckedFile }> {
  const read = await readTextFile(file);
  if (!read.ok) return { text: '', checked: { ok: false, problems: [read.problem], budgets: [] } };
  return { text: read.text, checked: await check(read.text) };
}

function giveUp(lang: RunOptions['lang']): never {
  process.stderr.write(
    lang === 'zh'
      ? '网关连续六次退出，本次不启动；稍后会再试。\n'
      : 'the gateway has ended six times in a row: this one does not start, a later one will.\n',
  );
  process.exit(exitGaveUp);
}

async function stopAndEnd(gateway: Gateway, lines: Lines, log: OwnLog, clock: Clock): Promise<void> {
  const isFree = await gateway.stop();
  const isDrained = await Promise.all([lines.end(clock), log.end(clock)]);
  // process.exit waits for a thread that a bad disk holds, and writes out what nobody reads; a signal does neither.
  if (isFree && !isDrained.includes(false)) process.exit(0);
  process.kill(process.pid, 'SIGKILL');
}

/** Our own bug: say so and end, whoever reads it or not. systemd starts us again; outputs keep their state until then. */
async function crash(error: unknown, log: OwnLog, clock: Clock): Promise<void> {
  log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'crash');
  if (await log.end(clock)) process.exit(exitCrash);
  process.kill(process.pid, 'SIGKILL');
}
