import { uplinkTemplateFaults } from '../uplink-template.js';
export function* formatFindings({ index, value }) {
    yield* formatHasIt(index, value);
    for (const kind of ['report', 'telemetry', 'status']) {
        const template = value.templates?.[kind];
        if (template === undefined)
            continue;
        const where = `uplink ${value.id} templates.${kind}`;
        for (const { key, expected, got } of uplinkTemplateFaults(kind, template)) {
            yield { code: 'CONF-081', path: ['uplinks', index, 'templates', kind, key], where, expected, got };
        }
    }
}
/** Orders and receipts are our own; a platform's names stand where it wants them. */
function* formatHasIt(index, value) {
    if (value.format === 'gengfu')
        return;
    const where = `uplink ${value.id}`;
    const finding = (key, expected, got) => ({
        ...{ code: 'CONF-082', path: ['uplinks', index, key], where },
        ...{ expected, got },
    });
    const ours = { zh: '只用于 format: gengfu', en: 'only with format: gengfu' };
    if (value.commands)
        yield finding('commands', ours, 'true');
    if (value.receipts !== 'none')
        yield finding('receipts', ours, value.receipts);
    if (value.telemetry === 'cbor')
        yield finding('telemetry', ours, value.telemetry);
    if (value.format !== 'onenet')
        return;
    for (const key of ['client_id', 'username']) {
        const expected = { zh: `同时写 ${key}`, en: `${key} as well` };
        if (value[key] === undefined)
            yield finding('format', expected, value.format);
        // They become levels of a topic.
        else if (!/^[A-Za-z0-9_-]+$/.test(value[key])) {
            yield finding(key, { zh: '字母、数字、_ 和 -', en: 'letters, digits, _ and -' }, value[key]);
        }
    }
}
