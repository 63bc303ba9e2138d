/** `gengfu profile …`: which models there are, a new one from its paper, and how one reads on the wire. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AddTo } from '../exercise-orders.js';
import { readCount, readTime } from '../read-time.js';
import type { ProfileOptions } from './profile-options.js';

const acts = () => import('./profile-acts.js');

export function addProfileOrders(program: Command, addTo: AddTo): void {
  const profile = program.command('profile').description('型号文件 / device profiles');
  const add = (
    name: string,
    description: string,
    act: (options: ProfileOptions, args: readonly string[]) => Promise<void>,
  ) => addTo(profile, name, description, (options, args) => act(options as ProfileOptions, args));
  add(
    'list',
    '有哪些型号：程序自带的和站点文件旁的 / the models there are: the program’s and those beside the site file',
    async (options) => (await acts()).listProfiles(options),
  );
  withLine(
    add('new', '按说明书的表格写一个新型号 / write a new one after the table of its paper', async (options, [id]) =>
      (await acts()).newProfile(options, id ?? null),
    )
      .argument('[id]', '编号，如 own-duct-smoke / its id, such as own-duct-smoke')
      .option('--from <table.csv>', '表格里打好的寄存器表 / the register table, typed in a spreadsheet')
      .option(
        '--out <file>',
        '写到哪里；不写为站点文件旁的 profiles/<id>.yaml / where to; left out: profiles/<id>.yaml beside the site file',
      )
      .option('--zh <name>', '中文名称 / name in Chinese')
      .option('--en <name>', '英文名称 / name in English')
      .option('--vendor <maker>', '厂家 / maker')
      .option('--model <label...>', '机身上的型号 / labels on the box')
      .option('--addresses <from-to>', '可设的地址，如 1-247 / addresses it can have, such as 1-247')
      .addOption(
        new Option(
          '--first <0|1>',
          '说明书的第一个寄存器编号是 0 还是 1 / the number that the paper gives its first register',
        )
          .choices(['0', '1'])
          .argParser((text) => (text === '1' ? 1 : text === '0' ? 0 : refuse('0, 1'))),
      )
      .option('--paper <name>', '说明书的名称和版本 / name and edition of the paper'),
  );
  withLine(
    add('test', '在线路上试一个型号 / try one on the wire', async (options, [what]) =>
      (await acts()).testProfile(options, what ?? ''),
    )
      .argument('<profile>', '编号、文件，或站点文件中的设备 / an id, a file, or a device of the site file')
      .option('--for <time>', '看多久，如 5m；不写到 Ctrl-C / how long, say 5m; left out: until Ctrl-C', readTime)
      .option('--no-press', '不要求按测试按钮 / nobody is asked to press the test button')
      .option('--variant <id>', '变体 / variant')
      .option('--option <key=value...>', '铭牌上的选项，如 scale=0.1 / what stands on the label, such as scale=0.1'),
  );
  withLine(
    add('look', '没有说明书时：哪些寄存器会变 / without a paper: which registers move', async (options) =>
      (await acts()).lookAtUnit(options),
    )
      .option('--for <time>', '静止多久，不写为 10s / how long it is left alone; left out: 10s', readTime)
      .option('--no-press', '不要求按测试按钮 / nobody is asked to press the test button')
      .option('--save <table.csv>', '把会变的寄存器存成表格 / write the registers that move into a table'),
  );
}

function withLine(command: Command): Command {
  return command
    .option('--port <tty>', '直接打开的串口 / a tty that is opened directly')
    .option('--line <id>', '站点文件中的线路 / a line of the site file')
    .option('--unit <address>', '地址 / address', readCount)
    .option('--baud <rate>', '波特率，用于 --port / speed, for --port', readCount)
    .addOption(
      new Option('--parity <parity>', '校验，用于 --port / parity, for --port').choices(['none', 'even', 'odd']),
    )
    .addOption(new Option('--stop-bits <n>', '停止位，用于 --port / stop bits, for --port').argParser(Number));
}

function refuse(text: string): never {
  throw new InvalidArgumentError(text);
}
