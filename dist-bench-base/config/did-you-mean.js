/** Shorter beginnings fit too much. */
const headMinChars = 3;
/** The candidate that a typing mistake of at most two letters would explain, or the only one that begins so; or null. */
export function didYouMean(written, candidates) {
    const all = [...candidates];
    return nearest(written, all) ?? onlyBeginning(written, all);
}
function onlyBeginning(written, candidates) {
    if (written.length < headMinChars)
        return null;
    const [only, ...more] = candidates.filter((candidate) => candidate.startsWith(written));
    return only !== undefined && more.length === 0 ? only : null;
}
function nearest(written, candidates) {
    const reach = written.length <= 3 ? 1 : 2;
    let best = null;
    let bestDistance = reach + 1;
    for (const candidate of candidates) {
        if (Math.abs(candidate.length - written.length) > reach)
            continue;
        const distance = editDistance(written, candidate);
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}
/** Letters to insert, drop or replace; computed row by row. */
function editDistance(a, b) {
    let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 0; i < a.length; i++) {
        const row = [i + 1];
        for (let j = 0; j < b.length; j++) {
            const replace = (previous[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
            row.push(Math.min(replace, (previous[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
        }
        previous = row;
    }
    return previous[b.length] ?? 0;
}
