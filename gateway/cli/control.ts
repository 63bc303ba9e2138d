/** `gengfu status|acknowledge|silence|reset|shelve|take-out|put-back`: asks the gateway that runs on the site's data folder. */
import { type AlarmClass, classWords, type Words } from '../../config/vocabulary.js';
import { describeMoment } from '../box/moment.js';
import type { CommandAnswer } from '../command/command.js';
import type { ControlRequest, ControlStatus } from '../command/control-socket.js';
import { ask, ownName, tellNobody } from './ask-gateway.js';
import { describeCommand } from './command-words.js';
import { describeRequests } from './duty.js';
import { describeHead, describeSaying } from './exercise-words.js';
import { describeChecks, describePaths, describeWay } from './path-words.js';
import type { Lang } from './teller.js';

export type ControlVerb = 'status' | 'acknowledge' | 'silence' | 'reset';

/** Prints the answer; the exit status: 0 done, 1 refused or still in alarm, 4 no gateway runs there. */
export async function control(verb: ControlVerb, dataDir: string, lang: Lang, json: boolean): Promise<number> {
  try {
    const status = (await ask(dataDir, { ask: 'status' })) as ControlStatus;
    if (verb === 'status') {
      if (json) process.stdout.write(`${JSON.stringify(status)}\n`);
      else process.stdout.write(`${describeStatus(status, lang)}\n`);
      return 0;
    }
    // What the person means is what is there now, and nothing that comes after.
    const { boot, order } = status;
    return await submit(dataDir, { ask: verb, boot, order, user: ownName() }, lang, json);
  } catch (error) {
    return tellNobody(dataDir, error, lang);
  }
}

export type ServiceVerb = 'shelved' | 'out-of-service' | 'in-service';

/** Takes these out of the watch for `forMs`, or puts them back; prints and returns as `control` does. */
export async function service(
  to: ServiceVerb,
  subjects: readonly string[],
  forMs: number,
  dataDir: string,
  lang: Lang,
  json: boolean,
): Promise<number> {
  try {
    return await submit(dataDir, { ask: to, subjects: [...subjects], forMs, user: ownName() }, lang, json);
  } catch (error) {
    return tellNobody(dataDir, error, lang);
  }
}

async function submit(dataDir: string, request: ControlRequest, lang: Lang, json: boolean): Promise<number> {
  const answer = (await ask(dataDir, request)) as CommandAnswer | { error: string };
  if ('error' in answer) throw new Error(answer.error);
  process.stdout.write(`${json ? JSON.stringify(answer) : describeCommand(request, answer, lang)}\n`);
  return answer.accepted && answer.stillActive.length === 0 ? 0 : 1;
}

/** What `status` prints: what is practised and whether something sounds; each alarm with its state, since when it stands, what to do, and
 * for a fault its cause and the id that `shelve` and `take-out` want; what is out of the watch; what is said. */
export function describeStatus(status: ControlStatus, lang: Lang): string {
  const { alarms, services } = status;
  const zh = lang === 'zh';
  const quiet = zh ? '正常守望，没有报警和故障' : 'all quiet: no alarms, no faults';
  const standing = alarms.length === 0 ? [quiet] : alarms.flatMap((alarm) => describeAlarm(alarm, lang));
  const out = servicesShown(services).map((each) => describeService(each, lang));
  const head = describeHead(status, alarms.length > 0, lang);
  const asked = describeRequests(status.requests, lang);
  const paths = [...describePaths(status.paths, lang), ...describeChecks(status.checks, lang)];
  return [...asked, ...head, ...standing, ...out, ...describeSaying(status, lang), ...paths].join('\n');
}

type Service = ControlStatus['services'][number];

/** Each thing once: whoever takes out a device takes out its point and all that can be at fault there. */
function servicesShown(services: readonly Service[]): readonly Service[] {
  const isFault = ({ subject }: Service): boolean => subject.startsWith('fault:');
  // `fault:point:smoke-3/smoke`, `fault:unit:smoke-3`, `point:smoke-3/smoke`.
  const deviceOf = ({ subject }: Service): string | undefined => /[^:]*$/.exec(subject)?.[0]?.split('/')[0];
  const isWith = (fault: Service, other: Service): boolean =>
    deviceOf(fault) === deviceOf(other) &&
    fault.is === other.is &&
    fault.by === other.by &&
    fault.untilWall === other.untilWall;
  return services.filter((each) => !isFault(each) || !services.some((other) => !isFault(other) && isWith(each, other)));
}

function describeService(each: Service, lang: Lang): string {
  const { is, by, untilWall } = each;
  const until = describeMoment(untilWall);
  const { zh, en } = serviceWords[is];
  return lang === 'zh' ? `${zh}：${each.zh}，至 ${until}（${by}）` : `${en}: ${each.en}, until ${until} (${by})`;
}

const serviceWords: Readonly<Record<Service['is'], Words>> = {
  shelved: { zh: '已搁置', en: 'shelved' },
  'out-of-service': { zh: '已屏蔽', en: 'out of service' },
  'under-test': { zh: '测试中', en: 'under test' },
};

function describeAlarm(alarm: ControlStatus['alarms'][number], lang: Lang): readonly string[] {
  const zh = lang === 'zh';
  const marks = [
    alarm.active ? { zh: '报警中', en: 'active' } : { zh: '已恢复，待复位', en: 'returned, not reset' },
    alarm.acknowledged ? { zh: '已确认', en: 'acknowledged' } : { zh: '未确认', en: 'not acknowledged' },
    ...(alarm.sounder === 'silenced' ? [{ zh: '已消音', en: 'silenced' }] : []),
  ];
  const head = `${classWords[alarm.class as AlarmClass][lang]}${zh ? '：' : ': '}${alarm[lang]}`;
  const { cause, next = null, words, sinceWall, subject } = { ...alarm, next: alarm.next ?? nextOf[alarm.class] };
  const way = alarm.class === 'fire' || alarm.class === 'warning' ? describeWay(alarm.told, lang) : null;
  const id = alarm.class === 'fault' ? ` [${subject}]` : '';
  return [
    `${words?.[lang] ?? head} (${marks.map((mark) => mark[lang]).join(', ')})${id}`,
    ...(alarm.isLost && alarm.class === 'fire' ? [`  ${blind[lang]}`] : []),
    `  ${zh ? '始于 ' : 'since '}${describeMoment(sinceWall)}`,
    ...(way === null ? [] : [`  ${way}`]),
    ...(cause === null ? [] : [`  ${zh ? '可能原因：' : 'likely cause: '}${cause[lang]}`]),
    ...(next === null ? [] : [`  ${zh ? '处理：' : 'next: '}${next[lang]}`]),
  ];
}

const blind: Words = { zh: '探测器失联，看不到现场', en: 'its detector is lost: nobody can see how it is there' };

/** What to do about an alarm that brings no next step of its own. */
const nextOf: Readonly<Record<string, Words>> = {
  fire: {
    zh: '去现场查看；有火立即打 119；确认（acknowledge）、消音（silence）；火灭了才复位（reset）',
    en: 'go and look; if it burns call 119; acknowledge, silence; only when it is out: reset',
  },
};
