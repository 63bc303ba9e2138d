/** What `status` tells of drills, tests and loudspeakers. */
import type { Words } from '../../config/vocabulary.js';
import { describeMoment } from '../box/moment.js';
import type { OrdersStatus } from '../command/exercise-order.js';
import type { ExerciseKind } from '../exercise/exercise.js';
import type { Lang } from './teller.js';

const kindWords: Readonly<Record<ExerciseKind, Words>> = {
  drill: { zh: '正在演练，不是真火警', en: 'a drill runs, no real fire' },
  'siren-test': { zh: '警铃试鸣进行中', en: 'a siren test runs' },
  'walk-test': { zh: '走测进行中', en: 'a walk test runs' },
};

/** What stands at the head: what is practised, so that nobody takes its sirens for real; where there are alarms, whether they sound. */
export function describeHead(
  { exercise, isSounding }: OrdersStatus,
  hasAlarms: boolean,
  lang: Lang,
): readonly string[] {
  const sounds = isSounding
    ? { zh: '警报正在鸣响，未消音', en: 'an alarm sounds; it is not silenced' }
    : { zh: '没有报警在鸣响', en: 'no alarm sounds' };
  return [
    ...(exercise === null ? [] : [exerciseLine(exercise, lang)]),
    ...(hasAlarms || isSounding ? [sounds[lang]] : []),
  ];
}

/** A line for each thing that is said. */
export function describeSaying({ saying }: Pick<OrdersStatus, 'saying'>, lang: Lang): readonly string[] {
  const zh = lang === 'zh';
  return saying.map(({ words, where, origin }) => {
    const names = where.map((each) => each[lang]).join(zh ? '、' : ', ');
    const by = origin === null ? '' : zh ? `（${origin}）` : ` (${origin})`;
    return zh ? `正在广播：${words.zh}，${names}${by}` : `being said: ${words.en}, on ${names}${by}`;
  });
}

function exerciseLine({ is, untilWall, by }: NonNullable<OrdersStatus['exercise']>, lang: Lang): string {
  const until = describeMoment(untilWall);
  return lang === 'zh' ? `${kindWords[is].zh}，至 ${until}（${by}）` : `${kindWords[is].en}, until ${until} (${by})`;
}
