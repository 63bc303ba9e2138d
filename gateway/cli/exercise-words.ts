/** What `status` tells of drills, tests and loudspeakers. */
import type { Words } from '../../config/vocabulary.js';
import type { OrdersStatus } from '../command/exercise-order.js';
import type { ExerciseKind } from '../exercise/exercise.js';
import { describeMoment } from './moment.js';
import type { Lang } from './teller.js';

const kindWords: Readonly<Record<ExerciseKind, Words>> = {
  drill: { zh: '演练进行中', en: 'a drill runs' },
  'siren-test': { zh: '警铃试鸣进行中', en: 'a siren test runs' },
  'walk-test': { zh: '走测进行中', en: 'a walk test runs' },
};

/** A line for what is practised, and one for each thing that is said. */
export function describeOrders({ exercise, saying }: OrdersStatus, lang: Lang): readonly string[] {
  const zh = lang === 'zh';
  const runs = exercise === null ? [] : [exerciseLine(exercise, lang)];
  const says = saying.map(({ words, where, origin }) => {
    const names = where.map((each) => each[lang]).join(zh ? '、' : ', ');
    const by = origin === null ? '' : zh ? `（${origin}）` : ` (${origin})`;
    return zh ? `正在广播：${words.zh}，${names}${by}` : `being said: ${words.en}, on ${names}${by}`;
  });
  return [...runs, ...says];
}

function exerciseLine({ is, untilWall, by }: NonNullable<OrdersStatus['exercise']>, lang: Lang): string {
  const until = describeMoment(untilWall);
  return lang === 'zh' ? `${kindWords[is].zh}，至 ${until}（${by}）` : `${kindWords[is].en}, until ${until} (${by})`;
}
