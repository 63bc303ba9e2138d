/** `excludes` of contacts → pairs, each once however often it was written. */
import assert from 'node:assert/strict';
import { brandId, type PointId } from './ids.js';
import { isContact } from './profile-kind.js';
import type { DeviceProfile } from './profile-schema.js';
import type { ContactPair } from './site.js';
import type { DeviceYaml } from './site-schema.js';

/** Pairs of points with the states that can not both be true. */
export function contactPairs(
  devices: readonly DeviceYaml[],
  profiles: ReadonlyMap<string, DeviceProfile>,
): ContactPair[] {
  const byId = new Map(devices.map((device) => [device.id, device]));
  return devices.flatMap((device, index): ContactPair[] => {
    const other = device.excludes === undefined ? undefined : byId.get(device.excludes);
    if (other === undefined) return [];
    // Written at both ends: the first one in the file tells it.
    if (other.excludes === device.id && devices.indexOf(other) < index) return [];
    const [first, second] = [end(device, profiles), end(other, profiles)];
    return [{ points: [first.point, second.point], states: [first.active, second.active] }];
  });
}

function end(device: DeviceYaml, profiles: ReadonlyMap<string, DeviceProfile>) {
  const profile = profiles.get(device.profile);
  assert(profile !== undefined && isContact(profile), `excludes of ${device.id} was checked`);
  const { key, active } = profile.contact;
  return { point: brandId<PointId>(`${device.id}/${key}`), active: active.key };
}
