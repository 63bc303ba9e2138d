import { didYouMean } from '../did-you-mean.js';
/** A reference to something that is not there, with the nearest name as a hint. */
export function missing(code, path, where, written, known) {
    const meant = didYouMean(written, known);
    const finding = { code, path, where, expected: null, got: written };
    return meant === null ? finding : { ...finding, hint: { zh: `是不是 ${meant}？`, en: `did you mean ${meant}?` } };
}
/** A channel that the module does not have. */
export function noSuchChannel(path, where, module, channels, written) {
    const expected = { zh: `${module} 有 1 到 ${channels}`, en: `1 to ${channels} on ${module}` };
    return { code: 'CONF-026', path, where, expected, got: String(written) };
}
/** Every use after the first one is a finding that names the first user. */
export function* usedTwice(code, uses) {
    const firstUser = new Map();
    for (const { thing, path, user } of uses) {
        const first = firstUser.get(thing);
        if (first === undefined)
            firstUser.set(thing, user);
        else {
            const got = { zh: `${thing}，已由 ${first} 使用`, en: `${thing}, already used by ${first}` };
            yield { code, path, where: user, expected: null, got };
        }
    }
}
