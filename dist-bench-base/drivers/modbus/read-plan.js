import { widthOf } from './raw-value.js';
/**
 * Groups the sources of one unit into blocks. Neighbours are joined, and over a gap what lies no further apart than
 * `maxGap` (`maxBitGap`); a block has at most `maxRead` registers (`maxBits` bits), touches no forbidden address and begins
 * anew at `forceBreak`. A value of several registers is never cut. From the lowest address on each block takes as much as
 * it may, which gives the fewest blocks. What alone is longer than the unit allows is asked for all the same: it refuses.
 */
export function planReads(sources, limits) {
    return ['coil', 'discrete', 'input', 'holding'].flatMap((table) => {
        const { most, gap } = reach(table, limits);
        const blocks = [];
        for (const { from, to, standsAlone } of piecesOf(sources, table, most)) {
            const open = blocks.at(-1);
            const end = open === undefined ? 0 : open.address + open.count;
            const isJoined = open !== undefined &&
                !standsAlone &&
                to - open.address <= most &&
                from - end <= gap &&
                // Sources of a chain that is longer than a request overlap across two blocks.
                from >= end &&
                !limits.forbidden.some((area) => area.table === table && area.from < from && area.to >= end);
            if (isJoined)
                blocks[blocks.length - 1] = { table, address: open.address, count: to - open.address };
            else
                blocks.push({ table, address: from, count: to - from });
        }
        return blocks;
    });
}
/**
 * A block that was refused as two smaller ones: apart at its widest gap, without a gap in the middle. Null when nothing in
 * it can be read apart.
 */
export function splitBlock(block, sources, limits) {
    const { table } = block;
    const inside = sources.filter((source) => isInside(source, block));
    const pieces = piecesOf(inside, table, reach(table, limits).most);
    const seams = pieces.slice(1).flatMap((piece, i) => {
        const before = pieces[i];
        return before === undefined || piece.from < before.to ? [] : [{ end: before.to, from: piece.from }];
    });
    const middle = block.address + block.count / 2;
    const [best] = seams.toSorted((a, b) => b.from - b.end - (a.from - a.end) || Math.abs(a.from - middle) - Math.abs(b.from - middle));
    if (best === undefined)
        return null;
    return [
        { table, address: block.address, count: best.end - block.address },
        { table, address: best.from, count: block.address + block.count - best.from },
    ];
}
/** Does the block carry the whole value? */
export function isInside(source, block) {
    return (source.table === block.table &&
        source.address >= block.address &&
        source.address + widthOf(source.type) <= block.address + block.count);
}
function reach(table, limits) {
    const isBit = table === 'coil' || table === 'discrete';
    return isBit ? { most: limits.maxBits, gap: limits.maxBitGap } : { most: limits.maxRead, gap: limits.maxGap };
}
/** The sources of one table by address, those that overlap as one; a chain longer than `most` is cut between sources. */
function piecesOf(sources, table, most) {
    const spans = sources
        .filter((source) => source.table === table)
        .map(({ address, type, forceBreak }) => ({
        from: address,
        to: address + widthOf(type),
        standsAlone: forceBreak,
    }))
        .sort((a, b) => a.from - b.from || b.to - a.to);
    const pieces = [];
    for (const span of spans) {
        const open = pieces.at(-1);
        const to = Math.max(open?.to ?? 0, span.to);
        const overlaps = open !== undefined && span.from < open.to;
        if (overlaps && (to === open.to || to - open.from <= most)) {
            const standsAlone = open.standsAlone || (span.standsAlone && span.from === open.from);
            pieces[pieces.length - 1] = { from: open.from, to, standsAlone };
        }
        else
            pieces.push(span);
    }
    return pieces;
}
