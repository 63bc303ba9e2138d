/** `gengfu find`: what may stand behind it. */
import { type Command, Option } from 'commander';
import { type FindOptions, readAddresses, readFormats, readServer, type Server } from './find-options.js';

/** @param installedSite whose folder `profiles/` may hold profiles of the installer's own. */
export function addFindOrders(program: Command, installedSite: string): void {
  const command = program
    .command('find')
    .description(
      '查找线路上的设备：波特率、地址、可能的型号；只读不写 / find units on the wires: speed, address, likely model; it only reads',
    )
    .option(
      '-c, --config <file>',
      '站点文件，旁边的 profiles/ 也会用到 / site file; profiles/ beside it is used too',
      installedSite,
    );
  addWhereOptions(command)
    .option('--out <file>', '结果另存为 JSON 文件 / write the result to this file too, as JSON')
    .addOption(new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh'))
    .option('--json', '输出 JSON / machine-readable output')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .action(async (options: FindOptions) => {
      process.exitCode = await (await import('./find.js')).find(options);
    });
}

/** Where a search looks. */
export function addWhereOptions(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return command
    .option(
      '--port <path>',
      '只查这个串口，可多次写；不写为全部 / this serial port, may be repeated; left out: all',
      collect,
    )
    .option(
      '--tcp <host:port>',
      'Modbus TCP 网关或串口服务器，可多次写 / a Modbus TCP gateway or serial server, may be repeated',
      (value: string, before: readonly Server[] = []) => [...before, readServer(value)],
    )
    .option('--rtu', '--tcp 后面是透传串口服务器 / --tcp is a serial server that passes bytes through')
    .option(
      '--addresses <list>',
      '地址，如 1-32,100；不写为 1-247 / addresses, say 1-32,100; left out: 1-247',
      readAddresses,
    )
    .option(
      '--bauds <list>',
      '波特率，如 9600,4800,19200-8E1；不写为全部 / speeds, say 9600,4800,19200-8E1; left out: all',
      readFormats,
    )
    .option('--quick', '只查出厂波特率和地址 1–63 / only speeds as delivered, and addresses 1 to 63');
}
