import { districtOrderWords } from './district-words.js';
const about = { class: null, subject: 'gateway', alarm: null, zone: null };
export const unknownWords = {
    zh: '执行结果不明：执行中网关重启，不会重做',
    en: 'nobody knows how it ended: the gateway was restarted meanwhile; it is not done again',
};
export function acceptedDraft({ id, what }, origin, uplink) {
    const { zh, en } = districtOrderWords[what.order];
    const zones = 'zones' in what ? (what.zones ?? null) : null;
    return {
        ...{ ...about, kind: 'command.accepted', origin },
        words: { zh: `接受平台指令：${zh}`, en: `took an order of the district: ${en}` },
        detail: { command: id, order: what.order, uplink, ...(zones === null ? {} : { zones }) },
    };
}
export function endedDraft({ id, keyId }, outcome) {
    const { zh, en } = outcome.words;
    const origin = `centre:${keyId}`;
    if (outcome.state === 'done') {
        const words = { zh: `平台指令已执行：${zh}`, en: `an order of the district is done: ${en}` };
        return { ...{ ...about, kind: 'command.done', origin, words }, detail: { command: id } };
    }
    const words = { zh: `平台指令未能执行：${zh}`, en: `an order of the district failed: ${en}` };
    return { ...{ ...about, kind: 'command.failed', origin, words }, detail: { command: id, reason: outcome.reason } };
}
export function unknownDraft({ id, keyId }) {
    return {
        ...{ ...about, kind: 'command.failed', origin: `centre:${keyId}` },
        words: { zh: `平台指令${unknownWords.zh}`, en: `an order of the district: ${unknownWords.en}` },
        detail: { command: id, reason: 'restarted', state: 'unknown' },
    };
}
