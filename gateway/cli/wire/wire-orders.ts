/** The verbs `read`, `watch`, `write`, `address` and `baud`: what may stand behind them. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AddTo } from '../exercise-orders.js';
import { readCount, readTime } from '../read-time.js';
import type { WireOptions } from './place-options.js';
import type { WireVerb } from './wire-acts.js';

export function addWireOrders(program: Command, addTo: AddTo): void {
  const add = (verb: WireVerb, description: string): Command =>
    addTo(program, verb, description, async (options, args) =>
      (await import('./wire-acts.js')).wireAct(verb, args, options as WireOptions),
    );
  const names = '设备或监测点的编号 / ids of devices or points';
  place(add('read', '读设备、监测点或寄存器 / read devices, points or registers'))
    .argument('[what...]', names)
    .option('--count <n>', '读几个，不写为 1 / how many; left out: 1', readNumber);
  place(add('watch', '连续读，标出变化，Ctrl-C 结束 / read on and on, changes marked, until Ctrl-C'))
    .argument('[what...]', names)
    .option('--count <n>', '读几个，不写为 1 / how many; left out: 1', readNumber)
    .option('--for <time>', '多久，如 30s；不写到 Ctrl-C / how long, say 30s; left out: until Ctrl-C', readTime)
    .option('--every <time>', '多久一次，不写为 1s / how often; left out: 1s', readTime);
  consent(
    place(add('write', '写寄存器、做设备动作或补设置，先问再写 / write a register, an action or settings; asks first')),
  )
    .argument('[what...]', '设备 动作，或 设备 --setup / DEVICE ACTION, or DEVICE --setup')
    .option('--value <n>', '写什么，0 至 65535，或 0x… / what to write, 0 to 65535 or 0x…', readNumber)
    .option('--setup', '写入型号要求、而现在不同的设置 / write the settings that the profile wants and that differ');
  const toAddress = '新地址（必填） / the new address (required)';
  move(
    add('address', '按型号的方法改设备地址，先问再改 / change a unit’s address by its profile; asks first'),
  ).requiredOption('--to <n>', toAddress, readNumber);
  const toRate = '新波特率（必填） / the new baud rate (required)';
  move(
    add('baud', '按型号的方法改波特率，先问再改 / change a unit’s baud rate by its profile; asks first'),
  ).requiredOption('--to <n>', toRate, readNumber);
}

function line(command: Command): Command {
  return command
    .option('--line <line>', '站点文件中的线路 / a line of the site file')
    .option('--port <path>', '串口，不用站点文件 / a tty, without a site file')
    .option('--baud <n>', '波特率，不写为 9600 / its rate; left out: 9600', readCount)
    .addOption(
      new Option('--parity <parity>', '校验，不写为 none / parity; left out: none').choices(['none', 'even', 'odd']),
    )
    .option('--stop-bits <n>', '停止位 1 或 2 / stop bits, 1 or 2', readCount)
    .option('--tcp <host:port>', 'Modbus TCP，不用站点文件 / Modbus TCP, without a site file')
    .option('--rtu', '与 --tcp 同用：服务器只透传 RTU / with --tcp: the server passes RTU through');
}

function place(command: Command): Command {
  return line(command)
    .option('--unit <n>', '设备地址 / the unit’s address', readNumber)
    .addOption(
      new Option('--table <table>', '表，不写为 holding / table; left out: holding').choices([
        'coil',
        'discrete',
        'input',
        'holding',
      ]),
    )
    .option('--addr <n>', '寄存器，从 0 数，如 16 或 0x10 / register, counted from 0: 16 or 0x10', readNumber);
}

function move(command: Command): Command {
  return line(command)
    .argument('<unit>', '设备编号、现在的地址，或 any / a device, its address now, or any')
    .option('--profile <id>', '型号，站点文件没有时必填 / the profile, where the site file does not know it')
    .option('--alone', '线上只接了这一台（any 时必填） / this unit is alone on the pair (required with any)')
    .option('--yes', '不问 / do not ask');
}

function consent(command: Command): Command {
  return command
    .option('--yes', '不问，供脚本；有风险的仍拒绝 / do not ask, for scripts; what has a risk is still refused')
    .option('--i-know', '与 --yes 同用：会响、会送断电也写 / with --yes: also what sounds or moves power');
}

/** `16`, `0x10`. */
function readNumber(text: string): number {
  if (!/^(0x[0-9A-Fa-f]{1,4}|[0-9]{1,6})$/.test(text)) throw new InvalidArgumentError('16, 0x10');
  return Number(text);
}
