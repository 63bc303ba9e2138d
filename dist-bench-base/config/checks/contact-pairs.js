import { isContact } from '../profile-kind.js';
import { missing } from './finding.js';
/** Two contacts that exclude each other are read together: at one module, or both at pins. */
export const checkContactPairs = function* (site) {
    for (const entry of site.draft.devices) {
        if (entry.value.excludes !== undefined)
            yield* pairFits(site, entry, entry.value.excludes);
    }
};
function* pairFits({ draft, profiles }, { index, value }, otherId) {
    const where = `device ${value.id}`;
    const path = ['devices', index, 'excludes'];
    if (!draft.named.devices.has(otherId)) {
        yield missing('CONF-025', path, where, otherId, draft.named.devices);
        return;
    }
    const finding = (expected, got) => ({ code: 'CONF-055', path, where, expected, got });
    if (otherId === value.id)
        yield finding({ zh: '另一个触点', en: 'another contact' }, { zh: '它自己', en: 'itself' });
    const other = draft.devices.find((entry) => entry.value.id === otherId)?.value;
    if (other === undefined || otherId === value.id)
        return;
    for (const device of [value, other]) {
        const profile = profiles.get(device.profile);
        if (profile === undefined)
            return;
        if (!isContact(profile)) {
            yield finding({ zh: '两个干接点', en: 'two dry contacts' }, `${device.id} (${profile.id})`);
            return;
        }
    }
    const [own, its] = [hangsAt(value), hangsAt(other)];
    if (own === null || its === null || own === its)
        return;
    yield finding({ zh: '两个触点在同一模块上，或都在引脚上', en: 'both contacts on one module, or both at pins' }, { zh: `${own} 和 ${its}`, en: `${own} and ${its}` });
}
/** Module or `pins`; null when the wiring is unclear, which is told elsewhere. */
function hangsAt({ input }) {
    return input?.device ?? (input?.gpio === undefined ? null : 'pins');
}
