/**
 * The rows of one lane of one epoch, as they are linked by `previous`: up to where everything is there, and what is missing in
 * between. Pure.
 *
 *   told:  1 → 4 → 5 → 9 → 12          `previous` of 9 is 5: 6, 7 and 8 are none of this receiver's business
 *   here:  1   4           12          head 4, one island (9, 12]: a gap from 5 to 9
 */
/** Gaps of one chain at once; a row beyond that is kept and handed on, and waits for its sender to tell it again. */
const islandsMax = 1_000;
/** @param head where it begins: 0, or further for a receiver that joins later. */
export function emptyChain(head = 0) {
    return { head, position: 0, islands: [] };
}
/** A row has come. The same row again, or an older one, changes nothing. */
export function addLink(chain, { previous, sequence, position }) {
    const { head, islands } = chain;
    // Told anew with another predecessor (a filter was changed): then what lies between is not told any more.
    if (sequence <= head)
        return chain;
    let island = { after: previous, upTo: sequence, position };
    const apart = [];
    for (const other of islands) {
        if (other.upTo < island.after || other.after > island.upTo)
            apart.push(other);
        else
            island = joined(island, other);
    }
    if (island.after <= head)
        return { head: island.upTo, position: island.position, islands: apart };
    if (apart.length >= islandsMax)
        return chain;
    return { ...chain, islands: [...apart, island].sort((one, other) => one.after - other.after) };
}
function joined(one, other) {
    const last = one.upTo > other.upTo ? one : other;
    return { after: Math.min(one.after, other.after), upTo: last.upTo, position: last.position };
}
/** A person has said that what is missing will never come. */
export function withoutGaps({ head, position, islands }) {
    const last = islands.at(-1);
    return { head: last?.upTo ?? head, position: last?.position ?? position, islands: [] };
}
/** What is missing, oldest first. */
export function gapsOf({ head, islands }) {
    return islands.map(({ after }, index) => ({ from: (islands[index - 1]?.upTo ?? head) + 1, to: after }));
}
