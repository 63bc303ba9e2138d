import { CarriedLane } from './carried-lane.js';
import { firstPosition } from './first-position.js';
import { entrySource, packSource } from './lane-source.js';
/** Null until a disk has answered. */
export function makeLanes(options) {
    const { uplink, journal, tell, withTelemetry } = options;
    const { positions } = journal;
    if (positions === null)
        return null;
    const packs = withTelemetry ? packSource(journal, uplink) : null;
    return {
        fire: makeLane(options, positions, entrySource(journal, 'fire', uplink, tell)),
        journal: makeLane(options, positions, entrySource(journal, 'journal', uplink, tell)),
        telemetry: packs === null ? null : makeLane(options, positions, packs),
    };
}
function makeLane(options, positions, source) {
    const { uplink, journal, random, wantsReceipts, inUse, onNew } = options;
    const { row, isSaved } = firstPosition(positions, uplink.id, source.lane, inUse);
    const countAfter = async (position) => (await journal.backlogAfter(source.lane, position)).rows;
    const lane = new CarriedLane({ ...{ source, row, random, wantsReceipts, countAfter }, boot: journal.boot });
    if (!isSaved)
        onNew(lane);
    if (wantsReceipts)
        recallUnkept(journal, lane, row, countAfter).catch(() => undefined);
    return lane;
}
/** What is nothing for this centre is counted too, unless everything that it was told is kept. */
async function recallUnkept(journal, lane, { told, kept, position }, countAfter) {
    if (told === null || kept >= position)
        return;
    const place = kept === 0 ? null : await journal.placeAt(lane.name, kept);
    if (place !== null && place.epoch === told.epoch && place.sequence === told.sequence)
        return;
    const rows = (await countAfter(kept)) - (await countAfter(position));
    lane.recallUnkept(Math.max(1, rows));
}
