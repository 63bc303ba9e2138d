import { exerciseRefusalWords } from './refusal-words.js';
export function sirenTestBegun({ id, outputs, origin }) {
    const words = {
        zh: `警铃试鸣开始，共 ${outputs.length} 个`,
        en: `a siren test begins: ${outputs.length} ${outputs.length === 1 ? 'output' : 'outputs'}`,
    };
    return draftOf('siren_test.begun', words, origin, { test: id, outputs });
}
export function sirenTestEnded({ test, reason, outcomes, lastedMs }, outputs) {
    const isOk = reason === 'done' && [...outcomes.values()].every((outcome) => outcome === 'proven');
    const failed = [...outcomes].flatMap(([id, outcome]) => (outcome === 'not-proven' ? [nameOf(id, outputs)] : []));
    // Where nothing listens or measures, only the relay was read back: nobody knows whether it was heard.
    const isHeard = outputs.every(({ id, proof }) => !outcomes.has(id) || proof !== undefined);
    const told = isOk ? (isHeard ? allProven : readBack) : endWords[reason];
    const [zh, en] = [failed.map((name) => name.zh).join('、'), failed.map((name) => name.en).join(', ')];
    const words = {
        zh: `警铃试鸣：${told.zh}${zh === '' ? '' : `；未能证实：${zh}`}`,
        en: `siren test: ${told.en}${en === '' ? '' : `; not proven: ${en}`}`,
    };
    return draftOf('siren_test.ended', words, null, {
        test: test.id,
        asked_by: test.origin,
        reason,
        outputs: asJson(outcomes),
        ok: isOk,
        lasted_s: lastedMs === null ? null : Math.round(lastedMs / 1000),
    });
}
/** The calendar wanted one that could not be. */
export function sirenTestLeftOut(outputs, reason, origin) {
    const why = exerciseRefusalWords[reason];
    const words = { zh: `本次警铃试鸣取消：${why.zh}`, en: `the siren test is left out: ${why.en}` };
    const outcomes = new Map(outputs.map((id) => [id, 'skipped']));
    return draftOf('siren_test.ended', words, origin, {
        ...{ test: null, asked_by: origin, reason, outputs: asJson(outcomes), ok: false, lasted_s: null },
    });
}
const allProven = { zh: '全部证实', en: 'all proven' };
const readBack = { zh: '继电器已回读（声音未证实）', en: 'relays read back (sound not proven)' };
const endWords = {
    done: { zh: '未全部证实', en: 'not all are proven' },
    order: { zh: '已中止', en: 'broken off' },
    fire: { zh: '中止，真实火情', en: 'broken off: there is a real fire' },
    alarm: { zh: '中止，另有报警鸣响', en: 'broken off: an alarm sounds' },
    stop: { zh: '网关停止，已结束', en: 'the gateway stops; it is over' },
    restart: { zh: '网关重启，已结束', en: 'the gateway was restarted; it is over' },
};
function nameOf(id, outputs) {
    return outputs.find((output) => output.id === id)?.name ?? { zh: id, en: id };
}
function asJson(outcomes) {
    return Object.fromEntries(outcomes);
}
function draftOf(kind, words, origin, detail) {
    return { kind, class: null, subject: 'gateway', alarm: null, zone: null, words, origin, detail };
}
