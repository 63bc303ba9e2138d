import { faultSubjectOf, pointSubject } from '../alarm/subject.js';
export class NamedSubjects {
    #byKey;
    /** Of each device: its points, their faults, and its own. */
    #ofDevice = new Map();
    /** `faults`: all else that can be at fault on the site. */
    constructor(all, faults) {
        const points = all.map((point) => ({ point, subject: pointSubject(point) }));
        this.#byKey = new Map([...points.flatMap(({ subject }) => [subject, faultSubjectOf(subject)]), ...faults].map((each) => [
            each.key,
            each,
        ]));
        // By their keys, not each device through all faults: a site has a thousand of the ones and five thousand of the others.
        for (const { key } of faults) {
            const [head, kind = '', device = ''] = key.split(':');
            if (head === 'fault' && deviceFaults.includes(kind))
                this.#ofDevice.set(device, [...(this.#ofDevice.get(device) ?? []), key]);
        }
        // A dry contact is a device of the site file and a point of the module: the id of the device stands before the slash.
        for (const { point, subject } of points) {
            const device = point.id.slice(0, point.id.lastIndexOf('/'));
            const own = point.class === null ? [] : [subject.key];
            this.#ofDevice.set(device, [...(this.#ofDevice.get(device) ?? []), ...own, faultSubjectOf(subject).key]);
        }
    }
    get subjects() {
        return this.#byKey.values();
    }
    /** `name`: the key of a subject, or the id of a point or a device. What nobody knows is given back as it came. */
    keysOf(name, { subjects }) {
        if (subjects.has(name) || this.#byKey.has(name))
            return [name];
        const asPoint = `point:${name}`;
        if (this.#byKey.has(asPoint))
            return [asPoint, `fault:${asPoint}`];
        return this.#ofDevice.get(name) ?? [name];
    }
    classOf(key, { subjects }) {
        return subjects.get(key)?.class ?? this.#byKey.get(key)?.class ?? null;
    }
}
const deviceFaults = ['unit', 'setup', 'registers', 'address'];
