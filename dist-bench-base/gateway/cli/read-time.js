import { InvalidArgumentError } from 'commander';
/** `90s`, `30m`, `8h`, `3d` → ms. Throws what commander prints. */
export function readTime(text) {
    const [, count, unit] = /^([0-9]{1,4})([smhd])$/.exec(text) ?? [];
    if (count === undefined)
        throw new InvalidArgumentError('30m, 8h, 3d');
    return Number(count) * ({ s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit ?? ''] ?? Number.NaN);
}
/** A whole number of at most six digits. */
export function readCount(text) {
    if (!/^[0-9]{1,6}$/.test(text))
        throw new InvalidArgumentError('0, 1, 2, …');
    return Number(text);
}
