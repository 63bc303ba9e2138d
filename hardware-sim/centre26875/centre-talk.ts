/** What a person at the simulated centre types. */
import type { Words } from '../../config/vocabulary.js';
import { attackKinds } from './attacks.js';
import type { GbCentre } from './gb-centre.js';
import { typeRows } from './tables.js';

export const centreHelp: Words = {
  zh: `confirm | deny [次数] | silent [次数] | wrong 次数 | late 毫秒   怎样应答
ask 类型 [系统 系统地址 [部件地址]]   读（61–68、81–88）
clock | initialise | duty [分钟]   校时、初始化、查岗
attack 方式   ${attackKinds.join(' ')}
close | reset   断开
seen | asked   统计、问过什么
quit   结束`,
  en: `confirm | deny [N] | silent [N] | wrong N | late MS   how it answers
ask TYPE [SYSTEM ADDRESS [COMPONENT]]   reads (61-68, 81-88)
clock | initialise | duty [MINUTES]   90, 89, 91
attack KIND   ${attackKinds.join(' ')}
close | reset   ends the connections
seen | asked   what was heard, what was asked
quit   ends it`,
};

/** `done`: what to say of it. */
export type Obeyed =
  | { readonly kind: 'done' | 'unknown' | 'nobody' }
  | { readonly kind: 'help' | 'quit' }
  | { readonly kind: 'told'; readonly value: unknown };

const done: Obeyed = { kind: 'done' };
const unknown: Obeyed = { kind: 'unknown' };
const dutyMin = 10;
const numberMax = 600_000;
const byteMax = 255;

export function obeyLine(centre: GbCentre, line: string): Obeyed {
  const [verb = '', first, ...rest] = line.trim().split(/\s+/);
  const { knobs } = centre;
  const count = first === undefined ? null : Number(first);
  const isCount = count === null || (Number.isInteger(count) && count >= 0 && count <= numberMax);
  const takesNumber = ['deny', 'silent', 'wrong', 'late', 'duty'].includes(verb);
  if (takesNumber && (!isCount || rest.length > 0)) return unknown;
  switch (verb) {
    case 'help':
    case 'quit':
      return { kind: verb };
    case 'confirm':
      Object.assign(knobs, { answers: 'confirm', denyNext: 0, silentNext: 0, wrongNext: 0, lateMs: 0 });
      return done;
    case 'deny':
    case 'silent':
      if (count === null) knobs.answers = verb;
      else knobs[verb === 'deny' ? 'denyNext' : 'silentNext'] = count;
      return done;
    case 'wrong':
    case 'late':
      if (count === null) return unknown;
      knobs[verb === 'wrong' ? 'wrongNext' : 'lateMs'] = count;
      return done;
    case 'ask':
      return ask(centre, count ?? 0, rest);
    case 'clock':
      return sent(centre.setClock());
    case 'initialise':
      return sent(centre.initialise());
    case 'duty':
      return (count ?? dutyMin) > byteMax ? unknown : sent(centre.checkPost(count ?? dutyMin));
    case 'attack': {
      const kind = attackKinds.find((each) => each === first);
      if (kind === undefined) return unknown;
      if (centre.connectionCount === 0) return { kind: 'nobody' };
      centre.attack(kind);
      return done;
    }
    case 'close':
    case 'reset':
      centre.hangUp(verb);
      return done;
    case 'seen':
      return { kind: 'told', value: { ...centre.heard.counts, gaps: centre.heard.gaps } };
    case 'asked':
      return {
        kind: 'told',
        value: centre.asked.map(({ type, outcome, isDutyInTime, answer }) => ({ type, outcome, isDutyInTime, answer })),
      };
    default:
      return unknown;
  }
}

function ask(centre: GbCentre, type: number, [system, address, component = '']: readonly string[]): Obeyed {
  if (!typeRows.has(type) || type < 61 || type > 88) return unknown;
  const [systemType, systemAddress] = [Number(system ?? 1), Number(address ?? 1)];
  const isPlace = [systemType, systemAddress].every((each) => Number.isInteger(each) && each >= 0 && each <= byteMax);
  if (!isPlace || !/^(?:[0-9A-Fa-f]{8})?$/.test(component)) return unknown;
  // `records` and `time` are taken by the reads of operation records alone.
  const place = { system: systemType, systemAddress, componentAddress: component, records: 10, time: null };
  return sent(centre.ask(type, [place]));
}

function sent(order: object | null): Obeyed {
  return order === null ? { kind: 'nobody' } : done;
}
