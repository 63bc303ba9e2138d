/** What the desk for exercises answers in words: what was done, what runs, what is not there. Pure. */
import type { SiteConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import type { ExerciseKind } from '../exercise/exercise.js';
import type { OrderRefusal, Refused } from './exercise-order.js';
import { orderRefusalWords } from './refusal-words.js';

export const did = {
  drillBegins: { zh: '演练开始', en: 'the drill begins' },
  drillEnds: { zh: '演练结束，已记录', en: 'the drill is over; recorded' },
  countAdded: { zh: '人数已补记', en: 'the head count is added to the last drill' },
  noteAdded: { zh: '备注已补记', en: 'the note is added to the last drill' },
  testBegins: { zh: '警铃试鸣开始', en: 'the siren test begins' },
  outputTestBegins: { zh: '开始测试', en: 'the test begins' },
  lampTestBegins: { zh: '指示灯测试开始', en: 'the lamp test begins' },
  uplinkTestBegins: { zh: '测试记录已写入', en: 'a test entry is written' },
  testNoted: { zh: '已记录', en: 'recorded' },
  testEnds: { zh: '警铃试鸣已中止', en: 'the siren test is broken off' },
  broadcastStops: { zh: '广播已停止', en: 'the broadcast stops' },
  walkTestBegins: { zh: '走测开始', en: 'the walk test begins' },
  walkTestEnds: { zh: '走测结束', en: 'the walk test is over' },
  /** `realAfterMs` of a walk test: whatever is in alarm for longer is no test. */
  walkTestLasts: {
    zh: '走测停止；仍有探测器在报警：最迟 60 秒内恢复，否则按真火警处理',
    en: 'the walk test stops; detectors are still in alarm: back to normal within 60 s, or it is taken for a real fire',
  },
} as const satisfies Record<string, Words>;

/** With the loudspeakers among them that are at fault: whoever hears nothing there must know. */
export function saidOn(did: Words, faulty: readonly Words[]): Words {
  if (faulty.length === 0) return did;
  return {
    zh: `${did.zh}；有故障：${faulty.map(({ zh }) => zh).join('、')}`,
    en: `${did.en}; at fault: ${faulty.map(({ en }) => en).join(', ')}`,
  };
}

export function refused(reason: OrderRefusal, why: Words = orderRefusalWords[reason]): Refused {
  return { reason, why };
}

/** With what there is instead. */
export function unknown(reason: OrderRefusal, all: readonly { readonly id: string }[]): Refused {
  return { ...refused(reason), known: all.map(({ id }) => id) };
}

/** Something else runs, or something runs that this order does not end: what it is, and how it is ended. `zones`: under walk test. */
export function runsAlready(reason: OrderRefusal, is: ExerciseKind | null, zones: SiteConfig['zones']): Refused {
  if (is === null) return refused(reason);
  if (is !== 'walk-test') return refused(reason, runs[is]);
  const zh = zones.map(({ name }) => name.zh).join('、');
  const en = zones.map(({ name }) => name.en).join(', ');
  const how = zones.map(({ id }) => `walk-test end --zone ${id}`).join('; ');
  return refused(reason, {
    zh: `走测正在进行（${zh}），结束用：${how}`,
    en: `a walk test runs (${en}); end it with: ${how}`,
  });
}

const runs = {
  drill: { zh: '演练正在进行，结束用：drill end', en: 'a drill runs; end it with: drill end' },
  'siren-test': {
    zh: '警铃试鸣正在进行，几分钟内自行结束，或再按试鸣键',
    en: 'a siren test runs; it ends by itself within minutes, or by the test key',
  },
} as const satisfies Record<string, Words>;
