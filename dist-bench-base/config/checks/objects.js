import { applyProfile } from '../applied-profile.js';
import { isStream } from '../profile-kind.js';
import { wholeOf } from '../stream-rules.js';
import { missing, usedTwice } from './finding.js';
/** Detectors listed behind a panel: the panel tells them apart, each is listed once, and its zone exists. */
export const checkObjects = function* (site) {
    for (const entry of site.draft.devices) {
        if (entry.value.objects.length === 0)
            continue;
        yield* usedTwice('CONF-020', idUses(site, entry));
        yield* usedTwice('CONF-056', addressUses(entry));
        yield* objectsFit(site, entry);
    }
};
function* objectsFit({ draft, profiles }, { index, value }) {
    const profile = profiles.get(value.profile);
    const where = `device ${value.id}`;
    const knowsObjects = profile !== undefined && isStream(profile) && profile.objects !== undefined;
    if (profile !== undefined && !knowsObjects) {
        const path = ['devices', index, 'objects'];
        const expected = { zh: `不写 objects：${profile.id} 没有部位`, en: `no objects: ${profile.id} knows none` };
        yield { code: 'CONF-056', path, where, expected, got: 'objects' };
    }
    // Null also when an option is wrong: how objects are written may hang on it, and it comes first.
    const applied = profile === undefined ? null : applyProfile(profile, value);
    const objects = applied?.kind === 'stream' ? applied.objects : null;
    const pattern = objects === null ? null : wholeOf(objects.pattern);
    for (const [at, { address, zone }] of value.objects.entries()) {
        const path = ['devices', index, 'objects', at];
        if (pattern !== null && objects !== null && !pattern.test(address)) {
            const finding = { code: 'CONF-056', path: [...path, 'address'], where, expected: null, got: address };
            yield {
                ...finding,
                expected: { zh: `例如 ${objects.example}`, en: `such as ${objects.example}` },
                hint: addressHint(address, pattern, objects.example),
            };
        }
        if (zone !== undefined && !draft.named.zones.has(zone)) {
            yield missing('CONF-023', [...path, 'zone'], where, zone, draft.named.zones);
        }
    }
}
/** Other signs between the numbers, or leading zeros, are what people write most. */
function addressHint(address, pattern, example) {
    const plain = (address.match(/\d+/g) ?? []).map(Number).join('-');
    return pattern.test(plain)
        ? { zh: `是不是 "${plain}"？`, en: `did you mean "${plain}"?` }
        : { zh: `按主机的写法，例如 "${example}"`, en: `write it as the panel does, such as "${example}"` };
}
/** Points of the panel itself and of its objects share one space of names. */
function* idUses({ profiles }, { index, value }) {
    const profile = profiles.get(value.profile);
    if (profile !== undefined && isStream(profile)) {
        const path = ['devices', index, 'profile'];
        for (const { key } of profile.points)
            yield { thing: `id ${key}`, path, user: `point of ${profile.id}` };
    }
    for (const [at, { id }] of value.objects.entries()) {
        yield { thing: `id ${id}`, path: ['devices', index, 'objects', at, 'id'], user: `objects[${at}] of ${value.id}` };
    }
}
function* addressUses({ index, value }) {
    for (const [at, { address }] of value.objects.entries()) {
        const path = ['devices', index, 'objects', at, 'address'];
        yield { thing: address, path, user: `objects[${at}] of ${value.id}` };
    }
}
