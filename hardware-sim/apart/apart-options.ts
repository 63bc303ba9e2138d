import { parseArgs } from 'node:util';
import type { Words } from '../../config/vocabulary.js';
import { scenarioIds } from '../scenario.js';

export interface ApartOptions {
  readonly scenario: string;
  /** Where site file, links and data are; null: a temporary folder. */
  readonly folder: string | null;
  /** True: somebody else starts the gateway. */
  readonly isByHand: boolean;
  /** True: over as soon as every step is done and every expectation met. */
  readonly isBrief: boolean;
  readonly isJson: boolean;
  readonly lang: 'zh' | 'en';
  /** What starts the gateway, `run` and its options left out; null: the built one with this node. */
  readonly gateway: readonly string[] | null;
  /** A broker of somebody else; null: our own. */
  readonly broker: string | null;
  /** How many times slower than usual the gateway's machine is (an emulated one): steps and limits take so many times longer. */
  readonly slowness: number;
  /** MQTT, GB/T 26875.3, HTTP and SMS at once, in the place of the site's own uplinks. */
  readonly hasAllUplinks: boolean;
}

const slownessMax = 20;

const usage: Words = {
  zh: `用法：npm run sim -- --scenario 剧本 [--dir 目录] [--by-hand | --gateway "命令"] [--broker mqtt://…] [--slow 1…${slownessMax}] [--all-uplinks] [--brief] [--json] [--lang zh|en]\n剧本：${scenarioIds().join(' ')}`,
  en: `usage: npm run sim -- --scenario ID [--dir FOLDER] [--by-hand | --gateway "COMMAND"] [--broker mqtt://…] [--slow 1…${slownessMax}] [--all-uplinks] [--brief] [--json] [--lang zh|en]\nscenarios: ${scenarioIds().join(' ')}`,
};

const flags = {
  scenario: { type: 'string' },
  dir: { type: 'string' },
  'by-hand': { type: 'boolean' },
  brief: { type: 'boolean' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  gateway: { type: 'string' },
  broker: { type: 'string' },
  slow: { type: 'string' },
  'all-uplinks': { type: 'boolean' },
  // A village apart is always on pseudo-terminals.
  pty: { type: 'boolean' },
} as const;

/** Does this command line ask for a scenario, or for one line? */
export function asksForScenario(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--scenario' || arg.startsWith('--scenario='));
}

/** Words: what can not be understood. */
export function parseApartOptions(args: readonly string[]): ApartOptions | Words {
  const values = readFlags(args);
  if (values === null) return usage;
  const { scenario = '', dir, brief = false, json = false, lang = 'zh' } = values;
  if (lang !== 'zh' && lang !== 'en') return usage;
  if (!scenarioIds().includes(scenario)) {
    return { zh: `没有剧本 ${scenario}\n${usage.zh}`, en: `no scenario ${scenario}\n${usage.en}` };
  }
  const isByHand = values['by-hand'] ?? false;
  const gateway = values.gateway?.split(/\s+/).filter((word) => word !== '') ?? null;
  const slowness = Number(values.slow ?? 1);
  const isSlow = slowness >= 1 && slowness <= slownessMax;
  if (!isSlow || gateway?.length === 0 || (isByHand && gateway !== null)) return usage;
  return {
    ...{ scenario, folder: dir ?? null, isByHand, isBrief: brief, isJson: json, lang },
    ...{ gateway, broker: values.broker ?? null, slowness, hasAllUplinks: values['all-uplinks'] ?? false },
  };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true }).values;
  } catch {
    return null;
  }
}
