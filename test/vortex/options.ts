/** The command line of `npm run vortex`. Pure. */
import { parseArgs } from 'node:util';
import type { Words } from '../../config/vocabulary.js';

export interface VortexOptions {
  readonly seed: number;
  readonly minutes: number;
  readonly asJson: boolean;
  /** Print what would happen, and end. */
  readonly isPlanOnly: boolean;
}

export const usage: Words = {
  zh: [
    '用法：npm run vortex -- [--seed 种子] [--minutes 分钟] [--json] [--plan]',
    '  编译好的网关进程、真的 Mosquitto、伪终端和 TCP 服务器，按种子出故障（kill -9、断线、冻结……），由网关以外的裁判评判。',
    '  --seed     种子，整数；不写则取当天日期。同一种子的计划相同，时序不同',
    '  --minutes  故障阶段的长度，分钟，默认 2；之后再用约 1 分钟修复一切、等全部上报',
    '  --json     结果是一行 JSON',
    '  --plan     只打印计划，不运行',
    '退出码：0 全部裁判通过；1 有裁判指控，或网关自己退出；2 参数不对、缺程序（socat、mosquitto）或被中断',
  ].join('\n'),
  en: [
    'usage: npm run vortex -- [--seed N] [--minutes M] [--json] [--plan]',
    '  the built gateway as a process, a real Mosquitto, pseudo-terminals and TCP servers; faults from a seed (kill -9, cuts, freezes …),',
    '  judged from outside the gateway.',
    '  --seed     whole number; left out: the date of today. A seed has one plan, but not one timing',
    '  --minutes  length of the phase with faults, default 2; about one minute more heals everything and waits until all is told',
    '  --json     the result is one line of JSON',
    '  --plan     print the plan and end',
    'exit status: 0 every judge is content; 1 a judge accuses, or the gateway ended by itself; 2 bad options, a program is missing',
    '  (socat, mosquitto), or interrupted',
  ].join('\n'),
};

const minutesMax = 24 * 60;
const defaultMinutes = 2;

/** Words: what is wrong. Null: help is asked for. */
export function parseVortexOptions(args: readonly string[], today: number): VortexOptions | Words | null {
  const values = readFlags(args);
  if (values === null) return usage;
  if (values.help === true) return null;
  const seed = values.seed === undefined ? today : Number(values.seed);
  if (!Number.isSafeInteger(seed) || values.seed?.trim() === '') {
    return wrong(`--seed ${values.seed}`, '整数', 'a whole number');
  }
  const minutes = Number(values.minutes ?? defaultMinutes);
  if (!(minutes > 0 && minutes <= minutesMax)) {
    return wrong(`--minutes ${values.minutes}`, `大于 0、不超过 ${minutesMax}`, `above 0, at most ${minutesMax}`);
  }
  return { seed, minutes, asJson: values.json === true, isPlanOnly: values.plan === true };
}

function wrong(got: string, zh: string, en: string): Words {
  return { zh: `${got}：应为${zh}`, en: `${got}: expected ${en}` };
}

function readFlags(args: readonly string[]) {
  const options = {
    seed: { type: 'string' },
    minutes: { type: 'string' },
    json: { type: 'boolean' },
    plan: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch {
    return null;
  }
}
