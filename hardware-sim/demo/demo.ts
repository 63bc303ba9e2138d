import { pause, SystemClock } from '../../drivers/clock.js';
import { jsonLine, Teller } from '../../gateway/cli/teller.js';
import type { Observation } from '../../gateway/observation.js';
import { doDeed } from '../deeds.js';
import { type PathTime, PathTimes, pathLine } from '../district-doors/path-times.js';
import { playScenario, watchOutputs } from '../play-scenario.js';
import { refusedHere } from '../refused-here.js';
import { isLong, loadScenario, shortened } from '../scenario.js';
import { ScenarioJudge } from '../scenario-judge.js';
import { verdictJson, verdictLines } from '../scenario-verdicts.js';
import type { HornHeard } from '../sim-horns.js';
import { keyActions, keyHelp } from './keys.js';
import { type DemoOptions, parseDemoOptions } from './options.js';
import { Screen } from './screen.js';
import { buildStage, type Stage } from './stage.js';
import { soundWords, statusLine } from './status-line.js';

const statusMs = 250;
/** Scanning every line once takes about a second here; a machine that needs longer is not fit to judge a scenario. */
const scannedMaxMs = 10_000;
/** As for a command line that can not be understood. */
const exitRefused = 2;

/** Runs the demo; the exit status: 0 unless a scenario's expectations did not hold (1). */
export async function runDemo(argv: readonly string[]): Promise<number> {
  const options = parseDemoOptions(argv);
  const whole = options.scenario === null ? null : loadScenario(options.scenario);
  const refused = whole === null ? null : refusedHere(whole, 'demo');
  if (refused !== null) {
    process.stderr.write(`${refused.zh}\n${refused.en}\n`);
    return exitRefused;
  }
  const scenario = whole === null ? null : shortened(whole);
  const judge = scenario === null ? null : new ScenarioJudge(scenario);
  const screen = new Screen(process.stdout, !options.json && process.stdout.isTTY === true);
  const clock = new SystemClock();
  const teller = new Teller(options.lang, screen.isTerminal, () => clock.wall());
  const say = (words: { readonly zh: string; readonly en: string }): void => {
    if (!options.json) screen.print(words[options.lang]);
  };
  const seen = { isScanned: false, isUp: false };
  const times = new PathTimes();
  const observe = (observation: Observation, mono: number): void => {
    if (observation.kind === 'site.scanned') seen.isScanned = true;
    if (observation.kind === 'uplink.up') seen.isUp = true;
    if (observation.kind === 'uplink.down') seen.isUp = false;
    judge?.see(observation, mono);
    times.see(observation, { mono, wall: clock.wall() });
    if (options.json) process.stdout.write(`${jsonLine(observation, mono)}\n`);
    else {
      const line = teller.tell(observation);
      if (line !== null) screen.print(line);
    }
  };

  say({
    zh: '更夫演示：一座模拟的村镇。传感器、线路、引脚是模拟的；串口流、Modbus、SQLite、MQTT 和网关本身是真的。',
    en: 'Gengfu demo: a simulated site. Sensors, wires and pins are simulated; serial streams, Modbus, SQLite, MQTT and the gateway are real.',
  });
  // Whoever read our lines has gone, or somebody ends us: the demo ends, and leaves nothing behind.
  const ended = new Promise<'ended'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('ended'));
    process.stdout.on('error', () => resolve('ended'));
  });
  const stage = await buildStage(clock, scenario, options.panelPort, observe, options.hasAllUplinks);
  stage.village.horns.onHeard((heard) => {
    judge?.hear(heard, clock.mono());
    tellHeard(stage, heard, options, screen);
  });
  tellPort(stage, options, say);
  const untilMono = stage.clock.mono() + scannedMaxMs;
  while (!(seen.isScanned && seen.isUp) && stage.clock.mono() < untilMono) await pause(stage.clock, 10);
  if (scenario !== null && judge !== null) {
    say({ zh: `【${scenario.names.zh}】`, en: `[${scenario.names.en}]` });
    if (whole !== null && isLong(whole))
      say({ zh: '其中的若干天略去不演。', en: 'The days that pass in it are left out.' });
    watchOutputs(stage.village, judge, () => clock.mono());
    const playing = playScenario(stage, scenario, judge, options.forMs, (step) => {
      if (step === 'fire') times.fireSeen(clock.mono());
      if (options.json) printJson({ ms: Math.round(stage.clock.mono() * 10) / 10, kind: 'scenario.step', step });
    });
    await Promise.race([playing, ended]);
  } else await Promise.race([attend(stage, options, screen, seen, say), ended]);
  screen.end();
  if (stage.doors !== null) tellPaths(times.of(stage.config.uplinks.map(({ id }) => id)), options, say);
  await stage.close();
  return judge === null ? 0 : conclude(judge, options);
}

function tellPaths(
  paths: readonly PathTime[],
  { json }: DemoOptions,
  say: (words: { zh: string; en: string }) => void,
): void {
  if (json) printJson({ kind: 'demo.paths', paths });
  else for (const path of paths) say(pathLine(path));
}

function tellPort(stage: Stage, options: DemoOptions, say: (words: { zh: string; en: string }) => void): void {
  const { port, wasPortTaken } = stage.broker;
  const { panel } = stage.config;
  if (panel !== null) {
    const url = `http://127.0.0.1:${panel.port}/`;
    if (options.json) printJson({ kind: 'demo.panel', url });
    say({ zh: `值班面板：${url}`, en: `The duty panel: ${url}` });
  }
  if (options.json) printJson({ kind: 'demo.broker', port, wasPortTaken });
  const zh = wasPortTaken ? `端口 1883 已被占用，模拟平台改用 ${port}。` : `模拟平台在端口 ${port}。`;
  const en = wasPortTaken
    ? `Port 1883 is taken; the simulated district uses ${port}.`
    : `The district is on port ${port}.`;
  say({ zh, en });
}

/** What people in the town hear. */
function tellHeard(
  { config }: Stage,
  { speaker, what, isLoud }: HornHeard,
  options: DemoOptions,
  screen: Screen,
): void {
  if (options.json) {
    printJson({ kind: 'town.heard', speaker, what, loud: isLoud });
    return;
  }
  if (!isLoud) return;
  const { name } = config.speakers.find(({ id }) => id === speaker) ?? { name: { zh: speaker, en: speaker } };
  const words = soundWords(what, options.lang);
  screen.print(options.lang === 'zh' ? `   ♪ ${name.zh}：${words}` : `   ♪ ${name.en}: ${words}`);
}

/** Lets a person press keys until `q`, a signal or the end of the time. */
async function attend(
  stage: Stage,
  options: DemoOptions,
  screen: Screen,
  seen: { readonly isUp: boolean },
  say: (words: { zh: string; en: string }) => void,
): Promise<void> {
  const { clock } = stage;
  const { stdin } = process;
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  const times = new Map<string, number>();
  const press = (key: string): void => {
    if (key.toLowerCase() === 'q' || key === '\u0003') end();
    if (key === '?') say({ zh: keyHelp('zh'), en: keyHelp('en') });
    const action = keyActions.find((each) => each.key === key.toLowerCase());
    if (action === undefined) return;
    const count = times.get(action.key) ?? 0;
    times.set(action.key, count + 1);
    const { deeds, told } = action.deeds(count);
    say(told);
    if (action.asksDuty) stage.askDuty();
    for (const deed of deeds) doDeed(stage, deed).catch((error: unknown) => screen.print(String(error)));
  };
  stdin.on('data', (typed: Buffer) => [...typed.toString('utf8')].forEach(press));
  if (stdin.isTTY) stdin.setRawMode(true);
  say({ zh: keyHelp('zh'), en: keyHelp('en') });
  const endMono = options.forMs === null ? Number.POSITIVE_INFINITY : clock.mono() + options.forMs;
  while (!isOver && clock.mono() < endMono) {
    screen.status(statusLine(stage, seen.isUp, options.lang));
    await pause(clock, statusMs);
  }
  if (stdin.isTTY) stdin.setRawMode(false);
  stdin.pause();
}

function conclude(judge: ScenarioJudge, options: DemoOptions): number {
  if (options.json) process.stdout.write(`${verdictJson(judge, options.scenario ?? '')}\n`);
  else for (const line of verdictLines(judge, options.lang)) process.stdout.write(`${line}\n`);
  return judge.held ? 0 : 1;
}

function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
