/** A unit with registers on a line. */
export function isModbus(profile) {
    return profile.link.kind === 'modbus';
}
/** A dry contact at an input. */
export function isContact(profile) {
    return profile.link.kind === 'contact';
}
/** An analog signal at an input. */
export function isSignal(profile) {
    return profile.link.kind === 'signal';
}
/** A device with a serial dialect of its own. */
export function isStream(profile) {
    return profile.link.kind === 'stream';
}
