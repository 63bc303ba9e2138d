import { onlyZone } from './outlets.js';
export function drillBegun(drill, zones) {
    const where = placeOf(drill, zones);
    const minutes = Math.round(drill.forMs / 60_000);
    const words = { zh: `演练开始：${where.zh}，${minutes} 分钟`, en: `a drill begins: ${where.en}, ${minutes} min` };
    return draftOf('drill.begun', drill, words, drill.origin, { for_s: drill.forMs / 1000 });
}
/** Once when it ends, and again with the counts if those are told later. */
export function drillEnded({ drill, reason, lastedMs }, counts, origin, zones) {
    const where = placeOf(drill, zones);
    const told = countWords(counts);
    const words = {
        zh: `${endWords[reason].zh}：${where.zh}${told.zh}`,
        en: `${endWords[reason].en}: ${where.en}${told.en}`,
    };
    return draftOf('drill.ended', drill, words, origin, {
        reason,
        lasted_s: lastedMs === null ? null : Math.round(lastedMs / 1000),
        present: counts.present,
        missing: counts.missing,
    });
}
/** Stays on the box: the note may name people. */
export function drillNoted(drill, note, origin) {
    return draftOf('drill.noted', drill, { zh: '演练记录', en: 'a note about the drill' }, origin, { note });
}
const endWords = {
    time: { zh: '演练到时结束', en: 'the time of the drill is over' },
    order: { zh: '演练结束', en: 'the drill was ended' },
    fire: { zh: '演练中止，真实火情', en: 'the drill is broken off: there is a real fire' },
    stop: { zh: '网关停止，演练结束', en: 'the gateway stops; the drill is over' },
    restart: { zh: '网关重启，演练已结束', en: 'the gateway was restarted; the drill is over' },
};
function countWords({ present, missing }) {
    const here = present === null ? [] : [{ zh: `到场 ${present} 人`, en: `${present} present` }];
    const away = missing === null ? [] : [{ zh: `失联 ${missing} 人`, en: `${missing} missing` }];
    const all = [...here, ...away];
    return { zh: all.map(({ zh }) => `，${zh}`).join(''), en: all.map(({ en }) => `, ${en}`).join('') };
}
function placeOf({ zones }, all) {
    if (zones === 'all')
        return { zh: '全部防区', en: 'all zones' };
    const names = zones.map((id) => all.find((zone) => zone.id === id)?.name ?? { zh: id, en: id });
    return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') };
}
function draftOf(kind, { id, zones, origin: askedBy }, words, origin, detail) {
    return {
        ...{ kind, class: null, subject: 'gateway', alarm: null, zone: onlyZone(zones), words, origin },
        detail: { drill: id, asked_by: askedBy, zones, ...detail },
    };
}
