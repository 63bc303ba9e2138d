/** What the duty book answers, in words. */
import type { Words } from '../../config/vocabulary.js';
import type { verdicts } from '../panel/api/orders.js';
import { incidentsMax, notesMax } from './incident-list.js';

export type Verdict = (typeof verdicts)[number];

export const verdictWords: Readonly<Record<Verdict, Words>> = {
  'real-fire': { zh: '真实火情', en: 'a real fire' },
  cooking: { zh: '做饭油烟', en: 'cooking' },
  'dust-or-steam': { zh: '灰尘或水汽', en: 'dust or steam' },
  insects: { zh: '虫子', en: 'insects' },
  work: { zh: '施工、动火作业', en: 'work at the place' },
  test: { zh: '测试', en: 'a test' },
  unknown: { zh: '原因不明', en: 'not known' },
};

/** Phone calls that are open at once; beyond, one has to be closed first. */
export const openCallsMax = 20;

export const dutyRefusalWords = {
  'level-too-low': { zh: '权限不够：先登录', en: 'this needs a higher level: sign in first' },
  'not-signed-in': { zh: '接班要用自己的账号登录', en: 'whoever takes over the shift signs in first' },
  'other-shift': { zh: '交接班已变，看过现状再接班', en: 'the shift is another one by now; look at it and try again' },
  'no-incident': {
    zh: '没有这起事件，或已过一天，或事件太多没有列出',
    en: 'there is no such incident, or it was more than a day ago, or too many are listed already',
  },
  'no-call': { zh: '没有这个电话报警，或已结束', en: 'there is no such call, or it is closed' },
  'no-zone': { zh: '没有这个防区', en: 'there is no such zone' },
  'too-many-notes': {
    zh: `这起事件已记满 ${notesMax} 条；记到交接班里`,
    en: `this incident has ${notesMax} notes already; write it into the handover`,
  },
  'too-many-calls': {
    zh: `已有 ${openCallsMax} 个电话报警没有结束；先结束处理完的`,
    en: `${openCallsMax} calls are open; close those that are dealt with first`,
  },
  'not-recorded': {
    zh: '没有记下：网关暂时不能记录；几秒后再试',
    en: 'it was not written down: the gateway can not do it now; try again in a few seconds',
  },
  'nothing-asked': { zh: '现在没有查岗', en: 'nobody is asking now' },
} as const satisfies Record<string, Words>;
export type DutyRefusal = keyof typeof dutyRefusalWords;

/** Of a call: `calledWords`. */
export const doneWords = {
  'duty-answer': { zh: '已应答查岗', en: 'the duty check is answered' },
  verdict: { zh: '已记下原因', en: 'what it was is written down' },
  note: { zh: '已记下', en: 'noted' },
  arrived: { zh: '已记下到场', en: 'the arrival is noted' },
  'close-call': { zh: '电话报警已结束', en: 'the call is closed' },
  shift: { zh: '已接班', en: 'the shift is taken' },
} as const satisfies Record<string, Words>;

/** Two took over at once, and this one was the first. */
export function otherShiftWords(person: string | null): Words {
  if (person === null) return dutyRefusalWords['other-shift'];
  return {
    zh: `刚刚由 ${person} 接班；看过留言和未了事项再接班`,
    en: `${person} has just taken over; read the note and the open items, and try again`,
  };
}

/** Of a call: whether a centre is still to hear of it. */
export function calledWords(isTold: boolean): Words {
  return isTold
    ? { zh: '已记下，待上报平台', en: 'written down; it waits to be reported to the centres' }
    : { zh: '已记下；没有接收这类报告的平台', en: 'written down; no centre is told of calls' };
}

/** How many incidents are not in the list, or had to leave it. */
export function droppedWords(count: number): Words {
  return {
    zh: `值班台最多列 ${incidentsMax} 起事件：有 ${count} 起没有列出，历史记录里有`,
    en: `the duty desk lists ${incidentsMax} incidents at most: ${count} are not listed; the history has them`,
  };
}

/** How many notes had to leave incidents that stay. */
export function shortenedWords(count: number): Words {
  return {
    zh: `事件记录太长：有 ${count} 条较早的不再列出，历史记录里仍有`,
    en: `the notes are too long in all: ${count} earlier ones are not listed any more; the history still has them`,
  };
}
