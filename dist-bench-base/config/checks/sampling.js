import { applyProfile } from '../applied-profile.js';
import { limitPoints } from '../limit-points.js';
import { missing } from './finding.js';
/** What `sampling` names is a point of the device that may be sampled, and a deadband stands only at numbers. */
export const checkSampling = function* ({ draft, profiles }) {
    for (const { index, value: device } of draft.devices) {
        const written = Object.entries(device.sampling);
        const profile = profiles.get(device.profile);
        const applied = profile === undefined || written.length === 0 ? null : applyProfile(profile, device);
        if (applied === null)
            continue;
        const points = limitPoints(device, applied);
        for (const [key, { deadband }] of written) {
            const path = ['devices', index, 'sampling', key];
            const where = `device ${device.id} sampling.${key}`;
            const point = points.find((each) => each.key === key);
            if (point === undefined || point.role === 'setting') {
                yield noSuchPoint(points, key, path, where);
            }
            else if (deadband !== undefined && point.stateKeys !== null) {
                const got = { zh: `${key} 是状态：${point.stateKeys.join(', ')}`, en: `${key} is a state` };
                yield { code: 'CONF-092', path: [...path, 'deadband'], where: `${where}.deadband`, expected: null, got };
            }
        }
    }
};
function noSuchPoint(points, key, path, where) {
    const sampled = points.filter(({ role }) => role !== 'setting').map((each) => each.key);
    const none = { zh: '不写 sampling：它没有可采样的点', en: 'no sampling: it has no point that is sampled' };
    const expected = sampled.length > 0 ? sampled.join(', ') : none;
    return { ...missing('CONF-091', path, where, key, sampled), expected };
}
