import { existsSync } from 'node:fs';
import { Argument, Command, Option } from 'commander';
import { loadConfig } from '../../config/load-config.js';
import { describeProblem, toldIn } from '../../config/problem.js';
import { readTextFile } from '../../config/read-text.js';
import { SystemClock } from '../../drivers/clock.js';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { explainExercises } from '../annunciator/explain-exercises.js';
import { explainPlans } from '../annunciator/explain-plan.js';
import { checkSiteFile, checkSiteText } from '../check.js';
import { checkNotes } from '../check-notes.js';
import { openLines, openLog } from '../log.js';
import { knownPinDrivers, knownUplinks, readVersion, SecondGatewayError, startGateway, } from '../main.js';
import { checkInWorker } from '../staging/worker-check.js';
import { checkAsJson, describeCheck } from './check-table.js';
import { addConfigOrders } from './config-orders.js';
import { control, service } from './control.js';
import { addDistrictCommands } from './district-command.js';
import { doctor } from './doctor.js';
import { answerDuty } from './duty.js';
import { addExerciseOrders } from './exercise-orders.js';
import { orderConfig } from './order-config.js';
import { orderExercise } from './order-exercise.js';
import { readTime } from './read-time.js';
import { addReceive } from './receive-options.js';
import { jsonLine, Teller } from './teller.js';
/** Exit statuses. */
const exitCrash = 1;
const exitInvalid = 2;
const exitSecond = 3;
/** Parses and runs one command line. */
export async function runCli(argv) {
    const program = new Command('gengfu')
        .description('更夫：村庄消防守望网关 / the box that watches a village')
        .version(await readVersion())
        .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitInvalid));
    const addTo = (parent, name, description, act) => parent
        .command(name)
        .description(description)
        .requiredOption('-c, --config <file>', '站点文件（必填） / site file, gateway.yaml (required)')
        .addOption(new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh'))
        .option('--json', '输出 JSON / machine-readable output')
        .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitInvalid))
        .action((...all) => {
        const command = all.at(-1);
        return act(command.opts(), command.args);
    });
    const add = (name, description, act) => addTo(program, name, description, act);
    add('run', '运行网关 / run the gateway', run);
    add('check', '检查站点文件 / check a site file', check);
    add('status', '现有的报警和故障 / what is in alarm or at fault now', (options) => order('status', options));
    add('doctor', '网关和本机的状况 / how the gateway and its box fare', examine);
    add('acknowledge', '确认现有的报警 / acknowledge what is there now', (options) => order('acknowledge', options));
    add('silence', '消音 / silence the sounders', (options) => order('silence', options));
    add('reset', '复位 / reset what is back to normal', (options) => order('reset', options));
    add('duty-answer', '应答查岗 / answer a duty check of the district', async (options) => {
        const dataDir = await dataDirOf(options);
        if (dataDir !== null)
            process.exitCode = await answerDuty(dataDir, options.lang, options.json === true);
    });
    const addService = (name, description, to) => {
        const command = add(name, description, (options, what) => serve(to, what, options)).argument('<what...>', '设备、监测点或报警的编号 / ids of devices, points or alarms');
        if (to !== 'in-service')
            command.requiredOption('--for <time>', '多久（必填），如 30m、8h、3d / how long (required): 30m, 8h, 3d', readTime);
    };
    addService('shelve', '搁置（火警除外，最长 24 小时） / shelve (not fire, 24 h at most)', 'shelved');
    addService('take-out', '屏蔽，维修用（最长 7 天） / take out of service for repair (7 days at most)', 'out-of-service');
    addService('put-back', '恢复守望 / put back into service', 'in-service');
    addConfigOrders(program, addTo, async (what, options) => {
        const dataDir = await dataDirOf(options);
        if (dataDir !== null)
            process.exitCode = await orderConfig(what, dataDir, options.lang, options.json === true);
    });
    addExerciseOrders(program, addTo, async (ask, options) => {
        const dataDir = await dataDirOf(options);
        if (dataDir !== null)
            process.exitCode = await orderExercise(ask, dataDir, options.lang, options.json === true);
    });
    add('explain', '用文字说明预案、演练、试鸣和广播：谁在何时听到什么 / who hears what when, in words', explain).addArgument(new Argument('[what]', '预案，以及没有报警时会响的 / plans, and what sounds without an alarm')
        .choices(['plan'])
        .default('plan'));
    addReceive(program, async (options) => (await import('./receive.js')).receive(options));
    addDistrictCommands(program);
    await program.parseAsync([...argv]);
}
async function serve(to, what, options) {
    const dataDir = await dataDirOf(options);
    if (dataDir === null)
        return;
    const { lang, json } = options;
    process.exitCode = await service(to, what, options.for ?? 0, dataDir, lang, json === true);
}
async function order(verb, options) {
    const dataDir = await dataDirOf(options);
    if (dataDir !== null)
        process.exitCode = await control(verb, dataDir, options.lang, options.json === true);
}
/** Where the gateway of this site can be asked; null after its problems were printed. A line that has become too slow is no
 * reason not to silence a siren: budgets are not looked at. */
async function dataDirOf(options) {
    const loaded = await loadConfig(options.config, await known());
    if (loaded.ok)
        return loaded.config.dataDir;
    refuse(loaded.problems, options);
    return null;
}
async function check(options) {
    const checked = await readChecked(options);
    if (checked === null)
        return;
    const { config, budgets } = checked;
    const notes = checkNotes(config, existsSync);
    const { json, lang } = options;
    const text = json === true ? checkAsJson(config, budgets, notes) : describeCheck(config, budgets, lang, notes);
    process.stdout.write(`${text}\n`);
}
async function examine(options) {
    const loaded = await loadConfig(options.config, await known());
    if (loaded.ok)
        process.exitCode = await doctor(loaded.config, options.lang, options.json === true);
    else
        refuse(loaded.problems, options);
}
async function explain(options) {
    const checked = await readChecked(options);
    if (checked === null)
        return;
    const { config } = checked;
    const { json, lang } = options;
    const words = [explainPlans(config, lang), explainExercises(config, lang)].join('\n\n');
    const text = json === true ? JSON.stringify(config.plans) : words;
    process.stdout.write(`${text}\n`);
}
async function run(options) {
    const checked = await readChecked(options);
    if (checked === null)
        return;
    const { config } = checked;
    const text = await readTextFile(config.file);
    const clock = new SystemClock();
    const teller = new Teller(options.lang, process.stdout.isTTY === true, () => clock.wall());
    const lines = openLines();
    const log = openLog('info');
    process.on('uncaughtException', (error) => void crash(error, log, clock));
    const tell = (line) => {
        if (line !== null)
            lines.write(line);
    };
    const signalled = new Promise((resolve) => {
        for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
            process.on(signal, () => resolve());
    });
    try {
        const gateway = await startGateway({
            ...{ config, clock, log },
            ...(text.ok ? { installed: await installedSite(config.file, text.text, clock) } : {}),
            observe: (seen) => tell(options.json === true ? jsonLine(seen, clock.mono()) : teller.tell(seen)),
        });
        void signalled.then(() => stopAndEnd(gateway, lines, log, clock));
    }
    catch (error) {
        if (!(error instanceof SecondGatewayError))
            throw error;
        process.stderr.write(options.lang === 'zh'
            ? `已有另一个网关在使用数据目录 ${error.dataDir}，本进程退出。\n`
            : `another gateway already uses the data directory ${error.dataDir}; this one ends.\n`);
        process.exit(exitSecond);
    }
}
/** The text of the installed file, and how others are checked in its place. */
async function installedSite(file, text, clock) {
    const options = await known();
    return {
        text,
        checkNow: (other) => checkSiteText(file, other, options),
        check: checkInWorker({ file, knownUplinks, knownPinDrivers }, clock),
    };
}
async function stopAndEnd(gateway, lines, log, clock) {
    const isFree = await gateway.stop();
    const isDrained = await Promise.all([lines.end(clock), log.end(clock)]);
    // process.exit waits for a thread that a bad disk holds, and writes out what nobody reads; a signal does neither.
    if (isFree && !isDrained.includes(false))
        process.exit(0);
    process.kill(process.pid, 'SIGKILL');
}
/** Our own bug: say so and end, whoever reads it or not. systemd starts us again; outputs keep their state until then. */
async function crash(error, log, clock) {
    log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'crash');
    if (await log.end(clock))
        process.exit(exitCrash);
    process.kill(process.pid, 'SIGKILL');
}
/** The site and its lines' budgets, or null after the list of problems was printed and the exit status set. */
async function readChecked(options) {
    const checked = await checkSiteFile(options.config, await known());
    if (checked.ok)
        return checked;
    refuse(checked.problems, options);
    return null;
}
/** What this build can drive. */
async function known() {
    const codecs = await loadCodecs();
    return { knownUplinks, knownPinDrivers, knownCodecs: [...codecs.keys()], codecs };
}
function refuse(problems, options) {
    printProblems(problems, options);
    process.exitCode = exitInvalid;
}
function printProblems(problems, { json, lang }) {
    if (json === true) {
        const inLang = (told) => (told === null ? null : toldIn(told, lang));
        const told = problems.map((each) => ({ ...each, expected: inLang(each.expected), got: inLang(each.got) }));
        process.stdout.write(`${JSON.stringify({ ok: false, problems: told })}\n`);
        return;
    }
    for (const problem of problems)
        process.stderr.write(`${describeProblem(problem, lang)}\n`);
    const count = problems.length;
    process.stderr.write(lang === 'zh' ? `站点文件有 ${count} 个问题。\n` : `problems in the site file: ${count}\n`);
}
