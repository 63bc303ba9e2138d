/** Hands an order for a drill, a test or the loudspeakers to the gateway, and prints its answer. */
import { controlRequest } from '../command/control-socket.js';
import { ask, ownName, tellNobody } from './ask-gateway.js';
/** The exit status: 0 done, 1 refused, 2 no such order, 4 no gateway runs there. */
export async function orderExercise(order, dataDir, lang, json) {
    const request = controlRequest.safeParse({ ...order, user: ownName() });
    if (!request.success) {
        const [issue] = request.error.issues;
        process.stderr.write(`${issue?.path.join('.')}: ${issue?.message}\n`);
        return 2;
    }
    try {
        const answer = (await ask(dataDir, request.data));
        if ('error' in answer)
            throw new Error(answer.error);
        process.stdout.write(`${json ? JSON.stringify(answer) : describeAnswer(answer, lang)}\n`);
        return answer.accepted ? 0 : 1;
    }
    catch (error) {
        return tellNobody(dataDir, error, lang);
    }
}
export function describeAnswer(answer, lang) {
    if (answer.accepted)
        return answer.done[lang];
    const why = answer.why[lang];
    const known = answer.known ?? [];
    if (lang === 'zh')
        return `被拒绝：${why}${known.length === 0 ? '' : `。有：${known.join('、')}`}`;
    return `refused: ${why}${known.length === 0 ? '' : `. There are: ${known.join(', ')}`}`;
}
