#!/usr/bin/env node
/**
 * One simulated line as its own process, on a pseudo-terminal or behind a TCP server: any Modbus master can open it as if it
 * were an RS-485 adapter or a device on the network. Commands on stdin and events on stdout: pty-talk.ts. The units keep
 * their state while masters come and go. With --scenario a whole village: apart/play-apart.ts. Exit status: 0 asked to end, 1 the
 * pseudo-terminal broke, 2 it can not start.
 */
import { createInterface } from 'node:readline';
import { loadConfig } from '../config/load-config.js';
import { describeProblem } from '../config/problem.js';
import type { LineConfig, SiteConfig } from '../config/site.js';
import type { Words } from '../config/vocabulary.js';
import { SystemClock } from '../drivers/clock.js';
import { asksForScenario } from './apart/apart-options.js';
import { playApart } from './apart/play-apart.js';
import { asksForCentre } from './centre26875/centre-options.js';
import { runCentre } from './centre26875/run-centre.js';
import { knownParts } from './known-parts.js';
import { LineOfVillage, lineAt } from './line-of-village.js';
import { asksForModem, runModem } from './modem/run-modem.js';
import { startTcpServer } from './net/tcp-server.js';
import { PtyBaud } from './pty-baud.js';
import { ptyFailureWords } from './pty-failure-words.js';
import { type PtyOptions, parsePtyOptions, type TcpPlace } from './pty-options.js';
import { commandHelp, type PtyEvent, parseCommand, tell } from './pty-talk.js';
import { openPty } from './socat-pty.js';

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (asksForScenario(args)) process.exit(await playApart(args));
  if (asksForCentre(args)) process.exit(await runCentre(args));
  if (asksForModem(args)) process.exit(await runModem(args));
  const parsed = parsePtyOptions(args);
  if (!parsed.ok) return refuse(parsed.words);
  const { options } = parsed;
  const outcome = await loadConfig(options.configFile, knownParts);
  if (!outcome.ok) {
    for (const problem of outcome.problems) console.error(describeProblem(problem, 'zh'));
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

async function run(config: SiteConfig, line: LineConfig, options: PtyOptions): Promise<void> {
  const clock = new SystemClock();
  const say = (event: PtyEvent): void => console.log(tell(event, options.isJson));
  const simulated = new LineOfVillage(
    lineAt(line, options.at, options.baud),
    ...([config, clock, say, options.unitBauds] as const),
  );
  const { at } = options;
  const offer = await (at.kind === 'pty'
    ? offerTty(simulated, at.path, options.unitBauds.size > 0, clock, say)
    : offerTcp(simulated, at));
  if ('zh' in offer) return refuse(offer);
  listen(simulated, offer, say);
  say({ event: 'ready', path: offer.where });
}

/** The line where a master finds it. */
interface Offer {
  readonly where: string;
  stop(): Promise<void>;
}

async function offerTty(
  simulated: LineOfVillage,
  path: string,
  listensToBaud: boolean,
  clock: SystemClock,
  say: (event: PtyEvent) => void,
): Promise<Offer | Words> {
  const wire = simulated.village.wires.get(simulated.line.id);
  if (wire === undefined) throw new Error(`no wire for line ${simulated.line.id}`);
  const { format } = simulated.line;
  let baud: PtyBaud | null = null;
  const pty = await openPty(path, clock, {
    onBytes: (bytes) => (baud === null ? wire.masterWrite(bytes) : baud.receive(bytes)),
    onGone: () => {
      say({ event: 'error', text: 'the pseudo-terminal is gone' });
      process.exit(1);
    },
  });
  if (typeof pty === 'string') return ptyFailureWords[pty];
  wire.onMasterBytes((bytes) => pty.write(bytes));
  if (listensToBaud && format !== null) {
    baud = new PtyBaud(path, clock, (bytes, speed) => {
      if (speed !== null) wire.setMasterFormat({ ...format, baud: speed });
      wire.masterWrite(bytes);
    });
  }
  const stop = (): Promise<void> => {
    baud?.stop();
    return pty.stop();
  };
  return { where: path, stop };
}

async function offerTcp(simulated: LineOfVillage, at: TcpPlace): Promise<Offer | Words> {
  const network = simulated.village.networks.get(simulated.line.id);
  if (network === undefined) throw new Error(`no network for line ${simulated.line.id}`);
  try {
    const running = await startTcpServer({ server: network.server, host: at.host, port: at.port });
    network.onCut((isCut) => running.setCut(isCut));
    return { where: `${running.host}:${running.port}`, stop: () => running.stop() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { zh: `无法监听 ${at.host}:${at.port}：${why}`, en: `can not listen on ${at.host}:${at.port}: ${why}` };
  }
}

/** Commands and signals. The end of stdin is no command: started in the background there is none from the beginning. */
function listen(simulated: LineOfVillage, offer: Offer, say: (event: PtyEvent) => void): void {
  const quit = (): void => {
    void offer.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, quit);
  createInterface({ input: process.stdin }).on('line', (text) => {
    if (text.trim() === '') return;
    const command = parseCommand(text);
    if (command === null) say({ event: 'error', text: `not understood; ${commandHelp}` });
    else if (command.verb === 'quit') quit();
    else say(simulated.obey(command));
  });
}

function chooseLine({ lines }: SiteConfig, { lineId }: PtyOptions): LineConfig | null {
  return (lineId === null ? lines[0] : lines.find(({ id }) => id === lineId)) ?? null;
}

function refuse(words: Words): void {
  console.error(words.zh);
  console.error(words.en);
  process.exitCode = 2;
}

await main();
