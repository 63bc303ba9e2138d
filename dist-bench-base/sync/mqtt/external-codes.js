/** Kinds of subjects that are about a device: `unit:io-1`, `point:smoke-3/smoke`. */
const kindsOfDevices = new Set(['point', 'unit', 'device', 'setup', 'registers', 'address']);
/** The device that a subject is about, and what of it; null: it is about something else. */
export function deviceOf(subject) {
    const colon = subject.indexOf(':');
    if (!kindsOfDevices.has(subject.slice(0, colon)))
        return null;
    const thing = subject.slice(colon + 1);
    const slash = thing.indexOf('/');
    return slash === -1 ? { device: thing, key: null } : { device: thing.slice(0, slash), key: thing.slice(slash + 1) };
}
export class ExternalCodes {
    config;
    #buildings;
    /** The same few combinations come again and again. */
    #siteOnly;
    constructor(config) {
        this.config = config;
        this.#buildings = new Map(config.zones.flatMap(({ id, code }) => (code === null ? [] : [[id, code]])));
        this.#siteOnly = config.site.code === null ? null : { site: config.site.code };
    }
    get site() {
        return this.config.site.code;
    }
    /** By the object of a panel where it has a code of its own, else by the device. */
    ofDevice(device, key) {
        const { codes } = this.config;
        return (key === null ? undefined : codes.get(`${device}/${key}`)) ?? codes.get(device) ?? null;
    }
    /** Null: there is none. */
    of({ subject, zone }) {
        const about = deviceOf(subject);
        const device = about === null ? null : this.ofDevice(about.device, about.key);
        const building = zone === null ? undefined : this.#buildings.get(zone);
        if (device === null && building === undefined)
            return this.#siteOnly;
        return {
            ...this.#siteOnly,
            ...(building === undefined ? {} : { building }),
            ...(device === null ? {} : { device }),
        };
    }
}
