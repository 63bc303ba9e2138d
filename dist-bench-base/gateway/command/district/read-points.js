const pointsMax = 200;
/** An answer is one message, and a message has 16 kB. */
const bytesMax = 12 * 1024;
export function pointsOf(all, { ids, zones }) {
    return all.filter(({ id, zone }) => (ids === null || ids.includes(id)) && (zones === null || (zone !== null && zones.includes(zone))));
}
/** As many as an answer takes; `left`: so many more there are. Nothing that is said of people: values only. */
export function readPoints(points, readingOf, nowMono) {
    const told = [];
    let bytes = 0;
    for (const { id } of points.slice(0, pointsMax)) {
        const one = tell(id, readingOf(id), nowMono);
        bytes += Buffer.byteLength(JSON.stringify(one)) + 1;
        if (bytes > bytesMax)
            break;
        told.push(one);
    }
    return { points: told, left: points.length - told.length };
}
function tell(id, reading, nowMono) {
    if (reading === null)
        return { id, value: null, quality: 'bad', reason: 'not-seen', ageS: null };
    const { value, quality, reason, sampledMono } = reading;
    return { id, value, quality, reason, ageS: Math.round((nowMono - sampledMono) / 100) / 10 };
}
