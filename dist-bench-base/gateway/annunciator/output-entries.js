const did = {
    commanded: [
        { zh: '打开', en: 'is switched on' },
        { zh: '关闭', en: 'is switched off' },
    ],
    proven: [
        { zh: '已证实打开', en: 'is proven on' },
        { zh: '已证实关闭', en: 'is proven off' },
    ],
};
export function foundOnEntry(config) {
    return entry(config, 'output.found_on', null, {}, { zh: '启动时已打开，保持', en: 'was found on at start and is left on' });
}
export function commandedEntry(config, on, desired) {
    return entry(config, 'output.commanded', desired, { on, ...whyOf(desired) }, did.commanded[on ? 0 : 1]);
}
/** `by`: everything that has shown it. */
export function provenEntry(config, on, desired, tookMs) {
    const by = ['read-back', ...(config.proof === undefined ? [] : [config.proof.point])];
    const detail = { on, took_ms: Math.round(tookMs * 10) / 10, by, ...whyOf(desired) };
    return entry(config, 'output.proven', desired, detail, did.proven[on ? 0 : 1]);
}
function whyOf(desired) {
    const exercise = desired?.exercise;
    return { alarms: desired?.because ?? [], ...(exercise === undefined ? {} : { exercise }) };
}
function entry({ id, name, zone }, kind, desired, detail, what) {
    return {
        kind,
        class: null,
        subject: `output:${id}`,
        alarm: desired?.because[0] ?? null,
        zone,
        words: { zh: `${name.zh} ${what.zh}`, en: `${name.en} ${what.en}` },
        origin: null,
        detail: { output: id, ...detail },
    };
}
