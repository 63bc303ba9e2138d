/** `excludes` of contacts → pairs, each once however often it was written. */
import assert from 'node:assert/strict';
import { brandId } from './ids.js';
import { isContact } from './profile-kind.js';
/** Pairs of points with the states that can not both be true. */
export function contactPairs(devices, profiles) {
    const byId = new Map(devices.map((device) => [device.id, device]));
    return devices.flatMap((device, index) => {
        const other = device.excludes === undefined ? undefined : byId.get(device.excludes);
        if (other === undefined)
            return [];
        // Written at both ends: the first one in the file tells it.
        if (other.excludes === device.id && devices.indexOf(other) < index)
            return [];
        const [first, second] = [end(device, profiles), end(other, profiles)];
        return [{ points: [first.point, second.point], states: [first.active, second.active] }];
    });
}
function end(device, profiles) {
    const profile = profiles.get(device.profile);
    assert(profile !== undefined && isContact(profile), `excludes of ${device.id} was checked`);
    const { key, active } = profile.contact;
    return { point: brandId(`${device.id}/${key}`), active: active.key };
}
