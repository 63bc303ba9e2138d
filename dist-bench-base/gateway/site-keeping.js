import { unusedSubject } from './alarm/site-subjects.js';
/** Uplinks that are not in the site file hold nothing. */
export function keepingOf({ journal, uplinks }) {
    const { maxBytes, keepMs, telemetryKeepMs } = journal;
    return { maxBytes, keepMs, telemetryKeepMs, holders: uplinks.map(holderOf) };
}
function holderOf({ id, receipts, telemetry }) {
    const frees = receipts === 'signed' ? 'kept' : receipts === 'unsigned' ? 'kept-and-old' : 'carried';
    return { uplink: id, lanes: ['fire', 'journal', ...(telemetry === 'none' ? [] : ['telemetry'])], frees };
}
const said = {
    soon: {
        error_zh: '83 天没有确认；一周后不再为它保留记录，不用的通道请从站点文件中删除',
        error_en: 'confirmed nothing for 83 days; in a week nothing is kept for it any more: repair it, or take it out of the site file',
    },
    'let-go': {
        error_zh: '90 天没有确认，不再为它保留记录',
        error_en: 'confirmed nothing for 90 days; nothing is kept for it any more',
    },
};
/** Tells the fault of uplinks that are not used, and tells it again on demand. */
export class UnusedUplinks {
    onFault;
    #how = new Map();
    constructor(uplinks, onFault) {
        this.onFault = onFault;
        for (const { id } of uplinks)
            this.#how.set(id, null);
    }
    hear(uplink, how) {
        this.#how.set(uplink, how);
        this.#tell(uplink, how);
    }
    retell() {
        for (const [uplink, how] of this.#how)
            this.#tell(uplink, how);
    }
    #tell(id, how) {
        this.onFault(unusedSubject({ id }), how !== null, how === null ? {} : { ...said[how] });
    }
}
