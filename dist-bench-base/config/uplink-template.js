/** One word each, known to be harmless and short: they may stand in topics too. */
const addressNames = ['district', 'site', 'code_site', 'uplink', 'client_id', 'username'];
/** Names that may stand in a topic. */
export const topicNames = {
    report: [
        ...addressNames,
        ...['id', 'kind', 'class', 'stream', 'alarm', 'lane', 'subject', 'device', 'key', 'zone', 'epoch', 'boot'],
        ...['sequence', 'code_building', 'code_device'],
    ],
    telemetry: [...addressNames, 'epoch', 'boot', 'sequence'],
    status: [...addressNames, 'state', 'reason'],
};
/** Names that may stand in a payload. `time` is RFC 3339, `ts` milliseconds since 1970; both are null while the clock is untrusted. */
export const payloadNames = {
    report: [
        ...topicNames.report,
        ...['time', 'ts', 'clock', 'mono', 'durable', 'historical', 'previous', 'position'],
        ...['words_zh', 'words_en', 'origin', 'detail'],
    ],
    telemetry: [
        ...topicNames.telemetry,
        ...['time', 'ts', 'clock', 'historical', 'previous', 'position', 'count'],
        ...['values', 'samples', 'devices'],
    ],
    status: [...topicNames.status, 'time', 'ts', 'clock'],
};
/** A template in pieces. Text in quotes is told from the rest, because a value is written differently there. */
export function partsOf(template) {
    const parts = [];
    let isInText = false;
    let at = 0;
    for (const match of template.matchAll(/\{\{([^{}]*)\}\}/g)) {
        const text = template.slice(at, match.index);
        isInText = endsInText(text, isInText);
        if (text !== '')
            parts.push({ kind: 'text', text });
        parts.push({ kind: 'name', name: (match[1] ?? '').trim(), isInText });
        at = match.index + match[0].length;
    }
    if (at < template.length)
        parts.push({ kind: 'text', text: template.slice(at) });
    return parts;
}
function endsInText(text, began) {
    let isInText = began;
    for (const [mark] of text.matchAll(/\\.|"/gs))
        if (mark === '"')
            isInText = !isInText;
    return isInText;
}
/** The first thing that is wrong with each half of a template. */
export function* uplinkTemplateFaults(kind, template) {
    const topic = topicFault(kind, template.topic);
    if (topic !== null)
        yield { key: 'topic', ...topic };
    const payload = payloadFault(kind, template.payload);
    if (payload !== null)
        yield { key: 'payload', ...payload };
}
function topicFault(kind, topic) {
    const unknown = unknownName(topic, topicNames[kind]);
    if (unknown !== null)
        return unknown;
    const literal = topic.replaceAll(/\{\{[^{}]*\}\}/g, '');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a topic must not have any
    const wrong = /[+#{}\u0000-\u001f\u007f-\u009f]/.exec(literal);
    if (wrong === null)
        return null;
    const expected = { zh: '不含 + # { } 的主题', en: 'a topic without + # { }' };
    return { expected, got: wrong[0] };
}
function payloadFault(kind, payload) {
    const unknown = unknownName(payload, payloadNames[kind]);
    if (unknown !== null)
        return unknown;
    // Filled in with the one value that may stand everywhere, also as a key.
    const probe = partsOf(payload).map((part) => (part.kind === 'text' ? part.text : part.isInText ? '' : '""'));
    try {
        JSON.parse(probe.join(''));
        return null;
    }
    catch (error) {
        const expected = { zh: '填入后是 JSON；字符串以外的 {{…}} 不加引号', en: 'JSON once it is filled in' };
        return { expected, got: error instanceof Error ? error.message : String(error) };
    }
}
function unknownName(text, known) {
    for (const part of partsOf(text)) {
        if (part.kind === 'name' && !known.includes(part.name))
            return { expected: known.join(', '), got: part.name };
    }
    return null;
}
