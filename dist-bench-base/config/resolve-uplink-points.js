/** Points by which the gateway tells how far it is behind with each centre. They are never an alarm by themselves. */
import { brandId } from './ids.js';
import { pointHead } from './resolve-point-head.js';
/** What stands before an uplink's id in the ids of its points; no device may be called so. */
export function uplinkOwner(id) {
    return `uplink-${id}`;
}
const figures = [
    { what: 'backlog', role: 'uplink.backlog', unit: null, name: { zh: '待传条数', en: 'rows queued' } },
    {
        what: 'backlog_age',
        role: 'uplink.backlog_age',
        unit: 's',
        name: { zh: '最早待传时长', en: 'age of the oldest queued row' },
    },
    {
        what: 'unkept',
        role: 'uplink.unkept',
        unit: null,
        name: { zh: '已传未回执条数', en: 'rows carried and not kept' },
    },
];
/** Rows queued, age of the oldest, and rows that are carried and not kept, of every uplink. */
export function uplinkPoints(uplinks) {
    return uplinks.flatMap(({ id: uplink }) => figures.map(({ what, role, unit, name }) => ({
        ...pointHead({ id: brandId(uplinkOwner(uplink)) }, what, role),
        name: { zh: `上传通道 ${uplink} ${name.zh}`, en: `uplink ${uplink}, ${name.en}` },
        source: { kind: 'uplink', uplink, what },
        severities: {},
        physicalUnit: unit,
        onDelayMs: 0,
        offDelayMs: 0,
    })));
}
