const twoTimes = { zh: '两个不同的时间', en: 'two different times' };
/** A window that ends when it begins is none, or the whole day: nobody can tell which. */
export function* emptyWindow({ from, to }, path, where) {
    if (from === to)
        yield { code: 'CONF-079', path: [...path, 'to'], where, expected: twoTimes, got: to };
}
/** Over midnight where `to` is earlier. The beginning belongs to it, the end does not. Times as they are written. */
export function isWithin(at, { from, to }) {
    return from < to ? at >= from && at < to : from !== to && (at >= from || at < to);
}
