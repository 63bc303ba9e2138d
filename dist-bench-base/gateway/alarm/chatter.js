/** Raisings and returns of one subject that are written one by one within a minute: three of each. */
export const entriesMax = 6;
/** The same of all subjects of other classes than fire together. Above, each is written once and then counted. */
export const floodMax = 120;
/** Over which both are counted; what was counted waits no longer; a subject is calm again after it without a change. */
export const minuteMs = 60_000;
/** What is to be told within the same so many ms is told by one tick, none of it later than after a minute. */
const tellEveryMs = 1_000;
export const noChatter = {
    subjects: new Map(),
    flood: { sinceMono: Number.NEGATIVE_INFINITY, written: 0 },
};
/** Is this change written? `isFlood`: the site has written too much. */
export function isWritten(chatter, change, { isFlood, mono }) {
    if (chatter === undefined || isCalm(chatter, mono))
        return true;
    if (change === 'raised' && chatter.isDealtWith)
        return true;
    return !chatter.isCounting && !isFlood && recent(chatter, mono).length < entriesMax;
}
/** A change was written, under this alarm. */
export function wrote(before, of, alarm, change, mono) {
    const isCounting = before !== undefined && !isCalm(before, mono) && before.isCounting;
    return {
        ...{ of, alarm, isCounting },
        writtenMono: [...(before === undefined ? [] : recent(before, mono)), mono].slice(-entriesMax),
        changedMono: mono,
        counted: before?.counted ?? null,
        isDealtWith: change === 'returned' && before?.isDealtWith === true,
    };
}
/** A change was not written. */
export function count(before, change, last, { mono, wall }) {
    const counted = before.counted ?? { raised: 0, returned: 0, sinceMono: mono, sinceWall: wall, last: null };
    return {
        ...before,
        ...{ isCounting: true, changedMono: mono },
        counted: { ...counted, [change]: counted[change] + 1, last: last ?? counted.last },
    };
}
/** When what was counted is told, monotonic ms; null: there is nothing to tell. */
export function nextTellMono({ counted }) {
    return counted === null ? null : Math.floor((counted.sinceMono + minuteMs) / tellEveryMs) * tellEveryMs;
}
/** Of a site that writes too much everything but fire is limited. */
export function isFlood({ flood }, mono) {
    return mono < flood.sinceMono + minuteMs && flood.written >= floodMax;
}
export function floodWith({ flood }, mono) {
    if (mono >= flood.sinceMono + minuteMs)
        return { sinceMono: mono, written: 1 };
    return { ...flood, written: flood.written + 1 };
}
function isCalm({ changedMono }, mono) {
    return mono >= changedMono + minuteMs;
}
function recent({ writtenMono }, mono) {
    return writtenMono.filter((each) => mono < each + minuteMs);
}
