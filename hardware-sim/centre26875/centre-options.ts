/** The command line of `npm run sim -- --centre`. */
import { parseArgs } from 'node:util';
import type { Words } from '../../config/vocabulary.js';
import { type GbPreset, gbPresets } from './gb-centre.js';
import type { CentreKnobs } from './knobs.js';

export interface CentreOptions {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly preset: GbPreset;
  readonly address: string | null;
  readonly zoneMin: number;
  readonly knobs: Partial<CentreKnobs>;
  readonly logs: boolean;
  readonly isJson: boolean;
  readonly lang: 'zh' | 'en';
}

const portMax = 65_535;
const countMax = 1_000_000;
const lateMaxMs = 600_000;
const zoneMaxMin = 14 * 60;

const usage: Words = {
  zh: `用法：npm run sim -- --centre 端口 [--host 127.0.0.1] [--log] [--preset ${gbPresets.join('|')}]
  [--silent] [--deny 次数] [--late 毫秒] [--user 账号=密码 …] [--source 源地址 …] [--address 中心地址] [--zone 480] [--json] [--lang zh|en]
运行后键入 help 查看命令。`,
  en: `usage: npm run sim -- --centre PORT [--host 127.0.0.1] [--log] [--preset ${gbPresets.join('|')}]
  [--silent] [--deny N] [--late MS] [--user NAME=PASSWORD …] [--source ADDRESS …] [--address OWN] [--zone 480] [--json] [--lang zh|en]
Type help once it runs.`,
};

const flags = {
  centre: { type: 'string' },
  host: { type: 'string' },
  log: { type: 'boolean' },
  preset: { type: 'string' },
  silent: { type: 'boolean' },
  deny: { type: 'string' },
  late: { type: 'string' },
  user: { type: 'string', multiple: true },
  source: { type: 'string', multiple: true },
  address: { type: 'string' },
  zone: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean' },
} as const;

export function asksForCentre(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--centre' || arg.startsWith('--centre='));
}

/** Words: what can not be understood. `help`: they are what was asked for. */
export function parseCentreOptions(
  args: readonly string[],
): CentreOptions | { readonly help: boolean; readonly words: Words } {
  const wrong = (zh: string, en: string) => ({
    help: false,
    words: { zh: `${zh}\n${usage.zh}`, en: `${en}\n${usage.en}` },
  });
  const values = readFlags(args);
  if (values === null) return wrong('命令行有误', 'the command line can not be understood');
  if (values.help === true) return { help: true, words: usage };
  const whole = (text: string | undefined, max: number): number | null =>
    text === undefined ? 0 : /^[0-9]{1,9}$/.test(text) && Number(text) <= max ? Number(text) : null;
  const port = values.centre === '' ? null : whole(values.centre, portMax);
  if (port === null) {
    return wrong(
      `端口应为 0 到 ${portMax} 的整数：${values.centre}`,
      `not a port from 0 to ${portMax}: ${values.centre}`,
    );
  }
  const preset = gbPresets.find((each) => each === (values.preset ?? 'standard'));
  if (preset === undefined) return wrong(`没有约定 ${values.preset}`, `no preset ${values.preset}`);
  const [denyNext, lateMs] = [whole(values.deny, countMax), whole(values.late, lateMaxMs)];
  if (denyNext === null) return wrong(`--deny 应为次数：${values.deny}`, `--deny wants a number: ${values.deny}`);
  if (lateMs === null)
    return wrong(`--late 应为毫秒：${values.late}`, `--late wants ms up to ${lateMaxMs}: ${values.late}`);
  const zoneMin = Number(values.zone ?? 480);
  if (!Number.isInteger(zoneMin) || Math.abs(zoneMin) > zoneMaxMin)
    return wrong('--zone 应为分钟', '--zone wants minutes');
  const addresses = [...(values.source ?? []), ...(values.address === undefined ? [] : [values.address])];
  if (addresses.some((each) => !/^[0-9A-Fa-f]{12}$/.test(each)))
    return wrong('地址应为 12 位十六进制', 'an address has 12 hex digits');
  const users = (values.user ?? []).map((text) => text.split(/=(.*)/s, 2));
  if (users.some(([name, password]) => !name || password === undefined))
    return wrong('--user 账号=密码', '--user NAME=PASSWORD');
  const { lang = 'zh' } = values;
  if (lang !== 'zh' && lang !== 'en') return wrong('--lang zh 或 en', '--lang zh or en');
  return {
    ...{ host: values.host ?? '127.0.0.1', port, preset, zoneMin, lang },
    address: values.address?.toLowerCase() ?? null,
    knobs: {
      ...{ denyNext, lateMs, answers: values.silent === true ? 'silent' : 'confirm' },
      accounts: users.length === 0 ? null : new Map(users.map(([name = '', password = '']) => [name, password])),
      knownSources: values.source === undefined ? null : new Set(values.source.map((each) => each.toLowerCase())),
    },
    logs: values.log ?? false,
    isJson: values.json ?? false,
  };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true }).values;
  } catch {
    return null;
  }
}
