/**
 * `npm run sim -- --scenario X`: the village of a scenario in this process, the built gateway in another one, joined by
 * pseudo-terminals and TCP. With `--all-uplinks` it tells four centres, and each way is timed. Exit status: 0 everything held, 1 something
 * did not, 2 it can not be played.
 */
import type { Words } from '../../config/vocabulary.js';
import { type Clock, pause, SystemClock } from '../../drivers/clock.js';
import type { Observation } from '../../gateway/observation.js';
import type { Path } from '../district-doors/path-verdicts.js';
import { playScenario, watchOutputs } from '../play-scenario.js';
import { ptyFailureWords } from '../pty-failure-words.js';
import { isLong, loadScenario, type Scenario, shortened, slowed } from '../scenario.js';
import { ScenarioJudge } from '../scenario-judge.js';
import { verdictJson, verdictLines } from '../scenario-verdicts.js';
import { type ApartOptions, parseApartOptions } from './apart-options.js';
import { ApartStage } from './apart-stage.js';
import { FirePaths } from './fire-paths.js';
import { gatewayProgram } from './gateway-process.js';
import { refusedOptions } from './refused-options.js';

const exitRefused = 2;
/** A gateway that we start has so long to scan every line once and to reach the broker. */
const readyMaxMs = 30_000;
/** A person has so long to start one. */
const byHandMaxMs = 600_000;
/** Once one centre is reached, the others are waited for so long; then the story begins, and shows which is not. */
const othersMaxMs = 15_000;
const lookEveryMs = 20;

/** What the gateway has said of itself. */
interface Readiness {
  isScanned: boolean;
  readonly up: Set<string>;
}

export async function playApart(args: readonly string[]): Promise<number> {
  const options = parseApartOptions(args);
  if ('zh' in options) return refuse(options);
  const whole = loadScenario(options.scenario);
  const why = refusedOptions(whole, options);
  if (why !== null) return refuse(why);
  const clock = new SystemClock();
  const scenario = slowed(shortened(whole), options.slowness);
  const judge = new ScenarioJudge(scenario);
  const ways = options.hasAllUplinks ? new FirePaths(clock, options.slowness) : null;
  const seen: Readiness = { isScanned: false, up: new Set() };
  const say = (words: Words): void => {
    if (!options.isJson) process.stdout.write(`${words[options.lang]}\n`);
  };
  const stage = await ApartStage.open({
    ...{ scenario, folder: options.folder, isByHand: options.isByHand, clock },
    ...{ gateway: options.gateway, broker: options.broker, slowness: options.slowness },
    hasAllUplinks: options.hasAllUplinks,
    events: {
      onObserved: (observation) => {
        note(seen, observation);
        judge.see(observation, clock.mono());
        ways?.see(observation);
        if (options.isJson) printJson(clock, observation);
      },
      onHeard: (heard) => {
        judge.hear(heard, clock.mono());
        say({ zh: `   ♪ ${heard.speaker}：${heard.what}`, en: `   ♪ ${heard.speaker}: ${heard.what}` });
      },
      onConfirmed: (way, tells) => ways?.confirmed(way, tells),
    },
  });
  if (typeof stage === 'string') return refuse(ptyFailureWords[stage]);
  const signalled = new Promise<'ended'>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done('ended'));
  });
  let pathsTold: readonly string[] = [];
  let isHeld = false;
  try {
    say({
      zh: `【${scenario.names.zh}】站点文件 ${stage.siteFile}`,
      en: `[${scenario.names.en}] site file ${stage.siteFile}`,
    });
    const { slowness } = options;
    if (slowness !== 1)
      say({
        zh: `网关所在的机器慢：所有时刻和时限都放宽到 ${slowness} 倍。`,
        en: `The gateway's machine is a slow one: every step and limit takes ${slowness} times as long.`,
      });
    if (isLong(whole)) say({ zh: '其中的若干天略去不演。', en: 'The days that pass in it are left out.' });
    const playing = play(stage, scenario, judge, options, seen, ways, say);
    const how = await Promise.race([playing, signalled]);
    if (how === 'silent') {
      for (const line of stage.lastWords) process.stderr.write(`${line}\n`);
      return refuse({ zh: '网关没有开始守望', en: 'the gateway did not begin to watch' });
    }
    // Before the end takes its time.
    pathsTold =
      ways === null ? [] : options.isJson ? [ways.json(stage.paths)] : linesOf(ways, stage.paths, options.lang);
    isHeld = judge.held && (ways === null || ways.held(stage.paths));
  } finally {
    await stage.close();
  }
  for (const line of pathsTold) process.stdout.write(`${line}\n`);
  if (options.isJson) process.stdout.write(`${verdictJson(judge, options.scenario)}\n`);
  else for (const line of verdictLines(judge, options.lang)) process.stdout.write(`${line}\n`);
  return isHeld ? 0 : 1;
}

async function play(
  stage: ApartStage,
  scenario: Scenario,
  judge: ScenarioJudge,
  options: ApartOptions,
  seen: Readiness,
  ways: FirePaths | null,
  say: (words: Words) => void,
): Promise<'played' | 'silent'> {
  const { clock } = stage;
  if (options.isByHand) {
    const command = `node ${gatewayProgram} run --config ${stage.siteFile} --json > ${stage.seenFile}`;
    say({ zh: `请在另一个终端启动网关：\n  ${command}`, en: `start the gateway in another terminal:\n  ${command}` });
    stage.follow();
  } else await stage.runGateway(true);
  const untilMono = clock.mono() + (options.isByHand ? byHandMaxMs : readyMaxMs * options.slowness);
  while (!(seen.isScanned && seen.up.size > 0)) {
    if (clock.mono() > untilMono || stage.lastWords.length > 0) return 'silent';
    await pause(clock, lookEveryMs);
  }
  const othersUntilMono = clock.mono() + othersMaxMs * options.slowness;
  while (seen.up.size < stage.paths.length && clock.mono() < othersUntilMono) await pause(clock, lookEveryMs);
  for (const { uplink } of stage.paths)
    if (!seen.up.has(uplink)) say({ zh: `   ${uplink} 还没有连上`, en: `   ${uplink} is not reached yet` });
  watchOutputs(stage.village, judge, () => clock.mono());
  stage.village.onOutputChange((output, on) => {
    if (options.isJson) process.stdout.write(`${JSON.stringify({ kind: 'village.output', output, on })}\n`);
    else say({ zh: `   ${output} ${on ? '响' : '停'}`, en: `   ${output} ${on ? 'on' : 'off'}` });
  });
  ways?.begin();
  let stepsLeft = scenario.steps.length;
  const playing = playScenario(stage, scenario, judge, null, (step) => {
    stepsLeft--;
    if (options.isJson) process.stdout.write(`${JSON.stringify({ kind: 'scenario.step', step })}\n`);
    else say({ zh: `— ${step}`, en: `— ${step}` });
  });
  await (options.isBrief ? Promise.race([playing, heldEarly(clock, judge, () => stepsLeft === 0)]) : playing);
  // Whatever way is late is waited for as long as it may take.
  await ways?.settle(stage.paths);
  return 'played';
}

/** Resolves when nothing is left to wait for but what must never be. */
async function heldEarly(clock: Clock, judge: ScenarioJudge, isPlayed: () => boolean): Promise<void> {
  while (!(isPlayed() && judge.held)) await pause(clock, lookEveryMs);
}

function note(seen: Readiness, observation: Observation): void {
  if (observation.kind === 'site.scanned') seen.isScanned = true;
  if (observation.kind === 'uplink.up') seen.up.add(observation.uplink);
  if (observation.kind === 'uplink.down') seen.up.delete(observation.uplink);
}

function linesOf(ways: FirePaths, paths: readonly Path[], lang: 'zh' | 'en'): readonly string[] {
  return ways.lines(paths).map((words) => words[lang]);
}

function printJson(clock: Clock, observation: Observation): void {
  process.stdout.write(`${JSON.stringify({ ms: Math.round(clock.mono() * 10) / 10, ...observation })}\n`);
}

function refuse(words: Words): number {
  process.stderr.write(`${words.zh}\n${words.en}\n`);
  return exitRefused;
}
