import { withoutNames } from '../private-fields.js';
/** Topic, envelope and protocol around an entry. */
const envelopeBytes = 400;
/** Around each value of a detail: quotes, colon, comma. */
const valueBytes = 8;
/** One sample as SenML, with its name, unit and time; a pack goes in messages of at most 16 kB. */
const sampleBytes = 50;
const packMaxBytes = 16 * 1024;
/** What the district waits for most. */
export function isNewFire(entry) {
    return entry.class === 'fire' && entry.kind === 'alarm.raised';
}
export function carriableEntry(uplink, tell, row) {
    const entry = tell.withPrivate ? row : withoutNames(row);
    return {
        place: row,
        entryId: row.id,
        kind: row.kind,
        isFire: row.class === 'fire',
        isNewFire: isNewFire(row),
        bytes: entryBytes(entry),
        send: (previous, isHistorical) => uplink.send({ durable: true, entry, previous, isHistorical }),
    };
}
export function carriablePack(sendTelemetry, pack) {
    return {
        ...{ place: pack, entryId: null, kind: null, isFire: false, isNewFire: false },
        bytes: Math.min(packMaxBytes, envelopeBytes + pack.samples * sampleBytes),
        send: (previous, isHistorical) => sendTelemetry({ pack, previous, isHistorical }),
    };
}
function entryBytes({ words, subject, detail }) {
    return envelopeBytes + textBytes(words.zh) + textBytes(words.en) + textBytes(subject) + jsonBytes(detail);
}
function jsonBytes(value) {
    if (typeof value === 'string')
        return textBytes(value);
    if (typeof value !== 'object' || value === null)
        return valueBytes;
    let sum = valueBytes;
    for (const [key, each] of Object.entries(value))
        sum += textBytes(key) + jsonBytes(each);
    return sum;
}
function textBytes(text) {
    return Buffer.byteLength(text) + valueBytes;
}
