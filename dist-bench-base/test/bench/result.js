export function isMet({ value, limit }) {
    if (limit === null)
        return true;
    return 'atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost;
}
export function describeResult(result) {
    const { part, what, value, limit, unit, detail } = result;
    const bound = limit === null ? '' : 'atLeast' in limit ? ` (at least ${limit.atLeast})` : ` (at most ${limit.atMost})`;
    const verdict = limit === null ? ' ' : isMet(result) ? '✓' : '✗';
    const more = detail === undefined
        ? ''
        : `  ${Object.entries(detail)
            .map(([key, each]) => `${key} ${each}`)
            .join(', ')}`;
    return `${verdict} ${part}: ${what}: ${round(value)}${unit}${bound}${more}`;
}
export function round(value) {
    return Number(value.toPrecision(4));
}
export function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
    return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
