import { Command, InvalidArgumentError, Option } from 'commander';
import { scenarioIds } from '../scenario.js';
/** Exit status for a wrong command line. */
const exitInvalid = 2;
export function parseDemoOptions(argv) {
    const program = new Command('npm start --')
        .description('演示：一座模拟的古镇，真正的网关 / the demo: a simulated town, the real gateway')
        .addOption(new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh'))
        .addOption(new Option('--scenario <id>', '无人值守地演一出 / play a scenario').choices([...scenarioIds()]))
        .option('--for <time>', '运行多久 / how long, e.g. 20s or 2m', parseDuration)
        .option('--json', '每条记录和观察输出一行 JSON / one JSON line per entry and observation', false)
        // As gengfu does: 2 for what can not be understood.
        .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitInvalid))
        .parse([...argv]);
    const options = program.opts();
    return {
        lang: options.lang,
        json: options.json,
        scenario: options.scenario ?? null,
        forMs: options.for ?? null,
    };
}
const unitsMs = { s: 1000, m: 60_000, h: 3_600_000 };
function parseDuration(text) {
    const match = /^(\d{1,6})(s|m|h)$/.exec(text);
    const unitMs = unitsMs[match?.[2] ?? ''];
    if (match === null || unitMs === undefined)
        throw new InvalidArgumentError('20s, 2m, 1h');
    return Number(match[1]) * unitMs;
}
