/** The command line of `npm run swarm`. */
import { parseArgs } from 'node:util';
import type { Words } from '../../config/vocabulary.js';
import { type SiteName, siteNames } from './swarm-site.js';

export interface SwarmOptions {
  /** Null: fresh ones, from the seed of the day on. */
  readonly firstSeed: number | null;
  readonly seeds: number;
  /** Virtual hours of each safety phase. */
  readonly hours: number;
  readonly jobs: number;
  readonly site: SiteName | null;
  /** Nothing is broken and nobody does anything. */
  readonly isQuiet: boolean;
  readonly hasTrace: boolean;
  /** A file of seeds that failed once: they are run first. */
  readonly replayFile: string | null;
  /** Appends what fails to that file. */
  readonly keeps: boolean;
  readonly isJson: boolean;
}

export type ParsedSwarm =
  | { readonly ok: true; readonly options: SwarmOptions }
  | { readonly ok: false; readonly words: Words };

const limits = { seeds: 1_000_000, hours: 24 * 400, jobs: 256, seed: 2 ** 50 } as const;

export const usage: Words = {
  zh: `用法：npm run swarm -- [选项]
  --seeds N      跑多少个种子，各是一个村（默认 20）
  --hours H      每个种子的虚拟小时数（默认 1）
  --seed N       从这个种子开始（只写它：只跑这一个）；不写：从当天的种子开始
  --trace        把这个种子的经过按列印出：时间、线路、报警、输出、记录、上报
  --site NAME    指定站点：${siteNames.join('、')}
  --quiet        什么都不坏、没有人动手的村
  --replay FILE  先重跑文件里失败过的种子（test/swarm/seeds.txt）
  --keep         把新失败的种子追加到 --replay 的文件
  --jobs J       同时用多少个进程（默认处理器个数）
  --json         每行一个 JSON
  --mutations [名称 …]  故意弄坏一份副本，看每个检查者能否发现（只能单独用；表在 test/swarm/README.md）
退出码：0 全部守住；1 有种子失败；2 命令行有误。`,
  en: `usage: npm run swarm -- [options]
  --seeds N      how many seeds to run, a village each (default 20)
  --hours H      virtual hours of each (default 1)
  --seed N       begins with this seed (alone: runs only it); left out: the seed of the day
  --trace        prints what happens in columns: time, wires, alarms, outputs, journal, uplinks
  --site NAME    the site: ${siteNames.join(', ')}
  --quiet        a village where nothing breaks and nobody does anything
  --replay FILE  first runs the seeds of a file that failed once (test/swarm/seeds.txt)
  --keep         appends seeds that fail now to the file of --replay
  --jobs J       processes at a time (default: one a processor)
  --json         one JSON a line
  --mutations [NAME …]  breaks a copy on purpose and looks whether each judge says so (alone; table in test/swarm/README.md)
exit codes: 0 everything held; 1 a seed failed; 2 the command line is wrong.`,
};

/** @param processors how many this machine has. */
export function parseSwarmOptions(args: readonly string[], processors: number): ParsedSwarm {
  const values = readFlags(args);
  if (values === null) return { ok: false, words: usage };
  const numbers: Record<'seeds' | 'hours' | 'jobs' | 'seed', number | null> = {
    seeds: null,
    hours: null,
    jobs: null,
    seed: null,
  };
  for (const flag of ['seeds', 'hours', 'jobs', 'seed'] as const) {
    const text = values[flag];
    if (text === undefined) continue;
    const number = Number(text);
    const isWhole = flag === 'hours' || Number.isInteger(number);
    if (!(isWhole && number > 0 && number <= limits[flag])) return refused(flag, text);
    numbers[flag] = number;
  }
  const site = siteNames.find((name) => name === values.site) ?? null;
  if (values.site !== undefined && site === null) {
    return {
      ok: false,
      words: {
        zh: `没有站点 ${values.site}；有：${siteNames.join('、')}`,
        en: `no site ${values.site}; there are: ${siteNames.join(', ')}`,
      },
    };
  }
  return {
    ok: true,
    options: {
      firstSeed: numbers.seed,
      seeds: numbers.seeds ?? (numbers.seed === null ? 20 : 1),
      hours: numbers.hours ?? 1,
      jobs: numbers.jobs ?? processors,
      site,
      isQuiet: values.quiet ?? false,
      hasTrace: values.trace ?? false,
      replayFile: values.replay ?? null,
      keeps: values.keep ?? false,
      isJson: values.json ?? false,
    },
  };
}

function refused(flag: keyof typeof limits, got: string): ParsedSwarm {
  const max = limits[flag];
  return {
    ok: false,
    words: {
      zh: `--${flag} ${got} 无效：应为大于 0、不超过 ${max} 的${flag === 'hours' ? '数' : '整数'}`,
      en: `not a value for --${flag}: ${got}; a ${flag === 'hours' ? '' : 'whole '}number above 0, up to ${max}`,
    },
  };
}

function readFlags(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        seeds: text,
        hours: text,
        jobs: text,
        seed: text,
        site: text,
        replay: text,
        quiet: flag,
        trace: flag,
        keep: flag,
        json: flag,
      },
      strict: true,
    }).values;
  } catch {
    return null;
  }
}
