/** Hands an order for a drill, a test or the loudspeakers to the gateway, and prints its answer. */
import type { Words } from '../../config/vocabulary.js';
import { controlRequest } from '../command/control-socket.js';
import { type ExerciseAsk, noteMax, type OrderAnswer, type OrderRefusal, textMax } from '../command/exercise-order.js';
import { exerciseRefusalWords } from '../exercise/refusal-words.js';
import { ask, ownName, tellNobody } from './ask-gateway.js';
import type { Lang } from './teller.js';

/** The exit status: 0 done, 1 refused, 2 no such order, 4 no gateway runs there. */
export async function orderExercise(order: ExerciseAsk, dataDir: string, lang: Lang, json: boolean): Promise<number> {
  const request = controlRequest.safeParse({ ...order, user: ownName() });
  if (!request.success) {
    const [issue] = request.error.issues;
    process.stderr.write(`${issue?.path.join('.')}: ${issue?.message}\n`);
    return 2;
  }
  try {
    const answer = (await ask(dataDir, request.data)) as OrderAnswer | { error: string };
    if ('error' in answer) throw new Error(answer.error);
    process.stdout.write(`${json ? JSON.stringify(answer) : describeAnswer(answer, lang)}\n`);
    return answer.accepted ? 0 : 1;
  } catch (error) {
    return tellNobody(dataDir, error, lang);
  }
}

export function describeAnswer(answer: OrderAnswer, lang: Lang): string {
  if (answer.accepted) return answer.done[lang];
  const why = refusalWords[answer.reason][lang];
  return lang === 'zh' ? `被拒绝：${why}` : `refused: ${why}`;
}

const refusalWords: Readonly<Record<OrderRefusal, Words>> = {
  ...exerciseRefusalWords,
  'level-too-low': { zh: '权限不够', en: 'this needs a higher level' },
  'not-here': { zh: '本网关没有这个功能', en: 'this gateway can not do that' },
  'nothing-to-test': { zh: '该防区没有可测试的火警点', en: 'no fire point of this zone can be tested' },
  'already-under-test': { zh: '该防区正在测试', en: 'this zone is under test already' },
  'not-under-test': { zh: '该防区没有在测试', en: 'this zone is not under test' },
  'not-now': {
    zh: '喇叭正用于报警，或没有可接通的功放',
    en: 'an alarm has the loudspeakers, or none has an amplifier to key',
  },
  'unknown-message': { zh: '站点文件中没有这条消息', en: 'the site file has no such message' },
  'unknown-speaker': { zh: '没有这个喇叭，或没有可播放的喇叭', en: 'there is no such loudspeaker, or none that plays' },
  'bad-text': {
    zh: `写一条消息或一段文字；文字最长 ${textMax} 字，不含控制字符`,
    en: `one message or one text; a text has ${textMax} characters at most and no control characters`,
  },
  'bad-note': {
    zh: `备注最长 ${noteMax} 字，不含控制字符`,
    en: `a note has ${noteMax} characters at most and no control characters`,
  },
};
