/** Hands `gengfu config …` to the gateway, and tells how a trial goes until it is over. */
import { pause, SystemClock } from '../../drivers/clock.js';
import type { ConfigDiff } from '../staging/config-diff.js';
import type { ConfigRequest } from '../staging/config-request.js';
import type { StagingAnswer } from '../staging/staging-answer.js';
import type { StagingStatus } from '../staging/staging-status.js';
import { ask, ownName, tellNobody } from './ask-gateway.js';
import type { ConfigVerb } from './config-orders.js';
import {
  describeAnswer,
  describeDiff,
  describeEnd,
  describeProgress,
  describeStaging,
  type StagedFile,
} from './config-words.js';
import type { Lang } from './teller.js';

const lookMs = 1000;
/** The gateway checks in a thread, and waits for the disk. */
const answerMaxMs = 90_000;
/** The longest trial is 5 min; a line whose devices speak by themselves may have longer. */
const watchMaxMs = 30 * 60_000;

interface Told {
  readonly lang: Lang;
  readonly json: boolean;
  /** The file that is staged, and the one in whose place it was checked. */
  readonly staged: StagedFile | null;
}

/** Prints; the exit status: 0 done, 1 refused or rolled back, 4 no gateway runs there. */
export async function orderConfig(
  what: ConfigVerb,
  dataDir: string,
  lang: Lang,
  json: boolean,
  installed: string,
): Promise<number> {
  const told = { lang, json, staged: what.verb === 'stage' ? { file: what.file, installed } : null };
  try {
    switch (what.verb) {
      case 'stage':
        return await tellAnswer(dataDir, { ask: 'config-stage', file: what.file, user: ownName() }, what.verb, told);
      case 'status':
        print(await statusOf(dataDir), describeStaging, told);
        return 0;
      case 'diff':
        return await diff(dataDir, told);
      case 'apply':
      case 'rollback':
        return await apply(what, dataDir, told);
    }
  } catch (error) {
    return tellNobody(dataDir, error, lang);
  }
}

async function diff(dataDir: string, told: Told): Promise<number> {
  const answer = await asked<ConfigDiff | StagingAnswer>(dataDir, { ask: 'config-diff' });
  if ('ok' in answer) {
    print(answer, (each, lang) => describeAnswer('diff', each, lang), told);
    return answer.ok ? 0 : 1;
  }
  print(answer, describeDiff, told);
  return 0;
}

/** What is staged now is what the person means, and nothing that is staged meanwhile. */
async function apply(what: ConfigVerb & { readonly isForced: boolean }, dataDir: string, told: Told): Promise<number> {
  const { staged, running } = await statusOf(dataDir);
  const { isForced } = what;
  const request: ConfigRequest =
    what.verb === 'rollback'
      ? { ask: 'config-rollback', isForced, user: ownName() }
      : { ask: 'config-apply', sha256: staged?.sha256 ?? running.sha256, isForced, user: ownName() };
  const status = await tellAnswer(dataDir, request, what.verb, told);
  return status === 0 ? await watch(dataDir, told) : status;
}

/** Ctrl-C ends the telling only: the trial goes on. */
async function watch(dataDir: string, told: Told): Promise<number> {
  const clock = new SystemClock();
  const endMono = clock.mono() + watchMaxMs;
  let said = '';
  while (clock.mono() < endMono) {
    await pause(clock, lookMs);
    const { trial, last } = await statusOf(dataDir);
    if (trial === null) {
      if (last === null) return 1;
      print(last, describeEnd, told);
      return last.outcome === 'confirmed' || last.isOrdered ? 0 : 1;
    }
    const now = describeProgress(trial, told.lang);
    // Standard output is for the outcome where machines read it.
    if (now !== said && !told.json) process.stdout.write(`${now}\n`);
    said = now;
  }
  return 1;
}

async function tellAnswer(
  dataDir: string,
  request: ConfigRequest,
  verb: ConfigVerb['verb'],
  told: Told,
): Promise<number> {
  const answer = await asked<StagingAnswer>(dataDir, request);
  print(answer, (each, lang) => describeAnswer(verb, each, lang, told.staged), told);
  return answer.ok ? 0 : 1;
}

function statusOf(dataDir: string): Promise<StagingStatus> {
  return asked(dataDir, { ask: 'config-status' });
}

async function asked<T extends object>(dataDir: string, request: ConfigRequest): Promise<T> {
  const answer = (await ask(dataDir, request, answerMaxMs)) as T | { readonly error: string };
  if ('error' in answer) throw new Error(String(answer.error));
  return answer;
}

function print<T>(value: T, describe: (value: T, lang: Lang) => string, { lang, json }: Told): void {
  process.stdout.write(`${json ? JSON.stringify(value) : describe(value, lang)}\n`);
}
