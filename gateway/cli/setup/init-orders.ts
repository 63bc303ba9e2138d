/** The verb `gengfu init`: what may stand behind it. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { csvTemplates } from '../../setup/csv-templates.js';
import type { AddTo, RunOptions } from '../exercise-orders.js';
import type { WhereOptions } from '../wire/find-options.js';
import { addWhereOptions } from '../wire/find-orders.js';

export interface InitOptions extends RunOptions, WhereOptions {
  readonly out?: string;
  readonly survey?: string;
  readonly answers?: string;
  readonly places?: string;
  readonly households?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly stdin?: boolean;
  readonly printAnswers?: boolean;
  readonly csvTemplate?: (typeof csvTemplates)[number];
}

export function addSetupOrders(program: Command, addTo: AddTo, run: (options: InitOptions) => Promise<void>): void {
  const command = addTo(
    program,
    'init',
    '问几个问题，找设备，写出站点文件 / ask some questions, find the units, write the site file',
    (options) => run(options),
  )
    .option('--out <file>', '写到哪里，不写为 --config 的文件 / where it is written; left out: the file of --config')
    .option('--survey <file>', 'gengfu find --json 的结果，不再搜索 / what gengfu find --json has found; no search')
    .option('--answers <file>', '答案文件，里面有的不再问 / a file of answers; what stands in it is not asked')
    .option('--places <csv>', '位置表 / a table of places')
    .option('--households <csv>', '帮扶户表 / a table of households with special care')
    .option('--yes', '不提问，没有答案的用默认 / ask nothing; the defaults for what has no answer')
    .option('--force', '覆盖已有的文件，原来的存为 .bak / replace a file that is there, kept as .bak')
    .option('--dry-run', '只打印，不写 / print it, write nothing')
    .option('--stdin', '答案从标准输入逐行读，不要终端 / answers line by line on standard input, without a terminal')
    .option('--print-answers', '打印答案文件的模板 / print a template of a file of answers')
    .addOption(
      new Option('--csv-template <table>', '打印表格模板 / print a template of a table').choices([...csvTemplates]),
    );
  addWhereOptions(command);
}
