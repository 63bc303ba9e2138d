import { isModbus, isStream } from '../profile-kind.js';
import { profileHint } from '../profile-names.js';
import { boxId } from '../resolve-box.js';
import { uplinkOwner } from '../resolve-uplink-points.js';
import { missing, usedTwice } from './finding.js';
/** Each device: what it names exists, and its profile and address fit together. */
export const checkDevices = function* (site) {
    yield* usedTwice('CONF-021', addressUses(site));
    for (const entry of site.draft.devices) {
        yield* references(site, entry);
        const profile = site.profiles.get(entry.value.profile);
        if (profile !== undefined)
            yield* profileFits(site, entry, profile);
    }
};
function* references({ draft, profiles, faultyProfiles }, { index, value }) {
    const where = `device ${value.id}`;
    // Points of lines are called line-<line>/load, those of the box box/<key>, those of uplinks uplink-<uplink>/<key>: a device must
    // not be able to own such an id.
    const isOfUplink = draft.uplinks.some((uplink) => uplinkOwner(uplink.value.id) === value.id);
    if (value.id.startsWith('line-') || value.id === boxId || isOfUplink) {
        yield {
            code: 'CONF-057',
            path: ['devices', index, 'id'],
            where,
            expected: {
                zh: '不以 line- 开头、不是 box、也不是 uplink-加上传通道编号 的编号',
                en: 'an id without line- in front, not box, and not uplink- with the id of an uplink',
            },
            got: value.id,
        };
    }
    // A file that is there but faulty has its own problems.
    if (!profiles.has(value.profile) && !faultyProfiles.has(value.profile)) {
        const hint = profileHint(value.profile, profiles);
        const path = ['devices', index, 'profile'];
        const finding = { code: 'CONF-024', path, where, expected: null, got: value.profile };
        yield hint === null ? finding : { ...finding, hint };
    }
    if (value.line !== undefined && !draft.named.lines.has(value.line)) {
        yield missing('CONF-022', ['devices', index, 'line'], where, value.line, draft.named.lines);
    }
    if (value.zone !== undefined && !draft.named.zones.has(value.zone)) {
        yield missing('CONF-023', ['devices', index, 'zone'], where, value.zone, draft.named.zones);
    }
}
function* profileFits(site, { index, value }, profile) {
    const where = `device ${value.id}`;
    if (profile.status === 'draft' && !value.allow_draft) {
        yield { code: 'CONF-028', path: ['devices', index, 'profile'], where, expected: null, got: value.profile };
    }
    if (isStream(profile) && !site.knownCodecs.includes(profile.link.codec)) {
        const expected = site.knownCodecs.join(', ');
        yield { code: 'CONF-046', path: ['devices', index, 'profile'], where, expected, got: profile.link.codec };
    }
    const range = addressRange(site, value, profile);
    if (value.unit === undefined || range === null)
        return;
    const [lowest, highest, others] = range;
    if ((value.unit < lowest || value.unit > highest) && !others(value.unit)) {
        const expected = {
            zh: `${profile.id} 用 ${lowest} 到 ${highest}`,
            en: `${lowest} to ${highest} for ${profile.id}`,
        };
        yield { code: 'CONF-027', path: ['devices', index, 'unit'], where, expected, got: String(value.unit) };
    }
}
function addressRange({ draft }, device, profile) {
    const none = () => false;
    if (isStream(profile))
        return profile.address_range === undefined ? null : [...profile.address_range, none];
    if (!isModbus(profile))
        return null;
    const line = draft.lines.find(({ value }) => value.id === device.line);
    // 0 and 248 to 255 are no addresses on a wire; on the network they stand for the server itself (Modbus Messaging on
    // TCP/IP V1.0b, 4.4.2.2).
    const isOnNetwork = line?.value.transport === 'tcp';
    return [...profile.address_range, isOnNetwork ? (unit) => unit === 0 || unit > 247 : none];
}
function* addressUses({ draft }) {
    for (const { index, value } of draft.devices) {
        const { id, line, unit } = value;
        if (line === undefined || unit === undefined)
            continue;
        yield { thing: `${line} unit ${unit}`, path: ['devices', index, 'unit'], user: `device ${id}` };
    }
}
