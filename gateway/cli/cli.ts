import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { loadConfig } from '../../config/load-config.js';
import { describeProblem, type Problem, type Told, toldIn } from '../../config/problem.js';
import { readTextFile } from '../../config/read-text.js';
import type { SiteConfig } from '../../config/site.js';
import { type Clock, SystemClock } from '../../drivers/clock.js';
import type { LineBudget } from '../../drivers/modbus/line-budget.js';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { commandTime } from '../../sync/command-result.js';
import { explainExercises } from '../annunciator/explain-exercises.js';
import { explainPlans } from '../annunciator/explain-plan.js';
import { type CheckOptions, checkSiteFile, checkSiteText } from '../check.js';
import { checkNotes } from '../check-notes.js';
import { panelNotes } from '../check-panel-notes.js';
import { type FileQuestions, uplinkNotes } from '../check-uplink-notes.js';
import { dutyFacts, explainDuty } from '../duty/explain-duty.js';
import { type Lines, type OwnLog, openLines, openLog } from '../log.js';
import {
  type Gateway,
  type GatewayOptions,
  knownPinDrivers,
  knownUplinks,
  readVersion,
  SecondGatewayError,
  startGateway,
} from '../main.js';
import { checkInWorker } from '../staging/worker-check.js';
import { passwordTerminal } from './ask-password.js';
import { checkAsJson, describeCheck } from './check-table.js';
import { addConfigOrders } from './config-orders.js';
import { type ControlVerb, control, type ServiceVerb, service } from './control.js';
import { addDistrictCommands } from './district-command.js';
import { doctor } from './doctor.js';
import { lookAtFiles } from './doctor-files.js';
import { answerDuty } from './duty.js';
import { type Act, type AddTo, addExerciseOrders, type RunOptions } from './exercise-orders.js';
import { orderConfig } from './order-config.js';
import { orderExercise } from './order-exercise.js';
import { orderUser } from './order-user.js';
import { readTime } from './read-time.js';
import { addReceive } from './receive-options.js';
import { jsonLine, Teller } from './teller.js';
import { usageError } from './usage-words.js';
import { addUserOrders } from './user-orders.js';

/** Exit statuses. */
const exitCrash = 1;
const exitInvalid = 2;
const exitSecond = 3;

/** Parses and runs one command line. */
export async function runCli(argv: readonly string[]): Promise<void> {
  const program = new Command('gengfu')
    .description('更夫：村庄消防守望网关 / the box that watches a village')
    .version(await readVersion(), '-V, --version', '版本 / version')
    .helpOption('-h, --help', '帮助 / help')
    .helpCommand('help [command]', '某个命令的帮助 / help on one command')
    .configureOutput({ outputError: (text, write) => write(usageError(text)) })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitInvalid));
  const addTo: AddTo = (parent, name, description, act) =>
    parent
      .command(name)
      .description(description)
      .requiredOption('-c, --config <file>', '站点文件（必填） / site file, gateway.yaml (required)')
      .addOption(new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh'))
      .option('--json', '输出 JSON / machine-readable output')
      .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitInvalid))
      .action((...all) => {
        const command = all.at(-1) as Command;
        return act(command.opts(), command.args);
      });
  const add = (name: string, description: string, act: Act): Command => addTo(program, name, description, act);
  add('run', '运行网关 / run the gateway', run);
  add('check', '检查站点文件 / check a site file', check);
  add('status', '现有的报警和故障 / what is in alarm or at fault now', (options) => order('status', options));
  add('doctor', '网关和本机的状况 / how the gateway and its box fare', examine);
  add('acknowledge', '确认现有的报警 / acknowledge what is there now', (options) => order('acknowledge', options));
  add('silence', '消音 / silence the sounders', (options) => order('silence', options));
  add('reset', '复位 / reset what is back to normal', (options) => order('reset', options));
  add('duty-answer', '应答查岗 / answer a duty check of the district', async (options) => {
    const dataDir = await dataDirOf(options);
    if (dataDir !== null) process.exitCode = await answerDuty(dataDir, options.lang, options.json === true);
  });
  const addService = (name: string, description: string, to: ServiceVerb): void => {
    const command = add(name, description, (options, what) => serve(to, what, options)).argument(
      '<what...>',
      '设备、监测点或报警的编号 / ids of devices, points or alarms',
    );
    if (to !== 'in-service')
      command.requiredOption(
        '--for <time>',
        '多久（必填），如 30m、8h、3d / how long (required): 30m, 8h, 3d',
        readTime,
      );
  };
  addService('shelve', '搁置（火警除外，最长 24 小时） / shelve (not fire, 24 h at most)', 'shelved');
  addService(
    'take-out',
    '屏蔽，维修用（最长 7 天） / take out of service for repair (7 days at most)',
    'out-of-service',
  );
  addService('put-back', '恢复守望 / put back into service', 'in-service');
  addConfigOrders(program, addTo, async (what, options) => {
    const dataDir = await dataDirOf(options);
    if (dataDir !== null)
      process.exitCode = await orderConfig(what, dataDir, options.lang, options.json === true, resolve(options.config));
  });
  addExerciseOrders(program, addTo, async (ask, options) => {
    const dataDir = await dataDirOf(options);
    if (dataDir !== null) process.exitCode = await orderExercise(ask, dataDir, options.lang, options.json === true);
  });
  add(
    'explain',
    '用文字说明预案、演练、试鸣、广播和面板：谁在何时听到什么、怎么做 / who hears what when and what to do, in words',
    explain,
  ).addArgument(
    new Argument('[what]', '预案，以及没有报警时会响的 / plans, and what sounds without an alarm')
      .choices(['plan'])
      .default('plan'),
  );
  addUserOrders(program, addTo, async (what, options) => {
    const dataDir = await dataDirOf(options);
    if (dataDir === null) return;
    const { lang, json } = options;
    process.exitCode = await orderUser(what, {
      ...{ dataDir, lang, isJson: json === true, wall: new SystemClock().wall(), terminal: passwordTerminal },
      out: (text) => process.stdout.write(text),
      err: (text) => process.stderr.write(text),
    });
  });
  addReceive(program, async (options) => (await import('./receive.js')).receive(options));
  addDistrictCommands(program);
  await program.parseAsync([...argv]);
}

async function serve(to: ServiceVerb, what: readonly string[], options: Parameters<Act>[0]): Promise<void> {
  const dataDir = await dataDirOf(options);
  if (dataDir === null) return;
  const { lang, json } = options;
  process.exitCode = await service(to, what, options.for ?? 0, dataDir, lang, json === true);
}

async function order(verb: ControlVerb, options: RunOptions): Promise<void> {
  const dataDir = await dataDirOf(options);
  if (dataDir !== null) process.exitCode = await control(verb, dataDir, options.lang, options.json === true);
}

/** Where the gateway of this site can be asked; null after its problems were printed. A line that has become too slow is no
 * reason not to silence a siren: budgets are not looked at. */
async function dataDirOf(options: RunOptions): Promise<string | null> {
  const loaded = await loadConfig(options.config, await known());
  if (loaded.ok) return loaded.config.dataDir;
  refuse(loaded.problems, options);
  return null;
}

async function check(options: RunOptions): Promise<void> {
  const checked = await readChecked(options);
  if (checked === null) return;
  const { config, budgets } = checked;
  const ask = askFiles(config);
  const notes = [...checkNotes(config, existsSync), ...uplinkNotes(config, ask), ...panelNotes(config, ask)];
  const { json, lang } = options;
  const text = json === true ? checkAsJson(config, budgets, notes) : describeCheck(config, budgets, lang, notes);
  process.stdout.write(`${text}\n`);
}

function askFiles(config: SiteConfig): FileQuestions {
  const open = lookAtFiles(config).secrets.filter(({ isForAll }) => isForAll);
  return {
    exists: existsSync,
    isForAll: (path) => open.some((secret) => secret.path === path),
    today: commandTime(new SystemClock().wall()).slice(0, 10),
  };
}

async function examine(options: RunOptions): Promise<void> {
  const loaded = await loadConfig(options.config, await known());
  if (loaded.ok) process.exitCode = await doctor(loaded.config, options.lang, options.json === true);
  else refuse(loaded.problems, options);
}

async function explain(options: RunOptions): Promise<void> {
  const checked = await readChecked(options);
  if (checked === null) return;
  const { config } = checked;
  const { json, lang } = options;
  const words = [explainPlans(config, lang), explainExercises(config, lang), explainDuty(config, lang)].join('\n\n');
  const text = json === true ? JSON.stringify({ plans: config.plans, ...dutyFacts(config) }) : words;
  process.stdout.write(`${text}\n`);
}

async function run(options: RunOptions): Promise<void> {
  const checked = await readChecked(options);
  if (checked === null) return;
  // Journal and applied site files name people and passwords' files: nobody else on the box reads them.
  process.umask(0o077);
  const { config } = checked;
  const text = await readTextFile(config.file);
  const clock = new SystemClock();
  const teller = new Teller(options.lang, process.stdout.isTTY === true, () => clock.wall());
  const lines = openLines();
  const log = openLog('info');
  process.on('uncaughtException', (error) => void crash(error, log, clock));
  const tell = (line: string | null): void => {
    if (line !== null) lines.write(line);
  };
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  try {
    const gateway = await startGateway({
      ...{ config, clock, log },
      ...(text.ok ? { installed: await installedSite(config.file, text.text, clock) } : {}),
      observe: (seen) => tell(options.json === true ? jsonLine(seen, clock.mono()) : teller.tell(seen)),
    });
    void signalled.then(() => stopAndEnd(gateway, lines, log, clock));
  } catch (error) {
    if (!(error instanceof SecondGatewayError)) throw error;
    process.stderr.write(
      options.lang === 'zh'
        ? `已有另一个网关在使用数据目录 ${error.dataDir}，本进程退出。\n`
        : `another gateway already uses the data directory ${error.dataDir}; this one ends.\n`,
    );
    process.exit(exitSecond);
  }
}

/** The text of the installed file, and how others are checked in its place. */
async function installedSite(file: string, text: string, clock: Clock): Promise<Required<GatewayOptions>['installed']> {
  const options = await known();
  return {
    text,
    checkNow: (other) => checkSiteText(file, other, options),
    check: checkInWorker({ file, knownUplinks, knownPinDrivers }, clock),
  };
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

interface Checked {
  readonly config: SiteConfig;
  readonly budgets: readonly LineBudget[];
}

/** The site and its lines' budgets, or null after the list of problems was printed and the exit status set. */
async function readChecked(options: RunOptions): Promise<Checked | null> {
  const checked = await checkSiteFile(options.config, await known());
  if (checked.ok) return checked;
  refuse(checked.problems, options);
  return null;
}

/** What this build can drive. */
async function known(): Promise<CheckOptions> {
  const codecs = await loadCodecs();
  return { knownUplinks, knownPinDrivers, knownCodecs: [...codecs.keys()], codecs };
}

function refuse(problems: readonly Problem[], options: RunOptions): void {
  printProblems(problems, options);
  process.exitCode = exitInvalid;
}

function printProblems(problems: readonly Problem[], { json, lang }: RunOptions): void {
  if (json === true) {
    const inLang = (told: Told | null): string | null => (told === null ? null : toldIn(told, lang));
    const told = problems.map((each) => ({ ...each, expected: inLang(each.expected), got: inLang(each.got) }));
    process.stdout.write(`${JSON.stringify({ ok: false, problems: told })}\n`);
    return;
  }
  for (const problem of problems) process.stderr.write(`${describeProblem(problem, lang)}\n`);
  const count = problems.length;
  process.stderr.write(lang === 'zh' ? `站点文件有 ${count} 个问题。\n` : `problems in the site file: ${count}\n`);
}
