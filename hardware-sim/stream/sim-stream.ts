/** Every device with a serial dialect of its own that the village can have, by profile. */
import type { Clock } from '../../drivers/clock.js';
import { FusaierHost } from './fusaier-host.js';
import { JbfPanel } from './jbf-panel.js';
import type { SimStream } from './talker.js';
import { UltrasonicSensor } from './ultrasonic-sensor.js';

export type { SimStream } from './talker.js';

/** As the profile's options are called; beside them `address` (which of several hosts) and `sum` (`five`: the card counts its
 * check sum over five bytes). Options that a device does not know change nothing. */
export type SimStreamOptions = Readonly<Record<string, string | number | boolean>>;

const makers: Readonly<Record<string, (options: SimStreamOptions) => SimStream>> = {
  'uart-ultrasonic': ({ model, mounting_height: height }) => {
    if (model !== 'a02' && model !== 'a01' && model !== 'jsn' && model !== 'aj') {
      throw new RangeError(`uart-ultrasonic: no model ${model}`);
    }
    return new UltrasonicSensor(model, typeof height === 'number' ? height : null);
  },
  'jbf-193k': ({ sum }) => new JbfPanel(sum === 'five' ? 'five' : 'eleven'),
  'fusaier-host': ({ address }) => new FusaierHost(typeof address === 'number' ? address : 1),
};

/** A device of the profile, powered and at rest; it speaks once `start` was called. Throws RangeError for a profile that no
 * simulated device knows. */
export function makeStream(profileId: string, options: SimStreamOptions, _clock: Clock): SimStream {
  const make = Object.hasOwn(makers, profileId) ? makers[profileId] : undefined;
  if (make === undefined) throw new RangeError(`no simulated device of the profile ${profileId}`);
  return make(options);
}

/** Profiles that `makeStream` knows. */
export const simStreamProfiles: readonly string[] = Object.keys(makers);
