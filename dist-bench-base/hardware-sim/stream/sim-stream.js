import { FusaierHost } from './fusaier-host.js';
import { JbfPanel } from './jbf-panel.js';
import { UltrasonicSensor } from './ultrasonic-sensor.js';
const makers = {
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
export function makeStream(profileId, options, _clock) {
    const make = Object.hasOwn(makers, profileId) ? makers[profileId] : undefined;
    if (make === undefined)
        throw new RangeError(`no simulated device of the profile ${profileId}`);
    return make(options);
}
/** Profiles that `makeStream` knows. */
export const simStreamProfiles = Object.keys(makers);
