import { isTold } from '../tell-filter.js';
import { carriableEntry, carriablePack } from './carriable.js';
/** Entries in a page, about 150 kB: large enough that the next one is there before it is needed. */
const entryPage = 200;
/** Packs in a page, about 300 kB: a worker that shares its processor answers late (measured: pages of 50 halve a drain). */
const packPage = 200;
/** Lanes that are carried, in their order of precedence. */
export const carriedLanes = ['fire', 'journal', 'telemetry'];
export function entrySource(journal, lane, uplink, tell) {
    const pageOf = (rows) => {
        const told = rows.filter((row) => isTold(tell, row));
        return { rows, items: told.map((row) => carriableEntry(uplink, tell, row)), isFull: rows.length === entryPage };
    };
    return {
        ...{ lane, pageMax: entryPage, pageOf },
        read: async (after) => pageOf(await journal.readAfter(lane, after, entryPage)),
    };
}
/** Null: this uplink carries no measurements. */
export function packSource(journal, uplink) {
    const send = uplink.sendTelemetry?.bind(uplink);
    if (send === undefined)
        return null;
    return {
        ...{ lane: 'telemetry', pageMax: packPage },
        pageOf: () => ({ rows: [], items: [], isFull: false }),
        read: async (after) => {
            const rows = await journal.readTelemetryAfter(after, packPage);
            return { rows, items: rows.map((pack) => carriablePack(send, pack)), isFull: rows.length === packPage };
        },
    };
}
