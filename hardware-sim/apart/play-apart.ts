/**
 * `npm run sim -- --scenario X`: the village of a scenario in this process, the built gateway in another one, joined by
 * pseudo-terminals and TCP. Exit status: 0 everything held, 1 something did not, 2 it can not be played.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Words } from '../../config/vocabulary.js';
import { type Clock, pause, SystemClock } from '../../drivers/clock.js';
import type { Observation } from '../../gateway/observation.js';
import { playScenario, watchOutputs } from '../play-scenario.js';
import { ptyFailureWords } from '../pty-failure-words.js';
import { refusedHere } from '../refused-here.js';
import { isLong, loadScenario, type Scenario, shortened, slowed } from '../scenario.js';
import { ScenarioJudge } from '../scenario-judge.js';
import { verdictJson, verdictLines } from '../scenario-verdicts.js';
import { type ApartOptions, parseApartOptions } from './apart-options.js';
import { ApartStage } from './apart-stage.js';
import { gatewayProgram } from './gateway-process.js';

const exitRefused = 2;
/** A gateway that we start has so long to scan every line once and to reach the broker. */
const readyMaxMs = 30_000;
/** A person has so long to start one. */
const byHandMaxMs = 600_000;
const lookEveryMs = 20;

export async function playApart(args: readonly string[]): Promise<number> {
  const options = parseApartOptions(args);
  if ('zh' in options) return refuse(options);
  const whole = loadScenario(options.scenario);
  const why =
    refusedHere(whole, 'sim') ??
    (options.isByHand ? refusedByHand(whole) : null) ??
    (options.broker === null ? null : refusedWithBroker(whole)) ??
    refusedFolder(options);
  if (why !== null) return refuse(why);
  const clock = new SystemClock();
  const scenario = slowed(shortened(whole), options.slowness);
  const judge = new ScenarioJudge(scenario);
  const seen = { isScanned: false, isUp: false };
  const say = (words: Words): void => {
    if (!options.isJson) process.stdout.write(`${words[options.lang]}\n`);
  };
  const stage = await ApartStage.open({
    ...{ scenario, folder: options.folder, isByHand: options.isByHand, clock },
    ...{ gateway: options.gateway, broker: options.broker, slowness: options.slowness },
    events: {
      onObserved: (observation) => {
        note(seen, observation);
        judge.see(observation, clock.mono());
        if (options.isJson) printJson(clock, observation);
      },
      onHeard: (heard) => {
        judge.hear(heard, clock.mono());
        say({ zh: `   ♪ ${heard.speaker}：${heard.what}`, en: `   ♪ ${heard.speaker}: ${heard.what}` });
      },
    },
  });
  if (typeof stage === 'string') return refuse(ptyFailureWords[stage]);
  const signalled = new Promise<'ended'>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done('ended'));
  });
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
    const playing = play(stage, scenario, judge, options, seen, say);
    const how = await Promise.race([playing, signalled]);
    if (how === 'silent') {
      for (const line of stage.lastWords) process.stderr.write(`${line}\n`);
      return refuse({ zh: '网关没有开始守望', en: 'the gateway did not begin to watch' });
    }
  } finally {
    await stage.close();
  }
  if (options.isJson) process.stdout.write(`${verdictJson(judge, options.scenario)}\n`);
  else for (const line of verdictLines(judge, options.lang)) process.stdout.write(`${line}\n`);
  return judge.held ? 0 : 1;
}

async function play(
  stage: ApartStage,
  scenario: Scenario,
  judge: ScenarioJudge,
  options: ApartOptions,
  seen: { readonly isScanned: boolean; readonly isUp: boolean },
  say: (words: Words) => void,
): Promise<'played' | 'silent'> {
  const { clock } = stage;
  if (options.isByHand) {
    const command = `node ${gatewayProgram} run --config ${stage.siteFile} --json > ${stage.seenFile}`;
    say({ zh: `请在另一个终端启动网关：\n  ${command}`, en: `start the gateway in another terminal:\n  ${command}` });
    stage.follow();
  } else await stage.runGateway(true);
  const untilMono = clock.mono() + (options.isByHand ? byHandMaxMs : readyMaxMs * options.slowness);
  while (!(seen.isScanned && seen.isUp)) {
    if (clock.mono() > untilMono || stage.lastWords.length > 0) return 'silent';
    await pause(clock, lookEveryMs);
  }
  watchOutputs(stage.village, judge, () => clock.mono());
  stage.village.onOutputChange((output, on) => {
    if (options.isJson) process.stdout.write(`${JSON.stringify({ kind: 'village.output', output, on })}\n`);
    else say({ zh: `   ${output} ${on ? '响' : '停'}`, en: `   ${output} ${on ? 'on' : 'off'}` });
  });
  let stepsLeft = scenario.steps.length;
  const playing = playScenario(stage, scenario, judge, null, (step) => {
    stepsLeft--;
    if (options.isJson) process.stdout.write(`${JSON.stringify({ kind: 'scenario.step', step })}\n`);
    else say({ zh: `— ${step}`, en: `— ${step}` });
  });
  await (options.isBrief ? Promise.race([playing, heldEarly(clock, judge, () => stepsLeft === 0)]) : playing);
  return 'played';
}

/** Resolves when nothing is left to wait for but what must never be. */
async function heldEarly(clock: Clock, judge: ScenarioJudge, isPlayed: () => boolean): Promise<void> {
  while (!(isPlayed() && judge.held)) await pause(clock, lookEveryMs);
}

/** Nobody here can kill a process that somebody else has started. */
function refusedByHand({ names, steps }: Scenario): Words | null {
  if (!steps.some(({ do: deed }) => 'gateway' in deed || 'power' in deed)) return null;
  return {
    zh: `“${names.zh}”要杀掉网关进程再启动，不能由人启动；去掉 --by-hand`,
    en: `"${names.en}" kills the gateway and starts it again, so nobody else can start it; leave --by-hand away`,
  };
}

/** Nobody here can unplug a broker of somebody else, or sign in to it as the district. */
function refusedWithBroker({ names, steps }: Scenario): Words | null {
  if (!steps.some(({ do: deed }) => 'uplink' in deed || 'forge' in deed)) return null;
  return {
    zh: `“${names.zh}”要断开平台或代发命令，不能用别人的服务器；去掉 --broker`,
    en: `"${names.en}" unplugs the district or orders in its name, which another's broker does not allow; leave --broker away`,
  };
}

/** A journal of an earlier play has its alarms, and a story begins on a quiet day. */
function refusedFolder({ folder }: ApartOptions): Words | null {
  const data = folder === null ? null : join(folder, 'data');
  if (data === null || !existsSync(data)) return null;
  return {
    zh: `${data} 是上一次演出的数据；请换一个目录，或先删除它`,
    en: `${data} is the data of an earlier play; choose another folder, or remove it first`,
  };
}

function note(seen: { isScanned: boolean; isUp: boolean }, { kind }: Observation): void {
  if (kind === 'site.scanned') seen.isScanned = true;
  if (kind === 'uplink.up') seen.isUp = true;
  if (kind === 'uplink.down') seen.isUp = false;
}

function printJson(clock: Clock, observation: Observation): void {
  process.stdout.write(`${JSON.stringify({ ms: Math.round(clock.mono() * 10) / 10, ...observation })}\n`);
}

function refuse(words: Words): number {
  process.stderr.write(`${words.zh}\n${words.en}\n`);
  return exitRefused;
}
