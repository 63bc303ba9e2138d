const endWords = {
    ordered: { zh: '由人员结束', en: 'ended by a person' },
    time: { zh: '时间已到', en: 'its time is over' },
    quiet: { zh: '长时间没有探测器动作', en: 'no detector was seen for too long' },
    fire: { zh: '因真实火警结束', en: 'ended by a real fire' },
    restart: { zh: '因网关重启结束，测试结果未保存', en: 'ended by a restart; what was seen is not known' },
};
function draftOf(kind, zone, origin, words, detail) {
    return { kind, class: null, subject: `zone:${zone}`, alarm: null, zone, words, origin, detail };
}
function named(zone, name = { zh: zone, en: zone }) {
    return { zh: `${name.zh} 走测`, en: `${name.en}: walk test` };
}
/** `forMs`: it ends by itself after so long. */
export function begunDraft({ zone, by, subjects }, forMs, name) {
    const { zh, en } = named(zone, name);
    const minutes = Math.ceil(forMs / 60_000);
    const words = {
        zh: `${zh}开始，${subjects.length} 个火警点，最长 ${minutes} 分钟`,
        en: `${en} begun, ${subjects.length} fire ${subjects.length === 1 ? 'point' : 'points'}, ${minutes} min at most`,
    };
    return draftOf('walk_test.begun', zone, by, words, {
        zone,
        points: idsOf(subjects),
        for_s: Math.round(forMs / 1000),
    });
}
export function seenDraft({ zone, by }, { subject, name }) {
    const words = { zh: `${name.zh} 正常`, en: `${name.en}: works` };
    return { ...draftOf('walk_test.seen', zone, by, words, { zone }), subject };
}
export function endedDraft({ zone, subjects, seen, beganMono }, reason, origin, nowMono, name) {
    const unseen = subjects.filter((key) => !seen.includes(key));
    const { zh, en } = named(zone, name);
    const why = endWords[reason];
    const words = {
        zh: `${zh}结束（${why.zh}）：正常 ${seen.length} 个，未测到 ${unseen.length} 个`,
        en: `${en} over (${why.en}): ${seen.length} seen, ${unseen.length} not seen`,
    };
    const lastedS = Math.round((nowMono - beganMono) / 1000);
    const detail = { zone, reason, seen: idsOf(seen), not_seen: idsOf(unseen), lasted_s: lastedS };
    return draftOf('walk_test.ended', zone, origin, words, detail);
}
/** Of a test that the process before this one had begun: nothing of it was saved but which points were under test. */
export function restartedDraft(zone, name) {
    const { zh, en } = named(zone, name);
    const words = { zh: `${zh}结束（${endWords.restart.zh}）`, en: `${en} over (${endWords.restart.en})` };
    const detail = { zone, reason: 'restart', seen: null, not_seen: null, lasted_s: null };
    return draftOf('walk_test.ended', zone, null, words, detail);
}
function idsOf(subjects) {
    return subjects.map((key) => key.slice('point:'.length));
}
