import { Command, InvalidArgumentError, Option } from 'commander';
import { scenarioIds } from '../scenario.js';

/** Exit status for a wrong command line. */
const exitInvalid = 2;

export interface DemoOptions {
  readonly lang: 'zh' | 'en';
  readonly json: boolean;
  readonly scenario: string | null;
  /** Null = until a key or a signal ends it. */
  readonly forMs: number | null;
  /** Where the duty panel is served; another one when it is taken. */
  readonly panelPort: number;
  /** MQTT, GB/T 26875.3, HTTP and SMS at once. */
  readonly hasAllUplinks: boolean;
}

const panelPort = 8080;

export function parseDemoOptions(argv: readonly string[]): DemoOptions {
  const program = new Command('npm start --')
    .description('演示：一座模拟的古镇，真正的网关 / the demo: a simulated town, the real gateway')
    .addOption(new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh'))
    .addOption(new Option('--scenario <id>', '无人值守地演一出 / play a scenario').choices([...scenarioIds()]))
    .option('--for <time>', '运行多久 / how long, e.g. 20s or 2m', parseDuration)
    .option('--panel <port>', '值班面板的端口 / port of the duty panel', parsePort, panelPort)
    .option('--json', '每条记录和观察输出一行 JSON / one JSON line per entry and observation', false)
    .addOption(new Option('--all-uplinks', '四种上报方式 / four ways at once').default(false).hideHelp())
    // As gengfu does: 2 for what can not be understood.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitInvalid))
    .parse([...argv]);
  const options = program.opts<{
    lang: 'zh' | 'en';
    json: boolean;
    scenario?: string;
    for?: number;
    panel: number;
    allUplinks: boolean;
  }>();
  return {
    lang: options.lang,
    json: options.json,
    scenario: options.scenario ?? null,
    forMs: options.for ?? null,
    panelPort: options.panel,
    hasAllUplinks: options.allUplinks,
  };
}

const portMax = 65_535;

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > portMax) throw new InvalidArgumentError('1 … 65535');
  return port;
}

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

function parseDuration(text: string): number {
  const match = /^(\d{1,6})(s|m|h)$/.exec(text);
  const unitMs = unitsMs[match?.[2] ?? ''];
  if (match === null || unitMs === undefined) throw new InvalidArgumentError('20s, 2m, 1h');
  return Number(match[1]) * unitMs;
}
