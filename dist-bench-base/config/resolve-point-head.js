/** What every point has, whatever it is read from. */
import { brandId } from './ids.js';
import { nameOf, wordsOf } from './resolve-words.js';
import { classOfRole } from './vocabulary.js';
/** Id, role, class and where it is. */
export function pointHead(device, key, role) {
    return {
        id: brandId(`${device.id}/${key}`),
        role,
        class: classOfRole[role],
        zone: device.zone === undefined ? null : brandId(device.zone),
        place: device.place === undefined ? null : wordsOf(device.place),
    };
}
/** Name of the device, with the point's own behind it when it has more than one. */
export function pointName(device, kind, own) {
    const name = nameOf(device.id, device.name, kind);
    return own === null ? name : { zh: `${name.zh} ${own.zh}`, en: `${name.en} ${own.en}` };
}
/** State key → how it counts; empty for a number. */
export function severitiesOf(states) {
    return Object.fromEntries((states ?? []).map(({ key, severity }) => [key, severity]));
}
