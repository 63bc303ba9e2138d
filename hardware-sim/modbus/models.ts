import type { Clock } from '../../drivers/clock.js';
import { GenericSmoke } from './generic-smoke.js';
import { N4d8b08 } from './n4d8b08.js';
import type { UnitModel } from './unit-model.js';
import { WaveshareRelay8 } from './waveshare-relay8.js';

/** How the module behind each device profile is made, as it leaves its factory. */
const makers: Readonly<Record<string, (clock: Clock) => UnitModel>> = {
  'generic-smoke-0010': () => new GenericSmoke(),
  n4d8b08: (clock) => new N4d8b08(clock),
  'waveshare-relay8': (clock) => new WaveshareRelay8(clock),
};

/** Profiles that the simulator has a module for. */
export const modelledProfiles: readonly string[] = Object.keys(makers);

/** A module fresh from its factory. Throws RangeError for a profile without a model. */
export function makeModel(profileId: string, clock: Clock): UnitModel {
  const make = makers[profileId];
  if (make === undefined) {
    throw new RangeError(`no simulated module for profile ${profileId}; there are: ${modelledProfiles.join(', ')}`);
  }
  return make(clock);
}
