/** `gengfu selftest --box`: the figures that could only be simulated where this was built, measured on this box. Sounds nothing. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { SiteConfig } from '../../../config/site.js';
import { type Clock, SystemClock } from '../../../drivers/clock.js';
import { commandTime } from '../../../sync/command-result.js';
import { SystemView } from '../../box/box-view.js';
import { machineFacts } from '../../box/check-machine.js';
import { words } from '../../box/finding.js';
import type { Patience } from '../../box/patience.js';
import { describeFigure, type Figure, figure } from '../../box/selftest/figure.js';
import { measureDisk } from '../../box/selftest/measure-disk.js';
import { measureMachine } from '../../box/selftest/measure-machine.js';
import { lampPins, measurePins } from '../../box/selftest/measure-pins.js';
import { measureTimers } from '../../box/selftest/measure-process.js';
import { measureWire } from '../../box/selftest/measure-wire.js';
import { runningFigures } from '../../box/selftest/running-figures.js';
import type { DoctorFacts } from '../../doctor/doctor-facts.js';
import { openerOf, openPinBoard, trialCommits } from '../../main.js';
import { readVersion } from '../../version.js';
import type { RunOptions } from '../exercise-orders.js';
import { failureWords } from '../failure-words.js';
import { end } from './end.js';
import { lookAtSite } from './look-at-site.js';
import { random } from './random.js';

export interface SelftestOptions extends RunOptions {
  readonly pins?: boolean;
  readonly writes?: boolean;
  readonly out?: string;
}

/** Prints; 0 when no figure is over its budget, 1 when some is, 2 when the file can not be written. */
export async function selftest(options: SelftestOptions): Promise<void> {
  const clock = new SystemClock();
  const { lang } = options;
  const { config, facts, patience } = await lookAtSite(options.config, clock);
  const figures = await measureBox(
    { config, facts, patience, clock },
    { mayWrite: options.writes !== false, mayPins: options.pins === true, onProgress: tellProgress(lang) },
  );
  const machine = await machineFacts({ view: new SystemView(patience) });
  const isOver = figures.some(({ verdict }) => verdict === 'over');
  const told = {
    ...{ selftest: 1, ok: !isOver, version: await readVersion(), at: commandTime(clock.wall()), machine },
    ...{ isGatewayRunning: facts !== null, figures },
  };
  try {
    if (options.out !== undefined) await writeFile(options.out, `${JSON.stringify(told, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    process.stderr.write(`${failureWords(error)[lang]}\n`);
    return end('', 2, patience);
  }
  const text =
    options.json === true ? JSON.stringify(told) : figures.map((each) => describeFigure(each, lang)).join('\n');
  await end(`${text}\n`, isOver ? 1 : 0, patience);
}

interface MeasureParts {
  readonly config: SiteConfig | null;
  readonly facts: DoctorFacts | null;
  readonly patience: Patience;
  readonly clock: Clock;
}

interface MeasureLimits {
  readonly mayWrite: boolean;
  readonly mayPins: boolean;
  readonly onProgress: (what: string) => void;
}

/** Also what `support` takes along, without writes. A running gateway is asked and not disturbed. */
export async function measureBox(
  { config, facts, patience, clock }: MeasureParts,
  { mayWrite, mayPins, onProgress }: MeasureLimits,
): Promise<readonly Figure[]> {
  const view = new SystemView(patience);
  const timers = await measureTimers(clock);
  const machine = await measureMachine(view, process.memoryUsage.rss(), availableParallelism());
  const disk = config === null || !mayWrite ? [] : await diskFigures(config, clock);
  const wire =
    facts !== null
      ? runningFigures(facts)
      : config === null
        ? []
        : await measureWire({ config, clock, random, openerOf: (line) => openerOf(line, clock), onProgress });
  return [
    ...timers,
    ...machine,
    ...disk,
    ...wire,
    ...(mayPins && config !== null ? await pinFigures(config, facts, clock) : []),
  ];
}

async function diskFigures({ dataDir }: SiteConfig, clock: Clock): Promise<readonly Figure[]> {
  try {
    return await measureDisk(dataDir, clock, trialCommits);
  } catch (error) {
    return [figure('disk', words('磁盘', 'disk'), 'ms', null, { note: failureWords(error) })];
  }
}

async function pinFigures(config: SiteConfig, facts: DoctorFacts | null, clock: Clock): Promise<readonly Figure[]> {
  const what = words('引脚', 'pins');
  const none = (zh: string, en: string): readonly Figure[] => [
    figure('pins', what, 'ms', null, { note: words(zh, en) }),
  ];
  const lamps = lampPins(config);
  const driver = config.gpio?.driver ?? 'simulated';
  if (facts !== null)
    return none(
      '网关在运行，引脚归它：先 systemctl stop gengfu',
      'the gateway runs and owns them: systemctl stop gengfu first',
    );
  if (lamps.length === 0 || driver === 'simulated')
    return none('站点文件里没有接在引脚上的灯', 'the site has no lamp on a pin');
  try {
    const board = await openPinBoard(driver, clock);
    try {
      return measurePins(board, lamps, clock);
    } finally {
      board.close();
    }
  } catch (error) {
    return [figure('pins', what, 'ms', null, { note: failureWords(error) })];
  }
}

/** On a terminal only: lines of silent units take a while. */
function tellProgress(lang: 'zh' | 'en'): (line: string) => void {
  return (line) => {
    if (process.stderr.isTTY === true)
      process.stderr.write(lang === 'zh' ? `正在测线路 ${line} …\n` : `measuring line ${line} …\n`);
  };
}
