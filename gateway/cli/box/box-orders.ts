/** The verbs about the box itself: doctor, selftest, support, journal. What they do is loaded when they are called. */
import { Argument, type Command, Option } from 'commander';
import { alarmClasses } from '../../../config/vocabulary.js';
import { treeOf } from '../command-tree.js';
import { completionScript, type Shell, shells } from '../completion.js';
import type { AddTo } from '../exercise-orders.js';
import { readCount } from '../read-time.js';
import type { Lang } from '../teller.js';
import type { JournalVerbOptions } from './journal.js';
import type { SelftestOptions } from './selftest.js';
import type { SupportOptions } from './support.js';

export function addBoxOrders(program: Command, addTo: AddTo): void {
  addTo(
    program,
    'doctor',
    '查网关和本机：每项问题都说怎么处理 / look the gateway and its box over; each finding with its fix',
    async (options) => (await import('./doctor.js')).doctor(options),
  );
  addJournal(program, addTo);
  addSelftest(program, addTo);
  addTo(
    program,
    'support',
    '给技术支持的一个文件，已去掉密码和人名 / one file for the help desk, without secrets and names',
    async (options) => (await import('./support.js')).support(options as SupportOptions),
  )
    .option('--out <file>', '写到这个文件（tar.gz） / write this file (tar.gz)')
    .option('--list', '只列出会有什么，不写 / only tell what would be inside')
    .option('--entries <n>', '最近几条记录，不写为 2000 / how many entries of the journal; left out: 2000', readCount);
  addCompletion(program);
}

function addJournal(program: Command, addTo: AddTo): void {
  addTo(
    program,
    'journal',
    '查记录，新的在前；导出 CSV 或 JSON / what the journal holds, newest first; as CSV or JSON as well',
    async (options) => (await import('./journal.js')).journal(options as JournalVerbOptions),
  )
    .option(
      '--since <time>',
      '从何时起：2h、3d、2026-11-30 或 "2026-11-30 08:00" / from then on: 2h, 3d, 2026-11-30, "2026-11-30 08:00"',
    )
    .option('--until <time>', '到何时止，同样写法 / until then, written alike')
    .addOption(new Option('--class <class...>', '类别 / classes').choices([...alarmClasses]))
    .option('--kind <kind...>', '种类，如 alarm 或 alarm.raised / kinds, say alarm or alarm.raised')
    .option('--zone <zone...>', '防区 / zones')
    .option('--device <id...>', '设备、监测点、输出、线路 / devices, points, outputs, lines')
    .option('--alarm <id>', '一次报警的全部记录 / all that belongs to one alarm')
    .option('--text <text>', '含有这段文字 / with this text in it')
    .option('--limit <n>', '最多几条，不写为 100 / how many at most; left out: 100', readCount)
    .option('--all', '全部，不限条数 / all of them')
    .addOption(new Option('--follow', '一直看着，有新的就打印 / go on and print what comes').conflicts('csv'))
    .addOption(new Option('--csv', 'CSV，给表格软件 / CSV for spreadsheets').conflicts('json'))
    .option('--file <file>', '读复制出来的 journal.db，不用站点文件 / read a copied journal.db; no site file is needed')
    .option('--names', '带人名和备注，只给所有者和 root / with names and notes of people: for the owner and root only');
}

function addSelftest(program: Command, addTo: AddTo): void {
  addTo(
    program,
    'selftest',
    '测这台主机：磁盘、定时、线路应答、引脚，与承诺的和开发机上的数值并列；不响铃 / measure this box: disk, timers, units on the wire, pins; beside what is promised and what was measured before. Sounds nothing',
    async (options) => (await import('./selftest.js')).selftest(options as SelftestOptions),
  )
    .option('--box', '测主机本身（只有这一种） / the box itself; there is no other kind')
    .option('--pins', '也切换接在引脚上的灯，绝不动警铃 / switch the lamps on pins as well; never a siren')
    .option('--no-writes', '不在数据目录试写 / write nothing into the data folder')
    .option('--out <file>', '结果存成文件，可以发给我们 / into this file, which can be sent to us');
}

function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('给终端的补全脚本 / a completion script for your shell')
    .addArgument(new Argument('<shell>', '哪种终端 / which shell').choices([...shells]))
    .addOption(new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh'))
    .option('--json', '输出 JSON / machine-readable output')
    .action((shell: Shell, { lang, json }: { readonly lang: Lang; readonly json?: boolean }) => {
      const script = completionScript(shell, treeOf(program), lang);
      process.stdout.write(json === true ? `${JSON.stringify({ shell, script })}\n` : script);
    });
}
