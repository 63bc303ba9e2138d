/** The command line: which verbs there are and what may stand behind them. What a verb needs is loaded when it is called. */
import { Argument, Command, Option } from 'commander';
import { readVersion } from '../version.js';
import { addBackupOrders } from './box/backup-orders.js';
import { addBoxOrders } from './box/box-orders.js';
import { addConfigOrders } from './config-orders.js';
import type { ServiceVerb } from './control.js';
import { addDistrictCommands } from './district-command.js';
import { type Act, type AddTo, addExerciseOrders } from './exercise-orders.js';
import { addHelp } from './help-text.js';
import { addCommissioning } from './papers/commissioning-verbs.js';
import { addLabels } from './papers/label-orders.js';
import { readTime } from './read-time.js';
import { addReceive } from './receive-options.js';
import { addSetupOrders } from './setup/init-orders.js';
import type { Explained } from './site-acts.js';
import { addTroubleOrders } from './trouble-orders.js';
import { usageError } from './usage-words.js';
import { addUserOrders } from './user-orders.js';
import { addFindOrders } from './wire/find-orders.js';
import { addProfileOrders } from './wire/profile-orders.js';
import { addTestOrders } from './wire/test-orders.js';
import { addWireOrders } from './wire/wire-orders.js';

const exitInvalid = 2;
/** Where the package puts it. */
const installedSite = '/etc/gengfu/gateway.yaml';

/** The verbs that look at a site file or ask a running gateway. */
const acts = () => import('./site-acts.js');

/** Parses and runs one command line. */
export async function runCli(argv: readonly string[]): Promise<void> {
  await makeProgram(await readVersion()).parseAsync([...argv]);
}

/** All verbs; nothing of what they do is loaded. */
export function makeProgram(version: string): Command {
  const program = new Command('gengfu')
    .description('更夫：村庄消防守望网关 / the box that watches a village')
    .version(version, '-V, --version', '版本 / version')
    .helpOption('-h, --help', '帮助 / help')
    .configureOutput({ outputError: (text, write) => write(usageError(text)) })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitInvalid));
  const addTo: AddTo = (parent, name, description, act) =>
    parent
      .command(name)
      .description(description)
      .option('-c, --config <file>', '站点文件 / site file', installedSite)
      .addOption(new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh'))
      .option('--json', '输出 JSON / machine-readable output')
      .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitInvalid))
      .action((...all) => {
        const command = all.at(-1) as Command;
        return act(command.opts(), command.args);
      });
  const add = (name: string, description: string, act: Act): Command => addTo(program, name, description, act);
  add('run', '运行网关 / run the gateway', async (options) => (await import('./run.js')).run(options));
  add('check', '检查站点文件 / check a site file', async (options) => (await acts()).check(options));
  add('status', '现有的报警和故障 / what is in alarm or at fault now', async (options) =>
    (await acts()).order('status', options),
  );
  add('acknowledge', '确认现有的报警 / acknowledge what is there now', async (options) =>
    (await acts()).order('acknowledge', options),
  );
  add('silence', '消音 / silence the sounders', async (options) => (await acts()).order('silence', options));
  add('reset', '复位 / reset what is back to normal', async (options) => (await acts()).order('reset', options));
  add('duty-answer', '应答查岗 / answer a duty check of the district', async (options) =>
    (await acts()).answerDutyCheck(options),
  );
  const addService = (name: string, description: string, to: ServiceVerb): void => {
    const command = add(name, description, async (options, what) => (await acts()).serve(to, what, options)).argument(
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
  addConfigOrders(program, addTo, async (what, options) => (await acts()).changeConfig(what, options));
  addExerciseOrders(program, addTo, async (ask, options) => (await acts()).exercise(ask, options));
  add(
    'explain',
    '用文字说明预案、演练、试鸣、广播和面板：谁在何时听到什么、怎么做 / who hears what when and what to do, in words',
    async (options, [what = 'plan', uplink]) => (await acts()).explain(what as Explained, options, uplink),
  )
    .addArgument(
      new Argument(
        '[what]',
        'plan：预案，以及没有报警时会响的；points：全部监测点；wiring：端子接线表；gb26875：交给平台的点表 / plan: plans, and what sounds without an alarm; points: every point; wiring: what is wired to which terminal; gb26875: the point table for the platform',
      )
        .choices(['plan', 'points', 'wiring', 'gb26875'])
        .default('plan'),
    )
    .addArgument(
      new Argument('[uplink]', 'gb26875：只要这个上联的；缺省为全部 / gb26875: of this uplink only; all when left out'),
    )
    .addOption(new Option('--csv', 'gb26875：输出 CSV 表格 / gb26875: as CSV, for a spreadsheet'));
  addBoxOrders(program, addTo);
  addUserOrders(program, addTo, async (what, options) => (await acts()).changeUsers(what, options));
  addSetupOrders(program, addTo, async (options) => (await import('./setup/start-init.js')).startInit(options));
  addBackupOrders(program, addTo, async (...what) => (await import('./box/backup.js')).backItUp(...what));
  addLabels(program, addTo, async (options) => (await import('./papers/labels.js')).labels(options));
  addCommissioning(program, addTo);
  addProfileOrders(program, addTo);
  addTestOrders(program, addTo);
  addWireOrders(program, addTo);
  addReceive(program, async (options) => (await import('./receive.js')).receive(options));
  addDistrictCommands(program);
  addFindOrders(program, installedSite);
  addTroubleOrders(program, addTo);
  addHelp(program);
  return program;
}
