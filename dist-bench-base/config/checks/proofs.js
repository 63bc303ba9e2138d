import { applyProfile } from '../applied-profile.js';
import { didYouMean } from '../did-you-mean.js';
import { limitPoints } from '../limit-points.js';
import { missing } from './finding.js';
const exactlyOne = { zh: 'state 或 at_least', en: 'state or at_least' };
const bothWritten = { zh: '都写了', en: 'both' };
const neither = { zh: '都没有', en: 'neither' };
const stateOnly = { zh: 'state：这个测点没有数值', en: 'state: this point has no number' };
const lookedAt = { zh: '能反复读取的测点', en: 'a point that is read again and again' };
const tellsOnce = { zh: '主机只在变化时报告', en: 'its panel tells changes only' };
const numberOnly = { zh: 'at_least：这个测点没有状态', en: 'at_least: this point has no states' };
/** The point that proves an output is there, and can show what is asked of it. */
export const checkProofs = function* (site) {
    for (const { index, value } of site.draft.outputs) {
        if (value.proof === undefined)
            continue;
        const path = ['outputs', index, 'proof'];
        const where = `output ${value.id}`;
        const { state, at_least } = value.proof;
        if ((state === undefined) === (at_least === undefined)) {
            const got = state === undefined ? neither : bothWritten;
            yield { code: 'CONF-082', path, where, expected: exactlyOne, got };
        }
        else
            yield* pointShows(site, value.proof, path, where);
    }
};
function* pointShows({ draft, profiles }, proof, path, where) {
    const at = [...path, 'point'];
    const [id = '', key = ''] = proof.point.split('/');
    const { devices } = draft.named;
    if (!devices.has(id))
        yield missing('CONF-025', at, where, id, devices);
    const device = draft.devices.find(({ value }) => value.id === id)?.value;
    const profile = device === undefined ? undefined : profiles.get(device.profile);
    const applied = device === undefined || profile === undefined ? null : applyProfile(profile, device);
    if (device === undefined || applied === null)
        return;
    const points = limitPoints(device, applied);
    const point = points.find((each) => each.key === key);
    if (point !== undefined && applied.kind === 'stream' && point.stateKeys !== null) {
        // After an order nobody would look again: a dead siren would be neither proven nor a fault.
        yield { code: 'CONF-082', path: at, where, expected: lookedAt, got: tellsOnce };
    }
    else if (point !== undefined)
        yield* readsSo(point, proof, path, where);
    else {
        const keys = points.map((each) => each.key);
        yield { ...missing('CONF-064', at, where, key, keys), expected: keys.join(', ') };
    }
}
function* readsSo({ stateKeys }, { point, state }, path, where) {
    const finding = (key, expected, got) => {
        return { code: 'CONF-082', path: [...path, key], where, expected, got };
    };
    if (state === undefined) {
        if (stateKeys !== null)
            yield finding('at_least', stateOnly, point);
    }
    else if (stateKeys === null)
        yield finding('state', numberOnly, point);
    else if (!stateKeys.includes(state)) {
        const meant = didYouMean(state, stateKeys);
        const wrong = finding('state', stateKeys.join(', '), state);
        yield meant === null ? wrong : { ...wrong, hint: { zh: `是不是 ${meant}？`, en: `did you mean ${meant}?` } };
    }
}
