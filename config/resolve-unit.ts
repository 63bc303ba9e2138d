/** Finds what a checked site file names; not finding it is our bug. */
import assert from 'node:assert/strict';
import type { DeviceProfile, ModbusProfile } from './profile-schema.js';
import type { DeviceYaml } from './site-schema.js';

type Profiles = ReadonlyMap<string, DeviceProfile>;

/** A profile that a check has already found. */
export function profileOf(device: DeviceYaml, profiles: Profiles): DeviceProfile {
  const profile = profiles.get(device.profile);
  assert(profile !== undefined, `profile ${device.profile} was checked`);
  return profile;
}

/** The unit that a contact or output names, with its Modbus profile. */
export function unitNamed(
  id: string,
  devices: readonly DeviceYaml[],
  profiles: Profiles,
): { readonly device: DeviceYaml; readonly profile: ModbusProfile } {
  const device = devices.find((candidate) => candidate.id === id);
  assert(device !== undefined, `device ${id} was checked`);
  const profile = profileOf(device, profiles);
  assert('points' in profile, `device ${id} was checked to be a unit`);
  return { device, profile };
}
