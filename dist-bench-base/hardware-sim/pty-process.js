#!/usr/bin/env node
/**
 * One simulated line as its own process, on a pseudo-terminal or behind a TCP server: any Modbus master can open it as if it
 * were an RS-485 adapter or a device on the network. Commands on stdin and events on stdout: pty-talk.ts. The units keep
 * their state while masters come and go. Exit status: 0 asked to end, 1 the pseudo-terminal broke, 2 it can not start.
 */
import { createInterface } from 'node:readline';
import { loadConfig } from '../config/load-config.js';
import { describeProblem } from '../config/problem.js';
import { SystemClock } from '../drivers/clock.js';
import { knownParts } from './known-parts.js';
import { LineOfVillage, lineAt } from './line-of-village.js';
import { startTcpServer } from './net/tcp-server.js';
import { parsePtyOptions } from './pty-options.js';
import { commandHelp, parseCommand, tell } from './pty-talk.js';
import { openPty } from './socat-pty.js';
const failureWords = {
    'no-socat': {
        zh: '没有找到 socat，请先安装：sudo apt-get install socat',
        en: 'socat was not found; install it: sudo apt-get install socat',
    },
    'path-taken': {
        zh: '--pty 指定的位置已有别的文件，请换一个',
        en: 'something else stands where --pty points; choose another place',
    },
    failed: { zh: 'socat 无法建立伪终端', en: 'socat could not make the pseudo-terminal' },
};
async function main() {
    const parsed = parsePtyOptions(process.argv.slice(2));
    if (!parsed.ok)
        return refuse(parsed.words);
    const { options } = parsed;
    const outcome = await loadConfig(options.configFile, knownParts);
    if (!outcome.ok) {
        for (const problem of outcome.problems)
            console.error(describeProblem(problem, 'zh'));
        return refuse({ zh: '站点文件有误', en: 'the site file has problems' });
    }
    const line = chooseLine(outcome.config, options);
    if (line === null) {
        const known = outcome.config.lines.map(({ id }) => id).join(', ');
        const asked = options.lineId ?? '';
        return refuse({ zh: `没有线路 ${asked}，可选：${known}`, en: `no line ${asked}; there are: ${known}` });
    }
    await run(outcome.config, line, options);
}
async function run(config, line, options) {
    const clock = new SystemClock();
    const say = (event) => console.log(tell(event, options.isJson));
    const simulated = new LineOfVillage(lineAt(line, options.at, options.baud), config, clock, say);
    const { at } = options;
    const offer = await (at.kind === 'pty' ? offerTty(simulated, at.path, clock, say) : offerTcp(simulated, at));
    if ('zh' in offer)
        return refuse(offer);
    listen(simulated, offer, say);
    say({ event: 'ready', path: offer.where });
}
async function offerTty(simulated, path, clock, say) {
    const wire = simulated.village.wires.get(simulated.line.id);
    if (wire === undefined)
        throw new Error(`no wire for line ${simulated.line.id}`);
    const pty = await openPty(path, clock, {
        onBytes: (bytes) => wire.masterWrite(bytes),
        onGone: () => {
            say({ event: 'error', text: 'the pseudo-terminal is gone' });
            process.exit(1);
        },
    });
    if (typeof pty === 'string')
        return failureWords[pty];
    wire.onMasterBytes((bytes) => pty.write(bytes));
    return { where: path, stop: () => pty.stop() };
}
async function offerTcp(simulated, at) {
    const network = simulated.village.networks.get(simulated.line.id);
    if (network === undefined)
        throw new Error(`no network for line ${simulated.line.id}`);
    try {
        const running = await startTcpServer({ server: network.server, host: at.host, port: at.port });
        network.onCut((isCut) => running.setCut(isCut));
        return { where: `${running.host}:${running.port}`, stop: () => running.stop() };
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return { zh: `无法监听 ${at.host}:${at.port}：${why}`, en: `can not listen on ${at.host}:${at.port}: ${why}` };
    }
}
/** Commands and signals. The end of stdin is no command: started in the background there is none from the beginning. */
function listen(simulated, offer, say) {
    const quit = () => {
        void offer.stop().then(() => process.exit(0));
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
        process.once(signal, quit);
    createInterface({ input: process.stdin }).on('line', (text) => {
        if (text.trim() === '')
            return;
        const command = parseCommand(text);
        if (command === null)
            say({ event: 'error', text: `not understood; ${commandHelp}` });
        else if (command.verb === 'quit')
            quit();
        else
            say(simulated.obey(command));
    });
}
function chooseLine({ lines }, { lineId }) {
    return (lineId === null ? lines[0] : lines.find(({ id }) => id === lineId)) ?? null;
}
function refuse(words) {
    console.error(words.zh);
    console.error(words.en);
    process.exitCode = 2;
}
await main();
