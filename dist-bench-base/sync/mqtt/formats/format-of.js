import { gengfuFormat } from './gengfu.js';
import { onenetFormat } from './onenet.js';
import { templatedFormat } from './templated.js';
import { thingsboardFormat } from './thingsboard.js';
export function formatOf(config, options) {
    const base = presetOf(config, options);
    const { report, telemetry, status } = config.templates;
    const isPlain = report === null && telemetry === null && status === null;
    return isPlain ? base : templatedFormat(base, config.templates, options);
}
function presetOf(config, options) {
    switch (config.format) {
        case 'gengfu':
            return gengfuFormat(options, config.telemetry === 'cbor' ? 'cbor' : 'json');
        case 'thingsboard':
            return thingsboardFormat(options);
        case 'onenet':
            return onenetFormat(options);
    }
}
