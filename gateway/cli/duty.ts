/** `gengfu duty-answer` (查岗), and what `status` tells of whatever the district waits for. */
import type { Words } from '../../config/vocabulary.js';
import { describeMoment } from '../box/moment.js';
import type { DutyAnswer } from '../command/control-socket.js';
import type { OpenRequest } from '../command/district/open-requests.js';
import { ask, ownName, tellNobody } from './ask-gateway.js';
import type { Lang } from './teller.js';

/** Prints how many were answered; the exit status: 0 answered, 1 none was open, 4 no gateway runs there. */
export async function answerDuty(dataDir: string, lang: Lang, json: boolean): Promise<number> {
  try {
    const answer = (await ask(dataDir, { ask: 'duty-answer', user: ownName() })) as DutyAnswer | { error: string };
    if ('error' in answer) throw new Error(answer.error);
    process.stdout.write(`${json ? JSON.stringify(answer) : describeDutyAnswer(answer, lang)}\n`);
    return answer.answered > 0 ? 0 : 1;
  } catch (error) {
    return tellNobody(dataDir, error, lang);
  }
}

export function describeDutyAnswer({ answered }: DutyAnswer, lang: Lang): string {
  if (answered === 0) return lang === 'zh' ? '没有待应答的查岗' : 'no duty check waits for an answer';
  return lang === 'zh' ? `已应答查岗（${answered}）` : `duty checks answered: ${answered}`;
}

/** A line for each thing that the district waits for. */
export function describeRequests(requests: readonly OpenRequest[], lang: Lang): readonly string[] {
  return requests.map(({ is, by, sinceWall, untilWall, note }) => {
    const { zh, en } = requestWords[is];
    const [since, until] = [describeMoment(sinceWall), describeMoment(untilWall)];
    return lang === 'zh'
      ? `${zh}（${by}，${since} 至 ${until}）${note === null ? '' : `：${note}`}`
      : `${en} (${by}, ${since} until ${until})${note === null ? '' : `: ${note}`}`;
  });
}

const requestWords: Readonly<Record<OpenRequest['is'], Words>> = {
  'duty-check': {
    zh: '平台查岗，请按确认键或运行 gengfu duty-answer',
    en: 'the district asks who is on duty: press the acknowledge key or run gengfu duty-answer',
  },
  'reset-request': {
    zh: '平台请求复位；到现场看过再复位（gengfu reset）',
    en: 'the district asks for a reset; go and look, then reset (gengfu reset)',
  },
};
