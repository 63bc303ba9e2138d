/** Which of the four kinds of profiles one is. */
import type { ContactProfile, DeviceProfile, ModbusProfile, SignalProfile } from './profile-schema.js';
import type { StreamProfile } from './stream-profile-schema.js';

/** A unit with registers on a line. */
export function isModbus(profile: DeviceProfile): profile is ModbusProfile {
  return profile.link.kind === 'modbus';
}

/** A dry contact at an input. */
export function isContact(profile: DeviceProfile): profile is ContactProfile {
  return profile.link.kind === 'contact';
}

/** An analog signal at an input. */
export function isSignal(profile: DeviceProfile): profile is SignalProfile {
  return profile.link.kind === 'signal';
}

/** A device with a serial dialect of its own. */
export function isStream(profile: DeviceProfile): profile is StreamProfile {
  return profile.link.kind === 'stream';
}
