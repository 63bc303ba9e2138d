/** A pack tells of at most this long. */
export const packSpanMs = 60_000;
/** Samples of one pack. */
export const packSamplesMax = 500;
/** Of the pack as SenML JSON: a message has at most 16 kB, and a topic, an MQTT head and a pack's own record need their share. */
export const packJsonMaxBytes = 12_000;
/** The record that names the pack, and the brackets: ids of district, site and uplink have at most 40 characters. */
const packHeadBytes = 400;
/** Keys, signs, a time and the longest number of one record; `:bad` after a name. */
const recordRestBytes = 80;
/** What a sample is at most as a record of SenML JSON. */
export function recordMaxBytes({ pointId, unit, value, reason, }) {
    const text = typeof value === 'string' ? value : (reason ?? '');
    return recordRestBytes + jsonBytes(pointId) + jsonBytes(unit ?? '') + jsonBytes(text);
}
/** What records of a pack may sum up to. */
export const recordsMaxBytes = packJsonMaxBytes - packHeadBytes;
function jsonBytes(text) {
    return Buffer.byteLength(JSON.stringify(text));
}
