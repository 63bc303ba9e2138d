import { GenericSmoke } from './generic-smoke.js';
import { adam4117, waveshareAi8 } from './io-maps.js';
import { N4d8b08 } from './n4d8b08.js';
import { ddsu666, dtsu666, lx47le, pzem016, sdm120, xiyuAfd } from './power-maps.js';
import { RegisterBank } from './register-bank.js';
import { jxbsGas, jxbsTh, renkeTh, renkeWind, sgaGas, transmitter7reg, xyMd02 } from './sensor-maps.js';
import { WaveshareIo } from './waveshare-io.js';
import { WaveshareRelay8 } from './waveshare-relay8.js';
/** Modules that are nothing but registers. */
const banks = [
    adam4117,
    ddsu666,
    dtsu666,
    jxbsGas,
    jxbsTh,
    lx47le,
    pzem016,
    renkeTh,
    renkeWind,
    sdm120,
    sgaGas,
    transmitter7reg,
    waveshareAi8,
    xiyuAfd,
    xyMd02,
];
/** How the module behind each device profile is made, as it leaves its factory. */
const makers = new Map([
    ['generic-smoke-0010', () => new GenericSmoke()],
    ['n4d8b08', (clock) => new N4d8b08(clock)],
    ['waveshare-relay8', (clock) => new WaveshareRelay8(clock)],
    ['waveshare-relay-d', (clock) => new WaveshareIo(clock, 'waveshare-relay-d', 1)],
    ['waveshare-io8', (clock) => new WaveshareIo(clock, 'waveshare-io8', 0)],
    ...banks.map((map) => [map.profileId, () => new RegisterBank(map)]),
]);
/** Profiles that the simulator has a module for. */
export const modelledProfiles = [...makers.keys()];
/** A module fresh from its factory. Throws RangeError for a profile without a model. */
export function makeModel(profileId, clock) {
    const make = makers.get(profileId);
    if (make === undefined) {
        throw new RangeError(`no simulated module for profile ${profileId}; there are: ${modelledProfiles.join(', ')}`);
    }
    return make(clock);
}
