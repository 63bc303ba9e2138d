/** What a trial of a profile says in the end: what is right, what is wrong, and what to do. Pure. */
import type { BadReason } from '../../config/reading.js';
import type { UnitConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import { badReasonWords } from './reason-words.js';
import { severityOf, type TrialBook, type TrialMove } from './trial-book.js';
import type { TrialRow } from './trial-reader.js';
import { addressText, valueWords } from './trial-words.js';

/** Above this part of the profile's time a unit is near its end: a cold night makes it slower. */
const nearlyTooSlow = 0.7;

/** `good` as it should be, `look` somebody must judge it, `wrong` profile or wiring must be mended. */
export interface TrialFinding {
  readonly kind: 'answers' | 'times' | 'refused' | 'silent' | 'value' | 'moved' | 'not-moved';
  readonly is: 'good' | 'look' | 'wrong';
  readonly point: string | null;
  readonly words: Words;
}

export interface TrialVerdict {
  readonly outcome: 'good' | 'look' | 'wrong' | 'no-answer';
  readonly findings: readonly TrialFinding[];
}

/** `isGuided`: somebody was asked to press. `timing`: the profile's slowest first byte of a reply, ms. */
export function trialVerdict(
  book: TrialBook,
  unit: Pick<UnitConfig, 'address'>,
  timingMs: number,
  isGuided: boolean,
): TrialVerdict {
  if (book.answered === 0) {
    const words = {
      zh: `地址 ${unit.address} 无应答（问了 ${book.rounds} 轮）：检查供电、A/B 是否接反、波特率和校验、地址`,
      en: `address ${unit.address} did not answer (${book.rounds} rounds): check supply, A and B, speed and parity, address`,
    };
    return { outcome: 'no-answer', findings: [{ kind: 'answers', is: 'wrong', point: null, words }] };
  }
  const findings = [
    answers(book),
    ...times(book, timingMs),
    ...refusals(book),
    ...book.stands.flatMap((row) => value(row)),
    ...(isGuided ? pressed(book) : []),
  ];
  const outcome = findings.some(({ is }) => is === 'wrong')
    ? 'wrong'
    : findings.some(({ is }) => is === 'look')
      ? 'look'
      : 'good';
  return { outcome, findings };
}

function answers({ answered, rounds }: TrialBook): TrialFinding {
  const words = { zh: `${rounds} 轮中应答 ${answered} 轮`, en: `answered in ${answered} of ${rounds} rounds` };
  return { kind: 'answers', is: answered === rounds ? 'good' : 'look', point: null, words };
}

function times({ slowestMs }: TrialBook, timingMs: number): readonly TrialFinding[] {
  if (slowestMs === null) return [];
  const ms = Math.round(slowestMs);
  const is = slowestMs > timingMs ? 'wrong' : slowestMs > timingMs * nearlyTooSlow ? 'look' : 'good';
  const advice =
    is === 'good'
      ? { zh: '', en: '' }
      : { zh: '；把 timing.response_timeout_ms 写大', en: '; write a larger timing.response_timeout_ms' };
  const words = {
    zh: `最慢 ${ms} ms 开始应答，型号文件写 ${timingMs} ms${advice.zh}`,
    en: `the slowest answer began after ${ms} ms, the profile says ${timingMs} ms${advice.en}`,
  };
  return [{ kind: 'times', is, point: null, words }];
}

function refusals(book: TrialBook): readonly TrialFinding[] {
  const at = ({ block }: TrialBook['refused'][number]): string =>
    `${block.table} ${addressText(block.address)}${block.count > 1 ? ` +${block.count}` : ''}`;
  return [
    ...book.refused.map((each): TrialFinding => {
      // Joined registers that are answered one by one need smaller requests, and nothing else.
      const isApart = book.stands.every(
        ({ point, words }) =>
          words !== null || point.source.table !== each.block.table || !isWithin(point.source.address, each.block),
      );
      const words = isApart
        ? {
            zh: `${at(each)}：合在一起被拒绝（${each.got ?? ''}），分开读可以；把 limits.max_read 写小，或写 single_only`,
            en: `${at(each)}: refused together (${each.got ?? ''}), answered apart; write a smaller limits.max_read, or single_only`,
          }
        : {
            zh: `${at(each)}：被拒绝（${each.got ?? ''}）；地址、表或 PLC 地址差 1？`,
            en: `${at(each)}: refused (${each.got ?? ''}); wrong address or table, or counted from 1?`,
          };
      return { kind: 'refused', is: isApart ? 'look' : 'wrong', point: null, words };
    }),
    ...book.silent.map((each): TrialFinding => {
      const words = { zh: `${at(each)}：无应答，其余有应答`, en: `${at(each)}: no answer, while others are answered` };
      return { kind: 'silent', is: 'wrong', point: null, words };
    }),
  ];
}

function isWithin(
  address: number,
  { address: from, count }: { readonly address: number; readonly count: number },
): boolean {
  return address >= from && address < from + count;
}

/** The device itself says that it has none: that may be right. */
const deviceSays: readonly BadReason[] = ['sentinel', 'not-valid', 'not-ready', 'signal-low', 'signal-high'];

function value(row: TrialRow): readonly TrialFinding[] {
  const { point, reason, raw } = row;
  // Told with the block.
  if (reason === null || reason === 'exception' || reason === 'silent') return [];
  const told = badReasonWords[reason];
  const got = raw === null ? '' : ` (${raw})`;
  const words = { zh: `${point.key}：${told.zh}${got}`, en: `${point.key}: ${told.en}${got}` };
  return [{ kind: 'value', is: deviceSays.includes(reason) ? 'look' : 'wrong', point: point.key, words }];
}

/** Which point moved when somebody pressed, and whether the profile makes of it what it should. */
function pressed(book: TrialBook): readonly TrialFinding[] {
  const moves = book.moves.filter(({ phase, row }) => phase === 'pressed' && !book.isRestless(row.point.key));
  const firstOf = new Map<string, TrialMove>();
  for (const move of moves) if (!firstOf.has(move.row.point.key)) firstOf.set(move.row.point.key, move);
  if (firstOf.size === 0) {
    const words = {
      zh: '按下后没有测点变化：可能读的不是这个寄存器，或按得不够久；用 gengfu profile look 找会变的寄存器',
      en: 'nothing moved when it was pressed: another register, or not pressed for long enough; find the one that moves with gengfu profile look',
    };
    return [{ kind: 'not-moved', is: 'wrong', point: null, words }];
  }
  const found = [...firstOf.values()].map((move) => moved(book, move));
  const isAlarm = found.some(({ is }) => is === 'good');
  const alarms = book.stands.filter(({ point }) => point.class !== null && Object.keys(point.severities).length > 0);
  if (isAlarm || alarms.length === 0) return found;
  const keys = alarms.map(({ point }) => point.key).join(', ');
  const words = {
    zh: `会报警的测点（${keys}）都没有进入报警状态`,
    en: `none of the points that can alarm (${keys}) came into a state that is an alarm`,
  };
  return [...found, { kind: 'not-moved', is: 'wrong', point: null, words }];
}

function moved(book: TrialBook, { row, from }: TrialMove): TrialFinding {
  const { point } = row;
  const [before, after] = [valueWords(from), valueWords(row)];
  const severity = severityOf(row);
  const change = { zh: `${point.key}：${before.zh} → ${after.zh}`, en: `${point.key}: ${before.en} → ${after.en}` };
  const of = (is: TrialFinding['is'], zh: string, en: string): TrialFinding => ({
    ...{ kind: 'moved', is, point: point.key },
    words: { zh: `${change.zh}${zh}`, en: `${change.en}${en}` },
  });
  if (row.reason === 'unknown-state') {
    return of('wrong', `；型号文件没有写原始值 ${row.raw}`, `; the profile has no name for raw value ${row.raw}`);
  }
  if (severity === null || point.class === null) return of('look', '', '');
  const latched = book.stands.find((stand) => stand.point.key === point.key);
  const isHeld = book.phase === 'released' && latched !== undefined && severityOf(latched) === severity;
  const held = isHeld
    ? { zh: '；松开后保持，要复位', en: '; held after letting go: it wants a reset' }
    : { zh: '', en: '' };
  if (severity === point.class) {
    return of(
      'good',
      `，等级 ${severity}，与角色 ${point.role} 相符${held.zh}`,
      `, severity ${severity}, as its role ${point.role} asks${held.en}`,
    );
  }
  return of(
    'look',
    `，等级 ${severity}，角色 ${point.role} 的报警是 ${point.class}`,
    `, severity ${severity}, while an alarm of role ${point.role} is ${point.class}`,
  );
}
