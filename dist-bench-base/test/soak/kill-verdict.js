/** Rows that keep their order on the way: all first deliveries of one of these are in the order of their sequences, over every kill.
 * Between them nothing is promised: fire goes before the rest, and a new fire before what else is of the fire lane. */
export function orderOf({ lane, kind, class: alarmClass }) {
    return lane === 'fire' && alarmClass === 'fire' && kind === 'alarm.raised' ? 'new fires' : lane;
}
/** @param drainedTo rows up to this position have had their time to arrive; those after it were written while the last gateway ended. */
export function judge(rows, heard, said, drainedTo) {
    const byId = new Map(rows.map((row) => [row.id, row]));
    const carried = rows.filter(({ lane }) => lane === 'fire' || lane === 'journal');
    const invented = [];
    const altered = [];
    const outOfOrder = [];
    const newest = new Map();
    const arrived = new Set();
    const fromMemory = new Set();
    for (const one of heard) {
        const row = byId.get(one.id);
        if (row === undefined) {
            if (one.durable || !said.stamped.has(one.id))
                invented.push(one.id);
            else
                fromMemory.add(one.id);
            continue;
        }
        const isPlaced = !one.durable || one.sequence === row.sequence;
        if (!isPlaced || one.epoch !== row.epoch || one.kind !== row.kind || one.subject !== row.subject)
            altered.push(one.id);
        if (!one.durable || arrived.has(one.id))
            continue;
        arrived.add(one.id);
        const order = orderOf(row);
        if (row.position < (newest.get(order) ?? 0))
            outOfOrder.push(`${one.id} (${order})`);
        else
            newest.set(order, row.position);
    }
    return {
        rows: rows.length,
        carriedRows: carried.length,
        heard: heard.length,
        duplicates: heard.length - new Set(heard.map(({ id, durable }) => `${id} ${durable}`)).size,
        lost: carried.filter(({ id, position }) => position <= drainedTo && !arrived.has(id)).map(({ id }) => id),
        ...{ invented, altered, outOfOrder, toldNotKept: fromMemory.size },
        unkept: [...said.durable].filter((id) => !byId.has(id)),
        holes: holesOf(rows),
    };
}
function holesOf(rows) {
    const byEpoch = new Map();
    let doubles = 0;
    for (const { epoch, sequence } of rows) {
        const seen = byEpoch.get(epoch) ?? new Set();
        if (seen.has(sequence))
            doubles++;
        byEpoch.set(epoch, seen.add(sequence));
    }
    let missing = 0;
    for (const seen of byEpoch.values()) {
        let last = 0;
        for (const sequence of seen)
            last = Math.max(last, sequence);
        missing += last - seen.size;
    }
    return missing + doubles;
}
export function isGood(verdict) {
    const { lost, invented, unkept, altered, outOfOrder, holes } = verdict;
    return [lost, invented, unkept, altered, outOfOrder].every((list) => list.length === 0) && holes === 0;
}
