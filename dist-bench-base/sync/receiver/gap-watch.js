/**
 * The gaps of a chain after it changed: what is left of an old one keeps its age.
 * @returns also the told ones that are closed now.
 */
export function nextGaps(before, now, mono) {
    const touches = (one, other) => one.from <= other.to && other.from <= one.to;
    const gaps = now.map((gap) => {
        const old = before.find((each) => touches(each, gap));
        return { from: gap.from, to: gap.to, sinceMono: old?.sinceMono ?? mono, isTold: old?.isTold ?? false };
    });
    const closed = before.filter((old) => old.isTold && !now.some((gap) => touches(old, gap)));
    return { gaps, closed };
}
/** Those that are open for so long and not told yet, and the list in which they count as told. */
export function tellGaps(gaps, mono, afterMs) {
    const isDue = (gap) => !gap.isTold && mono - gap.sinceMono >= afterMs;
    return { gaps: gaps.map((gap) => (isDue(gap) ? { ...gap, isTold: true } : gap)), due: gaps.filter(isDue) };
}
