import { orderWords } from './refusal-words.js';
/** An order that the desk refused: who gave it, and why not. */
export function refusedDraft({ kind, origin }, reason, why) {
    const order = orderWords[kind] ?? { zh: kind, en: kind };
    return {
        kind: 'command.refused',
        class: null,
        subject: 'gateway',
        alarm: null,
        zone: null,
        words: { zh: `拒绝命令（${order.zh}）：${why.zh}`, en: `refused to ${order.en}: ${why.en}` },
        origin,
        detail: { command: kind, reason },
    };
}
