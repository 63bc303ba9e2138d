import { applyProfile } from '../applied-profile.js';
import { limitPoints } from '../limit-points.js';
import { limitsFault, noLimitsHere } from '../number-limits.js';
import { boxLimitPoints } from '../resolve-box.js';
import { missing } from './finding.js';
const boxHint = {
    zh: '网关本机的数值和单位列在 config/README.md 的 box.limits',
    en: 'config/README.md lists the numbers of the box and their units at box.limits',
};
/** Limits stand at numbers that can alarm, make sense together, and can be reached. */
export const checkLimits = function* ({ draft, profiles }) {
    for (const { index, value: device } of draft.devices) {
        const written = Object.entries(device.limits);
        const profile = profiles.get(device.profile);
        const applied = profile === undefined || written.length === 0 ? null : applyProfile(profile, device);
        if (applied === null)
            continue;
        const points = limitPoints(device, applied);
        for (const [key, limits] of written) {
            const path = ['devices', index, 'limits', key];
            yield* limitsFit(points, key, limits, path, `device ${device.id} limits.${key}`);
        }
    }
    for (const [key, limits] of Object.entries(draft.box?.limits ?? {})) {
        for (const finding of limitsFit(boxLimitPoints(), key, limits, ['box', 'limits', key], `box limits.${key}`)) {
            yield { hint: boxHint, ...finding };
        }
    }
};
function* limitsFit(points, key, limits, path, where) {
    const point = points.find((each) => each.key === key);
    if (point === undefined) {
        const numbers = points.filter((each) => noLimitsHere(each) === null).map((each) => each.key);
        yield { ...missing('CONF-064', path, where, key, numbers), expected: namesOf(numbers) };
        return;
    }
    const refused = noLimitsHere(point);
    if (refused !== null) {
        yield { code: 'CONF-065', path, where, ...refused };
        return;
    }
    const fault = limitsFault(limits, point);
    if (fault === null)
        return;
    const code = fault.kind === 'incomplete' ? 'CONF-066' : 'CONF-067';
    const [at, of] = fault.key === null ? [path, ''] : [[...path, fault.key], `.${fault.key}`];
    yield { code, path: at, where: `${where}${of}`, expected: fault.expected, got: fault.got };
}
function namesOf(keys) {
    if (keys.length > 0)
        return keys.join(', ');
    return { zh: '不写 limits：没有会报警的数值', en: 'no limits: none of its numbers can alarm' };
}
