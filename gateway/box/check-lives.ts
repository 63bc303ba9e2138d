/** Why the gateway last ended, as far as the journal tells, and whether the one that runs is the one that is installed. */
import type { StoredEntry } from '../../sync/journal/entry.js';
import { type Finding, findingsOf, plain, words } from './finding.js';
import type { BoxLook } from './look.js';
import { describeMoment } from './moment.js';

const { ok, hint, problem } = findingsOf('gateway');
const dayMs = 86_400_000;
/** Starts within a day that are more than somebody's work on the box. */
const startsMany = 5;

export async function checkLives({ lives, wall, facts, version }: BoxLook): Promise<readonly Finding[]> {
  return [...versionFinding(facts?.version ?? null, version), ...lastStart(lives, wall), ...manyStarts(lives, wall)];
}

function versionFinding(running: string | null, installed: string): readonly Finding[] {
  const what = words('版本', 'version');
  if (running === null || running === installed) return [ok(what, plain(installed))];
  const figure = words(`运行 ${running}，已装 ${installed}`, `${running} runs, ${installed} is installed`);
  return [hint(what, figure, plain('systemctl restart gengfu'))];
}

/** Causes that somebody wanted. */
const orderly: ReadonlySet<unknown> = new Set(['asked', 'upgraded', 'rebooted']);
/** Written soon after the start, where somebody looks for the cause; releases before it had none. */
const causeKind: string = 'gateway.restarted';

/** The cause that the journal names; without one: had the gateway been stopped before? */
function lastStart(lives: readonly StoredEntry[], wall: number): readonly Finding[] {
  const at = lives.findIndex(({ kind }) => kind === 'gateway.started');
  const start = lives[at];
  if (start === undefined) return [];
  const what = words('上次启动', 'last start');
  const when = describeMoment(start.wall);
  const cause = lives.slice(0, at).find(({ kind, boot }) => kind === causeKind && boot === start.boot);
  const before = lives[at + 1];
  const wasStopped = before === undefined || before.kind === 'gateway.stopped';
  const isOrdered = cause === undefined ? wasStopped : orderly.has(cause.detail['cause']);
  const told =
    cause?.words ??
    (wasStopped
      ? null
      : words('此前没有正常停止：断电、崩溃或被杀', 'it had not been stopped: a power cut, a crash, or a kill'));
  const figure = told === null ? plain(when) : words(`${when}：${told.zh}`, `${when}: ${told.en}`);
  if (isOrdered || wall - start.wall > dayMs) return [ok(what, figure)];
  const fix = words(
    'journalctl -b -1 -e；反复出现就 gengfu support 后求助',
    'journalctl -b -1 -e; if it comes again, ask for help with gengfu support',
  );
  return [hint(what, figure, fix)];
}

function manyStarts(lives: readonly StoredEntry[], wall: number): readonly Finding[] {
  const starts = lives.filter((entry) => entry.kind === 'gateway.started' && wall - entry.wall < dayMs).length;
  if (starts <= startsMany) return [];
  const fix = words(
    '看上次启动的原因、供电和 journalctl -u gengfu',
    'see the cause of the last start, the supply, and journalctl -u gengfu',
  );
  return [
    problem(words('一天内的启动次数', 'starts within a day'), plain(String(starts)), fix, plain(`≤ ${startsMany}`)),
  ];
}
