/** The contracts of a voice chip behind a serial line. Codecs are pure: orders as bytes, and replies out of bytes. */
/** `percent` on a scale of whole steps from 0 to `max`. Only 0 % is silent. */
export function levelOf(percent, max) {
    return percent === 0 ? 0 : Math.max(1, Math.round((percent * max) / 100));
}
