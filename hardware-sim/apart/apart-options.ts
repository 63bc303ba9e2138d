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
}

const usage: Words = {
  zh: `用法：npm run sim -- --scenario 剧本 [--dir 目录] [--by-hand] [--brief] [--json] [--lang zh|en]\n剧本：${scenarioIds().join(' ')}`,
  en: `usage: npm run sim -- --scenario ID [--dir FOLDER] [--by-hand] [--brief] [--json] [--lang zh|en]\nscenarios: ${scenarioIds().join(' ')}`,
};

const flags = {
  scenario: { type: 'string' },
  dir: { type: 'string' },
  'by-hand': { type: 'boolean' },
  brief: { type: 'boolean' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
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
  return { scenario, folder: dir ?? null, isByHand: values['by-hand'] ?? false, isBrief: brief, isJson: json, lang };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true }).values;
  } catch {
    return null;
  }
}
