/** What the limits that a profile proposes for a number must not contradict. */
import { possibleRoles } from './broken-rule.js';
import { isReference } from './device-options.js';
import { limitsFault, noLimitsHere } from './number-limits.js';
/** Limits of a profile stand at a number of fixed unit and range: where a label decides, only the site file can know them. */
export function limitsRule(path, point, options) {
    const { limits, unit, states, valid_range, within_label } = point;
    if (limits === undefined)
        return [];
    const at = [...path, 'limits'];
    for (const role of possibleRoles(point.role, options)) {
        const refused = noLimitsHere({ role, stateKeys: states?.map(({ key }) => key) ?? null });
        if (refused !== null)
            return [{ path: at, expected: refused.expected, got: refused.got }];
    }
    if (isReference(unit) || within_label !== undefined) {
        return [
            {
                path: at,
                expected: { zh: '单位或量程由铭牌决定时不写报警值', en: 'no limits where a label decides about unit or range' },
                got: 'limits',
            },
        ];
    }
    const fault = limitsFault(limits, { unit: unit ?? null, believable: valid_range ?? [-Infinity, Infinity] });
    if (fault === null)
        return [];
    const place = fault.key === null ? at : [...at, fault.key];
    return [{ path: place, expected: fault.expected, got: fault.got }];
}
